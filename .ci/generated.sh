#!/bin/sh
# generated.sh -- each generated file says in its first lines how it is made; those that can be made offline are made again and must not differ.
# The list: .ci/generated.txt, a line each: FILE <tab> COMMAND (run in the top folder; it writes FILE). No list, nothing to do.
set -eu
cd "$(dirname "$0")/.."
[ -f .ci/generated.txt ] || { echo "no .ci/generated.txt: nothing generated"; exit 0; }
status=0
grep -v '^#' .ci/generated.txt | while IFS="$(printf '\t')" read -r file command; do
    sh -c "$command" > /dev/null || { echo "$file: '$command' failed"; exit 1; }
    git diff --exit-code --stat -- "$file" || { echo "$file is not what '$command' makes"; exit 1; }
    echo "$file: current"
done || status=1
exit $status
