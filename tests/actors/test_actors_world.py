"""Articles of many newsrooms: what the world calls its bodies, and who is who among namesakes."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from stancekit.actors import ActorFinder, Roster, resolve
from stancekit.actors.cast import Cast, Person, family_names
from stancekit.actors.founding import holder_of, unnamed
from stancekit.actors.lexicon import lexicon
from stancekit.actors.nouns import noun_of
from stancekit.actors.people import Scene
from stancekit.actors.phrases import Phrase
from stancekit.actors.spelling import bare
from stancekit.records import Mention
from stancekit.text import split_article


def said(text: str, date: str | None = "2026-03-01") -> list[Mention]:
    sentences = split_article(text)
    found = resolve(ActorFinder().find(sentences), sentences, date=date)
    return sorted((m for one in found for m in one.mentions), key=lambda one: one.start)


def meant(text: str, date: str | None = "2026-03-01") -> dict[str, str]:
    return {one.text: one.name for one in said(text, date)}


@pytest.mark.parametrize(
    ("name", "phrase", "actor"),
    [
        ("NATO", "the alliance", "NATO"),
        ("NATO", "the bloc", "NATO"),
        ("The European Union", "the 27-nation bloc", "European Union"),
        ("ASEAN", "the grouping", "ASEAN"),
        ("OPEC", "the bloc", "OPEC"),
        ("OPEC", "the cartel", "OPEC"),
        ("The IMF", "the lender", "International Monetary Fund"),
        ("Hezbollah", "the movement", "Hezbollah"),
        ("The Rapid Support Forces", "the paramilitary force", "Rapid Support Forces"),
        ("Amnesty International", "the rights group", "Amnesty International"),
        ("Novartis", "the drugmaker", "Novartis"),
        ("UNHCR", "the agency", "UN High Commissioner for Refugees"),
    ],
)
def test_the_world_s_word_for_a_body_points_back_to_it(name: str, phrase: str, actor: str) -> None:
    text = f"{name} met envoys in Oslo on Monday. It rained. Then {phrase} rejected the plan."
    assert meant(text).get(phrase) == actor


def test_what_bodies_are_called_names_bodies_of_the_roster() -> None:
    path = resources.files("stancekit.actors") / "data" / "called.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    known = {one.actor for one in Roster.bundled().aliases}
    assert {name for names in table.values() for name in names} <= known
    forms = {one: (one, f"{one}s", f"{one[:-1]}ies") for one in table}
    assert [one for one, words in forms.items() if not any(map(noun_of, words))] == []
    assert lexicon().called["OPEC"] >= {"bloc", "cartel"}


def test_a_coalition_that_the_roster_calls_otherwise_is_pointed_back_to() -> None:
    text = "Civic Coalition won in May. Then the coalition gained two seats."
    assert meant(text)["the coalition"] == "Civic Platform"


def test_no_army_of_state_is_an_armed_group() -> None:
    text = (
        "The National Liberation Army raided Colombia on Monday. Colombia wept. "
        "The army said the rebels fled."
    )
    found = meant(text)
    assert found["The army"] == "Army of Colombia"
    assert found["the rebels"] == "National Liberation Army"


@pytest.mark.parametrize(
    ("phrase", "name"), [("former president", "Rodrigo Duterte"), ("president", "Ferdinand Marcos")]
)
def test_a_former_president_holds_the_office_no_more(phrase: str, name: str) -> None:
    text = (
        "Rodrigo Duterte fell ill on Monday. Ferdinand Marcos Jr. was told of it. "
        f"A doctor saw the {phrase} at noon."
    )
    assert meant(text)[f"the {phrase}"].startswith(name)


def test_the_text_tells_who_held_an_office_before() -> None:
    text = (
        "Ato Benn, a former governor, sued the state. Governor Ida Falk laughed. "
        "Later the former governor wept."
    )
    assert meant(text)["the former governor"] == "Ato Benn"


def test_an_age_points_back_to_whom_it_stands_beside() -> None:
    text = (
        "Ato Benn, 58, hit Ida Falk, 43, in May. The 58-year-old spoke. The 43-year-old was hurt. "
        "The 70-year-old bridge shook."
    )
    found = meant(text)
    assert (found["The 58-year-old"], found["The 43-year-old"]) == ("Ato Benn", "Ida Falk")
    assert not any("70" in words for words in found)


def test_pm_is_the_prime_minister() -> None:
    text = "Prime Minister Ida Falk met Ato Benn. Benn told the PM to go."
    assert meant(text)["the PM"] == "Ida Falk"


@pytest.mark.parametrize("link", [", known as the {},", ", or {},", ", the {},", " ({})"])
def test_an_abbreviation_is_introduced_in_many_ways(link: str) -> None:
    short = link.format("KZQ")
    text = f"The Kelp Growers Federation{short} met in Oslo. It rained. KZQ left."
    assert meant(text)["KZQ"] == "Kelp Growers Federation"


def test_only_a_lone_abbreviation_is_introduced_by_a_comma() -> None:
    text = "The Kelp Growers Federation, the Reef Union, and Ida Falk met in Oslo."
    assert meant(text)["Reef Union"] == "Reef Union"


@pytest.mark.parametrize("form", ["al-Zarmi", "Al-Zarmi", "El-Zarmi", "Zarmi"])
def test_an_arabic_article_is_written_in_many_ways(form: str) -> None:
    assert bare(form) == "Zarmi"
    words = ("Mahmoud", "al-Zarmi")
    person = Person("Mahmoud al-Zarmi", words, family_names(words))
    cast = Cast()
    cast.add(person)
    assert list(cast.called(form)) == [person]
    assert person.bears(form)


def test_a_sentence_may_begin_with_an_arabic_article() -> None:
    text = "Mahmoud al-Zarmi met Ida Falk in Oslo. Al-Zarmi said no. Falk said yes."
    assert meant(text)["Al-Zarmi"] == "Mahmoud al-Zarmi"


def test_a_verb_is_no_title() -> None:
    text = (
        "President Lee Jae Myung spoke. Lee Chang-soo, a professor in Busan, disagreed. "
        "Ida Falk accused Lee of haste."
    )
    assert meant(text)["Lee"] == "Lee Jae Myung"


def test_who_is_quoted_speaks_of_another() -> None:
    text = (
        "Chairwoman Ida Falk resigned. Ato Falk, a farmer, was glad. “She fled,” said a neighbour. "
        "Mr Falk smiled."
    )
    assert meant(text)["Falk"] == "Ato Falk"


@pytest.mark.parametrize("land", ["Togo", "Nepal", "Peru"])
def test_a_minister_without_a_name_is_an_actor_of_that_country(land: str) -> None:
    found = said(f"Rates will fall, the foreign minister of {land} said. The minister smiled.")
    (one,) = (m for m in found if m.text.startswith("the foreign minister"))
    assert (one.kind, one.country, one.name) == ("person", land, f"Foreign minister of {land}")
    assert found[-1].name == one.name


def test_only_offices_of_many_countries_are_held_without_a_name() -> None:
    found = meant("The rodeo minister of Peru left Lima on Monday.")
    assert not any("minister" in name for name in found.values())
    assert "foreign minister" in Roster.bundled().shared_offices


@pytest.mark.parametrize("phrase", ["the Peruvian foreign minister", "Peru’s foreign minister"])
def test_an_apposition_brings_in_no_second_minister(phrase: str) -> None:
    found = meant(f"Talks went on. Ida Falk, {phrase}, said it was late.")
    assert "Foreign minister of Peru" not in found.values()


def test_a_minister_of_unknown_country_may_be_the_one_meant() -> None:
    found = meant("Foreign Minister Ida Falk flew in. The foreign minister of Togo smiled.")
    assert "Foreign minister of Togo" not in found.values()


def test_a_phrase_without_a_country_brings_in_nobody() -> None:
    noun = noun_of("minister")
    assert noun is not None
    phrase = Phrase(0, 12, 0, ("foreign", "minister"), noun, "the")
    scene = Scene({}, {}, Roster.bundled(), None)
    assert holder_of(phrase, scene) is None
    assert unnamed(phrase, (), scene) is None


def test_a_court_s_country_may_follow_it() -> None:
    found = said("The Supreme Court of Chile spoke. Peru met the Senate.")
    assert {one.text: one.country for one in found if one.kind == "institution"} == {
        "Supreme Court": "Chile",
        "Senate": "",
    }


def test_what_the_president_of_elsewhere_did_tells_nothing_of_the_president() -> None:
    text = (
        "President Ida Falk spoke in Peru on Monday. Falk said that Peru was calm. "
        "Kenyan President Ato Benn disagreed. The Kenyan president laughed. "
        "Peru’s senators backed the president."
    )
    found = meant(text)
    assert found["The Kenyan president"] == "Ato Benn"
    assert found["the president"] == "Ida Falk"


def test_past_offices_depend_on_the_date() -> None:
    roster = Roster.bundled()
    office = "President of the Philippines"
    assert office in roster.past("Rodrigo Duterte", "2026-03-01")
    assert office not in roster.past("Rodrigo Duterte", "2020-03-01")
