#!/usr/bin/env python3
"""How well the mention stage finds and resolves the parties of the gold articles.

usage: bench/mentions.py BUILD_DIR GOLD.jsonl... [--errors] [--dump]

For each gold actor and recipient with words, the mention whose head word lies in those words (best: whose words agree most) is looked up and its
country and sector compared. Prints recall of the words, and agreement of country and sector on all gold parties. Dates and places: is there an
expression in the sentence that resolves to the gold's? Builds bench/mentions_dump.c against the static libraries of BUILD_DIR.
"""
import json, os, re, subprocess, sys
from collections import Counter, defaultdict

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def build(folder):
    out = os.path.join(folder, "mentions_dump")
    libs = [os.path.join(folder, "src", d, f"libdps_{d}.a") for d in ("mention", "parse", "text", "article", "know", "model", "base")]
    subprocess.run(["cc", "-O1", "-I", os.path.join(ROOT, "src"), os.path.join(ROOT, "bench/mentions_dump.c"), *libs, *libs,
                    "-o", out, "-lutf8proc", "-ljansson", "-lz", "-lzstd", "-lm", "-lpthread"], check=True)
    return out


def run(folder, articles):
    feed = []
    for a in articles:
        feed.append(f"#A {a['lang']} {a['date']}")
        feed += [s.replace("\n", " ") for s in a["sentences"]]
    know = os.path.join(folder, "mentions_know.dps")
    subprocess.run([os.path.join(folder, "src/know/dps-know-compile"), os.path.join(ROOT, "know"), os.path.join(ROOT, "lang"), know], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    text = subprocess.run([build(folder), os.path.join(ROOT, "lang"), os.path.join(ROOT, "models"), know], input="\n".join(feed) + "\n",
                          capture_output=True, text=True, check=True).stdout
    records = text.split("ARTICLE\n")[1:]
    return [[line.split("\t") for line in r.splitlines()] for r in records]


def words(s):
    return re.findall(r"\w+", s.lower())


def main(argv):
    files = [a for a in argv[1:] if not a.startswith("--")]
    articles = [json.loads(line) for f in files for line in open(f, encoding="utf-8") if line.strip()]
    count = Counter()
    confusion = Counter()
    for article, record in zip(articles, run(argv[0], articles)):
        actors = defaultdict(list)
        places, times = defaultdict(list), defaultdict(list)
        for r in record:
            if r[0] == "A": actors[int(r[1])].append(r)
            if r[0] == "P": places[int(r[1])].append(r)
            if r[0] == "T": times[int(r[1])].append(r)
        if "--dump" in argv:
            for i, s in enumerate(article["sentences"]):
                print(i, s)
                for r in actors[i]: print("     ", f"[{r[3]}] {r[4]} | {r[5]} {r[6]} | {r[7]} | {r[9]}", "form", r[10], "ante", r[11])
                for r in places[i]: print("      place", r[2:])
                for r in times[i]: print("      time", r[2:])
        groups = defaultdict(set)
        seen = set()
        for e in article["events"]:
            for side in ("actors", "recipients"):
                for x in e[side]:
                    if x["text"]:
                        groups[(e["s"], x["text"])].add((x["country"], x["sector"]))
            if e["speaker"] and e["speaker"]["text"]:
                groups[(e["s"], e["speaker"]["text"])].add((e["speaker"]["country"], None))
            if e["date"] and (e["s"], e["date"]) not in seen:
                seen.add((e["s"], e["date"]))
                gold = e["date"] if "/" in e["date"] else e["date"] + "/" + e["date"]
                ok = any(f"{r[3]}/{r[4]}" == gold for r in times[e["s"]])
                count["date"] += 1
                count["date ok"] += ok
                if not ok and "--errors" in argv:
                    print("DATE", article["id"], e["s"], gold, [r[2:5] for r in times[e["s"]]], "|", article["sentences"][e["s"]][:150])
            if e["place"] and (e["s"], e["place"]) not in seen:
                seen.add((e["s"], e["place"]))
                ok = any(set(words(r[2])) & set(words(e["place"])) for r in places[e["s"]])
                count["place"] += 1
                count["place ok"] += ok
                if not ok and "--errors" in argv:
                    print("PLACE", article["id"], e["s"], e["place"], [r[2] for r in places[e["s"]]])
        for (s, text), labels in sorted(groups.items()):
            gold = words(text)
            best, best_score = [], 0
            for r in actors[s]:
                mine = words(r[4])
                inside = set(words(r[3])) & set(gold)
                if not inside: continue
                score = 2 * len(set(mine) & set(gold)) / (len(set(mine)) + len(set(gold)))
                if r[3].lower() in (gold[-1], gold[0]): score += 0.01
                if score > best_score: best, best_score = [r], score
                elif best and r[2] != best[0][2] and r[12:] == best[0][12:]: best.append(r)
            head = best[0][3] if best else None
            chain = [r for r in actors[s] if best and r[3] == head and (r in best or abs(int(r[2]) - int(best[0][2])) < 4)]
            for country, sector in labels:
                if country == "---" and sector in ("UNK", None): continue
                kind = "" if country != "---" else " vague"
                count["party" + kind] += 1
                if not best:
                    if "--errors" in argv: print("MISS", article["id"], s, text, country, sector)
                    continue
                count["found" + kind] += 1
                ok = any((r[5] or "---") == country for r in chain)
                count["country ok" + kind] += ok
                if sector:
                    count["sector n" + kind] += 1
                    sector_ok = any(r[6] == sector for r in chain)
                    count["sector ok" + kind] += sector_ok
                    if not sector_ok: confusion[(sector, best[0][6])] += 1
                    if not sector_ok and "--errors" in argv: print("SECTOR", article["id"], s, repr(text), "gold", country, sector, "mine", [(r[4], r[5], r[6]) for r in chain])
                if not ok and "--errors" in argv:
                    print("COUNTRY", article["id"], s, repr(text), "gold", country, sector, "mine", [(r[4], r[5], r[6]) for r in chain])
    for k in ("", " vague"):
        n = max(1, count["party" + k])
        print(f"parties{k}: {count['party' + k]}, words found {count['found' + k] / n:.3f}, country right {count['country ok' + k] / n:.3f}, "
              f"sector right {count['sector ok' + k] / max(1, count['sector n' + k]):.3f} of the found")
    print(f"dates {count['date']}, resolved {count['date ok'] / max(1, count['date']):.3f}; places {count['place']}, named {count['place ok'] / max(1, count['place']):.3f}")
    if "--errors" in argv: print(confusion.most_common(15))


main(sys.argv[1:])
