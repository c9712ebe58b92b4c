"""Mend letters lost to a wrong decoding (U+FFFD) in the Bundestag protocols, by the undamaged words of the same file.

in:  text files (plain or .xz);  out: standard output, the same lines mended where a known word fits
limit: what fits no known word stays damaged; raw_text.py drops such sentences
"""
import collections, lzma, re, sys

WORD = re.compile(r"[\w\ufffd]+")


def main(files):
    lines = []
    for name in files:
        op = lzma.open if name.endswith(".xz") else open
        lines += op(name, "rt", encoding="utf-8").readlines()
    good = collections.Counter()
    for line in lines:
        if "\ufffd" not in line:
            good.update(w for w in WORD.findall(line) if not w.isascii())
    best = {}
    for w, n in good.items():
        key = re.sub(r"[^\x00-\x7f]", "\ufffd", w)
        if key not in best or good[best[key]] < n:
            best[key] = w

    def mend(match):
        w = match.group(0)
        if "\ufffd" not in w:
            return w
        for c in (w, w[0].lower() + w[1:], w[0].upper() + w[1:]):
            if c in best:
                r = best[c]
                return (r[0].upper() if w[0].isupper() else r[0].lower() if w[0].islower() else r[0]) + r[1:]
        return w

    for line in lines:
        if "\ufffd" in line:
            line = re.sub(r"(?<=[.,;:\d)])\ufffd|\ufffd(?=\d)", " ", line)
            line = WORD.sub(mend, line)
        sys.stdout.write(line)


if __name__ == "__main__":
    main(sys.argv[1:])
