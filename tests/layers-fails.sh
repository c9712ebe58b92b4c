#!/bin/sh
# layers-fails.sh -- does layers.sh find what it is there for? A small tree with one forbidden include must fail, and pass without it.
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/src/base" "$tree/src/view" "$tree/cli"
printf 'base : \nview : base\ncli : include\n' > "$tree/src/LAYERS"
printf '#include "base/a.h"\n' > "$tree/src/view/v.c"
printf '#include <stdio.h>\n' > "$tree/src/base/a.h"
"$here/layers.sh" "$tree" || { echo "a clean tree was refused"; exit 1; }
printf '#include "view/v.h"\n' > "$tree/src/base/b.c"
"$here/layers.sh" "$tree" && { echo "base includes view, and nobody minds"; exit 1; }
rm "$tree/src/base/b.c"
printf '#include "base/a.h"\n' > "$tree/cli/main.c"
"$here/layers.sh" "$tree" && { echo "cli includes base, and nobody minds"; exit 1; }
exit 0
