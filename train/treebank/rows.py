"""Rows (see GUIDE.md) -> CoNLL-U with the text's spacing, contractions as ranges; lemmas and features still to come (features.py).

usage: rows.py FILE.rows... > OUT.conllu
English words with a hyphen are cut at it, as UD English EWT and src/text do: the last part is the word, the parts before hang on it (`compound`, names:
`flat` on the first part). What stays whole (prefixes such as non-) is a list in lang/en/tokens.tsv.
"""
import os, re, sys
import validate as v

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def whole_prefixes():
    out = set()
    for line in open(os.path.join(ROOT, "lang", "en", "tokens.tsv"), encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if c[0] == "prefix":
            out |= set(c[1].lower().split())
    return out


KEEP = whole_prefixes()


def parts_of(form):
    if not re.search(r"\w-\w", form) or re.match(r"[\d-]+$|.*[@/]|https?:", form) or form.split("-")[0].lower() in KEEP:
        return [form]
    return [p for p in re.split(r"(-)", form) if p]


def cut_hyphens(words):
    """[(form, upos, head, rel)] with hyphenated words cut."""
    place, n = [], 0  # new number of each word's head part, number of its first part
    cut = [parts_of(w[0]) for w in words]
    for w, parts in zip(words, cut):
        first = len(parts) > 1 and w[1] == "PROPN"
        place.append(n + (1 if first else len(parts)))
        n += len(parts)
    out = []
    for (form, upos, head, rel), parts, own in zip(words, cut, place):
        start = len(out) + 1
        for k, p in enumerate(parts):
            number = start + k
            if number == own:
                out.append((p, upos, place[head - 1] if head else 0, rel))
            elif p == "-":
                out.append((p, "PUNCT", number + 1 if upos == "PROPN" else number - 1, "punct"))
            elif upos == "PROPN":
                out.append((p, "PROPN", own, "flat"))
            else:
                tag = "NUM" if p[0].isdigit() else "PROPN" if p[0].isupper() and start > 1 else "ADJ" if upos == "ADJ" else "NOUN"
                out.append((p, tag, own, "nummod" if tag == "NUM" else "compound"))
    return out


def conllu(sid, text, words):
    """words: (form, upos, head, rel, lemma, feats)"""
    got = v.spaces(text, [w[0] for w in words])
    if got[0] is None:
        raise SystemExit("%s: word %d is not the text's" % (sid, got[1] + 1))
    joined, tight = got
    last = len(words) - 1
    ranges = {a: (b, s) for a, b, s in joined}
    inside = {k for a, b, _ in joined for k in (a, b)}
    out = ["# sent_id = " + sid, "# text = " + text]
    for i, (form, upos, head, rel, lemma, feats) in enumerate(words):
        if i in ranges:
            b, surface = ranges[i]
            out.append("%d-%d\t%s%s" % (i + 1, b + 1, surface, "\t_" * 7 + ("\tSpaceAfter=No" if b in tight else "\t_")))
        misc = "SpaceAfter=No" if i in tight and i not in inside and i != last else "_"
        out.append("\t".join([str(i + 1), form, lemma, upos, "_", feats, str(head), rel, "_", misc]))
    return "\n".join(out) + "\n"


def main(paths):
    for path in paths:
        for sid, text, words in v.rows(path):
            w = [x[:4] for x in words]
            if sid.startswith("en"):
                w = cut_hyphens(w)
            print(conllu(sid, text, [x + ("_", "_") for x in w]))


if __name__ == "__main__":
    main(sys.argv[1:])
