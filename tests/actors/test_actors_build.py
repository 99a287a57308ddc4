from __future__ import annotations

import csv
from pathlib import Path

import pytest

from stancekit.actors import Roster
from training.leaders import Term, close_terms, factbook_terms, same_people, wikidata_terms
from training.roster import FACTS, Row, all_rows, main, read

FACTBOOK = (
    "gec_code,region,short_name,long_name,local_short,capital,nationality_noun,"
    "nationality_adjective,chief_of_state,head_of_government,intl_orgs"
).split(",")
WIKIDATA = (
    "countryid,country,position,positionLabel,officeholder,officeholderLabel,start_year,end_year"
).split(",")


def factbook_row(**cells: str) -> dict[str, str]:
    return dict.fromkeys(FACTBOOK, "") | {
        "gec_code": "zz",
        "region": "europe",
        "short_name": "Ruritania",
        "long_name": "Kingdom of Ruritania",
        "capital": "Strelsau; note - moved",
        "nationality_noun": "Ruritanian(s)",
        "nationality_adjective": "Ruritanian",
        "chief_of_state": "King RUDOLF V (since 3 May 2011); represented by Gov. Ann LEE",
        "head_of_government": "Acting Prime Minister Ida Maria FALK Berg (since 7 June 2024)",
        "intl_orgs": "UN, WTO",
        **cells,
    }


def write(path: Path, header: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    write(tmp_path / "factbook_countries.csv", FACTBOOK, [factbook_row()])
    cells = ("Q0", "Ruritania", "Q1", "Prime Minister of Ruritania", "Q2", "Ada Holm", "2019", "")
    leaders = [dict(zip(WIKIDATA, cells, strict=True))]
    write(tmp_path / "world_leaders_2022_wikidata.csv", WIKIDATA, leaders)
    return tmp_path


def test_country_is_exploded_into_aliases(facts: Path) -> None:
    rows = {(row.alias, row.relation) for row in all_rows(facts) if row.actor == "Ruritania"}
    assert rows == {
        ("Ruritania", "name"),
        ("Kingdom of Ruritania", "official"),
        ("Ruritanian", "demonym"),
        ("Strelsau", "capital"),
    }


def test_leaders_have_offices_that_end_with_the_next(facts: Path) -> None:
    rows: list[Row] = [row for row in all_rows(facts) if row.office.endswith("Ruritania")]
    assert {(row.actor, row.office, row.start, row.end) for row in rows} == {
        ("Rudolf V", "King of Ruritania", "2011-05-03", ""),
        ("Ida Maria Falk", "Prime Minister of Ruritania", "2024-06-07", ""),
        ("Ada Holm", "Prime Minister of Ruritania", "2019", "2024-06-07"),
    }


def test_main_writes_a_roster_that_loads(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = facts / "roster.csv"
    monkeypatch.setattr("sys.argv", ["roster", "--facts", str(facts), "--out", str(out)])
    main()
    roster = Roster.from_csv(out)
    assert roster.lookup("Strelsau")[0].actor == "Ruritania"
    assert roster.office("Ida Maria Falk") == "Prime Minister of Ruritania"


def test_surname_in_capitals_gives_short_forms() -> None:
    (king, premier) = factbook_terms(factbook_row(), "Ruritania", {})
    assert king.name == "Rudolf V"
    assert premier.name == "Ida Maria Falk"
    assert set(premier.aliases) == {"Ida Maria Falk Berg", "Ida Falk", "Ida Falk Berg"}


def test_surname_first_stays_first() -> None:
    row = factbook_row(chief_of_state="President XI Jinping (since 14 March 2013)")
    term = next(iter(factbook_terms(row, "Ruritania", {})))
    assert (term.name, term.start) == ("Xi Jinping", "2013-03-14")


def test_one_person_under_two_spellings() -> None:
    terms = [Term("Jose Neves", "Ruritania"), Term("José Maria Neves", "Ruritania")]
    assert {term.name for term in same_people(terms)} == {"Jose Neves"}
    assert {t.name for t in same_people([terms[0], Term("Jose Neves", "Peru")])} == {"Jose Neves"}


def test_shared_offices_do_not_end_each_other() -> None:
    terms = [
        Term("Ida Falk", "Ruritania", "Member of the Council", "2010"),
        Term("Ada Holm", "Ruritania", "Member of the Council", "2015"),
    ]
    assert [term.end for term in close_terms(terms)] == ["", ""]


def test_wikidata_leaves_out_monarchs_of_other_realms() -> None:
    rows = [
        {
            "country": "Ruritania",
            "positionLabel": "monarch of Ruritania",
            "officeholderLabel": "Charles III",
            "start_year": "2022",
            "end_year": "",
        }
    ]
    assert list(wikidata_terms(rows, {})) == []


def test_fact_tables_name_known_countries_and_kinds() -> None:
    known = {alias.actor for alias in Roster.bundled().aliases if alias.kind != "person"}
    for table in ("organisations", "companies", "people", "places", "ambiguous", "seats"):
        for row in read(FACTS / f"{table}.csv"):
            assert not row["country"] or row["country"] in known, (table, row)
