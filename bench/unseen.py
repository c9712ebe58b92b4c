"""Sentence F1 from raw text on those sentences of a treebank that the development texts of web/sents do not have, and on those that they have: the splitter was
chosen on the latter.

usage: unseen.py DEPESCHE LANG GOLD.conllu SHARED      A system sentence counts for the part in which it ends.
"""
import bisect, json, os, re, subprocess, sys, tempfile
from raw_text import texts

program, lang, gold_path, shared = sys.argv[1:]
sys.path.insert(0, os.path.join(shared, "eval"))
import score_conllu


def bare(text):
    return re.sub(r"\s", "", text)


with tempfile.TemporaryDirectory() as work:
    raw = "\n\n".join(texts(gold_path))
    open(work + "/text.txt", "w", encoding="utf-8").write(raw + "\n")
    with open(work + "/out.conllu", "wb") as out:
        subprocess.run([program, "parse", "--lang", lang, work + "/text.txt"], stdout=out, check=True)
    gold = [span for span, _ in score_conllu.read(gold_path)]
    system = {span for span, _ in score_conllu.read(work + "/out.conllu")}
known = set()
for line in open(os.path.join(shared, "data/web/sents/gold.jsonl"), encoding="utf-8"):
    r = json.loads(line)
    known |= {bare(r["text"][a:b]) for a, b in r["sents"]}
letters = bare(raw)
ends = [b for _, b in gold]
for name, part in (("in web/sents", True), ("not in it", False)):
    own = {(a, b) for a, b in gold if (letters[a:b] in known) == part}
    said = sum(gold[min(bisect.bisect_left(ends, b), len(gold) - 1)] in own for _, b in system)
    print("%s: %d sentences, F1 %.2f" % (name, len(own), 200 * len(own & system) / max(1, len(own) + said)))
