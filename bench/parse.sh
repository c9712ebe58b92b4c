#!/bin/sh
# Parsing: accuracy with gold tokens and from raw text on UD German GSD test, UD English EWT test and the held-out tenth of our own news treebank;
# words a second from raw text to trees on one core, by stage, with the fastest and the plain kernels; memory and model sizes.
# usage: bench/parse.sh [BUILD] [SHARED]     (defaults: build, ../shared)    DATA=DIR: lang/ and models/ from there
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
shared=${2:-../shared}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

parse() { "$build/depesche" parse ${DATA:+--data "$DATA"} --threads 1 "$@"; }
row() { # name, gold file, parsed file
    python3 "$shared/eval/score_conllu.py" "$2" "$3" --json | python3 -c '
import json, sys
s = json.load(sys.stdin)
print("| " + sys.argv[1] + " | " + " | ".join("%.2f" % s[k]["f1"] for k in ("sentences", "words", "upos", "feats", "lemma", "uas", "las")) + " |")' "$1"
}

cp "$shared/data/ud/de_gsd/de_gsd-ud-test.conllu" "$work/de.conllu"
xz -dc "$shared/data/ud/en_ewt/en_ewt-ud-test.conllu.xz" > "$work/en.conllu"
echo "| test set | sentences | words | UPOS | features | lemma | UAS | LAS |"
echo "|---|---|---|---|---|---|---|---|"
for lang in de en; do
    name=$([ $lang = de ] && echo "German GSD test" || echo "English EWT test")
    parse --input conllu --lang $lang "$work/$lang.conllu" > "$work/out" && row "$name, gold tokens" "$work/$lang.conllu" "$work/out"
    python3 bench/raw_text.py "$work/$lang.conllu" > "$work/$lang.txt"
    parse --lang $lang "$work/$lang.txt" > "$work/out" && row "$name, raw text" "$work/$lang.conllu" "$work/out"
    own=train/treebank/${lang}_news-test.conllu
    parse --input conllu --lang $lang $own > "$work/out" && row "own news, $lang, gold tokens" $own "$work/out"
done

echo
echo "words a second from raw text to trees, one thread (seconds by stage, peak memory):"
for lang in de en; do
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do cat "$work/$lang.txt"; echo; echo; done > "$work/many.txt"
    for i in 1 2 3; do parse --lang $lang --stats "$work/many.txt" 2>&1 > /dev/null | sed -n 's/^seconds/'$lang' seconds/p'; done
done
for kernels in avx-vnni avx2 plain; do
    head -c 300000 "$work/de.txt" > "$work/few.txt"
    DEPESCHE_KERNELS=$kernels parse --lang de --stats "$work/few.txt" 2>&1 > /dev/null | sed -n "s/^seconds [0-9]/de, $kernels: &/p; s/^depesche: /$kernels: /p"
done
ls -l models/*.dps | awk '{printf "%s %.1f MB\n", $NF, $5 / 1e6}'
