#!/bin/sh
# Sentence boundaries on the development texts of ../shared/data/web/sents. usage: bench/sents.sh [BUILD] [SHARED]     (defaults: build, ../shared)    DATA=DIR: lang/ and models/ from there
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
shared=${2:-../shared}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gold=$shared/data/web/sents/gold.jsonl
python3 - "$build/depesche" "$gold" "$work" ${DATA:-} > "$work/sents.jsonl" <<'EOF'
import json, subprocess, sys
program, gold, work = sys.argv[1:4]
for lang in ("de", "en"):
    rows = [json.loads(l) for l in open(gold, encoding="utf-8")]
    rows = [r for r in rows if r["lang"] == lang]
    given = "".join(json.dumps({"id": r["id"], "text": r["text"], "lang": lang}) + "\n" for r in rows)
    texts = "%s/%s.jsonl" % (work, lang)
    open(texts, "w").write(given)
    out = subprocess.run([program, "parse"] + (["--data", sys.argv[4]] if len(sys.argv) > 4 else []) + ["--lang", lang, texts], stdout=subprocess.PIPE, check=True).stdout.decode()
    found, doc, text = {}, None, None
    for line in out.split("\n"):
        if line.startswith("# newdoc id = "):
            doc = line[14:]
        elif line.startswith("# text = "):
            found.setdefault(doc, []).append(line[9:])
    for r in rows:
        print(json.dumps({"id": r["id"], "sents": found.get(r["id"], [])}, ensure_ascii=False))
EOF
python3 "$shared/eval/web/score_sents.py" "$gold" "$work/sents.jsonl"
