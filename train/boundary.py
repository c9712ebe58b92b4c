"""A parser checkpoint -> the same with a sentence splitter: one small recurrent layer over the words of a paragraph, which mends what the rules of
src/text decide.

usage: boundary.py LANG CHECKPOINT.pt OUT.pt DEPESCHE FOLDER [--data ../shared/data] [--seed S] [--epochs N]
how: treebank sentences are joined to paragraphs (English EWT as it stands; German treebanks have none, so runs of 1 to 8 sentences); Wikinews is split by the
     rules, its titles are put before the text as headings without a stop; some more final stops are left out. the program DEPESCHE with
     lang/ and a model without splitter in FOLDER splits all by rule; the network sees the word vectors of the parser, whether white space follows and whether the rules end
     a sentence here, and learns whether one ends.
"""
import argparse, json, os, random, re, subprocess, sys, tempfile
import torch, torch.nn as nn, torch.nn.functional as F
import net as n
import treebank as tb

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "bench"))
from raw_text import sentences
HIDDEN = 96
RULE, TIGHT = 1, 2  # bits of a word's gap: the rules end a sentence behind it; no white space behind it


class Splitter(nn.Module):
    def __init__(self):
        super().__init__()
        d = n.DIM_WORD + n.DIM_AFFIX
        self.gap = nn.Embedding(4, d)
        self.gap.weight.data.normal_(0, 0.1)
        self.layer = n.Layer(d, HIDDEN)
        self.out = nn.Linear(2 * HIDDEN, 1)

    def forward(self, x, gap, lens, drop=0.0):
        h = self.layer(n.same_mask(x + self.gap(gap), drop, self.training), lens)
        return self.out(n.same_mask(h, drop, self.training)).squeeze(2)


FREE = r"GUM_(news|interview|bio|voyage)_"  # the documents of GUM whose text may be used (treebank.py)


RAW = {"de": ("de_wikinews/de_wikinews_850.txt", r"# doc \S+ - (.*?)(?: \(.*)?$"), "en": ("en_wikinews/en_wikinews_2019-2020.txt", r"# doc \S+ (.*)$")}


def news(lang, data, rng, program):
    """Paragraphs of Wikinews as the rules split them, every other title before the text that follows it."""
    path, title = RAW[lang]
    paras, head = [], None
    for line in open(os.path.join(data, "raw", path), encoding="utf-8"):
        line = line.strip()
        m = re.match(title, line)
        if m:
            head = m.group(1)
        elif len(line) > 80 and line[-1] in ".!?\"”“":
            paras.append((head if head and rng.random() < 0.5 else None, line))
            head = None
    got = run_rules([p for _, p in paras], lang, program)
    return [([h] if h else []) + got[i] for i, (h, _) in enumerate(paras) if i in got]


def cut(paragraph, rng):
    """A paragraph in runs of one to four sentences."""
    out = []
    while paragraph:
        k = rng.randint(1, 4)
        out.append(paragraph[:k])
        paragraph = paragraph[k:]
    return out


def run_rules(texts, lang, program):
    """-> number of text: its sentences by the program's rules"""
    out = {}
    for line in parsed(texts, lang, program):
        if line.startswith("# newdoc id = "):
            doc = out.setdefault(int(line[14:]), [])
        elif line.startswith("# text = "):
            doc.append(line[9:])
    return out


def parsed(texts, lang, program):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        for i, t in enumerate(texts):
            f.write(json.dumps({"id": str(i), "lang": lang, "text": t}) + "\n")
        f.flush()
        return subprocess.run(program + ["--lang", lang, f.name], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8").split("\n")


def spaced(text):
    """A text whose file does not say where white space is."""
    text = re.sub(r" ([.,;:!?)]|''|-(?= ))", r"\1", text)
    return re.sub(r"(\(|``) ", r"\1", text)


def paragraphs(lang, data, rng):
    """-> train, development: lists of paragraphs, each a list of sentences"""
    ud, own = data + "/ud", os.path.join(HERE, "treebank")
    mine = [s for _, s in sentences(os.path.join(own, lang + "_news-train.conllu"))]

    def runs(texts):
        out, at = [], 0
        while at < len(texts):
            k = rng.randint(1, 8)
            out.append(texts[at:at + k])
            at += k
        return out

    def given(path, keep=""):
        out = []
        for new, s in sentences(path, keep):
            if new or not out:
                out.append([])
            out[-1].append(s)
        return out

    if lang == "de":
        gsd = [s for _, s in sentences(ud + "/de_gsd/de_gsd-ud-dev.conllu")]
        dev = runs([s for i, s in enumerate(gsd) if i // 10 % 7 == 3])
        train = [s for i, s in enumerate(gsd) if i // 10 % 7 != 3]
        for f in ("/de_gsd/de_gsd-train-s1501-1868_via-parseme.conllu", "/de_pud/de_pud-first500.conllu"):
            train += [s for _, s in sentences(ud + f)]
        train += [spaced(s) for _, s in sentences(ud + "/de_gsd/de_gsd-train-part_via-parseme-processed.conllu")]
        out = []
        for _ in range(6):  # other neighbours each time
            out += runs(train) + runs(rng.sample(mine, len(mine)))
            rng.shuffle(train)
        return out, dev
    train = given(ud + "/en_ewt/en_ewt-ud-train.conllu.xz") + given(ud + "/en_gum/en_gum-train.conllu.xz", FREE) + runs(mine)
    return train, given(ud + "/en_ewt/en_ewt-ud-dev.conllu")


def toy(path, rng):
    texts = [s for _, s in sentences(path)]
    paras = [without_stops([rng.choice(texts) for _ in range(rng.randint(1, 5))], rng, 0.3) for _ in range(300)]
    return paras, paras[:50]


def without_stops(paragraph, rng, share):
    return [s[:-1].rstrip() if s[-1:] == "." and len(s) < 120 and rng.random() < share else s for s in paragraph]


def prepared(paras, lang, program):
    """Paragraphs through the program's rules -> [(forms, gaps, ends)]"""
    got = parsed([" ".join(p) for p in paras], lang, program)
    out, doc, forms, gaps, chars, last = {}, None, [], [], [], 0

    def rows():
        nonlocal doc
        skip = 0
        for line in got:
            if line.startswith("# newdoc id = "):
                doc = int(line[14:])
                out[doc] = ([], [], [])  # forms, gaps, characters up to and with each word
            elif line and line[0] != "#":
                c = line.split("\t")
                f, g, k = out[doc]
                if "-" in c[0]:
                    a, b = map(int, c[0].split("-"))
                    first, skip, joined, tight = a, b, len("".join(c[1].split())), "SpaceAfter=No" in c[9]
                else:
                    i = int(c[0])
                    f.append(c[1])
                    g.append(0)
                    before = k[-1] if k else 0
                    if i <= skip:
                        k.append(before if i > first else before + joined)  # parts of one written word end together
                        if i < skip or tight:
                            g[-1] |= TIGHT
                    else:
                        k.append(before + len("".join(c[1].split())))
                        if "SpaceAfter=No" in c[9]:
                            g[-1] |= TIGHT
            elif not line and doc is not None and out[doc][1]:
                out[doc][1][-1] |= RULE
                skip = 0

    rows()
    rows_out = []
    for i, p in enumerate(paras):
        if i not in out:
            continue
        forms, gaps, chars = out[i]
        ends, at = set(), 0
        for s in p:
            at += len("".join(s.split()))
            ends.add(at)
        total = chars[-1] if chars else 0
        if not forms or total != at:
            continue
        y = [1.0 if c in ends and (j + 1 == len(chars) or chars[j + 1] != c) else 0.0 for j, c in enumerate(chars)]
        gaps[-1] |= RULE
        rows_out.append((forms[:400], gaps[:400], y[:400]))
    return rows_out


def batches(data, size, shuffle):
    data = sorted(data, key=lambda d: len(d[0]))
    out, cur, k = [], [], 0
    for d in data:
        cur.append(d)
        k += len(d[0])
        if k >= size:
            out.append(cur)
            cur, k = [], 0
    if cur:
        out.append(cur)
    if shuffle:
        random.shuffle(out)
    return out


def tensors(words, b):
    w, a, lens = n.batch(words, [d[0] for d in b])
    gap, y = torch.zeros_like(w), torch.zeros(w.shape)
    for i, d in enumerate(b):
        gap[i, :len(d[1])] = torch.tensor(d[1])
        y[i, :len(d[2])] = torch.tensor(d[2])
    real = torch.arange(w.shape[1]).unsqueeze(0) < (lens - 1).unsqueeze(1)  # the end of a paragraph is an end anyway
    return w, a, lens, gap, y, real


def score(net, model, words, data):
    model.eval()
    hit = said = gold = rule_hit = rule_said = 0
    with torch.no_grad():
        for b in batches(data, 4000, False):
            w, a, lens, gap, y, real = tensors(words, b)
            p = torch.sigmoid(model(inputs(net, w, a), gap, lens)) > 0.5
            rule = (gap & RULE) > 0
            y = y > 0.5
            hit, said, gold = hit + (p & y & real).sum().item(), said + (p & real).sum().item(), gold + (y & real).sum().item()
            rule_hit, rule_said = rule_hit + (rule & y & real).sum().item(), rule_said + (rule & real).sum().item()
    f = lambda h, s: 200 * h / max(1, s + gold)
    return "ends F1 %.2f (rules %.2f)" % (f(hit, said), f(rule_hit, rule_said))


def inputs(net, w, a, drop=0.0):
    """The parser's word vectors; some words are made unknown for training."""
    if drop:
        w = w.masked_fill(torch.rand(w.shape) < drop, 0)
        a = a.masked_fill(torch.rand(a.shape) < drop / 2, 0)
    return net.inputs(w, a) + net.source.weight[0]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("lang"), ap.add_argument("src"), ap.add_argument("dst"), ap.add_argument("depesche"), ap.add_argument("folder")
    ap.add_argument("--data", default=os.path.join(HERE, "..", "..", "shared", "data"))
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--epochs", type=int, default=8)
    ap.add_argument("--add", type=float, default=0.5, help="logarithm of the odds from which on an end is added to those of the rules")
    ap.add_argument("--keep", type=float, default=-1.0, help="... an end of the rules is kept")
    ap.add_argument("--unstopped", type=float, default=0.15, help="share of sentences of the treebanks that lose their final stop")
    ap.add_argument("--toy", help="a treebank to train and measure on, instead of the real ones")
    a = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    rng = random.Random(a.seed)
    ck = torch.load(a.src)
    net = n.Net(len(ck["forms"]), hidden=ck.get("hidden", n.HIDDEN))
    net.heads(ck["sizes"])
    net.load_state_dict(ck["state"])
    net.eval()
    for p in net.parameters():
        p.requires_grad_(False)
    words = n.Words(ck["forms"])
    program = [a.depesche, "parse", "--data", a.folder]
    train, dev = toy(a.toy, rng) if a.toy else paragraphs(a.lang, a.data, rng)
    raw = [] if a.toy else news(a.lang, a.data, rng, program)
    train = [without_stops(p, rng, a.unstopped) for p in train + [s for p in raw for s in cut(p, rng)]] + raw
    train, dev = prepared(train, a.lang, program), prepared(dev, a.lang, program)
    print(len(train), "paragraphs", sum(len(d[0]) for d in train), "words", len(dev), "dev", flush=True)
    model = Splitter()
    opt = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1e-4)
    steps, step = a.epochs * len(batches(train, 1500, True)), 0
    for epoch in range(a.epochs):
        model.train()
        for b in batches(train, 1500, True):
            step += 1
            for g in opt.param_groups:
                g["lr"] = 3e-3 * min(1, step / 50) * max(0.02, 1 - step / steps)
            w, f, lens, gap, y, real = tensors(words, b)
            gap = torch.where(torch.rand(gap.shape) < 0.05, gap & TIGHT, gap)  # not to lean on the rules alone
            z = model(inputs(net, w, f, 0.1), gap, lens, 0.25)
            loss = F.binary_cross_entropy_with_logits(z[real], y[real])
            opt.zero_grad()
            loss.backward()
            opt.step()
        print("epoch %d  loss %.4f  %s" % (epoch + 1, loss.item(), score(net, model, words, dev)), flush=True)
    ck["splitter"], ck["odds"] = model.state_dict(), [a.add, a.keep]
    torch.save(ck, a.dst)


if __name__ == "__main__":
    main()
