"""A CoNLL-U file's sentences as running text: words as SpaceAfter=No says, an empty line where a paragraph or document begins.

usage: raw_text.py FILE.conllu > TEXT
"""
import lzma, re, sys


def sentences(path, keep=""):
    """-> [(a paragraph begins here?, text)]; text with the spacing of the file; only sentences whose id begins like `keep`"""
    op = lzma.open if path.endswith(".xz") else open
    out, words, skip, new, sid = [], [], 0, True, ""
    for line in op(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith(("# newdoc", "# newpar")):
            new = True
        elif line.startswith("# sent_id = "):
            sid = line[12:]
        elif not line:
            if words and re.match(keep, sid):
                out.append((new, "".join(words).strip()))
                new = False
            words, skip = [], 0
        elif line[0] != "#":
            c = line.split("\t")
            if "-" in c[0]:
                skip = int(c[0].split("-")[1])
            elif not c[0].isdigit() or int(c[0]) <= skip:
                continue
            words.append(c[1] + ("" if "SpaceAfter=No" in c[9] else " "))
    return out


def texts(path):
    """Paragraphs."""
    out = []
    for new, text in sentences(path):
        if new or not out:
            out.append([])
        out[-1].append(text)
    return [" ".join(p) for p in out]


if __name__ == "__main__":
    print("\n\n".join(texts(sys.argv[1])))
