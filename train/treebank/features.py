"""Adds lemmas and features to trees whose words, parts of speech and relations are settled.

usage: features.py LANG CHECKPOINT.pt DEPESCHE GOLD.conllu > OUT.conllu
how: a parser's probabilities for each feature, given the part of speech in the file; in German the words of a noun phrase (article, adjectives, noun) take the
     case, gender and number that fit all of them best, and articles, prepositions and relations say which cases can be. Lemmas are the program's where it
     agrees on the part of speech (its tables know more words), else the checkpoint's. words.LANG.tsv beside this file has what people found wrong in that: form,
     part of speech, lemma, gender of nouns; it goes before all else.
"""
import os, subprocess, sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import torch
import finetune, net as n, treebank as tb
import review

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CASES, GENDERS, NUMBERS = ("Nom", "Gen", "Dat", "Acc"), ("Masc", "Fem", "Neut"), ("Sing", "Plur")
# endings of articles and words like them: which (case, gender or * in the plural) they can be
DER = {"er": "NomMasc GenFem DatFem Gen*", "e": "NomFem AccFem Nom* Acc*", "es": "NomNeut AccNeut GenMasc GenNeut", "em": "DatMasc DatNeut",
       "en": "AccMasc Dat*", "": "NomMasc NomNeut AccNeut", "ie": "NomFem AccFem Nom* Acc*", "as": "NomNeut AccNeut"}
PREPOSITIONS = {
    "Dat": "aus bei mit nach seit von zu gegenüber entgegen samt zufolge laut ab außer binnen nahe",
    "Acc": "durch für gegen ohne um bis wider pro per",
    "Dat Acc": "an auf hinter in neben über unter vor zwischen",
    "Gen Dat": "wegen während trotz statt anstatt dank mangels mittels",
    "Gen": "innerhalb außerhalb angesichts aufgrund infolge hinsichtlich bezüglich anlässlich mithilfe oberhalb unterhalb seitens zugunsten anhand diesseits jenseits",
}
GOVERNS = {w: set(c.split()) for c, ws in PREPOSITIONS.items() for w in ws.split()}
ROLE = {"nsubj": {"Nom"}, "nsubj:pass": {"Nom"}, "obj": {"Acc"}, "obl:arg": {"Dat", "Gen"}, "iobj": {"Dat"}, "root": {"Nom"}, "parataxis": {"Nom"}}


def fits(form, case, gender, number):
    """Can an article-like word have this case, gender and number?"""
    low = form.lower()
    if low in ("der", "die", "das", "des", "dem", "den"):
        end = low[1:]
        end = "es" if low == "des" else end
    else:
        for stem in ("dies", "jed", "jen", "welch", "kein", "ein", "mein", "dein", "sein", "unser", "euer", "eur", "ihr", "all", "solch", "manch", "beid"):
            if low.startswith(stem) and low[len(stem):] in ("", "er", "e", "es", "em", "en"):
                end = low[len(stem):]
                break
        else:
            return True
    return (case + (gender if number == "Sing" else "*")) in DER[end].split()


def mended(lang):
    """(form, part of speech) -> (lemma, gender or ""); forms of all but nouns in lower case"""
    out, path = {}, os.path.join(os.path.dirname(os.path.abspath(__file__)), "words.%s.tsv" % lang)
    for line in open(path, encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if line[0] != "#" and c[0] != "form":
            out[c[0], c[1]] = (c[2], c[3])
    return out


def look(table, form, upos):
    return table.get((form, upos)) or table.get((form.lower(), upos)) or (None, "")


def phrase(i, s, kids):
    """Words that agree with noun i, and the cases it may have."""
    members = [i] + [k for k in kids[i] if s.rels[k] in ("det", "det:poss", "amod") and s.upos[k] in ("DET", "ADJ")]
    preps = [k for k in kids[i] if s.rels[k] == "case" and s.upos[k] == "ADP"]
    allowed = None
    if preps:
        allowed = GOVERNS.get(s.forms[preps[0]].lower())
        if allowed is None:
            allowed = set(CASES)
    elif s.rels[i] in ROLE:
        allowed = ROLE[s.rels[i]]
    elif s.rels[i] == "nmod":
        allowed = {"Gen", "Nom", "Acc", "Dat"} if not any(s.rels[k].startswith("det") for k in kids[i]) else {"Gen"}
    return members, allowed or set(CASES)


def plural_by_form(form, lemma, gender):
    """Does the form of a noun say that it is plural?"""
    a, b = form.lower(), lemma.lower()
    if a == b or a[:2] != b[:2]:
        return False
    if gender == "Fem":
        return True
    umlaut = any(c in a for c in "äöü") and not any(c in b for c in "äöü")
    return umlaut or a in (b + "e", b + "er", b + "ern")


def german(s, rows, labels, table, lemmas):
    """Feature constraints from the tree: word -> {feature: value}"""
    at = {f: k for k, f in enumerate(labels.feat_names)}
    value = {f: {v: j for j, v in enumerate(labels.feat_values[at[f]])} for f in ("Case", "Gender", "Number")}
    kids = [[k for k in range(len(s)) if s.heads[k] == i + 1] for i in range(len(s))]
    chosen = {}
    order = sorted(range(len(s)), key=lambda i: (depth(s, i), i))
    for i in order:
        if s.upos[i] not in ("NOUN", "PROPN", "PRON"):
            continue
        members, allowed = phrase(i, s, kids)
        if s.rels[i] in ("conj", "appos", "flat") and s.heads[i] - 1 in chosen and not any(s.rels[k] == "case" for k in kids[i]):
            allowed = {chosen[s.heads[i] - 1][0]}
        known = look(table, s.forms[i], s.upos[i])[1]
        best = None
        for case in CASES:
            for gender in GENDERS:
                for number in NUMBERS:
                    score = (0.0 if case in allowed else -12.0) - (20.0 if known in GENDERS and known != gender else 0.0)
                    if s.upos[i] == "NOUN" and number == "Sing" and plural_by_form(s.forms[i], lemmas[i], known or gender):
                        score -= 15.0
                    for m in members:
                        score += max(-8.0, sum(float(rows[m][1][at[f]][value[f][v]]) for f, v in (("Case", case), ("Gender", gender), ("Number", number))
                                 if v in value[f]) / 1.0)
                        if s.upos[m] == "DET" and not fits(s.forms[m], case, gender, number):
                            score -= 10.0
                    if best is None or score > best[0]:
                        best = (score, (case, gender, number))
        for m in members:
            chosen[m] = best[1]
    return {m: {"Case": c, "Gender": g, "Number": u} for m, (c, g, u) in chosen.items()}


def preterites():
    """Finite forms that are past by their form alone: strong preterites and regular -te, -ten."""
    out, path = set(), os.path.join(ROOT, "lang", "de")
    for line in open(os.path.join(path, "verbs.tsv"), encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if line[0] != "#" and c[0] != "infinitive":
            out |= {c[2], c[2] + "n" if c[2].endswith("e") else c[2] + "en"}
    for line in open(os.path.join(path, "verbs_regular.tsv"), encoding="utf-8"):
        v = line.strip()
        if v.endswith("n") and line[0] != "#":
            stem = v[:-2] if v.endswith("en") else v[:-1]
            e = "e" if stem[-1] in "td" else ""
            out |= {stem + e + "te", stem + e + "ten"}
    return out


def depth(s, i):
    d = 0
    while s.heads[i]:
        i, d = s.heads[i] - 1, d + 1
    return d


def best_feats(table, labels, upos, logp, want):
    upos = labels.u.get(upos)
    if upos not in table.t:
        return "_"
    ids, strings = table.t[upos]
    score = sum(lp[ids[:, k]] for k, lp in enumerate(logp))
    for j, f in enumerate(strings):
        have = dict(p.split("=", 1) for p in f.split("|")) if f != "_" else {}
        score[j] -= 30 * sum(1 for k, v in want.items() if k in have and have[k] != v)
    return strings[int(score.argmax())]


def main(lang, checkpoint, depesche, gold):
    ck = torch.load(checkpoint)
    labels = ck["labels"]
    net = n.Net(len(ck["forms"]), hidden=ck["hidden"])
    net.heads(ck["sizes"])
    net.load_state_dict(ck["state"])
    words, table = n.Words(ck["forms"]), finetune.FeatTable(labels)
    sents = tb.read(gold, 0, no_feats=True, no_lemma=True)
    rows_of = {s.sid: (s, r) for s, r in zip(sents, finetune.predict([net], words, labels, sents))}
    parsed = subprocess.run([depesche, "parse", "--input", "conllu", "--lang", lang, gold], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    corrected = mended(lang)
    past = preterites() if lang == "de" else set()
    theirs = {}
    for b in parsed.split("\n\n"):
        lines = b.strip("\n").split("\n")
        sid = next((l[12:] for l in lines if l.startswith("# sent_id = ")), None)
        if sid:
            theirs[sid] = review.words(lines)
    for sid, lines in review.blocks(gold):
        if sid not in rows_of:
            continue
        s, rows = rows_of[sid]
        lemmas = []
        for k in range(len(s)):
            other, script = theirs[sid][k], labels.scripts[rows[k][2]]
            lemmas.append(look(corrected, s.forms[k], s.upos[k])[0] or
                          (other[2] if other[3] == s.upos[k] else tb.apply(script, s.forms[k], labels.seps) or s.forms[k]))
        want = german(s, rows, labels, corrected, lemmas) if lang == "de" else {}
        for i in range(len(s)):
            if s.upos[i] in ("VERB", "AUX") and s.forms[i].lower() in past:
                want[i] = {"Tense": "Past", "VerbForm": "Fin"}
        i = 0
        for j, line in enumerate(lines):
            c = line.split("\t")
            if not c[0].isdigit():
                continue
            upos, logp = s.upos[i], rows[i][1]
            if c[5] == "_":
                c[5] = best_feats(table, labels, upos, logp, want.get(i, {}))
            if c[2] == "_":
                c[2] = lemmas[i]
            lines[j] = "\t".join(c)
            i += 1
        print("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
