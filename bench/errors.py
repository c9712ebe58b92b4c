#!/usr/bin/env python3
"""Where gold events are lost, by kind.   usage: bench/errors.py GOLD.jsonl PREDICTED.jsonl [--list]

PREDICTED: what `depesche code --format jsonl` prints for the articles of GOLD. Each gold event is looked for in its sentence:
  found               an event that matches at `dyad`
  recipient missing, recipient extra, recipient wrong     type and actor match, the recipient does not
  actor missing, actor extra, actor wrong                 the type matches, the actor does not
  another type        the sentence has events, none of this type
  nothing             the sentence has no event at all
and each predicted event that matches nothing is counted as `extra`. --list prints them. Matching is that of ../shared/eval/score_events.py."""
import json, os, sys
from collections import Counter, defaultdict

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared", "eval"))
import score_events as score


def lines(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def difference(role, gold, predicted):
    """What is wrong with the parties of a role."""
    if not score.countries(predicted.get(role)):
        return "missing"
    return "wrong" if score.countries(gold.get(role)) else "extra"


def kind(gold, predicted):
    """The kind of a gold event, given the events predicted for its sentence."""
    levels = [(score.levels(gold, p), p) for p in predicted]
    for level, name in (("dyad", "found"), ("act", "recipient"), ("type", "actor")):
        hits = [p for ok, p in levels if ok[level]]
        if hits:
            return name if level == "dyad" else name + " " + difference(name + "s", gold, hits[0])
    return "another type" if predicted else "nothing"


def brief(e):
    party = lambda p: f"{p.get('text')} [{p.get('country')}]"
    trigger = e.get("trigger")
    return (f"{e['type']} '{trigger['text'] if isinstance(trigger, dict) else trigger}': " + ", ".join(map(party, e.get("actors") or []))
            + " -> " + ", ".join(map(party, e.get("recipients") or [])))


def main(argv):
    files = [a for a in argv if not a.startswith("--")]
    if len(files) != 2:
        sys.exit(__doc__)
    by_article = defaultdict(list)
    for e in lines(files[1]):
        by_article[e["article"]].append(e)
    kinds, listing = Counter(), []
    for a in lines(files[0]):
        at = defaultdict(list)
        for e in by_article[a["id"]]:
            at[score.place_sentence(e["text"], a["sentences"])].append(e)
        for e in a["events"]:
            k = kind(e, at[e["s"]])
            kinds[k] += 1
            if k != "found":
                listing.append((k, a["id"], brief(e), a["sentences"][e["s"]]))
        for s, predicted in at.items():
            gold = [e for e in a["events"] if e["s"] == s]
            for p in predicted:
                if not any(score.levels(g, p)["dyad"] for g in gold):
                    kinds["extra"] += 1
                    listing.append(("extra", a["id"], brief(p), p["text"]))
    gold = sum(n for k, n in kinds.items() if k != "extra")
    for k, n in kinds.most_common():
        print(f"{n:5}  {100 * n / max(1, gold):5.1f} %  {k}")
    if "--list" in argv:
        for row in sorted(listing):
            print("\t".join(row))


if __name__ == "__main__":
    main(sys.argv[1:])
