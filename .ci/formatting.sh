#!/bin/sh
# formatting.sh -- which C files are not in the form of .clang-format? `make format` brings them into it.
cd "$(dirname "$0")/.." || exit 2
bad=0
for file in $(git ls-files '*.c' '*.h'); do
    [ -f "$file" ] || continue
    clang-format "$file" | cmp -s - "$file" || { echo "$file"; bad=$((bad + 1)); }
done
echo "$bad files to format"
[ "$bad" -eq 0 ]
