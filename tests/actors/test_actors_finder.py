from __future__ import annotations

import pytest

from stancekit.actors import ActorFinder, Alias, Roster
from stancekit.records import Mention
from stancekit.text import split_article

FINDER = ActorFinder()


def find(text: str) -> dict[str, Mention]:
    return {mention.text: mention for mention in FINDER.find(split_article(text))}


def kinds(text: str) -> dict[str, str]:
    return {words: mention.kind for words, mention in find(text).items()}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Then J. D. Vance arrived.", "J. D. Vance"),
        ("It was Pieter van der Molen who objected.", "Pieter van der Molen"),
        ("We met Layla al-Haddadi there.", "Layla al-Haddadi"),
        ("The speech of Jean-Noel Barbotin was short.", "Jean-Noel Barbotin"),
        ("In the end Foreign Minister Oona Virtala signed.", "Oona Virtala"),
        ("The finding surprised Prof. Quennell greatly.", "Quennell"),
        ("Reporters asked Kim Ha-neul about it.", "Kim Ha-neul"),
        ("They praised Siân Ó Brolcháin.", "Siân Ó Brolcháin"),
    ],
)
def test_people_the_roster_lacks(text: str, name: str) -> None:
    assert kinds(text).get(name) == "person", kinds(text)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("He leads the Coastal Fishers' Guild.", "Coastal Fishers' Guild", "organisation"),
        ("She joined the People's Granary Party.", "People's Granary Party", "party"),
        ("It was the Bank of Ruritania that fell.", "Bank of Ruritania", "company"),
        (
            "Then the Ministry of Youth and Sports fell.",
            "Ministry of Youth and Sports",
            "institution",
        ),
        ("Shares of Norrland Timber Corp rose.", "Norrland Timber Corp", "company"),
        ("The Azure Liberation Front fled.", "Azure Liberation Front", "armed_group"),
        ("She leads the Azure Valley Front.", "Azure Valley Front", "organisation"),
        ("He is an analyst at Larch Fund Management.", "Larch Fund Management", "company"),
        ("It was news to the Royal College of Vets.", "Royal College of Vets", "organisation"),
        ("He fell out with the airline Tasman Kite.", "Tasman Kite", "company"),
    ],
)
def test_bodies_the_roster_lacks(text: str, name: str, kind: str) -> None:
    assert kinds(text).get(name) == kind, kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "However, officials were silent.",
        "Officials on Monday said nothing in January.",
        "The World Cup and the Grand Prix were postponed.",
        "Nice weather is expected.",
        "In March, May and August it rained.",
        "The CEO spoke of GDP on TV.",
        "What Have We Learned From All This Trouble?",
        "WHO KNOWS WHAT IT MEANS FOR US ALL",
    ],
)
def test_capitals_that_name_nobody(text: str) -> None:
    assert kinds(text) == {}


def test_metonyms_say_why() -> None:
    found = find("Seoul thanked the Dutch, and the Kremlin said Tokyo was wrong.")
    assert {words: (m.name, m.why) for words, m in found.items()} == {
        "Seoul": ("South Korea", "capital used for the government of South Korea"),
        "Dutch": ("Netherlands", "demonym of Netherlands"),
        "Kremlin": ("Russia", "seat of power used for Russia"),
        "Tokyo": ("Japan", "capital used for the government of Japan"),
    }


def test_capital_after_in_is_a_city_but_not_where_officials_sit() -> None:
    assert find("They met in Tokyo.")["Tokyo"].kind == "place"
    assert find("Officials in Tokyo objected.")["Tokyo"].name == "Japan"


def test_alias_of_two_actors_goes_where_the_article_is() -> None:
    assert find("Voters in Georgia will decide.")["Georgia"].country == ""
    caucasus = find("Tbilisi protested. Georgia recalled its envoy.")["Georgia"]
    assert (caucasus.name, caucasus.kind) == ("Georgia", "country")
    south = find("Atlanta and Savannah flooded; in Texas and Ohio, too. Georgia asked for help.")
    assert south["Georgia"].name == "Georgia (US state)"
    assert "rather than Georgia" in south["Georgia"].why


def test_country_name_that_is_a_surname_here() -> None:
    found = find("Striker Leroy Jordan scored. Jordan limped off.")
    assert found["Jordan"].kind == "person"
    assert "rather than Jordan" in found["Jordan"].why
    assert find("Jordan and Chad agreed.")["Chad"].kind == "country"
    assert kinds("Chad Whitlock ran.") == {"Chad Whitlock": "person"}


def test_ministry_stands_apart_from_its_country() -> None:
    assert kinds("The German Foreign Ministry declined.") == {
        "German": "country",
        "Foreign Ministry": "institution",
    }


def test_headline_in_capitals_trusts_names_of_the_body() -> None:
    text = "VIRTALA WARNS JAPAN ABOUT NORDIC PIPES\nFoundry owner Oona Virtala warned Japan."
    first, second, *_ = FINDER.find(split_article(text))
    assert (first.text, first.kind) == ("VIRTALA", "person")
    assert (second.text, second.name) == ("JAPAN", "Japan")


def test_datelines_and_boilerplate_name_nobody() -> None:
    text = (
        "Ferry late\nOSLO, Jan 12 (Agency) - Ferries stopped.\nRelated Posts\nTrump and Putin meet"
    )
    assert FINDER.find(split_article(text)) == ()


def test_single_unknown_word_needs_a_reason() -> None:
    assert kinds("A word like Quorble means nothing.") == {}
    assert kinds("Lithora said it was ready. Analysts like Lithora.") == {"Lithora": "organisation"}
    assert kinds("The road to Ferbane is closed.") == {"Ferbane": "place"}


def test_short_form_points_back() -> None:
    found = FINDER.find(split_article("Nagawa Precision Corp grew. Sales at Nagawa doubled."))
    assert [m.name for m in found] == ["Nagawa Precision Corp"] * 2


def test_results_in_a_table_are_teams() -> None:
    assert kinds("Quaymouth 3 1 0 2 4 5") == {"Quaymouth": "organisation"}


def test_own_roster() -> None:
    finder = ActorFinder(Roster([Alias("the Duchess", "Grand Fenwick", "country")]))
    (mention,) = finder.find(split_article("Nobody but the Duchess knew."))
    assert (mention.text, mention.name) == ("Duchess", "Grand Fenwick")


@pytest.mark.parametrize(
    "text", ["", " \n ", "\x00", "\ud800", "🙂🙂", "한국 정부는 말했다.", "قال الرئيس."]
)
def test_strange_text_names_nobody(text: str) -> None:
    assert FINDER.find(split_article(text)) == ()


def test_a_sum_of_money_is_no_actor() -> None:
    assert kinds("The repair will cost NZ$12 million, Dr Ida Falk said.") == {"Ida Falk": "person"}


def test_a_full_name_stays_a_person_after_a_preposition() -> None:
    text = "Mr Brann Tollund spoke. Eyes turned to Brann Tollund."
    found = FINDER.find(split_article(text))
    assert [mention.kind for mention in found] == ["person", "person"]


def test_a_party_abroad_is_not_the_roster_s() -> None:
    text = "Votes are counted in Fiji today. Nobody leads yet. Few in the capital like Labour."
    assert "Labour" not in kinds(text)
    assert find(text.replace("Fiji", "Scotland"))["Labour"].name == "Labour Party"


@pytest.mark.parametrize("word", ["Strait", "Delta", "Harbour", "Islands", "River"])
def test_a_word_of_terrain_alone_is_no_place(word: str) -> None:
    found = kinds(f"Ships left the {word}. They met in the {word} near Orla {word}.")
    assert found == {f"Orla {word}": "place"}
    assert kinds("Boats fled down the Nile.") == {"Nile": "place"}
