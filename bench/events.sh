#!/bin/sh
# events.sh -- events against gold: the seed article and the development gold of ../shared, which the frames were tuned on, and the test set
# bench/gold, which nobody tunes on, by ../shared/eval/score_events.py.
# usage: bench/events.sh [ERRORS]     ERRORS: how many errors to list for each (default 0)
set -eu
cd "$(dirname "$0")/.."
shared=../shared
depesche=${DEPESCHE:-build/depesche}
[ -d $shared/gold ] || { echo "no $shared/gold: nothing to score against"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The seed is the text file itself; the gold's name for it replaces the id, a hash.
"$depesche" code --format jsonl $shared/seed/*.txt | sed 's/"article": *"[^"]*"/"article": "seed-2022-01-21"/' > "$work/seed.de"
for lang in de en; do
    python3 $shared/eval/article_input.py $shared/gold/dev.$lang.jsonl | "$depesche" code --format jsonl > "$work/dev.$lang"
    python3 $shared/eval/article_input.py bench/gold/test.$lang.jsonl | "$depesche" code --format jsonl > "$work/test.$lang"
done
for name in seed.de dev.de dev.en test.de test.en; do
    gold=$shared/gold/$name.jsonl
    [ -f "$gold" ] || gold=bench/gold/$name.jsonl
    if [ "${FORMAT:-}" = json ]; then
        printf '%s\t' $name
        python3 $shared/eval/score_events.py "$gold" "$work/$name" --json
    else
        echo "== $name"
        python3 $shared/eval/score_events.py "$gold" "$work/$name" --errors "${1:-0}"
        python3 bench/errors.py "$gold" "$work/$name"
    fi
done
