"""Checks trees: rows (see GUIDE.md) or CoNLL-U. Prints FILE:ID:WORD: what is wrong, one a line; exit status 1 if anything is.

usage: validate.py [--quiet] FILE...      (names that end in .rows are rows, others CoNLL-U)
--quiet leaves out punctuation that crosses an arc: where the tree itself crosses (a relative clause behind the verb, speech around the verb of saying),
it cannot be avoided.
"""
import re, sys

UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
RELS = {
    "de": set("acl acl:relcl advcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt conj cop csubj csubj:pass dep det "
              "det:poss discourse expl expl:pv fixed flat mark nmod nsubj nsubj:pass nummod obj obl obl:agent obl:arg orphan parataxis punct root vocative "
              "xcomp dislocated nsubj:outer".split()),
    "en": set("acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt conj cop csubj csubj:pass "
              "dep det det:predet discourse expl fixed flat iobj mark nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl "
              "obl:agent obl:unmarked orphan parataxis punct root vocative xcomp dislocated list".split()),
}
# which parts of speech may stand in a relation
FITS = {
    "punct": {"PUNCT", "SYM"}, "det": {"DET", "PRON"}, "det:poss": {"DET", "PRON"}, "det:predet": {"DET", "PRON"}, "aux": {"AUX"}, "aux:pass": {"AUX"},
    "cop": {"AUX"}, "case": {"ADP", "PART", "SCONJ", "CCONJ", "VERB", "ADV", "ADJ", "NOUN"}, "mark": {"SCONJ", "PART", "ADP", "ADV"}, "cc": {"CCONJ", "ADV", "ADP", "PUNCT", "SYM"},
    "nummod": {"NUM", "SYM"}, "expl": {"PRON"}, "compound:prt": {"ADP", "ADV", "ADJ", "NOUN"}, "advmod": {"ADV", "ADJ", "PART", "ADP", "NOUN", "DET", "PRON"},
    "amod": {"ADJ", "VERB", "NUM", "DET", "ADV", "PROPN"}, "nmod:poss": {"NOUN", "PROPN", "PRON", "NUM"}, "flat": UPOS - {"PUNCT", "AUX"},
}
LEAF = {"punct": set(), "case": {"fixed", "conj", "cc", "advmod", "obl", "nmod", "punct"}, "mark": {"fixed", "advmod", "conj", "cc", "punct"}, "cc": {"fixed", "advmod", "punct"}, "aux": {"conj", "cc", "punct"},
        "aux:pass": {"conj", "cc", "punct"}, "cop": {"conj", "cc", "punct"}, "det": {"advmod", "conj", "cc", "fixed", "punct", "case", "obl", "det", "nmod"},
        "fixed": set(), "compound:prt": {"conj", "cc", "advmod", "punct"}, "expl": set()}
ONE = ("nsubj", "nsubj:pass", "obj", "cop", "aux:pass", "expl", "iobj")
CONTRACTED = {"am": "an dem", "im": "in dem", "zum": "zu dem", "zur": "zu der", "vom": "von dem", "beim": "bei dem", "ins": "in das", "ans": "an das",
              "aufs": "auf das", "fürs": "für das", "durchs": "durch das", "übers": "über das", "ums": "um das", "unters": "unter das", "vors": "vor das",
              "hinters": "hinter das", "überm": "über dem", "unterm": "unter dem", "vorm": "vor dem"}


def rows(path):
    """-> (id, text, [(form, upos, head, rel, feats, lemma, number as read)])"""
    out = []
    conllu = not path.endswith(".rows")
    sid, text, words = "", "", []

    def flush():
        nonlocal words
        if words:
            out.append((sid, text, words))
        words = []

    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if conllu:
            if not line:
                flush()
            elif line.startswith("# sent_id = "):
                sid = line[12:]
            elif line.startswith("# text = "):
                text = line[9:]
            elif line[0] != "#":
                c = line.split("\t")
                if c[0].isdigit():
                    words.append((c[1], c[3], int(c[6]), c[7], c[5], c[2], int(c[0])))
        elif line.startswith("#") and len(line) > 1 and line[1] not in " \t":
            flush()
            sid, _, text = line[1:].partition(" ")
        elif line.strip():
            c = line.split()
            if len(c) != 5 or not c[0].isdigit() or not c[3].isdigit():
                words.append((line, "?", -1, "?", "", "", len(words) + 1))
            else:
                words.append((c[1], c[2], int(c[3]), c[4], "", "", int(c[0])))
    flush()
    return out


def spaces(text, forms):
    """Where the words stand in the text -> list of (first, last, surface) of contractions and set of words with no space behind; or None, place."""
    at, joined, tight, i = 0, [], set(), 0
    while i < len(forms):
        while at < len(text) and text[at] == " ":
            at += 1
        m = re.match(r"\w+", text[at:])
        two = CONTRACTED.get(m.group(0).lower()) if m else None
        if two and i + 1 < len(forms) and (forms[i] + " " + forms[i + 1]).lower() == two:
            joined.append((i, i + 1, m.group(0)))
            at += m.end()
            last = i + 1
        elif text.startswith(forms[i], at):
            at += len(forms[i])
            last = i
        else:
            return None, i
        if at < len(text) and text[at] != " ":
            tight.add(last)
        i = last + 1
    return (joined, tight) if not text[at:].strip() else (None, len(forms) - 1)


def check(sid, text, words, lang):
    bad = []
    n = len(words)
    say = lambda i, what: bad.append("%d %s: %s" % (i + 1, words[i][0] if i < n else "", what))
    for i, (form, upos, head, rel, *_, number) in enumerate(words):
        if upos == "?":
            say(i, "not five columns: number form UPOS head relation")
            return bad
        if number != i + 1:
            say(i, "numbered %d" % number)
        if upos not in UPOS:
            say(i, "no part of speech " + upos)
        if rel not in RELS[lang]:
            say(i, "no relation " + rel)
        if head > n or head == i + 1:
            say(i, "head %d" % head)
            return bad
        if (head == 0) != (rel == "root"):
            say(i, "root and head 0 go together")
        if rel in FITS and upos not in FITS[rel]:
            say(i, "%s does not fit %s" % (upos, rel))
        if upos == "PUNCT" and rel not in ("punct", "cc", "root"):
            say(i, "PUNCT as " + rel)
        if upos == "AUX" and rel in ("xcomp", "obj", "nmod"):
            say(i, "AUX as " + rel)
        if rel in ("conj", "flat", "appos", "fixed") and head > i + 1 :
            say(i, rel + " to the right")
        if head:
            hr = words[head - 1][3]
            if hr in LEAF and rel not in LEAF[hr]:
                say(i, "%s under a %s" % (rel, hr))
            hu = words[head - 1][1]
            if hu == "PUNCT":
                say(i, "depends on punctuation")
            if rel in ("obl", "obj", "nsubj", "xcomp", "ccomp", "advcl", "obl:arg") and hu == "AUX" and words[head - 1][3] not in ("root", "conj", "ccomp", "acl:relcl", "advcl", "parataxis"):
                say(i, "%s on an auxiliary" % rel)
            if rel in ("case", "det") and hu in ("VERB",) and words[head - 1][3] in ("root", "ccomp", "advcl") and rel == "det":
                say(i, "det on a verb")
            if rel == "obl" and hu == "PROPN" and words[head - 1][3] not in ("root", "conj", "parataxis", "ccomp", "acl:relcl", "advcl"):
                say(i, "obl on a name (nmod?)")
    if sum(w[2] == 0 for w in words) != 1:
        bad.append("0 : not one root")
        return bad
    for i in range(n):
        k, j = 0, i
        while words[j][2] and k <= n:
            j, k = words[j][2] - 1, k + 1
        if k > n:
            say(i, "in a ring")
            return bad
    for i in range(n):
        kids = [k for k in range(n) if words[k][2] == i + 1]
        for r in ONE:
            same = [k for k in kids if words[k][3] == r]
            if len(same) > 1:
                say(same[1], "second %s of %s" % (r, words[i][0]))
        passive = any(words[k][3] == "aux:pass" for k in kids)
        for k in kids:
            if words[k][3] == "nsubj" and passive:
                say(k, "nsubj in a passive")
            if words[k][3] == "cc" and i < k and not any(words[j][3] == "conj" for j in kids) and i:
                say(k, "cc before no conjunct")
        # punctuation crosses nothing
        if words[i][3] == "punct":
            a, b = sorted((i, words[i][2] - 1))
            for j in range(n):
                h = words[j][2] - 1
                if h >= 0 and (a < j < b) != (a < h < b) and j not in (a, b) and h not in (a, b) and words[j][3] != "punct":
                    say(i, "punctuation crosses the arc of %d %s" % (j + 1, words[j][0]))
                    break
    got = spaces(text, [w[0] for w in words])
    if got[0] is None:
        say(got[1], "the words are not those of the text")
    return bad


def main(paths):
    wrong = total = 0
    quiet = "--quiet" in paths
    paths = [p for p in paths if p != "--quiet"]
    seen = {}
    for path in paths:
        for sid, text, words in rows(path):
            total += 1
            bad = check(sid, text, words, "en" if sid.startswith("en") else "de")
            if sid in seen:
                bad.append("0 : id stands in %s too" % seen[sid])
            seen[sid] = path
            if quiet:
                bad = [b for b in bad if "punctuation crosses" not in b]
            for b in bad:
                print("%s:%s:%s" % (path, sid, b))
            wrong += bool(bad)
    print("%d sentences, %d with faults" % (total, wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
