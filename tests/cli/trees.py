"""Always a tree: whatever the text, each sentence that `depesche parse` writes has words numbered from 1, heads inside it, one root, no ring, and the words in
a row are the text.

usage: trees.py DEPESCHE
"""
import random, subprocess, sys

program = sys.argv[1]
random.seed(20220121)
WORDS = "Der the Minister Russland's im US-Präsident and 21. Januar drohte, sanctions („Nato“) don't Baden-Württemberg -Abgeordnete Bürger- 12.000 so".split()

TEXTS = {
    "a line of 10,000 words without a stop": " ".join(random.choice(WORDS) for _ in range(10000)),
    "emojis only": "😀😃🚀 👨‍👩‍👧‍👦 🇺🇦🇷🇺 ❤️ " * 300,
    "control characters": "Der\x01 Minister\x02\x7f sagte\x1b[31m \x08etwas.\x00 Ja\x0bund\x0cnein.",
    "marks only": "...!!??--;;:::((()))\"\"''„“»« " * 400,
    "hyphens": "-".join("ab" for _ in range(200)) + " a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t- -x- -- --- a--b -1- A-Z0-9- " * 20,
    "one word": "Krieg",
    "one letter": "x",
    "a word of 20,000 letters": "x" * 20000 + " y",
    "no letters": "12 345 6.7 8,9 10:11 1-2 3/4 5% §6 $7 " * 100,
    "other scripts": "Президент сказал 「こんにちは」 مرحبا بالعالم. Γειά σου, 你好世界。 " * 100,
    "combining marks": "e\u0301" * 3000 + " a\u0300\u0301\u0302\u0303" * 500,
    "clitics": "don't can't cannot Russia's's's 's n't ''s ’s I'd've " * 200,
}


def check(name, out):
    sentences = 0
    for block in out.split("\n\n"):
        rows, covered = [], []
        for line in block.split("\n"):
            if not line or line[0] == "#":
                continue
            c = line.split("\t")
            if len(c) != 10:
                raise SystemExit("%s: a row of %d cells: %r" % (name, len(c), line[:200]))
            if "-" in c[0]:
                first, last = map(int, c[0].split("-"))
                if first != len(rows) + 1 or last <= first:
                    raise SystemExit("%s: range %s behind word %d" % (name, c[0], len(rows)))
                continue
            rows.append(c)
            if int(c[0]) != len(rows):
                raise SystemExit("%s: word %s is numbered %s" % (name, len(rows), c[0]))
        if not rows:
            continue
        sentences += 1
        heads = [int(c[6]) for c in rows]
        if sum(h == 0 for h in heads) != 1:
            raise SystemExit("%s: %d roots" % (name, sum(h == 0 for h in heads)))
        for i, h in enumerate(heads):
            if (h == 0) != (rows[i][7] == "root"):
                raise SystemExit("%s: relation %s with head %d" % (name, rows[i][7], h))
            steps = 0
            while h:
                if h > len(rows) or steps > len(rows):
                    raise SystemExit("%s: word %d has no way to the root" % (name, i + 1))
                h, steps = heads[h - 1], steps + 1
    return sentences


for name, text in TEXTS.items():
    for lang in ("de", "en"):
        done = subprocess.run([program, "parse", "--lang", lang, "-"], input=text.encode("utf-8"), capture_output=True, timeout=120)
        if done.returncode not in (0, 1):
            raise SystemExit("%s (%s): exit %d: %s" % (name, lang, done.returncode, done.stderr.decode()[:300]))
        n = check(name, done.stdout.decode("utf-8"))
        if n == 0 and not done.stderr:
            raise SystemExit("%s (%s): nothing came out, and no word why" % (name, lang))

# Given tokens: one sentence of 10,000, and one of the longest that is parsed whole and one more.
for count in (10000, 256, 257, 1):
    rows = "".join("%d\t%s\t_\t_\t_\t_\t_\t_\t_\t_\n" % (i + 1, random.choice(WORDS)) for i in range(count)) + "\n"
    done = subprocess.run([program, "parse", "--input", "conllu", "--lang", "de", "-"], input=rows.encode("utf-8"), capture_output=True, timeout=120)
    if done.returncode != 0 or check("%d given words" % count, done.stdout.decode("utf-8")) != 1:
        raise SystemExit("%d given words: exit %d %s" % (count, done.returncode, done.stderr.decode()[:300]))
print("all trees")
