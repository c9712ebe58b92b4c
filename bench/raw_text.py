"""A CoNLL-U file's sentences as running text: words as SpaceAfter=No says, an empty line where a paragraph or document begins.

usage: raw_text.py FILE.conllu > TEXT
"""
import sys


def texts(path):
    out, paragraph, words, skip, new = [], [], [], 0, False

    def close():
        if words:
            paragraph.append("".join(words).strip())
            words.clear()

    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith(("# newdoc", "# newpar")):
            if paragraph:
                out.append(" ".join(paragraph))
            paragraph = []
        elif not line:
            close()
            skip = 0
        elif line[0] != "#":
            c = line.split("\t")
            if "-" in c[0]:
                skip = int(c[0].split("-")[1])
            elif not c[0].isdigit() or int(c[0]) <= skip:
                continue
            words.append(c[1] + ("" if "SpaceAfter=No" in c[9] else " "))
    close()
    if paragraph:
        out.append(" ".join(paragraph))
    return out


if __name__ == "__main__":
    print("\n\n".join(texts(sys.argv[1])))
