"""lang/<code>/verbs.tsv (principal parts) and the rows below -> lang/<code>/lemmas.tsv (form, upos, lemma, use).

usage: tables.py    (writes lang/de/lemmas.tsv and lang/en/lemmas.tsv)
how: endings are put on by rule; what the rules cannot know is listed here as exceptions. use = insep: the form is a participle only
     behind an inseparable prefix (ver|boten).
"""
import os

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SPECIAL = {  # all forms beside those of the principal parts
    "sein": "bin bist ist sind seid sei seist seien seiet seiend war warst waren wart wäre wärst wärest wären wärt wäret gewesen sein",
    "haben": "habe hast hat haben habt habest habet hatte hattest hatten hattet hätte hättest hätten hättet gehabt habend",
    "werden": "werde wirst wird werden werdet werdest wurde wurdest wurden wurdet würde würdest würden würdet geworden worden werdend ward",
    "wissen": "weiß weißt wissen wisst wisse wissest wisset wusste wusstest wussten wusstet wüsste wüsstest wüssten wüsstet gewusst wissend",
    "tun": "tue tust tut tun tat tatest taten tatet täte täten getan tuend",
}
MODAL = {"dürfen", "können", "mögen", "müssen", "sollen", "wollen"}
DE_CLOSED = """PRON mich ich,mir ich,dich du,dir du,ihn er,ihm er,uns wir,euch ihr,ihnen sie,Ihnen Sie,wen wer,wem wer,wessen wer,denen der,dessen der,
DET diese dieser,dieses dieser,diesem dieser,diesen dieser,dies dieser,jene jener,jenes jener,jenem jener,jenen jener,jede jeder,jedes jeder,jedem jeder,
jeden jeder,andere anderer,anderes anderer,anderem anderer,anderen anderer,anderer anderer,solche solcher,solches solcher,solchem solcher,solchen solcher,
alle alle,alles alle,allen alle,allem alle,aller alle,keine kein,keiner kein,keines kein,keinem kein,keinen kein,viele viel,vielen viel,vieler viel,
manche mancher,manchen mancher,welche welcher,welches welcher,welchem welcher,welchen welcher,derselbe derselbe,dieselbe derselbe,dasselbe derselbe,
ADJ besser gut,bessere gut,besseren gut,besserer gut,besseres gut,beste gut,besten gut,bester gut,bestes gut,größer groß,größere groß,größeren groß,
größerer groß,größeres groß,größte groß,größten groß,größter groß,größtes groß,höher hoch,höhere hoch,höheren hoch,höherer hoch,höheres hoch,hohe hoch,
hohen hoch,hoher hoch,hohes hoch,hohem hoch,höchste hoch,höchsten hoch,höchster hoch,näher nah,nähere nah,näheren nah,nächste nächst,nächsten nächst,
nächster nächst,nächstes nächst,älter alt,ältere alt,älteren alt,älterer alt,älteste alt,ältesten alt,jünger jung,jüngere jung,jüngeren jung,
jüngste jung,jüngsten jung,länger lang,längere lang,längeren lang,längste lang,längsten lang,kürzer kurz,kürzere kurz,kürzeste kurz,stärker stark,
stärkere stark,stärkeren stark,stärkste stark,stärksten stark,schwächer schwach,schärfer scharf,schärfere scharf,härter hart,härtere hart,
schwerer schwer,schwere schwer,schweren schwer,letzte letzt,letzten letzt,letzter letzt,letztes letzt"""
EN_NOUNS = """men man,women woman,children child,people people,feet foot,teeth tooth,geese goose,mice mouse,lice louse,oxen ox,lives life,wives wife,
knives knife,leaves leaf,thieves thief,halves half,selves self,shelves shelf,wolves wolf,loaves loaf,calves calf,hooves hoof,scarves scarf,
policemen policeman,policewomen policewoman,gunmen gunman,congressmen congressman,congresswomen congresswoman,spokesmen spokesman,
spokeswomen spokeswoman,statesmen statesman,servicemen serviceman,servicewomen servicewoman,fishermen fisherman,businessmen businessman,
businesswomen businesswoman,chairmen chairman,lawmen lawman,militiamen militiaman,tribesmen tribesman,clergymen clergyman,airmen airman,
crises crisis,analyses analysis,bases basis,theses thesis,hypotheses hypothesis,emphases emphasis,diagnoses diagnosis,oases oasis,axes axis,
criteria criterion,phenomena phenomenon,data data,media media,memoranda memorandum,referenda referendum,ultimata ultimatum,bacteria bacterium,
curricula curriculum,strata stratum,alumni alumnus,nuclei nucleus,stimuli stimulus,fungi fungus,indices index,appendices appendix,
matrices matrix,vertices vertex,coups coup,corps corps,troops troop,series series,species species,means means,headquarters headquarters,
aircraft aircraft,spacecraft spacecraft,sheep sheep,deer deer,barracks barracks,attorneys-general attorney-general,taliban Taliban,
passers-by passer-by,dice die,pence penny,heroes hero,vetoes veto,embargoes embargo,cargoes cargo,torpedoes torpedo,echoes echo,potatoes potato,
tomatoes tomato,mosquitoes mosquito,news news,politics politics,ethics ethics,economics economics,goods goods,thanks thanks"""
# Written out, since a rule "irregular behind any prefix" would take "present" for a form of "presend".
EN_DERIVED = """over come throw run see take ride hear pay sleep do fly draw eat shoot,re build write do take think make sell pay set run draw
tell wind read hang heat,fore see tell go,mis lead understand read spend take,out do grow bid run sell spend shine,under go take cut lie write
spend feed,un do wind bind,inter weave,par take,be fall get hold set,off set,in set lay,up hold set,with draw hold stand,broad cast"""
EN_ADJ = "better good ADJ,best good ADJ,worse bad ADJ,worst bad ADJ,more more ADJ,further far ADJ,farther far ADJ,furthest far ADJ," \
         "better well ADV,best well ADV,worse badly ADV,worst badly ADV,further far ADV"


def read(path):
    for line in open(path, encoding="utf-8"):
        if not line.startswith("#"):
            yield line.rstrip("\n").split("\t")


def german(rows):
    out = set()
    for inf, pres, pret, part, konj in rows:
        def add(form, use=""):
            out.add((form, "VERB", inf, use))
        if inf in SPECIAL:
            for f in SPECIAL[inf].split():
                add(f)
            add(inf)
            continue
        stem = inf[:-2] if inf.endswith("en") else inf[:-1]
        add(inf), add(inf + "d"), add(pres), add(part)
        for e in ("e", "est", "et", "en"):
            add(stem + e)  # present, Konjunktiv I
        if inf not in MODAL:
            soft = stem[-1] in "td" or stem[-2:] in ("dm", "tm", "fn", "gn", "chn")
            hiss = stem[-1] in "sßzx"
            add(stem + ("et" if soft else "t"))
            base = pres[:-1] if pres.endswith("t") and not (pres.endswith("tt") and not inf.endswith("tten")) else pres
            add(base + ("t" if hiss else "st"))
            if pres[:2] != stem[:2] or pres[:-1] != stem:
                add(base)  # imperative: nimm, gib, hilf; also rät -> rä is no word, harmless
        else:
            add(pres + ("st" if pres[-1] != "s" else "t"))
            add(stem + "t")
        weak = pret.endswith("te")
        for e in (("", "st", "n", "t") if weak else ("", "st", "est", "en", "t", "et", "t")):
            add(pret + e)
        if not weak and pret.endswith("ie"):
            add(pret + "n")
        for e in ("", "st", "n", "t"):
            add(konj + e)
        if part.startswith("ge") and not inf.startswith("ge"):
            add(part[2:], "insep")
    for form, u, inf, use in sorted(out):  # spelling before 1996
        if form.endswith("ss") or form.endswith("sst"):
            out.add((form.replace("ss", "ß"), u, inf, use))
    second = [("stände", "stehen"), ("ständen", "stehen"), ("hülfe", "helfen"), ("hälfe", "helfen"), ("begönne", "beginnen"),
              ("empföhle", "empfehlen"), ("befohle", "befehlen"), ("gewönne", "gewinnen"), ("gölte", "gelten"), ("schwömme", "schwimmen"),
              ("hängte", "hängen"), ("hängten", "hängen"), ("gehängt", "hängen"), ("wendete", "wenden"), ("wendeten", "wenden"),
              ("gewendet", "wenden"), ("sendete", "senden"), ("sendeten", "senden"), ("gesendet", "senden"), ("bewegte", "bewegen"),
              ("bewegten", "bewegen"), ("bewegt", "bewegen"), ("schaffte", "schaffen"), ("schafften", "schaffen"), ("geschafft", "schaffen"),
              ("erschreckte", "erschrecken"), ("erschreckt", "erschrecken"), ("backte", "backen"), ("haute", "hauen"), ("wiegte", "wiegen"),
              ("vermisst", "vermissen"), ("vermissten", "vermissen"), ("vermisste", "vermissen"), ("möchte", "mögen"), ("gefallen", "gefallen"), ("gehangen", "hängen"), ("lud", "laden")]
    out |= {(f, "VERB", i, "") for f, i in second}
    return sorted(out)


def regular(verbs, prefixes):
    """Forms of regular verbs. A separable prefix is dropped: the table's reader puts it back."""
    sep = sorted((p for p, k in prefixes if k == "sep"), key=lambda p: -len(p))
    insep = [p for p, k in prefixes if k == "insep"]
    both = set(sep) & set(insep)
    out = set()
    for inf in verbs:
        for p in sep:
            rest = inf[len(p):]
            if inf.startswith(p) and p not in both and rest in verbs:
                inf = rest
                break
        stem = inf[:-2] if inf.endswith("en") else inf[:-1]
        e = "e" if stem[-1] in "td" or stem.endswith(("chn", "ffn", "gn", "dm", "tm", "ckn", "dn", "bn")) else ""
        forms = [inf, inf + "d", stem + "e", stem + e + "t", stem + e + "te", stem + e + "ten", stem + e + "test", stem + e + "tet",
                 stem + ("t" if stem[-1] in "sßzx" else e + "st")]
        if inf.endswith("eln"):
            forms.append(stem[:-2] + "le")
        whole = inf.endswith("ieren") or any(inf.startswith(p) and (inf[len(p):] in verbs or len(inf) - len(p) > 4) and p != "ge" for p in insep) \
            or any(inf.startswith(p + q) for p in ("be", "ver", "miss") for q in ("ab", "an", "auf", "ein", "ur", "un"))
        part = stem + e + "t"
        if not whole or inf in ("gehören",):
            parted = next((p for p in sep if inf.startswith(p) and len(inf) - len(p) > 4 and p not in both), "")
            forms.append(parted + "ge" + part[len(parted):])
        for f in forms:
            out.add((f, "VERB", inf, ""))
        if not whole:
            out.add((part, "VERB", inf, "insep"))
    return out


def german_nouns(rows):
    """use = tail: the row serves words that end in the form too."""
    out = set()
    for r in rows:
        noun, plural, kind = (r + ["", ""])[:3]
        forms = {noun, plural, plural + ("" if plural[-1] in "ns" else "n")}
        if kind != "weak" and noun[-1] not in "e":
            forms |= {noun + "s", noun + "es"}
        if noun == "Herr":
            forms.add("Herrn")
        if noun.endswith("nis"):
            forms.add(noun + "ses")
        out |= {(f, "NOUN", noun, "tail") for f in forms}
    return sorted(out)


def closed(text):
    upos = ""
    for pair in text.replace("\n", "").split(","):
        part = pair.split()
        upos = part[0] if len(part) == 3 else upos
        yield part[-2], upos, part[-1], ""


def english(rows):
    out = set()
    base_rows = {r[0]: r for r in rows}
    for group in EN_DERIVED.replace("\n", " ").split(","):
        prefix, *bases = group.split()
        rows += [["/".join(prefix + f for f in c.split("/") if f) for c in base_rows[b]] for b in bases
                 if b in base_rows and prefix + b not in base_rows]
    for r in rows:
        base, forms = r[0], [f for c in r[1:] for f in c.split("/") if f]
        out.add((base, "VERB", base, ""))
        ing = base[:-2] + "ying" if base.endswith("ie") else base[:-1] + "ing" if base.endswith("e") and not base.endswith("ee") else base + "ing"
        if len(base) == 3 and base[1] in "aeiou" and base[2] in "bdgmnpt" or base in ("begin", "forget", "forbid", "upset", "swim", "quit", "shut", "spin", "split", "plan"):
            ing = base + base[-1] + "ing"
        third = base + ("es" if base.endswith(("o", "s", "sh", "ch", "x")) else "s")
        if base.endswith("y") and base[-2] not in "aeiou":
            third = base[:-1] + "ies"
        if base == "have":
            third = "has"
        for f in forms + [ing, third]:
            out.add((f, "VERB", base, ""))
    for pair in EN_NOUNS.replace("\n", "").split(","):
        f, l = pair.split()
        out.add((f, "NOUN", l, ""))
    for row in EN_ADJ.split(","):
        f, l, u = row.split()
        out.add((f, u, l, ""))
    for f, l in {"am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be", "be": "be",
                 "'re": "be", "’re": "be", "'m": "be", "’m": "be"}.items():
        out.add((f, "VERB", l, ""))
    for f in ("'ve", "’ve", "'s", "’s"):
        out.add((f, "VERB", "have", ""))
    for f in ("'s", "’s"):
        out.add((f, "VERB", "be", ""))
    for f, l in {"me": "I", "us": "we", "him": "he", "them": "they"}.items():
        out.add((f, "PRON", l, ""))
    out.discard(("lay", "VERB", "lie", ""))  # mostly the base form; the network decides
    out.add(("lay", "VERB", "lie", ""))
    return sorted(out)


def english_regular(rows):
    """Forms of regular verbs; what is irregular as well stands first in the table and wins unless the network says otherwise."""
    out = set()
    for base, double in rows:
        stems = {"yes": [base + base[-1]], "both": [base + base[-1], base]}.get(double, [base])
        if base.endswith("e"):
            past = [base + "d"]
            ing = [base[:-2] + "ying" if base.endswith("ie") else base + "ing" if base[-2] in "eoy" else base[:-1] + "ing"]
        elif base.endswith("y") and base[-2] not in "aeiou":
            past, ing = [base[:-1] + "ied"], [base + "ing"]
        else:
            stems = [s + "k" if s.endswith("ic") else s for s in stems]  # panicked
            past, ing = [s + "ed" for s in stems], [s + "ing" for s in stems]
        third = [base + "s"]
        if base.endswith("y") and base[-2] not in "aeiou":
            third = [base[:-1] + "ies"]
        elif base.endswith(("s", "sh", "ch", "x", "z", "o")):
            third = [base + "es"] + ([base + "s"] if base.endswith("o") else [stems[0] + "es"] if double and base[-1] in "sz" else [])
        for f in [base] + third + past + ing:
            out.add((f, "VERB", base, ""))
    return out


def write(path, head, rows):
    with open(path, "w", encoding="utf-8") as f:
        f.write(head + "form\tupos\tlemma\tuse\n")
        for r in rows:
            f.write("\t".join(r).rstrip("\t") + "\n")


HEAD = "# Made by train/tables.py from verbs.tsv: edit that. Columns: form, upos (VERB serves AUX too), lemma, use (insep: only behind an\n" \
       "# inseparable prefix; tail: also for words that end so). Several lemmas of one form: the network's choice among them holds, else the first row.\n"


def main():
    de = [r for r in read(ROOT + "/lang/de/verbs.tsv")][1:]
    more = {r[0] for r in list(read(ROOT + "/lang/de/verbs_regular.tsv"))[1:]}
    prefixes = [r for r in read(ROOT + "/lang/de/prefixes.tsv")][1:]
    strong = german(de)
    write(ROOT + "/lang/de/lemmas.tsv", HEAD, strong + sorted(regular(more, prefixes) - set(strong)) +
          german_nouns(list(read(ROOT + "/lang/de/nouns.tsv"))[1:]) + list(closed(DE_CLOSED)))
    en = [(r + ["", ""])[:3] for r in read(ROOT + "/lang/en/verbs.tsv")][1:]
    regular_en = [(r + [""])[:2] for r in read(ROOT + "/lang/en/verbs_regular.tsv")][1:]
    irregular = english(en)
    write(ROOT + "/lang/en/lemmas.tsv", HEAD, irregular + sorted(english_regular(regular_en) - set(irregular)))


if __name__ == "__main__":
    main()
