"""Writes treebank/de_news.conllu: sentences of our own in the manner of political news, trees included, by UD German GSD's conventions.

usage: make_news.py > treebank/de_news.conllu
why: the treebanks at hand have few titles with names, passives with agents, counts ("mehr als 200") and Konjunktiv I of particle verbs,
     and event coding stands on these. Each sentence is a pattern with its words drawn from small lists by a fixed seed.
"""
import random

random.seed(20220121)
ART = {"Nom": {"Masc": "der", "Fem": "die", "Neut": "das", "Plur": "die"}, "Acc": {"Masc": "den", "Fem": "die", "Neut": "das", "Plur": "die"},
       "Dat": {"Masc": "dem", "Fem": "der", "Neut": "dem", "Plur": "den"}, "Gen": {"Masc": "des", "Fem": "der", "Neut": "des", "Plur": "der"}}
# form in nominative, gender, (dative), lemma if another
ORG = [("Regierung", "Fem"), ("Parlament", "Neut"), ("Armee", "Fem"), ("Kreml", "Masc"), ("Opposition", "Fem"), ("Außenministerium", "Neut"),
       ("Miliz", "Fem"), ("Partei", "Fem"), ("Bundesregierung", "Fem"), ("Polizei", "Fem"), ("Gericht", "Neut"), ("Gewerkschaft", "Fem"),
       ("Allianz", "Fem"), ("Kommission", "Fem"), ("Sicherheitsrat", "Masc"), ("Verteidigungsministerium", "Neut")]
THING = [("Vorwurf", "Masc"), ("Vertrag", "Masc"), ("Angriff", "Masc"), ("Entwurf", "Masc"), ("Abkommen", "Neut"), ("Forderung", "Fem"),
         ("Entscheidung", "Fem"), ("Einigung", "Fem"), ("Resolution", "Fem"), ("Vorschlag", "Masc"), ("Waffenruhe", "Fem"), ("Vorgehen", "Neut")]
TITLE = [("Außenminister", "Masc"), ("Präsident", "Masc"), ("Ministerpräsidentin", "Fem"), ("Kanzler", "Masc"), ("Regierungschef", "Masc"),
         ("Außenministerin", "Fem"), ("Verteidigungsminister", "Masc"), ("Generalsekretär", "Masc"), ("Oppositionsführerin", "Fem"), ("Sprecher", "Masc")]
# invented persons; the surnames are of many languages, as in news
NAME = {"Masc": [("Anton", "Karelin"), ("Sergej", "Lawrenko"), ("Jonas", "Bindemann"), ("Wladimir", "Tschernow"), ("Emil", "Marchand"), ("Omar", "Haddadi"),
                 ("Recep", "Demirci"), ("Li", "Zhaowen"), ("Jens", "Storvik"), ("Viktor", "Szalai"), ("Ali", "Rostami"), ("Kim", "Daeho"), ("Peter", "Barrowman")],
        "Fem": [("Annalena", "Bergkamp"), ("Maria", "Sorokina"), ("Ursula", "Landau"), ("Nancy", "Pellham"), ("Leila", "Ben-Amor"), ("Elena", "Vasquez")]}
PLACE = ["Kiew", "Genf", "Moskau", "Minsk", "Damaskus", "Bagdad", "Peking", "Washington", "Ankara", "Tripolis", "Kabul", "Khartum"]
LAND = ["Russland", "China", "Polen", "Israel", "Ägypten", "Indien", "Nordkorea", "Äthiopien", "Frankreich", "Saudi-Arabien", "Moskau", "Teheran"]
ADJ = ["russisch", "türkisch", "amerikanisch", "syrisch", "iranisch", "deutsch", "britisch"]
PAST = [("lobte", "loben"), ("kritisierte", "kritisieren"), ("verurteilte", "verurteilen"), ("begrüßte", "begrüßen"), ("verteidigte", "verteidigen"),
        ("verschob", "verschieben"), ("unterstützte", "unterstützen"), ("bestritt", "bestreiten"), ("verbot", "verbieten"), ("billigte", "billigen")]
APART = [("wies", "weise", "weisen", "zurück", "zurückgewiesen", "zurückweisen", "ADV"), ("lehnte", "lehne", "lehnen", "ab", "abgelehnt", "ablehnen", "ADP"),
         ("kündigte", "kündige", "kündigen", "an", "angekündigt", "ankündigen", "ADP"), ("nahm", "nehme", "nehmen", "an", "angenommen", "annehmen", "ADP"),
         ("hob", "hebe", "heben", "auf", "aufgehoben", "aufheben", "ADP"), ("setzte", "setze", "setzen", "fort", "fortgesetzt", "fortsetzen", "ADV"),
         ("erkannte", "erkenne", "erkennen", "an", "anerkannt", "anerkennen", "ADP"), ("stellte", "stelle", "stellen", "vor", "vorgestellt", "vorstellen", "ADP")]
SUB = [("weise", "weisen"), ("plane", "planen"), ("fordere", "fordern"), ("erwarte", "erwarten"), ("unterstütze", "unterstützen"), ("brauche", "brauchen"),
       ("verurteile", "verurteilen"), ("prüfe", "prüfen"), ("akzeptiere", "akzeptieren"), ("begrüße", "begrüßen"), ("verletze", "verletzen"), ("breche", "brechen")]
PART = [("festgenommen", "festnehmen"), ("verletzt", "verletzen"), ("getötet", "töten"), ("angegriffen", "angreifen"), ("freigelassen", "freilassen"),
        ("vertrieben", "vertreiben"), ("entführt", "entführen"), ("ausgewiesen", "ausweisen"), ("verhaftet", "verhaften"), ("evakuiert", "evakuieren")]
PEOPLE = [("Menschen", "Mensch"), ("Soldaten", "Soldat"), ("Demonstranten", "Demonstrant"), ("Diplomaten", "Diplomat"), ("Journalisten", "Journalist"),
          ("Kämpfer", "Kämpfer"), ("Zivilisten", "Zivilist"), ("Flüchtlinge", "Flüchtling")]
DAY = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
FIN = "Mood=%s|Number=%s|Person=3|Tense=%s|VerbForm=Fin"


class S:
    """A sentence under way: words get labels so that heads can be named before they are placed."""

    def __init__(self):
        self.rows, self.at = [], {}

    def w(self, form, lemma, upos, feats, head, rel, name=None):
        self.rows.append([form, lemma, upos, feats, head, rel])
        self.at[name or len(self.rows)] = len(self.rows)
        return name or len(self.rows)

    def np(self, noun, case, head, rel, name=None, det=True):
        form, gender = noun
        lemma = form
        label = name or ("np%d" % len(self.rows))
        if det:
            self.w(ART[case][gender], "der", "DET", "Case=%s|Definite=Def|Gender=%s|Number=Sing|PronType=Art" % (case, gender), label, "det")
        if case == "Gen" and gender != "Fem":
            form = form + ("s" if form[-1] not in "s" else "es")
        if case in ("Dat", "Acc") and lemma == "Präsident":
            form = "Präsidenten"
        self.w(form, lemma, "NOUN", "Case=%s|Gender=%s|Number=Sing" % (case, gender), head, rel, label)
        return label

    def titled(self, case, head, rel, label):
        title = random.choice(TITLE)
        first, last = random.choice(NAME[title[1]])
        self.np(title, case, head, rel, label, det=False)
        f = "Case=%s|Gender=%s|Number=Sing" % (case, title[1])
        self.w(first, first, "PROPN", f, label, "appos", label + "f")
        self.w(last, last, "PROPN", f, label + "f", "flat")

    def land(self, case, head, rel, name):
        l = random.choice(LAND)
        self.w(l, l, "PROPN", "Case=%s|Gender=Neut|Number=Sing" % case, head, rel, name)

    def actor(self, case, head, rel, label):
        k = random.random()
        if k < 0.4:
            self.titled(case, head, rel, label)
        elif k < 0.65:
            self.land(case, head, rel, label)
        else:
            self.np(random.choice(ORG), case, head, rel, label)

    def day(self, head):
        self.w("an", "an", "ADP", "_", "day", "case")
        self.w("dem", "der", "DET", "Case=Dat|Definite=Def|Gender=Masc|Number=Sing|PronType=Art", "day", "det")
        d = random.choice(DAY)
        self.w(d, d, "PROPN", "Case=Dat|Gender=Masc|Number=Sing", head, "obl", "day")

    def place(self, head, name="pl"):
        self.w("in", "in", "ADP", "_", name, "case")
        p = random.choice(PLACE)
        self.w(p, p, "PROPN", "Case=Dat|Gender=Neut|Number=Sing", head, "obl", name)

    def stop(self, head, sign="."):
        self.w(sign, sign, "PUNCT", "_", head, "punct")

    def out(self, n):
        first = self.rows[0][0]
        self.rows[0][0] = first[0].upper() + first[1:]
        print("# sent_id = depesche-news-%d" % n)
        print("# text = " + " ".join(r[0] for r in self.rows))
        for i, r in enumerate(self.rows, 1):
            head = self.at[r[4]] if r[4] else 0
            print("\t".join([str(i), r[0], r[1], r[2], "_", r[3], str(head), r[5], "_", "_"]))
        print()


def past_object():
    s = S()
    v, lemma = random.choice(PAST)
    s.actor("Nom", "v", "nsubj", "a")
    s.w(v, lemma, "VERB", FIN % ("Ind", "Sing", "Past"), 0, "root", "v")
    if random.random() < 0.5:
        s.day("v")
    s.np(random.choice(THING), "Acc", "v", "obj")
    s.stop("v")
    return s


def apart():
    s = S()
    v, _, lemma, prt, _, _, upos = random.choice(APART)
    s.actor("Nom", "v", "nsubj", "a")
    s.w(v, lemma, "VERB", FIN % ("Ind", "Sing", "Past"), 0, "root", "v")
    s.np(random.choice(THING), "Acc", "v", "obj")
    s.w(prt, prt, upos, "_", "v", "compound:prt")
    s.stop("v")
    return s


def told(s):
    """A reported main clause in Konjunktiv I with its head "v"; the saying verb is "say"."""
    rel, head = ("ccomp", "say")
    k = random.random()
    if k < 0.45:
        _, v, lemma, prt, _, _, upos = random.choice(APART)
        s.actor("Nom", "v", "nsubj", "a")
        s.w(v, lemma, "VERB", FIN % ("Sub", "Sing", "Pres"), head, rel, "v")
        s.np(random.choice(THING), "Acc", "v", "obj")
        s.w(prt, prt, upos, "_", "v", "compound:prt")
    elif k < 0.75:
        v, lemma = random.choice(SUB[1:])
        s.actor("Nom", "v", "nsubj", "a")
        s.w(v, lemma, "VERB", FIN % ("Sub", "Sing", "Pres"), head, rel, "v")
        s.np(random.choice(THING), "Acc", "v", "obj")
    else:
        _, _, _, _, part, lemma, _ = random.choice(APART)
        s.actor("Nom", "v", "nsubj", "a")
        s.w("habe", "haben", "AUX", FIN % ("Sub", "Sing", "Pres"), "v", "aux")
        s.np(random.choice(THING), "Acc", "v", "obj")
        s.w(part, lemma, "VERB", "VerbForm=Part", head, rel, "v")


def told_first():
    s = S()
    told(s)
    s.stop("v", ",")
    if random.random() < 0.4:
        s.w("teilte", "teilen", "VERB", FIN % ("Ind", "Sing", "Past"), 0, "root", "say")
        s.np(random.choice(ORG), "Nom", "say", "nsubj")
        s.day("say")
        s.w("mit", "mit", "ADP", "_", "say", "compound:prt")
    else:
        v, lemma = random.choice([("sagte", "sagen"), ("erklärte", "erklären"), ("betonte", "betonen"), ("behauptete", "behaupten")])
        s.w(v, lemma, "VERB", FIN % ("Ind", "Sing", "Past"), 0, "root", "say")
        s.titled("Nom", "say", "nsubj", "sp")
    s.stop("say")
    return s


def told_after():
    s = S()
    s.titled("Nom", "say", "nsubj", "sp")
    v, lemma = random.choice([("sagte", "sagen"), ("erklärte", "erklären"), ("betonte", "betonen"), ("behauptete", "behaupten")])
    s.w(v, lemma, "VERB", FIN % ("Ind", "Sing", "Past"), 0, "root", "say")
    s.stop("v", ",")
    told(s)
    s.stop("say")
    return s


def counted_passive():
    s = S()
    form, lemma = random.choice(PEOPLE)
    part, plemma = random.choice(PART)
    k = random.random()

    def people():
        if k < 0.6:
            if k < 0.35:
                s.w("mehr", "mehr", "ADV", "_", "n", "advmod", "mehr")
                s.w("als", "als", "CCONJ", "_", "mehr", "fixed")
            else:
                s.w("mindestens", "mindestens", "ADV", "_", "n", "advmod")
            s.w(random.choice(["200", "zwölf", "30", "hundert", "1500", "sieben"]), None, "NUM", "NumType=Card", "p", "nummod", "n")
            s.rows[-1][1] = s.rows[-1][0]
        else:
            s.w("mehrere", "mehrere", "DET", "Case=Nom|Number=Plur|PronType=Ind", "p", "det")
        s.w(form, lemma, "NOUN", "Case=Nom|Gender=Masc|Number=Plur", "v", "nsubj:pass", "p")

    def aux():
        s.w("wurden", "werden", "AUX", "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin|Voice=Pass", "v", "aux:pass")
    if random.random() < 0.5:
        people(), aux(), s.place("v")
    else:
        s.place("v"), aux(), people()
    if random.random() < 0.5:
        s.w("von", "von", "ADP", "_", "ag", "case")
        s.np(random.choice(ORG), "Dat", "v", "obl:agent", "ag")
    s.w(part, plemma, "VERB", "VerbForm=Part", 0, "root", "v")
    s.stop("v")
    return s


def agent_passive():
    s = S()
    part, plemma = random.choice(PART + [("kritisiert", "kritisieren"), ("verurteilt", "verurteilen"), ("unterstützt", "unterstützen")])
    s.np(random.choice(ORG + THING), "Nom", "v", "nsubj:pass")
    s.w("wurde", "werden", "AUX", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin|Voice=Pass", "v", "aux:pass")
    if random.random() < 0.4:
        s.day("v")
    s.w("von", "von", "ADP", "_", "ag", "case")
    if random.random() < 0.3:
        s.land("Dat", "v", "obl:agent", "ag")
    else:
        s.np(random.choice(ORG), "Dat", "v", "obl:agent", "ag")
    s.w(part, plemma, "VERB", "VerbForm=Part", 0, "root", "v")
    s.stop("v")
    return s


def active_perfect():
    """The same people and verbs as in counted_passive, so that a participle alone does not make a passive."""
    s = S()
    form, lemma = random.choice(PEOPLE)
    part, plemma = random.choice(PART)
    many = random.random() < 0.4
    if many:
        group = random.choice(["Rebellen", "Taliban", "Truppen", "Behörden", "Milizen"])
        gl, gender = {"Rebellen": ("Rebell", "Masc"), "Taliban": ("Taliban", "Masc"), "Truppen": ("Truppe", "Fem"), "Behörden": ("Behörde", "Fem"),
                      "Milizen": ("Miliz", "Fem")}[group]
        s.w("die", "der", "DET", "Case=Nom|Definite=Def|Number=Plur|PronType=Art", "a", "det")
        s.w(group, gl, "NOUN", "Case=Nom|Gender=%s|Number=Plur" % gender, "v", "nsubj", "a")
    else:
        s.actor("Nom", "v", "nsubj", "a")
    s.w("haben" if many else "hat", "haben", "AUX", FIN % ("Ind", "Plur" if many else "Sing", "Pres"), "v", "aux")
    if random.random() < 0.5:
        s.place("v")
    num = random.choice(["zwölf", "30", "sieben", "zwei", "hundert"])
    if random.random() < 0.5:
        s.w("mindestens", "mindestens", "ADV", "_", "n", "advmod")
    s.w(num, num, "NUM", "NumType=Card", "p", "nummod", "n")
    s.w(form, lemma, "NOUN", "Case=Acc|Gender=Masc|Number=Plur", "v", "obj", "p")
    s.w(part, plemma, "VERB", "VerbForm=Part", 0, "root", "v")
    s.stop("v")
    return s


def meeting():
    s = S()
    s.titled("Nom", "v", "nsubj", "a")
    k = random.random()
    if k < 0.5:
        s.w("hat", "haben", "AUX", FIN % ("Ind", "Sing", "Pres"), "v", "aux")
        adj = random.choice(ADJ)
        s.w("den", "der", "DET", "Case=Acc|Definite=Def|Gender=Masc|Number=Sing|PronType=Art", "b", "det")
        s.w(adj + "en", adj, "ADJ", "Case=Acc|Degree=Pos|Gender=Masc|Number=Sing", "b", "amod")
        s.np(random.choice([t for t in TITLE if t[1] == "Masc"]), "Acc", "v", "obj", "b", det=False)
        f, l = random.choice(NAME["Masc"])
        s.w(f, f, "PROPN", "Case=Acc|Gender=Masc|Number=Sing", "b", "appos", "bf")
        s.w(l, l, "PROPN", "Case=Acc|Gender=Masc|Number=Sing", "bf", "flat")
        s.place("v")
        s.w("getroffen", "treffen", "VERB", "VerbForm=Part", 0, "root", "v")
    else:
        s.w("telefonierte", "telefonieren", "VERB", FIN % ("Ind", "Sing", "Past"), 0, "root", "v")
        s.day("v")
        s.w("mit", "mit", "ADP", "_", "b", "case")
        s.titled("Dat", "v", "obl", "b")
    s.stop("v")
    return s


def main():
    print("# Invented sentences for training, made by make_news.py; nothing in them is told of anybody.")
    kinds = [past_object, apart, told_first, told_first, told_after, counted_passive, active_perfect, agent_passive, meeting]
    for n in range(1, 163):
        kinds[n % len(kinds)]().out(n)


if __name__ == "__main__":
    main()
