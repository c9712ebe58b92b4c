#!/bin/sh
# threads.sh -- are the events the same bytes for 1, 2 and 5 threads? Over examples/ and, where there, the development gold.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
inputs=examples
for gold in ../shared/gold/dev.de.jsonl ../shared/gold/dev.en.jsonl; do
    [ -f "$gold" ] || continue
    python3 ../shared/eval/article_input.py "$gold" > "$work/$(basename "$gold")"
    inputs="$inputs $work/$(basename "$gold")"
done
for command in read parse code explain; do
    for n in 1 2 5; do build/depesche $command --threads $n $inputs > "$work/$n"; done
    cmp "$work/1" "$work/2"
    cmp "$work/1" "$work/5"
    [ -s "$work/1" ] || { echo "$command: no output"; exit 1; }
    echo "$command: $(wc -l < "$work/1") lines, the same for 1, 2 and 5 threads"
done
