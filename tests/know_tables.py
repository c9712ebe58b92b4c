#!/usr/bin/env python3
"""Checks the knowledge tables in know/ (standard library only).

In:  know/countries.tsv, orgs.tsv, places.tsv, people/*.tsv, offices/*.tsv; tables that are not there yet are skipped.
Out: one line a fault (file:line: what), then a summary; exit status 1 if there was a fault.
How: column names and counts, ids, dates, sectors and office terms first; then what only the tables together can tell:
     every office has its person, nobody holds one office twice at a time, a sample of facts stands as history has it,
     and the offices listed in UNBROKEN have a holder on every day of their span.
Limits: it cannot know whether a date is true, only whether it can be.
"""
import calendar
import datetime
import glob
import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "know")
COLUMNS = {
    "people": "id name_en name_de aliases surname_en surname_de gender source".split(),
    "offices": "person office country sector from to source".split(),
    "countries.tsv": "code kind name_en name_de aliases_en aliases_de adj_en adj_de demonym_en demonym_de "
                     "capital_en capital_de capital_aliases lat lon source".split(),
    "orgs.tsv": "id name_en name_de aliases_en aliases_de country sector from to seat source".split(),
    "places.tsv": "id name_en name_de aliases country kind lat lon population source".split(),
}
SECTORS = set("GOV MIL LEG JUD COP SPY PTY PRM REB UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split())
BLOCS = set("UNO EUR IGO NGO ISM IMG MNC KOS VAT ---".split())
SOURCES = set("factbook reign countryinfo isocodes cldr world-countries geonames general".split())
OFFICES = set((
    "monarch|president|prime minister|chancellor|supreme leader|vice president|deputy prime minister|"
    "minister of foreign affairs|minister of defence|minister of the interior|minister of finance|minister of justice|"
    "minister of economy|minister of homeland security|minister|deputy minister of foreign affairs|"
    "deputy minister of defence|head of the military|general|national security adviser|adviser|chief of staff|"
    "secretary-general|president of the commission|president of the council|high representative|commissioner|"
    "spokesperson|party leader|leader of the opposition|candidate|activist|speaker of parliament|member of parliament|"
    "rebel leader|head of a paramilitary group|special envoy|ambassador|governor|mayor|head of intelligence|"
    "head of police|central bank governor|judge|prosecutor|pope|cleric|chairman|director general|chief executive|"
    "union leader|first lady|crown prince").split("|"))
DATE = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?$")
LAST_DAY = "2026-11-22"  # the tables' horizon

# (person, country, office, day, holds it): the turns of office that are easiest to get wrong
FACTS = [
    ("deu.maas", "DEU", "minister of foreign affairs", "2021-12-07", True),
    ("deu.maas", "DEU", "minister of foreign affairs", "2021-12-09", False),
    ("deu.baerbock", "DEU", "minister of foreign affairs", "2021-12-09", True),
    ("deu.wadephul", "DEU", "minister of foreign affairs", "2025-05-07", True),
    ("deu.scholz", "DEU", "chancellor", "2021-12-07", False),
    ("deu.scholz", "DEU", "chancellor", "2022-02-24", True),
    ("usa.trump", "USA", "president", "2021-01-21", False),
    ("usa.trump", "USA", "president", "2025-01-21", True),
    ("usa.blinken", "USA", "minister of foreign affairs", "2022-01-21", True),
    ("rus.lavrov", "RUS", "minister of foreign affairs", "2022-01-21", True),
    ("rus.putin", "RUS", "president", "2010-06-01", False),
    ("rus.putin", "RUS", "prime minister", "2010-06-01", True),
    ("ukr.yanukovych", "UKR", "president", "2014-02-23", False),
    ("ukr.zelensky", "UKR", "president", "2019-05-21", True),
    ("gbr.truss", "GBR", "prime minister", "2022-10-01", True),
    ("deu.vonderleyen", "EUR", "president of the commission", "2019-12-02", True),
]

# (country, offices, first day): on every day from then on somebody must hold one of the offices
UNBROKEN = [(c, "minister of foreign affairs", "2000-12-31") for c in "USA RUS UKR DEU FRA GBR ITA ESP POL TUR AUT CHE".split()]
UNBROKEN += [(c, "minister of defence", "2002-01-31") for c in "USA RUS UKR DEU FRA GBR ITA ESP POL TUR AUT CHE".split()]
UNBROKEN += [(c, "prime minister", "1991-01-05") for c in "GBR ITA ESP FRA".split()]
UNBROKEN += [(c, "president", "1990-01-01") for c in "USA FRA".split()]
UNBROKEN += [("DEU", "chancellor", "1990-01-01"), ("AUT", "chancellor", "1990-01-01"),
             ("EUR", "president of the commission", "1990-01-01"), ("UNO", "secretary-general", "1990-01-01")]
GAP_DAYS = 45  # a caretaker week or a month-precise date is no gap

faults = []


def fault(path, line, text):
    faults.append("%s:%d: %s" % (os.path.relpath(path, os.path.dirname(ROOT)), line, text))


def rows(path, columns):
    """Yields (line number, dict) of one table; faults in its shape are noted here."""
    with open(path, encoding="utf-8", newline="") as handle:
        text = handle.read()
    if "\r" in text:
        fault(path, 1, "carriage return")
    header = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if cells[:len(columns)] != columns:
                fault(path, number, "columns are %s, not %s" % (" ".join(cells), " ".join(columns)))
                return
            continue
        if len(cells) != len(header):
            fault(path, number, "%d columns, not %d" % (len(cells), len(header)))
            continue
        for name, cell in zip(header, cells):
            if cell != cell.strip() or "  " in cell:
                fault(path, number, "stray space in %s: %r" % (name, cell))
            if ";;" in cell or cell.startswith(";") or cell.endswith(";"):
                fault(path, number, "empty item in %s: %r" % (name, cell))
        yield number, dict(zip(header, cells))


def day(text, last):
    """The first or last day that a date of year, month or day precision can mean; None if it is no date."""
    if not DATE.match(text):
        return None
    part = [int(p) for p in text.split("-")]
    try:
        if len(part) == 1:
            return datetime.date(part[0], 12, 31) if last else datetime.date(part[0], 1, 1)
        if len(part) == 2:
            return datetime.date(part[0], part[1], calendar.monthrange(*part)[1] if last else 1)
        return datetime.date(*part)
    except (ValueError, calendar.IllegalMonthError):
        return None


def span(path, number, row):
    """(from, to) of a row as days, or None with a fault noted."""
    start = day(row["from"], False) if row["from"] else datetime.date.min
    end = day(row["to"], True) if row["to"] else datetime.date.max
    if start is None or end is None:
        fault(path, number, "not a date: %s..%s" % (row["from"], row["to"]))
        return None
    if start > end:
        fault(path, number, "ends before it begins: %s..%s" % (row["from"], row["to"]))
        return None
    return start, end


def check_countries():
    codes = set()
    path = os.path.join(ROOT, "countries.tsv")
    if os.path.exists(path):
        for number, row in rows(path, COLUMNS["countries.tsv"]):
            if not re.match(r"^[A-Z]{3}$", row["code"]) or row["code"] in codes:
                fault(path, number, "country code %r" % row["code"])
            codes.add(row["code"])
    return codes


def check_people():
    people = {}
    names = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "people", "*.tsv"))):
        for number, row in rows(path, COLUMNS["people"]):
            if not re.match(r"^[a-z]{3}\.[a-z0-9.-]+$", row["id"]):
                fault(path, number, "id %r" % row["id"])
            if row["id"] in people:
                fault(path, number, "id %s is taken by %s:%d" % ((row["id"],) + people[row["id"]][:2]))
            if row["name_en"] in names:
                print("note: %s and %s are both called %s" % (names[row["name_en"]], row["id"], row["name_en"]))
            names[row["name_en"]] = row["id"]
            people[row["id"]] = (os.path.basename(path), number, row["name_en"])
            if not row["name_en"] or not row["surname_en"] or not row["surname_de"]:
                fault(path, number, "%s lacks a name" % row["id"])
            if row["gender"] not in ("m", "f"):
                fault(path, number, "gender %r" % row["gender"])
            if row["source"] not in SOURCES:
                fault(path, number, "source %r" % row["source"])
    return people


def check_offices(people, codes):
    held = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "offices", "*.tsv"))):
        for number, row in rows(path, COLUMNS["offices"]):
            if row["person"] not in people:
                fault(path, number, "nobody is %r" % row["person"])
            if row["office"] not in OFFICES:
                fault(path, number, "office term %r" % row["office"])
            if row["sector"] not in SECTORS:
                fault(path, number, "sector %r" % row["sector"])
            if not re.match(r"^([A-Z]{3}|---)$", row["country"]) or (codes and row["country"] not in codes | BLOCS):
                fault(path, number, "country %r" % row["country"])
            if row["source"] not in SOURCES:
                fault(path, number, "source %r" % row["source"])
            when = span(path, number, row)
            if when is None:
                continue
            key = (row["country"], row["office"])
            for start, end, person, sector in held.get(key, []):
                if person == row["person"] and sector == row["sector"] and start < when[1] and when[0] < end and row["from"].count("-") == 2:
                    fault(path, number, "%s holds %s twice at a time" % (person, row["office"]))
            held.setdefault(key, []).append(when + (row["person"], row["sector"]))
    return held


def check_facts(people, held):
    for person, country, office, when, expected in FACTS:
        if person not in people:
            fault(os.path.join(ROOT, "people"), 0, "%s is missing" % person)
            continue
        date = day(when, False)
        holds = any(p == person and s <= date <= e for s, e, p, _ in held.get((country, office), []))
        if holds != expected:
            fault(os.path.join(ROOT, "offices"), 0, "%s %s on %s: %s" % (person, office, when, holds))
    for country, office, first in UNBROKEN:
        reached = day(first, False)
        for start, end, person, _ in sorted(held.get((country, office), [])):
            if start > reached and (start - reached).days > GAP_DAYS:
                fault(os.path.join(ROOT, "offices"), 0, "%s: no %s from %s to %s (%s)" % (country, office, reached, start, person))
            reached = max(reached, end)
        if reached < day(LAST_DAY, False):
            fault(os.path.join(ROOT, "offices"), 0, "%s: no %s after %s" % (country, office, reached))


def check_rest():
    path = os.path.join(ROOT, "orgs.tsv")
    if os.path.exists(path):
        for number, row in rows(path, COLUMNS["orgs.tsv"]):
            if row["sector"] not in SECTORS or not row["name_en"]:
                fault(path, number, "organisation %r, sector %r" % (row["name_en"], row["sector"]))
            span(path, number, row)
    path = os.path.join(ROOT, "places.tsv")
    if os.path.exists(path):
        for number, row in rows(path, COLUMNS["places.tsv"]):
            for name, bound in (("lat", 90), ("lon", 180)):
                if row[name] and not re.match(r"^-?\d+(\.\d+)?$", row[name]) or row[name] and abs(float(row[name])) > bound:
                    fault(path, number, "%s %r" % (name, row[name]))


def main():
    codes = check_countries()
    people = check_people()
    held = check_offices(people, codes)
    check_facts(people, held)
    check_rest()
    for line in faults:
        print(line)
    print("know tables: %d people, %d terms of office, %d faults" % (len(people), sum(map(len, held.values())), len(faults)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
