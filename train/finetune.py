"""Treebanks + pretrained encoder -> a parser checkpoint.

usage: finetune.py LANG PRETRAINED.pt OUT.pt [--data ../shared/data] [--epochs N] [--seed S] [--toy FILE]
"""
import argparse, os, random, sys, time
import torch, torch.nn.functional as F
from net import Net, Words, batch
import treebank as tb

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def batches(sents, size, shuffle):
    order = list(sents)
    if shuffle:
        random.shuffle(order)
        order.sort(key=lambda s: len(s) + random.random() * 6)
    out, cur, n = [], [], 0
    for s in order:
        cur.append(s)
        n += len(s)
        if n >= size:
            out.append(cur)
            cur, n = [], 0
    if cur:
        out.append(cur)
    if shuffle:
        random.shuffle(out)
    return out


def pad(rows, T, fill=-100):
    return torch.tensor([r + [fill] * (T - len(r)) for r in rows])


def targets(b, labels, T):
    g = {k: pad([s.gold[k] for s in b], T) for k in ("upos", "lemma", "head", "rel")}
    nf = len(labels.feat_names)
    g["feats"] = torch.tensor([s.gold["feats"] + [[-100] * nf] * (T - len(s)) for s in b])
    g["weight"] = torch.tensor([s.weight for s in b])
    return g


def loss_of(net, out, g, labels):
    ce = F.cross_entropy
    w = g["weight"].unsqueeze(1).expand_as(g["head"]).reshape(-1)
    n = (g["head"] >= 0).sum()

    def part(logits, gold):
        return (ce(logits.reshape(-1, logits.shape[-1]), gold.reshape(-1), ignore_index=-100, reduction="none") * w).sum() / n

    heads = g["head"].clamp(min=0)
    total = part(out["arc"], g["head"]) + part(net.relations(out, heads), g["rel"]) + part(out["upos"], g["upos"])
    total = total + 0.5 * part(out["lemma"], g["lemma"])
    at = 0
    for k, size in enumerate(net.sizes["feats"]):
        total = total + 0.3 * part(out["feats"][:, :, at:at + size], g["feats"][:, :, k])
        at += size
    return total


def tree(score):
    """Best single-rooted tree for scores [dep, head] (head 0 the root): Chu-Liu and Edmonds. -> heads"""
    import numpy as np
    n = score.shape[0]
    s = np.full((n + 1, n + 1), -1e18)
    s[1:, :] = score
    s[1:, 0] -= 1e5

    def cle(s):
        m = s.shape[0]
        head = s.argmax(1)
        head[0] = -1
        color = [0] * m
        cycle = None
        for i in range(1, m):
            path, j = [], i
            while j > 0 and color[j] == 0:
                color[j] = i + 1
                path.append(j)
                j = head[j]
            if j > 0 and color[j] == i + 1:
                cycle = path[path.index(j):]
                break
        if cycle is None:
            return head
        inside = set(cycle)
        rest = [i for i in range(m) if i not in inside]
        k = len(rest)
        t = np.full((k + 1, k + 1), -1e18)
        base = {j: s[j, head[j]] for j in cycle}
        enter, leave = [0] * (k + 1), [0] * (k + 1)
        for a, i in enumerate(rest):
            for c, j in enumerate(rest):
                t[a, c] = s[i, j]
            if i:
                b = max(cycle, key=lambda j: s[i, j])
                t[a, k], leave[a] = s[i, b], b
            e = max(cycle, key=lambda j: s[j, i] - base[j])
            t[k, a], enter[a] = s[e, i] - base[e], e
        sub = cle(t)
        out = np.zeros(m, dtype=int)
        for a, i in enumerate(rest):
            if i:
                out[i] = leave[a] if sub[a] == k else rest[sub[a]]
        for j in cycle:
            out[j] = head[j]
        out[enter[sub[k]]] = rest[sub[k]]
        return out

    np.fill_diagonal(s, -1e18)
    return cle(s)[1:].tolist()


def predict(nets, words, labels, sents, source=0, trees=True):
    """Mean of the networks' probabilities -> rows of (upos, feats, lemma script, head, rel, sure)"""
    for net in nets:
        net.eval()
    done = {}
    with torch.no_grad():
        for b in batches(sorted(sents, key=len), 3000, False):
            w, a, lens = batch(words, [s.forms for s in b])
            src = torch.full((len(b),), source, dtype=torch.long)
            outs = [net(w, a, lens, src) for net in nets]
            arc = torch.stack([o["arc"].log_softmax(2) for o in outs]).mean(0)
            upos = sum(o["upos"].softmax(2) for o in outs).argmax(2)
            lemma = sum(o["lemma"].softmax(2) for o in outs).argmax(2)
            at, feats = 0, []
            for size in nets[0].sizes["feats"]:
                feats.append(sum(o["feats"][:, :, at:at + size].softmax(2) for o in outs).log())
                at += size
            heads = torch.zeros_like(w)
            for i, s in enumerate(b):
                m = arc[i, :len(s), :len(s) + 1]
                h = m.argmax(1)
                heads[i, :len(s)] = torch.tensor(tree(m.numpy())) if trees else h
            rel = sum(net.relations(o, heads).softmax(2) for net, o in zip(nets, outs)).argmax(2)
            sure = arc.gather(2, heads.unsqueeze(2)).squeeze(2)
            for i, s in enumerate(b):
                done[id(s)] = [(upos[i, t].item(), [f[i, t] for f in feats], lemma[i, t].item(), heads[i, t].item(),
                                rel[i, t].item(), sure[i, t].item()) for t in range(len(s))]
    return [done[id(s)] for s in sents]


class FeatTable:
    def __init__(self, labels):
        self.by = {}
        for k, (u, f) in enumerate(labels.pairs):
            self.by.setdefault(labels.u[u], []).append((f, labels.feat_ids(f)))
        self.t = {u: (torch.tensor([x[1] for x in v]), [x[0] for x in v]) for u, v in self.by.items()}

    def best(self, upos, logp):
        if upos not in self.t:
            return "_"
        ids, strings = self.t[upos]
        score = sum(lp[ids[:, k]] for k, lp in enumerate(logp))
        return strings[int(score.argmax())]


def evaluate(nets, words, labels, sents, source=0, full=True):
    table = FeatTable(labels)
    n = ok_u = ok_f = ok_l = uas = las = sub = 0
    for s, rows in zip(sents, predict(nets, words, labels, sents, source)):
        for t, (u, f, l, h, r, _) in enumerate(rows):
            n += 1
            ok_u += labels.upos[u] == s.upos[t]
            if full:
                ok_f += table.best(u, f) == s.feats[t]
                ok_l += tb.apply(labels.scripts[l], s.forms[t], labels.seps) == s.lemmas[t]
            if h == s.heads[t]:
                uas += 1
                las += labels.rels[r].split(":")[0] == s.rels[t].split(":")[0]
                sub += labels.rels[r] == s.rels[t]
    return "UPOS %.2f FEATS %.2f lemma %.2f UAS %.2f LAS %.2f LAS+sub %.2f" % tuple(100 * x / n for x in (ok_u, ok_f, ok_l, uas, las, sub))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("lang"), ap.add_argument("pre"), ap.add_argument("out")
    ap.add_argument("--data", default=os.path.join(ROOT, "..", "shared", "data"))
    ap.add_argument("--epochs", type=int, default=20)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--toy")
    ap.add_argument("--lr", type=float, default=2e-3)
    ap.add_argument("--enc-lr", type=float, default=0.5, help="share of the rate for the pretrained encoder")
    ap.add_argument("--word-lr", type=float, default=0.0, help="share of the rate for the word vectors; 0 keeps them as they are")
    ap.add_argument("--word-drop", type=float, default=0.15)
    ap.add_argument("--shrink", type=float, default=0.45, help="factor on the pretrained matrices")
    ap.add_argument("--batch", type=int, default=600)
    ap.add_argument("--drop", type=float, default=0.33)
    a = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    seps = tb.prefixes(a.lang, ROOT)
    train, dev, sources = tb.toy(a.toy) if a.toy else tb.load(a.lang, a.data, HERE)
    news = [s for s in dev if "-" in s.sid and s.sid.split("-")[0] == a.lang]  # of our own treebank
    old = [s for s in dev if s not in news]
    labels = tb.Labels(train, a.lang, seps)
    pre = torch.load(a.pre)
    words = Words(pre["forms"])
    net = Net(len(pre["forms"]), hidden=pre["state"]["layers.1.v.0"].numel() // 2)
    net.load_state_dict(pre["state"])
    with torch.no_grad():  # long pretraining leaves large weights that learn the trees slowly
        for layer in net.layers:
            layer.w *= a.shrink
    sizes = {"upos": len(labels.upos), "feats": [len(v) for v in labels.feat_values], "lemma": len(labels.scripts),
             "deprel": len(labels.rels), "source": sources}
    net.heads(sizes)
    net.measure(words, [s.forms for s in train[:300]])
    net.drop = a.drop
    print(len(train), "train", sum(map(len, train)), "words", len(dev), "dev", sizes["upos"], sizes["lemma"], sizes["deprel"],
          len(labels.pairs), flush=True)
    for s in train:
        labels.encode(s)
    enc = [p for n, p in net.named_parameters() if p.requires_grad and n.split(".")[0] in ("layers", "unk")]
    new = [p for n, p in net.named_parameters() if p.requires_grad and n.split(".")[0] not in ("layers", "unk", "affix", "word", "lm", "lm2", "mask")]
    opt = torch.optim.AdamW([{"params": enc, "k": a.enc_lr}, {"params": new, "k": 1.0}], lr=1, betas=(0.9, 0.98), weight_decay=0.0)
    groups = [{"params": [net.affix.weight], "k": a.enc_lr}]
    if a.word_lr:
        net.word.sparse = True
        net.word.weight.requires_grad_(True)
        groups.append({"params": [net.word.weight], "k": a.word_lr})
    sparse = torch.optim.SparseAdam(groups, lr=1)
    steps = a.epochs * len(batches(train, a.batch, False))
    step, start = 0, time.time()
    ema = None
    for epoch in range(a.epochs):
        net.train()
        total, k = 0.0, 0
        for b in batches(train, a.batch, True):
            step += 1
            lr = a.lr * min(1, step / 100) * max(0.02, 1 - step / steps)
            for gr in opt.param_groups + sparse.param_groups:
                gr["lr"] = lr * gr["k"]
            w, f, lens = batch(words, [s.forms for s in b])
            out = net(w, f, lens, torch.tensor([s.source for s in b]), a.word_drop)
            loss = loss_of(net, out, targets(b, labels, w.shape[1]), labels)
            opt.zero_grad(set_to_none=True), sparse.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(enc + new, 2.0)
            opt.step(), sparse.step()
            total += loss.item()
            k += 1
        if epoch % 5 == 4 or epoch == a.epochs - 1 or a.toy:
            print("epoch %d  %.1f min  loss %.3f  %s" % (epoch + 1, (time.time() - start) / 60, total / k,
                  evaluate([net], words, labels, old[:400])), flush=True)
            if news:
                print("    news  " + evaluate([net], words, labels, news), flush=True)
    net.eval()
    torch.save({"lang": a.lang, "forms": pre["forms"], "state": net.state_dict(), "labels": labels, "sizes": sizes, "hidden": net.hidden}, a.out)
    print("dev:", evaluate([net], words, labels, old), flush=True)
    if news:
        print("news:", evaluate([net], words, labels, news), flush=True)


if __name__ == "__main__":
    main()
