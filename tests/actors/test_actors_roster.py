from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from stancekit.actors import Alias, Office, Roster
from stancekit.actors.entries import RELATIONS
from stancekit.actors.spelling import plain
from stancekit.errors import InputError, TableError
from stancekit.labels import ACTOR_KINDS
from training.roster import FACTS, read

SMALL = Roster(
    [
        Alias("Seoul", "South Korea", "country", relation="capital"),
        Alias("South Korea", "South Korea", "country"),
        Alias("Korea Bank", "Korea Bank", "company", "South Korea"),
        Alias("UN", "United Nations", "organisation", relation="abbreviation"),
        Alias("the Fed", "Federal Reserve", "institution", "United States"),
    ]
)


def actors_in(text: str, roster: Roster = SMALL) -> list[str]:
    return [match.aliases[0].actor for match in roster.matches(plain(text))]


def test_longest_alias_wins_and_words_are_whole() -> None:
    assert actors_in("South Korea Bank met Seoulites, not Seoul") == ["South Korea", "South Korea"]
    assert actors_in("The UN is not in UNICEF") == ["United Nations"]


def test_case_matters_but_for_names_in_capitals() -> None:
    assert actors_in("seoul and un") == []
    assert actors_in("SEOUL BACKS TALKS") == ["South Korea"]


def test_apostrophes_accents_and_spaces_do_not_matter() -> None:
    roster = Roster([Alias("Côte d'Ivoire", "Ivory Coast", "country")])
    for text in ("Côte d’Ivoire", "Cote d'Ivoire", "CÔTE D’IVOIRE", "Côte  d'Ivoire"):
        assert actors_in(text, roster) == ["Ivory Coast"], text


def test_one_alias_of_two_actors_is_settled_by_priority() -> None:
    entries = Roster.bundled().lookup("Georgia")
    assert [entry.actor for entry in entries] == ["Georgia", "Georgia (US state)"]
    assert entries[0].priority > entries[1].priority


def test_every_alias_of_several_actors_is_listed_as_ambiguous_or_settled() -> None:
    listed = {plain(row["alias"]) for row in read(FACTS / "ambiguous.csv")}
    by_alias: dict[str, dict[str, int]] = defaultdict(dict)
    for entry in Roster.bundled().aliases:
        by_alias[plain(entry.alias)][entry.actor] = entry.priority
    unsettled = {
        alias: ranks
        for alias, ranks in by_alias.items()
        if len(ranks) > 1
        and alias not in listed
        and sorted(ranks.values())[-1] == sorted(ranks.values())[-2]
    }
    assert unsettled == {}


def test_bundled_roster_is_sane() -> None:
    roster = Roster.bundled()
    kinds: dict[str, set[str]] = defaultdict(set)
    for entry in roster.aliases:
        assert entry.alias == entry.alias.strip()
        assert entry.kind in ACTOR_KINDS
        assert entry.relation in RELATIONS
        kinds[entry.actor].add(entry.kind)
    assert {actor: found for actor, found in kinds.items() if len(found) > 1} == {}
    actors = set(kinds)
    assert set(roster.offices) <= actors
    assert {e.country for e in roster.aliases if e.country} - actors == set()


@pytest.mark.parametrize(
    ("alias", "actor"),
    [
        ("Seoul", "South Korea"),
        ("the Kremlin", "Russia"),
        ("Blue House", "South Korea"),
        ("Dutch", "Netherlands"),
        ("WTO", "World Trade Organization"),
        ("Hizbollah", "Hezbollah"),
        ("the Fed", "Federal Reserve"),
        ("Erdogan", "Recep Tayyip Erdoğan"),
        ("Lee Jae-myung", "Lee Jae Myung"),
        ("Van der Bellen", "Alexander Van der Bellen"),
        ("Kiev", "Ukraine"),
    ],
)
def test_bundled_roster_knows(alias: str, actor: str) -> None:
    name = alias.removeprefix("the ")
    found = Roster.bundled().lookup(alias) or Roster.bundled().lookup(name)
    known = [entry.actor for entry in found] or Roster.bundled().families[alias.split()[-1]]
    assert actor in known


@pytest.mark.parametrize("word", ["Victoria", "Male", "Douglas", "Of", "Stanley", "Hamilton"])
def test_capitals_that_are_names_or_words_stay_out(word: str) -> None:
    assert Roster.bundled().lookup(word) == ()


def test_office_depends_on_the_date() -> None:
    roster = Roster.bundled()
    assert roster.office("Joe Biden", "2023-05-01") == "President of the United States"
    assert roster.office("Joe Biden", "2012-05-01") == "Vice President of the United States"
    assert roster.office("Joe Biden") == ""
    assert roster.office("Lee Jae Myung", "2026-01-12") == "President of South Korea"
    assert roster.office("Fumio Kishida", "2022-03") == "Prime Minister of Japan"


def test_year_alone_bounds_an_office() -> None:
    term = Office("President of Ruritania", "2017", "2022")
    dates = ("2016-12-31", "2017-01-01", "2021-06", "2022-01-01")
    assert [term.held_on(date) for date in dates] == [False, True, True, False]


def test_from_csv_reads_offices_and_defaults(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "alias,actor,kind,office,start\n"
        "Ida Falk,Ida Falk,person,Mayor of Lund,2020\n"
        "NA,Namibia,country,,\n",
        encoding="utf-8",
    )
    roster = Roster.from_csv(path)
    assert len(roster) == 2
    assert roster.office("Ida Falk") == "Mayor of Lund"
    assert roster.lookup("NA")[0].actor == "Namibia"


def test_added_roster_wins_over_the_bundled_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("alias,actor,kind\nSeoul,Seoul FC,organisation\n", encoding="utf-8")
    joined = Roster.bundled() + Roster.from_csv(path)
    assert joined.lookup("Seoul")[0].actor == "Seoul FC"
    assert Roster.bundled().lookup("Seoul")[0].actor == "South Korea"


def test_bad_rows_are_listed_together(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        "alias,actor,kind,priority,start\n,Ida,person,,\nIda,Ida,persn,high,May 2020\n",
        encoding="utf-8",
    )
    with pytest.raises(TableError, match=r"2 bad rows of 2(.|\n)*did you mean 'person'") as caught:
        Roster.from_csv(path)
    assert [(bad.row, bad.column) for bad in caught.value.rows] == [
        (2, "alias"),
        (3, "kind"),
        (3, "priority"),
        (3, "start"),
    ]


def test_missing_columns_and_files(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("alias,name\nIda,Ida\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"header +actor"):
        Roster.from_csv(path)
    with pytest.raises(InputError, match=r"nowhere\.csv: expected a readable roster"):
        Roster.from_csv(tmp_path / "nowhere.csv")
