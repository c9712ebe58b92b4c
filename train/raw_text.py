"""Raw text -> one tokenised sentence a line, near enough to UD words for word vectors and pretraining.

in:  a language code and text files (plain or .xz); lines that start with "# doc" are left out
out: standard output, words parted by blanks
how: a rough regular-expression split; German contractions of preposition and article are taken apart as UD does
limit: this is for training only; the program's own splitter is src/text
"""
import lzma, re, sys

WORD = {
    "de": re.compile(r"[A-Za-zÀ-ÿŠšŽžĀ-ſ]+\.(?=[A-Za-z]\.)|\d+(?:[.,:]\d+)*\.?|\w+(?:[-’'/]\w+)*-?|-\w+|\.\.\.|[^\w\s]"),
    "en": re.compile(r"(?:[A-Z]\.){2,}|\d+(?:[.,:]\d+)*|(?:ca|wo|[A-Za-z]+?)(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ll|ve|m|d)\b|\w+(?:['’]\w+)?|\.\.\.|[^\w\s]"),
}
SPLIT = {"im": "in dem", "am": "an dem", "zum": "zu dem", "zur": "zu der", "vom": "von dem", "beim": "bei dem",
         "ins": "in das", "ans": "an das", "Im": "In dem", "Am": "An dem", "Zum": "Zu dem", "Zur": "Zu der",
         "Vom": "Von dem", "Beim": "Bei dem", "Ins": "In das"}
ABBREV = {"de": {"Dr", "Nr", "z", "B", "d", "h", "u", "a", "bzw", "ca", "Abs", "Art", "St", "Prof", "usw", "Mio", "Mrd"},
          "en": {"Mr", "Mrs", "Ms", "Dr", "St", "U", "S", "No", "Gen", "Sen", "vs", "Inc", "Prof", "Jr"}}


def sentences(words, lang):
    out = []
    for i, w in enumerate(words):
        out.append(w)
        nxt = words[i + 1] if i + 1 < len(words) else None
        if w in ".!?" and nxt and (nxt[0].isupper() or nxt[0] in "\"„“«‚([–-") and not (
                w == "." and len(out) > 1 and (out[-2] in ABBREV[lang] or len(out[-2]) == 1)):
            yield out
            out = []
        elif len(out) >= 80:
            yield out
            out = []
    if out:
        yield out


def main(lang, files):
    for name in files:
        op = lzma.open if name.endswith(".xz") else open
        for line in op(name, "rt", encoding="utf-8"):
            if line.startswith("# doc") or len(line) < 20:
                continue
            words = WORD[lang].findall(line)
            for s in sentences(words, lang):
                if len(s) < 4 or any("\ufffd" in w for w in s):
                    continue
                if lang == "de":
                    s = " ".join(SPLIT.get(w, w) for w in s).split()
                print(" ".join(s))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
