#!/bin/sh
# Trains a toy parser and a toy sentence splitter for some seconds and checks that both learn and that the C program reads the export.
# usage: train/smoke.sh [BUILD]      (BUILD: the build folder with the unit tests, default build)
# Needs Debian's python3-torch and gcc; under two minutes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
build=$(cd "${1:-$root/build}" && pwd)
python=${PYTHON:-/usr/bin/python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OMP_NUM_THREADS=1
cd "$here"

# toy word vectors and text: the treebank's own words
grep -v '^#' toy.conllu | awk -F'\t' 'NF {w[$2] = 1} END {for (k in w) print k}' | sort > "$work/words"
"$python" - "$work" <<'PY'
import random, sys
work = sys.argv[1]
random.seed(1)
words = [w.strip() for w in open(work + "/words", encoding="utf-8")]
with open(work + "/toy.vec", "w", encoding="utf-8") as f:
    f.write("%d 96\n" % len(words))
    for w in words:
        f.write(w + " " + " ".join("%.3f" % random.gauss(0, 1) for _ in range(96)) + "\n")
with open(work + "/toy.txt", "w", encoding="utf-8") as f:
    for _ in range(400):
        f.write(" ".join(random.choice(words) for _ in range(8)) + "\n")
PY
"$python" pretrain.py "$work/toy.vec" "$work/toy.txt" "$work/pre.pt" --minutes 0.05 > "$work/pre.log"
"$python" finetune.py de "$work/pre.pt" "$work/toy.pt" --toy toy.conllu --epochs 200 --batch 20 --lr 2e-3 > "$work/tune.log"
"$python" - "$work/tune.log" <<'PY'
import re, sys
loss = [float(x) for x in re.findall(r"loss ([\d.]+)", open(sys.argv[1]).read())]
print("loss %.2f -> %.2f" % (loss[0], loss[-1]))
sys.exit(not loss[-1] < loss[0] / 2)
PY
mkdir -p "$work/data/models"
ln -s "$root/lang" "$work/data/lang"
"$python" export.py "$work/toy.pt" "$work/data/models/de.dps"
"$python" boundary.py de "$work/toy.pt" "$work/split.pt" "$build/depesche" "$work/data" --toy toy.conllu --epochs 40 > "$work/split.log"
"$python" - "$work/split.log" <<'PY'
import re, sys
learnt, rules = re.findall(r"F1 ([\d.]+) \(rules ([\d.]+)\)", open(sys.argv[1]).read())[-1]
print("sentence ends: rules %s, learnt %s" % (rules, learnt))
sys.exit(not float(learnt) > max(90, float(rules)))
PY
"$python" export.py "$work/split.pt" "$work/de.dps"
if [ -x "$build/tests/test_parse" ]; then
    DPS_SOURCE=$root DPS_TOY_MODEL=$work/de.dps "$build/tests/test_parse" > "$work/c.log" || { cat "$work/c.log"; exit 1; }
    echo "the C side reads the export"
else
    echo "no $build/tests/test_parse: the C side was not tried" >&2
    exit 1
fi
