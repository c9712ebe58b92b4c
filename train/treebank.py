"""CoNLL-U files -> training sentences, the label sets, and lemma scripts.

A lemma script says how a lemma is got from a form. It is text, "CASE;CUT:ADD;CUT:ADD;OLD>NEW" with an optional leading "P|":
  CASE  l: all in lower case, u: first letter upper and the rest lower, k: as it stands
  first CUT:ADD at the beginning, second at the end (letters to cut, text to put), then the last OLD becomes NEW ("" for none)
  P|    a separable prefix of the language's list is set aside first and put back in front at the end
The same rules are applied in C by src/parse/parse_lemma.c.
"""
import collections, lzma, os, re

SWAPS = {"de": [("ä", "a"), ("ö", "o"), ("ü", "u")], "en": []}


class Sent:
    __slots__ = ("forms", "lemmas", "upos", "xpos", "feats", "heads", "rels", "source", "no_feats", "no_lemma", "weight", "sid", "gold", "tight")

    def __len__(self):
        return len(self.forms)


def read(path, source, no_feats=False, no_lemma=False, keep=None, weight=1.0):
    op = lzma.open if path.endswith(".xz") else open
    out, rows, sid = [], [], ""
    with op(path, "rt", encoding="utf-8") as f:
        for line in list(f) + ["\n"]:
            line = line.rstrip("\n")
            if line.startswith("# sent_id"):
                sid = line.split("=", 1)[1].strip()
            elif not line:
                if rows and (keep is None or keep(sid)):
                    s = Sent()
                    s.forms, s.lemmas, s.upos, s.xpos, s.feats = ([r[k] for r in rows] for k in (1, 2, 3, 4, 5))
                    s.heads = [int(r[6]) for r in rows]
                    s.rels = [r[7] for r in rows]
                    s.tight = ["SpaceAfter=No" in r[9] for r in rows]
                    s.source, s.no_feats, s.no_lemma, s.sid, s.weight, s.gold = source, no_feats, no_lemma, sid, weight, True
                    if len(s) <= 120 and any(s.heads) and "_" not in s.upos:
                        out.append(s)
                rows = []
            elif line[0] != "#":
                c = line.split("\t")
                if c[0].isdigit():
                    rows.append(c)
    return out


def german(sents):
    """One convention for all German files: what GSD does today, with relative clauses told apart."""
    for s in sents:
        n = len(s)
        for i in range(n):
            r = s.rels[i]
            if r in ("flat:name", "flat:foreign"):
                r = "flat"
            elif r == "nmod:poss":
                r = "nmod"
            elif r == "acl":
                kids = [k for k in range(n) if s.heads[k] == i + 1]
                grand = kids + [k for k in range(n) if s.heads[k] - 1 in kids]
                if any("Rel" in s.feats[k] or s.xpos[k] in ("PRELS", "PRELAT") for k in grand) and s.upos[i] in ("VERB", "ADJ", "NOUN", "AUX", "PRON"):
                    r = "acl:relcl"
            elif r == "obl" and s.source in (2, 3):  # GSD of 2018 did not tell the agent of a passive
                near = {s.rels[k] for k in range(n) if s.heads[k] == s.heads[i]}
                if "aux:pass" in near and any(s.heads[k] == i + 1 and s.rels[k] == "case" and s.lemmas[k] == "von" for k in range(n)):
                    r = "obl:agent"
            s.rels[i] = r
            f = s.feats[i]
            if s.upos[i] in ("VERB", "AUX") and "Mood=" in f and "VerbForm" not in f:
                s.feats[i] = "|".join(sorted(f.split("|") + ["VerbForm=Fin"], key=str.lower))
    return sents


def whole_words(s, tight):
    """A copy of a sentence in which words that the treebank cuts at hyphens are whole, as src/text has them; None if there is none."""
    n = len(s)
    to, keep, i = list(range(n)), [True] * n, 0
    form, lemma = list(s.forms), list(s.lemmas)
    while i + 2 < n:
        a, b = i, i + 2
        if s.forms[i + 1] == "-" and s.upos[i + 1] == "PUNCT" and tight[i] and tight[i + 1] and (s.heads[a] == b + 1 or s.heads[b] == a + 1):
            own, other = (b, a) if s.heads[a] == b + 1 else (a, b)
            lemma[own] = form[a] + "-" + lemma[b] if own == b else lemma[a] + "-" + lemma[b]
            form[own] = form[a] + "-" + form[b]
            form[b] = form[own]
            keep[i + 1] = keep[other] = False
            to[i + 1] = to[other] = own
            i += 2 if own == b else 3
        else:
            i += 1
    if all(keep):
        return None

    def root_of(k):
        while to[k] != k:
            k = to[k]
        return k

    number, c = {}, Sent()
    for k in range(n):
        if keep[k]:
            number[k] = len(number) + 1
    for name in Sent.__slots__:
        if hasattr(s, name):
            setattr(c, name, getattr(s, name))
    rows = [k for k in range(n) if keep[k]]
    c.forms, c.lemmas = [form[k] for k in rows], [lemma[k] for k in rows]
    c.upos, c.xpos, c.feats, c.rels = ([x[k] for k in rows] for x in (s.upos, s.xpos, s.feats, s.rels))
    c.heads = [number[root_of(s.heads[k] - 1)] if s.heads[k] else 0 for k in rows]
    return c if all(h != i + 1 for i, h in enumerate(c.heads)) else None


MODAL_SUB = {"sein": "sei"}


def told_speech(sents, every):
    """Copies of every n-th fitting sentence with the 3rd person singular present put into Konjunktiv I, as reported speech has it.

    German trees are few and reviews and news leads have little reported speech; the tree of such a sentence does not change."""
    out = []
    count = 0
    for s in sents:
        hits = [i for i in range(len(s)) if "Mood=Ind" in s.feats[i] and "Tense=Pres" in s.feats[i] and "Number=Sing" in s.feats[i]
                and "Person=3" in s.feats[i] and s.upos[i] in ("VERB", "AUX") and s.lemmas[i].endswith("n")]
        if not hits or s.no_feats:
            continue
        count += 1
        if count % every:
            continue
        c = Sent()
        for k in Sent.__slots__:
            v = getattr(s, k)
            setattr(c, k, list(v) if isinstance(v, list) else v)
        for i in hits:
            lemma = s.lemmas[i]
            stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
            form = MODAL_SUB.get(lemma, stem + "e")
            c.forms[i] = form[0].upper() + form[1:] if s.forms[i][0].isupper() else form
            c.feats[i] = s.feats[i].replace("Mood=Ind", "Mood=Sub")
        out.append(c)
    return out


def strip_features(sents, names):
    for s in sents:
        s.feats = ["|".join(x for x in f.split("|") if x.split("=")[0] not in names) or "_" for f in s.feats]
    return sents


def load(lang, data, here):
    """-> train sentences, development sentences, number of sources"""
    ud = os.path.join(data, "ud")
    own = os.path.join(here, "treebank")
    if lang == "de":
        gsd = read(ud + "/de_gsd/de_gsd-ud-dev.conllu", 0)
        dev = [s for i, s in enumerate(gsd) if i // 10 % 7 == 3][:120]
        held = {id(s) for s in dev}
        train = [s for s in gsd if id(s) not in held]
        train += read(ud + "/de_ud_docs/de_gsd_hdt-doc-examples.conllu", 0, keep=lambda sid: "gsd" in sid)
        train += read(ud + "/de_pud/de_pud-first500.conllu", 1)
        train += read(ud + "/de_gsd/de_gsd-train-s1501-1868_via-parseme.conllu", 2, no_feats=True, no_lemma=True)
        train += read(ud + "/de_gsd/de_gsd-train-part_via-parseme-processed.conllu", 3, no_feats=True, no_lemma=True)
        train += read(own + "/de_news-train.conllu", 0)
        dev += read(own + "/de_news-dev.conllu", 0)
        strip_features(german(train + dev), {"Typo", "Abbr", "Foreign", "Hyph"})
        whole = [w for w in (whole_words(s, s.tight) for s in train) if w]
        train += told_speech(train, 3) + whole
        return train, dev, 4
    train = read(ud + "/en_ewt/en_ewt-ud-train.conllu.xz", 0)
    free = re.compile(r"GUM_(news|interview|bio|voyage)_")
    train += read(ud + "/en_gum/en_gum-train.conllu.xz", 1, keep=lambda sid: free.match(sid))
    train += read(ud + "/en_gum/en_gum-dev.conllu.xz", 1, keep=lambda sid: free.match(sid))
    for _ in range(2):  # ours is the kind of text that matters, and one sentence to eight of the web
        train += read(own + "/en_news-train.conllu", 0)
    dev = read(ud + "/en_ewt/en_ewt-ud-dev.conllu", 0) + read(own + "/en_news-dev.conllu", 0)
    return train, dev, 2


def toy(path):
    sents = read(path, 0)
    return sents, sents, 1


def prefixes(lang, root):
    """Separable prefixes of lang/<code>/prefixes.tsv (column 2 = sep), longest first."""
    path = os.path.join(root, "lang", lang, "prefixes.tsv")
    if not os.path.exists(path):
        return []
    out = []
    for line in open(path, encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if not line.startswith("#") and len(c) >= 2 and c[1] == "sep":
            out.append(c[0])
    return sorted(out, key=lambda p: (-len(p), p))


def common(a, b):
    """Longest common substring: start in a, start in b, length."""
    best = (0, 0, 0)
    for i in range(len(a)):
        for j in range(len(b)):
            k = 0
            while i + k < len(a) and j + k < len(b) and a[i + k] == b[j + k]:
                k += 1
            if k > best[2]:
                best = (i, j, k)
    return best


def edit(a, b):
    i, j, k = common(a, b)
    if k == 0:
        return None, 99
    s = "%d:%s;%d:%s" % (i, b[:j], len(a) - i - k, b[j + k:])
    return s, i + j + (len(a) - i - k) + (len(b) - j - k)


def script(form, lemma, upos, lang, seps):
    low = lemma.lower()
    case = "l" if lemma == low else "u" if lemma == low[:1].upper() + low[1:] else "k"
    if case == "l" or case == "u":
        a, b = form.lower(), low
        if lemma == form:
            case = "k"
            a, b = form, lemma
    else:
        a, b = form, lemma
    lead = ""
    if upos in ("VERB", "ADJ") and case == "l":
        for p in seps:
            if a.startswith(p) and b.startswith(p) and len(a) > len(p) + 3 and len(b) > len(p) + 2 and a[len(p):len(p) + 2] in ("ge", "zu") \
                    and b[len(p):len(p) + 2] != a[len(p):len(p) + 2]:
                lead, a, b = "P|", a[len(p):], b[len(p):]
                break
    best, cost = edit(a, b)
    swap = ""
    for old, new in SWAPS.get(lang, []):
        at = a.rfind(old)
        if at >= 0:
            s, c = edit(a[:at] + new + a[at + len(old):], b)
            if c + 1 < cost:
                best, cost, swap = s, c + 1, old + ">" + new
    if best is None:
        return None
    return "%s%s;%s;%s" % (lead, case, best, swap)


def apply(rule, form, seps):
    """Lemma of a form by a script, or None if it does not fit."""
    lead = ""
    if rule.startswith("P|"):
        rule = rule[2:]
    else:
        seps = None
    case, head, tail, swap = rule.split(";")
    a = form if case == "k" else form.lower()
    if seps is not None:
        for p in seps:
            if a.startswith(p) and len(a) > len(p) + 3 and a[len(p):len(p) + 2] in ("ge", "zu"):
                lead, a = p, a[len(p):]
                break
        else:
            return None
    if swap:
        old, new = swap.split(">")
        at = a.rfind(old)
        if at < 0:
            return None
        a = a[:at] + new + a[at + len(old):]
    c1, a1 = head.split(":", 1)
    c2, a2 = tail.split(":", 1)
    c1, c2 = int(c1), int(c2)
    if c1 + c2 > len(a):
        return None
    out = lead + a1 + a[c1:len(a) - c2] + a2
    if case == "u":
        out = out[:1].upper() + out[1:]
    return out or None


class Labels:
    def __init__(self, sents, lang, seps):
        self.lang, self.seps = lang, seps
        self.upos = sorted({u for s in sents for u in s.upos})
        self.rels = sorted({r for s in sents for r in s.rels})
        names = collections.Counter()
        values = collections.defaultdict(set)
        pairs = collections.Counter()
        scripts = collections.Counter()
        for s in sents:
            for i in range(len(s)):
                if not s.no_feats:
                    pairs[(s.upos[i], s.feats[i])] += 1
                    for part in s.feats[i].split("|") if s.feats[i] != "_" else []:
                        k, v = part.split("=", 1)
                        names[k] += 1
                        values[k].add(v)
                if not s.no_lemma:
                    r = script(s.forms[i], s.lemmas[i], s.upos[i], lang, seps)
                    if r:
                        scripts[r] += 1
        self.feat_names = sorted(names)
        self.feat_values = [["_"] + sorted(values[k]) for k in self.feat_names]
        self.pairs = sorted(p for p, n in pairs.items())
        self.scripts = ["k;0:;0:;"] + sorted(r for r, n in scripts.items() if n >= 2 and r != "k;0:;0:;")
        self.u = {x: i for i, x in enumerate(self.upos)}
        self.r = {x: i for i, x in enumerate(self.rels)}
        self.s = {x: i for i, x in enumerate(self.scripts)}
        self.f = [{v: i for i, v in enumerate(vs)} for vs in self.feat_values]

    def feat_ids(self, feats):
        have = dict(p.split("=", 1) for p in feats.split("|")) if feats != "_" else {}
        return [self.f[i].get(have.get(k, "_"), 0) for i, k in enumerate(self.feat_names)]

    def encode(self, s):
        s.gold = {
            "upos": [self.u[x] for x in s.upos],
            "feats": [self.feat_ids(x) if not s.no_feats else [-100] * len(self.feat_names) for x in s.feats],
            "lemma": [-100 if s.no_lemma else self.s.get(script(s.forms[i], s.lemmas[i], s.upos[i], self.lang, self.seps), -100)
                      for i in range(len(s))],
            "head": s.heads,
            "rel": [self.r.get(x, -100) for x in s.rels],
        }
