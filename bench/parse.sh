#!/bin/sh
# Parsing: accuracy on the test halves of UD German GSD and UD English EWT (gold tokens), and words a second on one core.
# usage: bench/parse.sh [BUILD] [SHARED]     (defaults: build, ../shared)
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
shared=${2:-../shared}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

score() { # language, gold file
    "$build/depesche" parse --input conllu --lang "$1" --threads 1 --stats "$2" > "$work/$1.conllu" 2> "$work/$1.stats"
    echo "== $1: $(basename "$2")"
    python3 "$shared/eval/score_conllu.py" "$2" "$work/$1.conllu"
}

score de "$shared/data/ud/de_gsd/de_gsd-ud-test.conllu"
xz -dc "$shared/data/ud/en_ewt/en_ewt-ud-test.conllu.xz" > "$work/en_ewt-ud-test.conllu"
score en "$work/en_ewt-ud-test.conllu"

# Speed: the test files ten times over, so that start-up does not count.
for lang in de en; do
    case $lang in
    de) from=$shared/data/ud/de_gsd/de_gsd-ud-test.conllu ;;
    en) from=$work/en_ewt-ud-test.conllu ;;
    esac
    for i in 1 2 3 4 5 6 7 8 9 10; do cat "$from"; done > "$work/many.conllu"
    words=$(grep -c '^[0-9][0-9]*	' "$work/many.conllu")
    start=$(date +%s.%N)
    "$build/depesche" parse --input conllu --lang $lang --threads 1 "$work/many.conllu" > /dev/null
    end=$(date +%s.%N)
    echo "$lang: $words words, $(echo "$words $start $end" | awk '{printf "%.0f", $1 / ($3 - $2)}') words/s on one core, reading and writing CoNLL-U included"
done
