"""Word vectors and raw text -> an encoder that has learnt to guess hidden words.

usage: pretrain.py VECTORS.vec TEXT OUT.pt [--minutes M] [--words N] [--seed S]
how: a fifth of the words of each sentence is hidden; the top and middle layers must pick the hidden word's vector out of those of the
     batch and of a sample of the vocabulary. Word vectors stay as they are.
"""
import argparse, random, time
import torch, torch.nn.functional as F
from net import Net, Words, batch, DIM_WORD


def load_vectors(path, limit):
    forms, rows = ["<unk>"], [[0.0] * DIM_WORD]
    with open(path, encoding="utf-8") as f:
        f.readline()
        for line in f:
            p = line.rstrip().split(" ")
            if len(p) != DIM_WORD + 1 or p[0] == "</s>":
                continue
            forms.append(p[0])
            rows.append([float(x) for x in p[1:]])
            if len(forms) == limit:
                break
    e = torch.tensor(rows)
    e[1:] = e[1:] - e[1:].mean(0)
    e[1:] = e[1:] / e[1:].std()  # unit scale over all
    return forms, e


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("vectors"), ap.add_argument("text"), ap.add_argument("out")
    ap.add_argument("--minutes", type=float, default=15)
    ap.add_argument("--words", type=int, default=60000)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--init", help="go on from this checkpoint")
    ap.add_argument("--lr", type=float, default=2e-3)
    a = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    forms, e = load_vectors(a.vectors, a.words)
    words = Words(forms)
    net = Net(len(forms))
    net.word.weight.data.copy_(e)
    if a.init:
        net.load_state_dict(torch.load(a.init)["state"])
    sents = [s.split() for s in open(a.text, encoding="utf-8")]
    sents = [s[:60] for s in sents if len(s) > 4]
    random.shuffle(sents)
    print(len(forms), "words", len(sents), "sentences", flush=True)
    # sentences of like length together, in pools, to save padding
    dense = [p for n, p in net.named_parameters() if p.requires_grad and not n.startswith("affix")]
    opt = torch.optim.Adam(dense, lr=1, betas=(0.9, 0.98), eps=1e-8)
    sparse = torch.optim.SparseAdam([net.affix.weight], lr=1)
    net.train()
    net.drop = 0.1
    start, step, seen, total, hit, count = time.time(), 0, 0, 0.0, 0, 0
    at = 0
    limit = a.minutes * 60
    while time.time() - start < limit:
        pool = sents[at:at + 64 * 40]
        at += 64 * 40
        if at >= len(sents):
            at = 0
            random.shuffle(sents)
        pool.sort(key=len)
        batches, cur, n = [], [], 0
        for s in pool:
            cur.append(s)
            n += len(s)
            if n >= 1500:
                batches.append(cur)
                cur, n = [], 0
        random.shuffle(batches)
        for b in batches:
            part = (time.time() - start) / limit
            if part >= 1:
                break
            step += 1
            lr = a.lr * min(1, step / 200) * (1 - part) + 1e-5
            opt.param_groups[0]["lr"] = lr
            sparse.param_groups[0]["lr"] = lr
            w, f, lens = batch(words, b)
            real = torch.arange(w.shape[1]).unsqueeze(0) < lens.unsqueeze(1)
            hide = (torch.rand(w.shape) < 0.2) & real & (w > 0)
            if not hide.any():
                continue
            x = net.inputs(w, f, 0.05)
            x = torch.where(hide.unsqueeze(2), net.mask.expand_as(x), x)
            outs = net.encode(x, lens)
            gold = w[hide]
            sample = torch.randint(1, len(forms), (1500,))
            frequent = torch.arange(1, min(300, len(forms)))
            cand, where = torch.unique(torch.cat([gold, w[real & (w > 0)], sample, frequent]), return_inverse=True)
            target = where[:gold.shape[0]]
            ce = net.word(cand).t()
            loss = 0
            for layer, head, weight in ((2, net.lm, 1.0), (1, net.lm2, 0.5)):
                logits = head(outs[layer][hide]) @ ce
                loss = loss + weight * F.cross_entropy(logits, target)
                if layer == 2:
                    hit += (logits.argmax(1) == target).sum().item()
                    count += target.shape[0]
            opt.zero_grad(set_to_none=True), sparse.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(dense, 1.0)
            opt.step(), sparse.step()
            seen += int(lens.sum())
            total += loss.item()
            if step % 200 == 0:
                print("step %d  %.1f min  %.0f words/s  loss %.3f  hit %.3f" % (
                    step, (time.time() - start) / 60, seen / (time.time() - start), total / 200, hit / count), flush=True)
                total, hit, count = 0.0, 0, 0
        torch.save({"forms": forms, "state": net.state_dict()}, a.out)


if __name__ == "__main__":
    main()
