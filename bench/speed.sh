#!/bin/sh
# speed.sh -- words a second from text to events on one thread and on all, peak memory, and whether both gave the same bytes.
# usage: bench/speed.sh [COPIES]   the articles of examples/ and, where there, ../shared/gold are read COPIES times (default 200)
# Out: a line each for 1 and N threads: articles, words, seconds, words a second, MB; then the seconds by stage of the one-thread run.
set -eu
cd "$(dirname "$0")/.."
copies=${1:-200}
depesche=${DEPESCHE:-build/depesche}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One JSON line an article without its id, as `read` gives them: copies then differ in nothing but their number.
"$depesche" read examples > "$work/articles.jsonl"
for gold in ../shared/gold/dev.de.jsonl ../shared/gold/dev.en.jsonl; do
    if [ -f "$gold" ]; then python3 ../shared/eval/article_input.py "$gold" >> "$work/articles.jsonl"
    else echo "no $gold: only examples/ are read" >&2; fi
done
i=0
while [ "$i" -lt "$copies" ]; do
    sed "s/^{\"id\": *\"/&$i-/" "$work/articles.jsonl"
    i=$((i + 1))
done > "$work/many.jsonl"

threads=$(nproc)
[ "$threads" -gt 1 ] || threads=2
for n in 1 $threads; do
    "$depesche" code --format jsonl --threads "$n" --stats "$work/many.jsonl" > "$work/out.$n" 2> "$work/stats.$n" || { cat "$work/stats.$n"; exit 1; }
    printf '%s thread(s): ' "$n"
    sed -n 's/, failed.*//p; s/^bytes.*\(words [0-9]*, events [0-9]*\)/\1/p; s/^seconds [0-9]/&/p' "$work/stats.$n" | tr '\n' ' '
    echo
done
grep 'by stage' "$work/stats.1"
if cmp "$work/out.1" "$work/out.$threads"; then echo "1 and $threads threads: byte-identical"; else echo "1 and $threads threads DIFFER"; exit 1; fi
