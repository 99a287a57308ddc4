"""Build the bundled roster of actors, and the lists of names, from fact tables.

Run ``python -m training.roster --facts FOLDER``, where the folder holds
``factbook_countries.csv`` and ``world_leaders_2022_wikidata.csv``; the tables written
by hand for this project lie in ``training/facts``.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from training.leaders import (
    Term,
    close_terms,
    factbook_terms,
    fold,
    same_people,
    wikidata_terms,
)

FACTS = Path(__file__).parent / "facts"
TARGET = Path(__file__).parent.parent / "stancekit" / "actors" / "data" / "roster.csv"

NAME_LISTS = {
    "given_names.txt": ("given_names.txt", "census_given_names.txt"),
    "family_names.txt": ("census_family_names.txt",),
}
OWN = "stancekit"
"""The source of what is written by hand for this project."""

PRIORITIES = {
    "name": 50,
    "official": 50,
    "demonym": 46,
    "people": 46,
    "abbreviation": 45,
    "seat": 42,
    "capital": 40,
}
_COUNTRY_NAMES = {
    "Kingdom of Denmark": "Denmark",
    "Kingdom of the Netherlands": "Netherlands",
    "People's Republic of China": "China",
    "Republic of Abkhazia": "Abkhazia",
    "Republic of Artsakh": "Nagorno-Karabakh",
    "Republic of Ireland": "Ireland",
    "Sahrawi Arab Democratic Republic": "Western Sahara",
    "State of Palestine": "Palestine",
    "Turkish Republic of Northern Cyprus": "Northern Cyprus",
    "United States of America": "United States",
    "Vatican City": "Vatican",
    "The Bahamas": "Bahamas",
    "The Gambia": "Gambia",
    "Federated States of Micronesia": "Micronesia",
    "São Tomé and Príncipe": "Sao Tome and Principe",
}
_SKIPPED = frozenset(("Aruba; Dutch", "Curacaoan; Dutch", "none", "NA"))


@dataclass(frozen=True)
class Row:
    """One row of the roster: an alias of an actor, or an office that the actor holds."""

    alias: str
    actor: str
    kind: str
    country: str
    relation: str
    priority: int
    office: str = ""
    start: str = ""
    end: str = ""
    source: str = ""


def read(path: Path) -> list[dict[str, str]]:
    """Read a fact table; every cell is text."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(file)]


def split(cell: str) -> list[str]:
    """Split a cell of aliases.

    Examples
    --------
    >>> split("UN|U.N.")
    ['UN', 'U.N.']
    """
    return [part.strip() for part in cell.split("|") if part.strip()]


def country_rows(
    name: str, kind: str, country: str, cells: dict[str, str], source: str
) -> Iterator[Row]:
    """Explode a country's names, adjectives, peoples and capitals into rows."""
    yield _row(name, name, kind, country, "name", source)
    for alias in split(cells["aliases"]):
        relation = "abbreviation" if re.fullmatch(r"[A-Z.]{2,8}", alias) else "official"
        yield _row(alias, name, kind, country, relation, source)
    for alias in split(cells["adjectives"]):
        yield _row(alias, name, kind, country, "demonym", source)
    for alias in split(cells["people"]):
        yield _row(alias, alias, "people", country or name, "people", source)
    for alias in split(cells["capitals"]):
        if alias != name:
            yield _row(alias, name, kind, country, "capital", source)


def factbook_countries(facts: Path) -> Iterator[tuple[dict[str, str], str, str, dict[str, str]]]:
    """Yield each factbook row with the country's name, kind and cells of aliases."""
    hand = {row["gec_code"]: row for row in read(FACTS / "countries.csv")}
    for row in read(facts / "factbook_countries.csv"):
        mended = hand.get(row["gec_code"], {})
        name = mended.get("name") or _given(row["short_name"]) or _given(row["long_name"])
        kind = mended.get("kind") or ("country" if _is_state(row) else "place")
        if not name or kind == "skip" or row["region"] in ("oceans", "world"):
            continue
        aliases = [*split(mended.get("aliases", "")), _given(row["long_name"])]
        cells = {
            "aliases": "|".join(dict.fromkeys(a for a in aliases if a and a != name)),
            "capitals": mended["capitals"] if mended else _capital(row, kind),
            "adjectives": mended.get("adjectives") or "|".join(_adjectives(row, name)),
            "people": mended["people"] if mended else "|".join(_peoples(row)),
        }
        yield row, name, kind, cells


def all_rows(facts: Path) -> list[Row]:
    """Make every row of the roster, without repeats, in a stable order."""
    rows: list[Row] = []
    terms: list[Term] = list(_hand_terms())
    usual = {r["as_written"]: (r["name"], tuple(split(r["aliases"]))) for r in _table("leaders")}
    from_factbook: list[Term] = []
    for row, name, kind, cells in factbook_countries(facts):
        rows += country_rows(name, kind, "", cells, "factbook")
        if kind == "country" or name in ("Hong Kong", "Greenland"):
            is_state = kind == "country"
            from_factbook += factbook_terms(row, name, usual, is_state=is_state)
    for cells in _table("more_countries"):
        rows += country_rows(cells["name"], cells["kind"], cells["country"], cells, OWN)
    leaders = read(facts / "world_leaders_2022_wikidata.csv")
    terms += [*wikidata_terms(leaders, _COUNTRY_NAMES), *from_factbook]
    rows += hand_rows()
    rows += leader_rows(close_terms(same_people(terms)))
    return _settled(rows)


def hand_rows() -> Iterator[Row]:
    """Yield the rows of the tables written by hand: bodies, companies, seats, places."""
    for cells in _table("organisations"):
        yield from _named(cells["name"], cells["kind"], cells["country"], cells["aliases"])
    for cells in _table("companies"):
        yield from _named(cells["name"], "company", cells["country"], cells["aliases"])
    for cells in _table("seats"):
        yield _row(cells["alias"], cells["actor"], cells["kind"], cells["country"], "seat", OWN)
    for cells in _table("places"):
        for name in split(cells["names"]):
            yield Row(name, name, "place", cells["country"], "name", 10, source=OWN)


def leader_rows(terms: Iterable[Term]) -> Iterator[Row]:
    """Yield aliases and offices of people; what is written by hand comes first and stays."""
    held: set[tuple[str, str]] = set()
    by_hand = {term.name for term in terms if term.source == OWN and term.office}
    for term in terms:
        yield _row(term.name, term.name, "person", term.country, "name", term.source)
        for alias in spellings(term.name, term.aliases):
            yield _row(alias, term.name, "person", term.country, "name", term.source)
        repeated = (term.name, term.office) in held
        if term.office and (term.source == OWN or not repeated):
            if term.source != "Wikidata" or term.name not in by_hand:
                named = (term.name, term.name, "person", term.country, "name", 50)
                yield Row(*named, term.office, term.start, term.end, term.source)
            held.add((term.name, term.office))


def spellings(name: str, aliases: Iterable[str]) -> Iterator[str]:
    """Add the other way to write a Korean or Chinese given name.

    Examples
    --------
    >>> list(spellings("Lee Jae Myung", []))
    ['Lee Jae-myung']
    """
    forms = dict.fromkeys([name, *aliases])
    for form in list(forms):
        joined = re.fullmatch(r"([A-Z][a-z]+ [A-Z][a-z]+)-([a-z]+)", form)
        if joined:
            forms[f"{joined[1]} {joined[2].capitalize()}"] = None
        parted = re.fullmatch(r"((?:Lee|Kim|Park|Yoon|Moon|Choe) [A-Z][a-z]+) ([A-Z][a-z]+)", form)
        if parted:
            forms[f"{parted[1]}-{parted[2].lower()}"] = None
    yield from (form for form in forms if form != name)


def _settled(rows: Iterable[Row]) -> list[Row]:
    """Apply the table of ambiguous aliases and drop repeats."""
    rows = list(rows)
    relations = {(row.alias, row.actor): row.relation for row in rows}
    ambiguous = [_ambiguous(cells, relations) for cells in _table("ambiguous")]
    listed = {row.alias for row in ambiguous}
    kept: dict[tuple[str, ...], Row] = {}
    for row in rows:
        if row.office or row.alias not in listed:
            kept.setdefault((row.alias, row.actor, row.office, row.start), row)
    for row in ambiguous:
        kept.setdefault((row.alias, row.actor), row)
    told = {(row.alias, row.actor) for row in kept.values() if row.office}
    ordered = [r for r in kept.values() if r.office or (r.alias, r.actor) not in told]
    return sorted(ordered, key=lambda r: (r.kind, fold(r.actor), r.actor, fold(r.alias), r.start))


def _ambiguous(cells: dict[str, str], relations: dict[tuple[str, str], str]) -> Row:
    alias, actor = cells["alias"], cells["actor"]
    relation = relations.get((alias, actor), "name")
    priority = int(cells["priority"])
    return Row(alias, actor, cells["kind"], cells["country"], relation, priority, source=OWN)


def _hand_terms() -> Iterator[Term]:
    for cells in _table("people"):
        yield Term(
            *(cells["name"], cells["country"], cells["office"], cells["start"], cells["end"]),
            tuple(split(cells["aliases"])),
            OWN,
        )


def _named(name: str, kind: str, country: str, aliases: str) -> Iterator[Row]:
    for alias in [name, *split(aliases)]:
        relation = "abbreviation" if re.fullmatch(r"[A-Z][A-Z0-9.&+-]{1,8}", alias) else "name"
        yield _row(alias, name, kind, country, relation, OWN)


def _row(alias: str, actor: str, kind: str, country: str, relation: str, source: str) -> Row:
    return Row(alias, actor, kind, country, relation, PRIORITIES[relation], source=source)


def _table(name: str) -> list[dict[str, str]]:
    return read(FACTS / f"{name}.csv")


def _given(cell: str) -> str:
    plain = re.sub(r"\s*\(.*?\)|;.*", "", cell).strip()
    return "" if plain == "none" else plain


def _is_state(row: dict[str, str]) -> bool:
    return bool(re.search(r"(?:^|, )UN(?:,|$)", row["intl_orgs"]))


def _capital(row: dict[str, str], kind: str) -> str:
    capital = re.split(r"[;,(]", row["capital"])[0].strip()
    return capital if kind == "country" and capital[:1].isupper() else ""


def _adjectives(row: dict[str, str], name: str) -> Iterator[str]:
    plain = re.sub(r"\(.*?\)|;.*", "", row["nationality_adjective"])
    for part in re.split(r", | or |/", plain):
        if part.strip() and part.strip() != name and part.strip() not in _SKIPPED:
            yield part.strip()


def _peoples(row: dict[str, str]) -> Iterator[str]:
    for part in re.findall(r"([A-Z][\w -]+)\(s\)", row["nationality_noun"]):
        yield f"{part}s"


def name_list(*tables: str) -> list[str]:
    """Gather the names of text files, in plain lower case; "#" begins a comment."""
    found: set[str] = set()
    for table in tables:
        for line in (FACTS / table).read_text(encoding="utf-8").splitlines():
            found.update(fold(name) for name in line.split() if not line.startswith("#"))
    return sorted(found)


def main() -> None:
    """Write the roster and the lists of names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=Path, required=True, help="folder of the fact tables")
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    rows = all_rows(options.facts)
    with options.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Row))
        writer.writerows(astuple(row) for row in rows)
    for target, tables in NAME_LISTS.items():
        names = name_list(*tables)
        options.out.with_name(target).write_text("\n".join(names) + "\n", encoding="utf-8")
    print(f"{options.out}: {len(rows):,} rows")


if __name__ == "__main__":
    main()
