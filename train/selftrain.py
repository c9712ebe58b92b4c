"""Checkpoints of one language + raw text -> silver sentences for finetune.py --silver.

usage: selftrain.py OUT.pt TEXT SENTENCES CHECKPOINT.pt...
how: the mean of the networks parses sentences of 6 to 40 words; heads and relations that they are not sure of are left out of the loss.
     Text is taken from its end backwards: the news (Wikinews) stands there, behind the protocols.
"""
import random, sys
import torch
from net import Net, Words
import treebank as tb
from finetune import predict, FeatTable

SURE = -0.5  # mean log probability of an arc


def main(out, text, count, checkpoints):
    torch.set_num_threads(1)
    random.seed(7)
    cks = [torch.load(c) for c in checkpoints]
    labels = cks[0]["labels"]
    nets = []
    words = Words(cks[0]["forms"])
    for ck in cks:
        assert ck["forms"] == cks[0]["forms"] and ck["labels"].scripts == labels.scripts and ck["labels"].pairs == labels.pairs
        net = Net(len(ck["forms"]), hidden=ck["hidden"])
        net.heads(ck["sizes"])
        net.load_state_dict(ck["state"])
        nets.append(net)
    lines = [l.split() for l in open(text, encoding="utf-8")]
    lines = [l for l in lines if 6 <= len(l) <= 40 and l[-1] in ".?!"]
    news, rest = lines[-12000:], lines[:-12000]
    pick = random.sample(news, min(len(news), count * 2 // 3)) + random.sample(rest, count // 3)
    sents = []
    for forms in pick:
        s = tb.Sent()
        s.forms, s.source, s.no_feats, s.no_lemma, s.sid, s.weight, s.gold = forms, 0, False, True, "", 1.0, True
        s.lemmas = s.xpos = ["_"] * len(forms)
        sents.append(s)
    table = FeatTable(labels)
    sure_words = total = 0
    for s, rows in zip(sents, predict(nets, words, labels, sents)):
        s.upos = [labels.upos[r[0]] for r in rows]
        s.feats = [table.best(r[0], r[1]) for r in rows]
        s.heads = [r[3] if r[5] > SURE else -100 for r in rows]
        s.rels = [labels.rels[r[4]] if r[5] > SURE else "_" for r in rows]
        total += len(rows)
        sure_words += sum(h >= 0 for h in s.heads)
    print(len(sents), "sentences", total, "words, sure of %.3f" % (sure_words / total))
    torch.save(sents, out)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:])
