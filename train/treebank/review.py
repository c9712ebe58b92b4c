"""The second pass over a treebank: shows trees beside a parser's, and takes corrections.

usage: review.py show GOLD.conllu PARSED.conllu > SHEET     every tree as rows; "<> 9 obl" behind a row where the parser has another head or relation,
                                                            "<> VERB" where it has another part of speech
       review.py apply GOLD.conllu FIXES... > OUT.conllu     a line a correction: ID NUMBER FIELD=VALUE...  (u= part of speech, h= head, r= relation,
                                                            l= lemma, f= features); `ID drop` removes a sentence
"""
import sys


def blocks(path):
    for b in open(path, encoding="utf-8").read().split("\n\n"):
        if b.strip():
            lines = b.strip("\n").split("\n")
            sid = next((l[12:] for l in lines if l.startswith("# sent_id = ")), "")
            yield sid, lines


def words(lines):
    return [l.split("\t") for l in lines if l[0].isdigit() and "-" not in l.split("\t")[0]]


def show(gold, parsed):
    other = {sid: words(lines) for sid, lines in blocks(parsed)}
    for sid, lines in blocks(gold):
        print("#%s %s" % (sid, next(l[9:] for l in lines if l.startswith("# text = "))))
        for a, b in zip(words(lines), other.get(sid, [])):
            differs = []
            if (a[6], a[7]) != (b[6], b[7]):
                differs.append("%s %s" % (b[6], b[7]))
            if a[3] != b[3]:
                differs.append(b[3])
            print(" ".join([a[0], a[1], a[3], a[6], a[7]] + (["<>"] + differs if differs else [])))
        print()


def apply(gold, fixes):
    todo, dropped, used = {}, set(), set()
    for path in fixes:
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            c = line.split()
            if not c or line[0] == "#":
                continue
            if c[1:] == ["drop"]:
                dropped.add(c[0])
                continue
            try:
                fields = dict(x.split("=", 1) for x in c[2:])
                assert fields and set(fields) <= set("uhrlf") and c[1].isdigit()
                todo.setdefault((c[0], c[1]), {}).update(fields)
            except (ValueError, AssertionError, IndexError):
                print("%s:%d: not a correction: %s" % (path, number, line.strip()), file=sys.stderr)
    column = {"u": 3, "h": 6, "r": 7, "l": 2, "f": 5}
    for sid, lines in blocks(gold):
        if sid in dropped:
            continue
        for i, line in enumerate(lines):
            c = line.split("\t")
            if (sid, c[0]) in todo:
                used.add((sid, c[0]))
                for k, value in todo[(sid, c[0])].items():
                    c[column[k]] = value
                lines[i] = "\t".join(c)
        print("\n".join(lines) + "\n")
    for key in sorted(set(todo) - used):
        print("no such word: %s %s" % key, file=sys.stderr)


if __name__ == "__main__":
    {"show": lambda a: show(a[0], a[1]), "apply": lambda a: apply(a[0], a[1:])}[sys.argv[1]](sys.argv[2:])
