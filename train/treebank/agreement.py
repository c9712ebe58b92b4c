"""How well two annotations of the same sentences agree.

usage: agreement.py FIRST SECOND      (rows or CoNLL-U; sentences that both have, by id; punctuation counts)
Out: sentences, words, and the share of words with the same part of speech, head, head and relation (subtypes aside, and with them), head and relation without
punctuation.
"""
import sys
import validate as v


def main(first, second):
    a = {sid: w for sid, _, w in v.rows(first)}
    b = {sid: w for sid, _, w in v.rows(second)}
    n = upos = uas = las = full = content = content_n = sentences = 0
    for sid in sorted(set(a) & set(b)):
        if [w[0] for w in a[sid]] != [w[0] for w in b[sid]]:
            print("%s: other words" % sid, file=sys.stderr)
            continue
        sentences += 1
        for x, y in zip(a[sid], b[sid]):
            same = x[2] == y[2] and x[3].split(":")[0] == y[3].split(":")[0]
            n, upos, uas, las = n + 1, upos + (x[1] == y[1]), uas + (x[2] == y[2]), las + same
            full += x[2] == y[2] and x[3] == y[3]
            if x[1] != "PUNCT":
                content_n, content = content_n + 1, content + same
    print("%d sentences, %d words: UPOS %.2f  UAS %.2f  LAS %.2f  with subtypes %.2f  LAS without punctuation %.2f"
          % (sentences, n, 100 * upos / n, 100 * uas / n, 100 * las / n, 100 * full / n, 100 * content / content_n))


if __name__ == "__main__":
    main(*sys.argv[1:])
