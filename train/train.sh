#!/bin/sh
# Trains one language from free data to models/<code>.dps; see README.md.
# usage: train/train.sh de|en [SHARED]      about two hours on one core; PRETRAIN_MINUTES, EPOCHS, WORK and DEPESCHE (a build of the program) may be set
set -eu
lang=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
shared=${2:-$root/../shared}
raw=$shared/data/raw
work=${WORK:-$here/work}
python=${PYTHON:-/usr/bin/python3}
depesche=${DEPESCHE:-$root/build/depesche}
[ -x "$depesche" ] || { echo "train.sh: no $depesche: build the program first (./run), or set DEPESCHE" >&2; exit 2; }
export OMP_NUM_THREADS=1
mkdir -p "$work"
cd "$here"

if [ ! -s "$work/$lang.txt" ]; then
    case $lang in
    de)
        "$python" mend_text.py "$raw/de_bundestag/bundestag_17-18.txt.xz" > "$work/mended.txt"
        "$python" raw_text.py de "$work/mended.txt" "$raw/de_wikinews/de_wikinews_850.txt" > "$work/$lang.all"
        ;;
    en)
        "$python" raw_text.py en "$raw"/en_ungd/*.xz "$raw"/en_sotu/*.xz "$raw"/en_wikinews/*.txt "$raw"/en_ie_budgets/*.xz > "$work/$lang.all"
        ;;
    *) echo "usage: train.sh de|en" >&2; exit 2 ;;
    esac
    # without interjections, overlong lines and repetitions; digits as 0
    grep -vE '^\(|^\[' "$work/$lang.all" | awk 'length($0) < 600 && !seen[$0]++' | sed 's/[0-9]/0/g' > "$work/$lang.txt"
fi
[ -s "$work/$lang.ft.vec" ] || fasttext skipgram -input "$work/$lang.txt" -output "$work/$lang.ft" -dim 96 -ws 3 -epoch 4 -minCount 4 \
    -minn 3 -maxn 5 -neg 5 -thread 1 -bucket 300000 -t 1e-4 -loss ns
[ -s "$work/$lang.pre.pt" ] || "$python" pretrain.py "$work/$lang.ft.vec" "$work/$lang.txt" "$work/$lang.pre.pt" --minutes "${PRETRAIN_MINUTES:-60}" --seed 1
case $lang in
de) "$python" finetune.py de "$work/de.pre.pt" "$work/de.pt" --data "$shared/data" --epochs "${EPOCHS:-30}" --lr 3e-3 --enc-lr 1.0 --drop 0.25 --word-lr 0.4 \
        --seed 7 ;;
en) "$python" finetune.py en "$work/en.pre.pt" "$work/en.pt" --data "$shared/data" --epochs "${EPOCHS:-12}" --lr 3e-3 --enc-lr 1.0 --drop 0.15 \
        --word-lr 0.3 --word-drop 0.25 --batch 800 --seed 6 ;;
esac
# The sentence splitter is trained on what the rules alone decide, so first a model without it.
mkdir -p "$work/data/models"
ln -sfn "$root/lang" "$work/data/lang"
"$python" export.py "$work/$lang.pt" "$work/data/models/$lang.dps"
case $lang in de) odds="--unstopped 0.2 --epochs 13 --add=-1 --keep=-1" ;; *) odds= ;; esac
# shellcheck disable=SC2086
"$python" boundary.py "$lang" "$work/$lang.pt" "$work/$lang.split.pt" "$depesche" "$work/data" --data "$shared/data" $odds
"$python" export.py "$work/$lang.split.pt" "$root/models/$lang.dps"
