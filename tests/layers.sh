#!/bin/sh
# layers.sh -- do the files of src/ and cli/ include only what src/LAYERS lets them?
# In: the tree above this script, or the folder given.  Out: a line for each include that is not allowed; status 1 if there is any.
root=${1:-$(dirname "$0")/..}
cd "$root" || exit 2
[ -f src/LAYERS ] || { echo "layers.sh: no src/LAYERS"; exit 2; }

# Prints: the layers that layer $1 may include.
allowed() { sed -n "s/^$1 *: *//p" src/LAYERS; }

# Prints the layer of a file of src/ or cli/.
layer_of() {
    case $1 in
    cli/*) echo cli ;;
    src/*/*) f=${1#src/}; echo "${f%%/*}" ;;
    src/*) f=${1#src/}; f=${f%.*}; echo "${f%%_*}" ;;
    esac
}

find src cli -name '*.[ch]' | sort > /tmp/layers.$$
bad=0; files=0; includes=0
while read -r file; do
    files=$((files + 1))
    layer=$(layer_of "$file")
    may=" $(allowed "$layer") $layer "
    grep -q "^$layer *:" src/LAYERS || { echo "$file: layer '$layer' is not in src/LAYERS"; bad=$((bad + 1)); continue; }
    for header in $(sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"\([^"]*\)".*/\1/p' "$file"); do
        includes=$((includes + 1))
        case $header in
        depesche.h) to=include ;;
        */*) to=${header%%/*} ;;
        *) if [ "$layer" = cli ]; then to=cli; else to=${header%.h}; to=${to%%_*}; fi
           # a header named without its folder is of the file's own folder
           case $file in src/*/*) echo "$file: name '$header' with its folder"; bad=$((bad + 1)); continue ;; esac ;;
        esac
        case $may in
        *" $to "*) ;;
        *) echo "$file: layer '$layer' may not include '$header' (src/LAYERS)"; bad=$((bad + 1)) ;;
        esac
    done
done < /tmp/layers.$$
rm -f /tmp/layers.$$
echo "$files files, $includes includes, $bad not allowed"
[ "$files" -gt 0 ] && [ "$bad" -eq 0 ]
