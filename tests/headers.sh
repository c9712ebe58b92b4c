#!/bin/sh
# headers.sh -- does each header compile alone, so that it can be included first? Are the statuses of the public header those of src/base?
root=${1:-$(dirname "$0")/..}
cd "$root" || exit 2
bad=0; n=0
for header in include/*.h src/*.h src/*/*.h cli/*.h; do
    n=$((n + 1))
    ${CC:-cc} -std=gnu11 -Wall -Wextra -Iinclude -Isrc -Icli -fsyntax-only -x c "$header" || { echo "$header: does not compile alone"; bad=$((bad + 1)); }
done
statuses() { sed -n '/^enum dps_status {/,/}/p' "$1" | grep -o 'DPS_[A-Z]*'; }
if [ -z "$(statuses include/depesche.h)" ] || [ "$(statuses include/depesche.h)" != "$(statuses src/base/status.h)" ]; then
    echo "include/depesche.h and src/base/status.h: enum dps_status differs"
    bad=$((bad + 1))
fi
echo "$n headers, $bad bad"
[ "$bad" -eq 0 ]
