"""A checkpoint -> the weights file that the C program reads (docs/models.md).

usage: export.py CHECKPOINT.pt OUT.dps
"""
import struct, sys, zlib
import numpy as np
import torch, torch.nn.functional as F
from net import Net
import treebank as tb

F32, I8, I32, STRINGS = 1, 2, 3, 4


class Writer:
    def __init__(self, lang):
        self.lang, self.parts, self.at, self.entries = lang, [], 64, []

    def put(self, data):
        gap = -self.at % 64
        self.parts.append(b"\0" * gap + data)
        self.at += gap + len(data)
        return self.at - len(data)

    def add(self, name, kind, dims, data, scales=None):
        off = self.put(data)
        sc = self.put(scales) if scales is not None else 0
        dims = list(dims) + [0] * (4 - len(dims))
        rank = sum(1 for d in dims if d)
        self.entries.append(struct.pack("<40sII4IQQQQ", name.encode(), kind, rank, *dims, off, len(data), sc, 0))

    def f32(self, name, t):
        a = t.detach().numpy().astype("<f4")
        self.add(name, F32, a.shape, a.tobytes())

    def i8(self, name, t):
        a = t.detach().numpy().astype("f4")
        scale = np.maximum(np.abs(a).max(1), 1e-8) / 127
        q = np.rint(a / scale[:, None]).astype("i1")
        self.add(name, I8, a.shape, q.tobytes(), scale.astype("<f4").tobytes())

    def i32(self, name, a):
        a = np.asarray(a, dtype="<i4")
        self.add(name, I32, a.shape, a.tobytes())

    def strings(self, name, items):
        raw = [s.encode("utf-8") for s in items]
        off = np.cumsum([0] + [len(r) for r in raw]).astype("<u4")
        self.add(name, STRINGS, [len(raw)], off.tobytes() + b"".join(raw))

    def write(self, path):
        directory = self.put(b"".join(self.entries))
        body = b"".join(self.parts)
        head = struct.pack("<4sIII8sQQII", b"DPSM", 2, 0x01020304, 64, self.lang.encode(), 64 + len(body), directory,
                           len(self.entries), zlib.crc32(body))
        head += struct.pack("<I", zlib.crc32(head)) + b"\0" * 12
        open(path, "wb").write(head + body)


def fnv(text):
    h = 2166136261
    for byte in text.encode("utf-8"):
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return h


def word_index(forms):
    """Open addressing over a power of two: slot holds the word's number, 0 if empty."""
    size = 1
    while size < 2 * len(forms):
        size *= 2
    slots = np.zeros(size, dtype="<i4")
    for i, w in enumerate(forms):
        if i:
            k = fnv(w) & (size - 1)
            while slots[k]:
                k = (k + 1) & (size - 1)
            slots[k] = i
    return slots


def linear(w, name, layer, mean=None, scale=None):
    """A layer's weights; `mean` and `scale` of its input (net.py) are folded into them."""
    weight, bias = layer.weight.detach(), layer.bias.detach()
    if mean is not None:
        weight = weight * scale
        bias = bias - weight @ mean
    w.i8(name + ".w", weight)
    w.f32(name + ".b", bias)


def main(src, dst):
    ck = torch.load(src)
    labels, lang = ck["labels"], ck["lang"]
    net = Net(len(ck["forms"]), hidden=ck["hidden"])
    net.heads(ck["sizes"])
    net.load_state_dict(ck["state"])
    net.eval()
    w = Writer(lang)
    w.strings("word.forms", ck["forms"])
    w.i32("word.index", word_index(ck["forms"]))
    table = net.word.weight.data.clone()
    table[0] = net.unk.data
    w.i8("word.table", table)
    w.i8("affix.table", net.affix.weight.data)
    w.f32("source", net.source.weight.data[0])
    for i, layer in enumerate(net.layers):
        w.i8("enc%d.w" % i, layer.w.t())
        w.f32("enc%d.v" % i, torch.stack(list(layer.v)))
        w.f32("enc%d.b" % i, torch.stack(list(layer.b)))
    for name in ("tag", "upos", "feats", "lemma", "arc_dep", "arc_head", "rel_dep", "rel_head", "rel_out"):
        inputs = {"tag": (net.mid_mean, net.mid_scale), "upos": (), "feats": (), "lemma": (), "rel_out": ()}
        linear(w, name, getattr(net, name), *inputs.get(name, (net.top_mean, net.top_scale)))
    w.i8("arc_mat.w", net.arc_mat.t())
    w.f32("arc_mat.b", net.arc_bias)
    with torch.no_grad():
        w.f32("arc_root", F.leaky_relu(net.arc_head(net.root), 0.1))
        w.f32("rel_root", net.rel_head(net.root))
    if "splitter" in ck:  # of sentences, see boundary.py
        s = ck["splitter"]
        w.f32("split.gap", s["gap.weight"])
        w.i8("split.enc.w", s["layer.w"].t())
        w.f32("split.enc.v", torch.stack([s["layer.v.0"], s["layer.v.1"]]))
        w.f32("split.enc.b", torch.stack([s["layer.b.0"], s["layer.b.1"]]))
        w.i8("split.out.w", s["out.weight"])
        w.f32("split.odds", torch.tensor(ck["odds"]))
        w.f32("split.out.b", s["out.bias"])
    w.strings("upos", labels.upos)
    w.strings("rels", labels.rels)
    w.strings("scripts", labels.scripts)
    w.strings("feats.strings", [f if f != "_" else "" for u, f in labels.pairs])
    w.i32("feats.upos", [labels.u[u] for u, f in labels.pairs])
    start = np.cumsum([0] + [len(v) for v in labels.feat_values])
    w.i32("feats.column", [[int(start[k]) + c for k, c in enumerate(labels.feat_ids(f))] for u, f in labels.pairs])
    w.i32("feats.start", start)
    w.write(dst)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
