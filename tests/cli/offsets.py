#!/usr/bin/env python3
"""Is every event what docs/events.md says, field by field, and does every offset cut its words?   usage: offsets.py PROGRAM [FILE...]

Without files: examples/, an article of this file, and those of ../shared/gold where that folder is. The base that offsets count into is the `text` or
`title` that `depesche read` gives for the article. Out: a line for each fault (the first FAULTS of them), the counts; status 1 if
there was a fault or no event."""
import glob, json, os, re, subprocess, sys, tempfile

ROOT = os.environ.get("DPS_SOURCE", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
GOLD = os.path.join(ROOT, "..", "shared", "gold")
GOLD_INPUT = os.path.join(ROOT, "..", "shared", "eval", "article_input.py")
FAULTS = 40

KEYS = ("id article lang sentence text type modes contexts status quad score cameo goldstein trigger actors recipients speaker content "
        "date date_end date_text place confidence frame deed story source").split()
PARTY = "text name country sector office id start end".split()
SPAN = "text start end".split()
PLACE = "text name country lat lon start end".split()
SOURCE = "file url title published".split()
STATUS = "actual negated future hypothetical historical".split()
TYPES = ("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
         "ASSAULT").split()
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
TIME = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d([+-]\d\d:\d\d)?)?)?)?$")

faults = []


def fault(event, what):
    faults.append(f"{event['id']}: {what}")


def lines_of(program, command, paths):
    done = subprocess.run([program, command, "--threads", "2", *(["--format", "jsonl"] if command == "code" else []), *paths],
                          stdout=subprocess.PIPE, check=False)
    if done.returncode:
        sys.exit(f"depesche {command}: status {done.returncode}")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def occurrences(base, part):
    at = base.find(part)
    while at >= 0:
        yield at
        at = base.find(part, at + 1)


class Bases:
    """The bytes that an event's offsets count into, and where its sentence may lie in them."""

    def __init__(self, event, article):
        titled = article["title"] is not None and event["sentence"] == 0
        self.base = (article["title"] if titled else article["text"]).encode()
        self.sentence = event["text"].encode()
        self.places = list(occurrences(self.base, self.sentence))

    def check(self, event, what, span, inside=True):
        start, end, text = span["start"], span["end"], span["text"].encode()
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(self.base)):
            return fault(event, f"{what}: offsets {start} to {end} of {len(self.base)}")
        if self.base[start:end] != text:
            return fault(event, f"{what}: '{span['text']}' but the offsets cut '{self.base[start:end].decode(errors='replace')}'")
        if inside and not any(at <= start and end <= at + len(self.sentence) for at in self.places):
            fault(event, f"{what}: '{span['text']}' lies outside the sentence")


def has_keys(event, what, value, keys):
    if list(value) != keys:
        fault(event, f"{what}: keys {list(value)}")
        return False
    return True


def check_party(event, what, party, bases):
    if not has_keys(event, what, party, PARTY):
        return
    if party["text"] and not (what == "speaker" and party["start"] is None): # named by the title only
        bases.check(event, what, party, inside=what != "speaker") # indirect speech runs on over sentences
    elif party["start"] is not None or party["end"] is not None:
        fault(event, f"{what}: offsets of {party['start']} to {party['end']}, but no words to point to")
    for key, pattern in (("country", r"[A-Z]{3}|---"), ("sector", r"[A-Z]{3}")):
        if party[key] is not None and not re.fullmatch(pattern, party[key]):
            fault(event, f"{what}: {key} '{party[key]}'")
    if "" in (party["name"], party["office"], party["id"]):
        fault(event, f"{what}: an empty string for what is unknown")


def check_number(event, key, low, high):
    value = event[key]
    if not isinstance(value, (int, float)) or not low <= value <= high:
        fault(event, f"{key}: {value}")


def check_when(event):
    date, end = event["date"], event["date_end"]
    if date is not None and not DATE.match(date):
        fault(event, f"date: {date}")
    if end is not None and (not DATE.match(end) or date is None or end <= date):
        fault(event, f"date_end: {end} behind date {date}")
    if event["date_text"] is not None and event["date_text"] not in event["text"]:
        fault(event, f"date_text: '{event['date_text']}' is not in the sentence")
    if event["source"]["published"] is not None and not TIME.match(event["source"]["published"]):
        fault(event, f"published: {event['source']['published']}")


def check_place(event, bases):
    place = event["place"]
    if place is None or not has_keys(event, "place", place, PLACE):
        return
    bases.check(event, "place", place, inside=False) # a place may be told by a sentence before
    if (place["lat"] is None) != (place["lon"] is None):
        fault(event, "place: half a position")
    if place["lat"] is not None and not (-90 <= place["lat"] <= 90 and -180 <= place["lon"] <= 180):
        fault(event, f"place: {place['lat']}, {place['lon']}")


def check(event, article, n):
    if not has_keys(event, "record", event, KEYS):
        return
    bases = Bases(event, article)
    if event["id"] != f"{article['id']}:{event['sentence']}:{n}" or event["article"] != article["id"]:
        fault(event, f"id of article {article['id']}, event {n} of its sentence")
    if event["lang"] != article["lang"]:
        fault(event, f"lang: {event['lang']}, the article's is {article['lang']}")
    if not event["text"] or not bases.places:
        fault(event, f"text: '{event['text']}' is not in the article")
    for key, names in (("type", TYPES), ("status", STATUS), ("quad", (1, 2, 3, 4))):
        if event[key] not in names:
            fault(event, f"{key}: {event[key]}")
    for key in ("modes", "contexts"):
        if not all(isinstance(item, str) and item for item in event[key]) or len(set(event[key])) != len(event[key]):
            fault(event, f"{key}: {event[key]}")
    for key in ("score", "goldstein"):
        check_number(event, key, -10, 10)
    check_number(event, "confidence", 0, 1)
    if not re.fullmatch(r"\d\d\d?\d?", event["cameo"] or ""):
        fault(event, f"cameo: {event['cameo']}")
    if not (event["frame"] or "").startswith(event["lang"] + "/"):
        fault(event, f"frame: {event['frame']}")
    for key in ("trigger", "content"):
        if event[key] is None:
            if key == "trigger":
                fault(event, "no trigger")
        elif has_keys(event, key, event[key], SPAN):
            bases.check(event, key, event[key])
    if not event["actors"]:
        fault(event, "no actor")
    for key in ("actors", "recipients"):
        for i, party in enumerate(event[key]):
            check_party(event, f"{key}[{i}]", party, bases)
    if event["speaker"] is not None:
        check_party(event, "speaker", event["speaker"], bases)
    if has_keys(event, "source", event["source"], SOURCE):
        for key in SOURCE:
            if event["source"][key] != article[key]:
                fault(event, f"source.{key}: {event['source'][key]}, read gives {article[key]}")
        check_when(event)
    check_place(event, bases)


# A title whose speaker is cited for the text: its offsets must not be taken for those of the text.
CITED = {"id": "cited", "lang": "de", "published": "2022-01-21", "title": "Lawrow sagte am Freitag, die NATO bedrohe Russland",
         "text": "Die Ukraine habe Russland angegriffen. Moskau habe von der NATO den Abzug ihrer Truppen gefordert."}


def own_input(folder):
    path = os.path.join(folder, "own.jsonl")
    with open(path, "w", encoding="utf-8") as out:
        print(json.dumps(CITED), file=out)
    return path


def gold_inputs(folder):
    paths = []
    for gold in sorted(glob.glob(os.path.join(GOLD, "*.jsonl"))) if os.path.exists(GOLD_INPUT) else []:
        paths.append(os.path.join(folder, os.path.basename(gold)))
        with open(paths[-1], "wb") as out:
            subprocess.run([sys.executable, GOLD_INPUT, gold], stdout=out, check=True)
    return paths


def check_all(program, paths):
    articles = {article["id"]: article for article in lines_of(program, "read", paths)}
    events = lines_of(program, "code", paths)
    last, n = None, 0
    for event in events:
        here = (event["article"], event["sentence"])
        n = n + 1 if here == last else 0
        last = here
        check(event, articles[event["article"]], n)
    if len({event["id"] for event in events}) != len(events):
        faults.append("an id stands twice")
    return len(articles), len(events)


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        paths = sys.argv[2:] or [os.path.join(ROOT, "examples"), own_input(folder), *gold_inputs(folder)]
        n_articles, n_events = check_all(program, paths)
    for line in faults[:FAULTS]:
        print(line)
    print(f"{n_articles} articles, {n_events} events, {len(faults)} faults")
    return 1 if faults or not n_events else 0


sys.exit(main())
