"""The network: words in, scores out. See README.md for a picture and src/parse/parse_net.c for the same in C.

A word's input is its word vector (fastText, kept as it is) beside the sum of its hashed affix and shape vectors; three layers of
bidirectional SRU follow; UPOS, FEATS and lemma script are read off the second layer, arcs and relations off the third.
"""
import ctypes, os, subprocess, tempfile, unicodedata
import torch, torch.nn as nn, torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS = 1 << 16  # rows of the affix table; row 0 stands for "no such affix"
SLOTS = 10  # prefixes of 1-4, suffixes of 1-5 letters, the shape
DIM_WORD, DIM_AFFIX, HIDDEN, TAG, ARC, REL = 96, 96, 224, 128, 96, 128


def library():
    out = os.path.join(tempfile.gettempdir(), "dps_scan_%d.so" % os.getuid())
    src = os.path.join(HERE, "scan.c")
    if not os.path.exists(out) or os.path.getmtime(out) < os.path.getmtime(src):
        tmp = out + ".%d" % os.getpid()
        subprocess.check_call(["gcc", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC", src, "-o", tmp, "-lm"])
        os.replace(tmp, out)
    return ctypes.CDLL(out)


LIB = library()


def ptr(t):
    return ctypes.c_void_p(t.data_ptr())


class Product(torch.autograd.Function):
    """x @ w in 16-bit floats (bfloat16), four times as fast here as 32-bit; what goes in and comes out, and the weights, stay 32-bit."""

    @staticmethod
    def forward(ctx, x, w):
        x, w = x.bfloat16(), w.bfloat16()
        ctx.save_for_backward(x, w)
        return (x @ w).float()

    @staticmethod
    def backward(ctx, dy):
        x, w = ctx.saved_tensors
        dy = dy.bfloat16()
        return (dy @ w.t()).float(), (x.t() @ dy).float()


BF16 = not os.environ.get("FP32")


def product(x, w):
    return Product.apply(x, w) if BF16 and torch.is_grad_enabled() else x @ w


class Scan(torch.autograd.Function):
    @staticmethod
    def forward(ctx, U, S, v, b, lens, reverse):
        B, T, H = S.shape
        U, S = U.contiguous(), S.contiguous()
        h, c, f, r = (torch.zeros(B, T, H) for _ in range(4))
        LIB.sru_forward(ptr(U), ptr(S), ptr(v), ptr(b), ptr(lens), B, T, H, reverse, ptr(h), ptr(c), ptr(f), ptr(r))
        ctx.save_for_backward(U, S, v, lens, c, f, r)
        ctx.reverse = reverse
        return h

    @staticmethod
    def backward(ctx, dh):
        U, S, v, lens, c, f, r = ctx.saved_tensors
        B, T, H = S.shape
        dU, dS, dv, db = torch.zeros_like(U), torch.zeros_like(S), torch.zeros_like(v), torch.zeros_like(v)
        dh = dh.contiguous()
        LIB.sru_backward(ptr(U), ptr(S), ptr(v), ptr(lens), B, T, H, ctx.reverse, ptr(c), ptr(f), ptr(r), ptr(dh),
                         ptr(dU), ptr(dS), ptr(dv), ptr(db))
        return dU, dS, dv, db, None, None


class Layer(nn.Module):
    """Both directions. One product gives, per direction, u, the two gates and (if the widths differ) the skip input."""

    def __init__(self, n_in, hidden):
        super().__init__()
        self.hidden = hidden
        self.skip = n_in != 2 * hidden
        k = 4 if self.skip else 3
        self.w = nn.Parameter(torch.empty(n_in, 2 * k * hidden))
        nn.init.uniform_(self.w, -(3.0 / n_in) ** 0.5, (3.0 / n_in) ** 0.5)
        self.v = nn.ParameterList([nn.Parameter(torch.empty(2 * hidden).uniform_(-0.5, 0.5)) for _ in range(2)])
        self.b = nn.ParameterList([nn.Parameter(torch.zeros(2 * hidden)) for _ in range(2)])

    def forward(self, x, lens):
        B, T, _ = x.shape
        H = self.hidden
        u = product(x.reshape(B * T, -1), self.w).view(B, T, 2, -1)
        out = []
        for d in range(2):
            ud = u[:, :, d]
            s = ud[:, :, 3 * H:] if self.skip else x[:, :, d * H:(d + 1) * H]
            out.append(Scan.apply(ud[:, :, :3 * H], s, self.v[d], self.b[d], lens, d))
        return torch.cat(out, 2)


def same_mask(x, p, train):
    """Dropout whose mask is the same for all words of a sentence."""
    if not train or p == 0:
        return x
    return x * (torch.rand(x.shape[0], 1, x.shape[2]) >= p).float() / (1 - p)


class Net(nn.Module):
    def __init__(self, n_words, sizes=None, hidden=HIDDEN):
        """sizes: dict of upos, feats (list of class counts), lemma, deprel, source; None for the encoder alone."""
        super().__init__()
        self.hidden = hidden
        self.word = nn.Embedding(n_words, DIM_WORD)  # row 0: unknown
        self.word.weight.requires_grad_(False)
        self.unk = nn.Parameter(torch.zeros(DIM_WORD))
        self.mask = nn.Parameter(torch.zeros(DIM_WORD + DIM_AFFIX))
        self.affix = nn.EmbeddingBag(ROWS, DIM_AFFIX, mode="sum", sparse=True, padding_idx=0)
        self.affix.weight.data.normal_(0, 0.1)
        self.affix.weight.data[0] = 0
        self.layers = nn.ModuleList([Layer(n_in, hidden) for n_in in (DIM_WORD + DIM_AFFIX, 2 * hidden, 2 * hidden)])
        self.lm = nn.Linear(2 * hidden, DIM_WORD)
        self.lm2 = nn.Linear(2 * hidden, DIM_WORD)
        self.drop = 0.33
        if sizes:
            self.heads(sizes)

    def heads(self, sizes):
        h = 2 * self.hidden
        # mean and spread of what the pretrained middle and top layers give: the heads begin with inputs of one size; export.py folds them into the weights
        for name in ("mid", "top"):
            self.register_buffer(name + "_mean", torch.zeros(h))
            self.register_buffer(name + "_scale", torch.ones(h))
        self.sizes = sizes
        self.source = nn.Embedding(sizes["source"], DIM_WORD + DIM_AFFIX)
        self.source.weight.data.zero_()
        self.tag = nn.Linear(h, TAG)
        self.upos = nn.Linear(TAG, sizes["upos"])
        self.feats = nn.Linear(TAG, sum(sizes["feats"]))
        self.lemma = nn.Linear(TAG, sizes["lemma"])
        self.arc_dep, self.arc_head = nn.Linear(h, ARC), nn.Linear(h, ARC)
        self.arc_mat = nn.Parameter(torch.eye(ARC) * 0.1 + torch.randn(ARC, ARC) * 0.01)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.rel_dep, self.rel_head = nn.Linear(h, REL), nn.Linear(h, REL)
        self.rel_out = nn.Linear(REL, sizes["deprel"])
        self.root = nn.Parameter(torch.randn(h) * 0.1)

    def inputs(self, word, affix, word_drop=0.0):
        B, T = word.shape
        if word_drop and self.training:
            word = word.masked_fill(torch.rand(B, T) < word_drop, 0)
            affix = affix.masked_fill(torch.rand(B, T, SLOTS) < word_drop / 3, 0)
        w = self.word(word)
        w = torch.where((word == 0).unsqueeze(2), self.unk.expand_as(w), w)
        return torch.cat([w, self.affix(affix.view(B * T, SLOTS)).view(B, T, -1)], 2)

    def encode(self, x, lens):
        outs = []
        for layer in self.layers:
            x = layer(same_mask(x, self.drop, self.training), lens)
            outs.append(x)
        return outs

    def forward(self, word, affix, lens, source, word_drop=0.0):
        x = self.inputs(word, affix, word_drop) + self.source(source).unsqueeze(1)
        outs = self.encode(x, lens)
        d = lambda y: same_mask(y, self.drop, self.training)
        t = d(F.leaky_relu(self.tag(d((outs[1] - self.mid_mean) * self.mid_scale)), 0.1))
        top = d((outs[2] - self.top_mean) * self.top_scale)
        B, T, h = top.shape
        withroot = torch.cat([self.root.expand(B, 1, h), top], 1)
        ad, ah = d(F.leaky_relu(self.arc_dep(top), 0.1)), d(F.leaky_relu(self.arc_head(withroot), 0.1))
        arc = torch.bmm(ad @ self.arc_mat, ah.transpose(1, 2)) + (ah @ self.arc_bias).unsqueeze(1)  # [B, dep, head]
        real = torch.arange(T + 1).unsqueeze(0) <= lens.unsqueeze(1)
        arc = arc.masked_fill(~real.unsqueeze(1), -1e9)
        arc = arc.masked_fill(torch.eye(T + 1, dtype=torch.bool)[1:].unsqueeze(0), -1e9)
        return {"upos": self.upos(t), "feats": self.feats(t), "lemma": self.lemma(t), "arc": arc,
                "rel_dep": self.rel_dep(top), "rel_head": self.rel_head(withroot)}

    def measure(self, words, sents):
        """Set the means and scales of the heads' inputs from some sentences."""
        self.eval()
        with torch.no_grad():
            w, a, lens = batch(words, sents)
            outs = self.encode(self.inputs(w, a), lens)
            real = torch.arange(w.shape[1]).unsqueeze(0) < lens.unsqueeze(1)
            for name, layer in (("mid", 1), ("top", 2)):
                x = outs[layer][real]
                getattr(self, name + "_mean").copy_(x.mean(0))
                getattr(self, name + "_scale").copy_(1 / x.std(0).clamp(min=1e-3))

    def relations(self, out, heads):
        """Label scores of each word given its head's position [B, T] (0 is the root)."""
        at = heads.unsqueeze(2).expand(-1, -1, REL)
        z = F.leaky_relu(out["rel_dep"] + out["rel_head"].gather(1, at), 0.1)
        return self.rel_out(F.dropout(z, self.drop, self.training))


def fnv(kind, text):
    h = 2166136261
    for byte in bytes([kind]) + text.encode("utf-8"):
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return h % (ROWS - 1) + 1


def fold(form):
    """Lower case letter by letter (so that C can do the same) and every ASCII digit as 0."""
    out = []
    for c in form:
        low = c.lower()
        c = low if len(low) == 1 else c
        out.append("0" if "0" <= c <= "9" else c)
    return "".join(out)


def shape(form):
    out = []
    for c in form:
        k = unicodedata.category(c)
        s = "X" if k in ("Lu", "Lt") else "x" if k[0] == "L" or k in ("Mn", "Mc") else "d" if k == "Nd" else c
        if len(out) < 2 or out[-1] != s or out[-2] != s:
            out.append(s)
        if len(out) == 10:
            break
    return "".join(out)


def affixes(form):
    low = fold(form)
    rows = [fnv(k, low[:k]) if len(low) >= k else 0 for k in range(1, 5)]
    rows += [fnv(10 + k, low[-k:]) if len(low) >= k else 0 for k in range(1, 6)]
    return rows + [fnv(20, shape(form))]


class Words:
    """Word table: exact form with digits as 0, else its lower-cased form, else 0 (unknown)."""

    def __init__(self, forms):
        self.forms = forms  # forms[0] is the unknown word
        self.index = {w: i for i, w in enumerate(forms) if i}
        self.cache = {}

    def look(self, form):
        hit = self.cache.get(form)
        if hit is None:
            zero = "".join("0" if "0" <= c <= "9" else c for c in form)
            i = self.index.get(zero)
            if i is None:
                i = self.index.get(fold(form), 0)
            hit = self.cache[form] = (i, affixes(form))
        return hit


def batch(words, sents):
    """sents: lists of forms -> word [B, T], affix [B, T, SLOTS], lens [B]."""
    T = max(len(s) for s in sents)
    w = torch.zeros(len(sents), T, dtype=torch.long)
    a = torch.zeros(len(sents), T, SLOTS, dtype=torch.long)
    for i, s in enumerate(sents):
        got = [words.look(f) for f in s]
        w[i, :len(s)] = torch.tensor([g[0] for g in got])
        a[i, :len(s)] = torch.tensor([g[1] for g in got])
    return w, a, torch.tensor([len(s) for s in sents], dtype=torch.int32)
