"""Phrases that mean an actor without naming it, and what speaks for each."""

from __future__ import annotations

import pytest

from stancekit.actors import ActorFinder, Roster, resolve
from stancekit.actors.nouns import noun_of
from stancekit.actors.phrases import Phrase, find_phrases
from stancekit.actors.pointers import Choice, resolve_phrases
from stancekit.actors.resolve import name_all
from stancekit.actors.ties import is_tied
from stancekit.actors.weigh import score, weights
from stancekit.records import Mention
from stancekit.text import split_article


def phrases(text: str) -> list[Phrase]:
    sentences = split_article(text)
    named, _, scene = name_all(ActorFinder().find(sentences), sentences, None, Roster.bundled())
    return list(find_phrases(named, scene, ()))


def meant(text: str) -> dict[str, Mention]:
    sentences = split_article(text)
    found = resolve(ActorFinder().find(sentences), sentences)
    return {one.text: one for actor in found for one in actor.mentions}


@pytest.mark.parametrize(
    ("text", "article", "words"),
    [
        ("Then the deputy mayor left.", "the", ("deputy", "mayor")),
        ("She said her party won.", "his", ("party",)),
        ("Ida Falk’s company fell.", "'s", ("company",)),
        ("Chile’s navy sailed.", "land", ("navy",)),
        ("This minister is late.", "this", ("minister",)),
    ],
)
def test_a_phrase_ends_in_its_noun(text: str, article: str, words: tuple[str, ...]) -> None:
    found = {(one.article, one.words) for one in phrases(text)}
    assert (article, words) in found


def test_offsets_of_phrases_are_those_of_the_article() -> None:
    text = "Talks fail\n\nThe foreign minister of Chile met the union’s president."
    assert {text[one.start : one.end] for one in phrases(text)} >= {
        "The foreign minister",
        "the union",
    }


def test_plural_nouns_stand_for_bodies_of_that_name() -> None:
    assert noun_of("weavers") is None
    found = noun_of("weavers", {"weaver"})
    assert found is not None and found.kind == "members"
    text = "The Weavers' Guild marched on Oslo. It was late. Then the weavers went home."
    assert meant(text)["the weavers"].name == "Weavers' Guild"


def test_a_description_is_pointed_back_to() -> None:
    text = "The airline Zorvex Prime fell. Talks with the Harbour Union failed. The airline wept."
    assert meant(text)["The airline"].name == "Zorvex Prime"


def test_a_phrase_with_a_possessive_is_no_apposition() -> None:
    text = "The Kelp Company fell. Ida Falk, the company’s director, wept."
    assert meant(text)["the company"].name == "Kelp Company"


def test_a_ministry_that_nobody_names_is_that_of_the_article_s_country() -> None:
    text = "Chile raised its rates. Prices in Chile rose. The fisheries ministry was glad."
    found = meant(text)["The fisheries ministry"]
    assert (found.name, found.kind, found.country) == (
        "Fisheries ministry of Chile",
        "institution",
        "Chile",
    )


def test_whoever_decides_is_asked_about_fitting_actors_alone() -> None:
    sentences = split_article("Judge Ida Falk met the Kelp Company. The judge smiled.")
    named, cast, scene = name_all(ActorFinder().find(sentences), sentences, None, Roster.bundled())
    asked: list[Choice] = []
    assert not list(resolve_phrases(named, cast, scene, asked.append))
    assert [[one.name for one, _ in choice.options] for choice in asked] == [["Ida Falk"]]


def test_unknown_signs_weigh_nothing() -> None:
    name, weight = next(iter(weights().items()))
    assert score({name: 2.0, "no such sign": 5.0}) == pytest.approx(2 * weight)


def test_a_bare_ministry_belongs_to_the_country_named_just_before() -> None:
    text = (
        "Chile met Kenya. Chile’s Foreign Ministry praised the deal. "
        "Nairobi was cool. On Monday the Foreign Ministry warned of trouble."
    )
    assert meant(text)["Foreign Ministry"].name == "Foreign Ministry of Kenya"


@pytest.mark.parametrize("phrase", ["the port city", "our country"])
def test_no_city_and_no_speaker_s_country_is_the_article_s(phrase: str) -> None:
    assert phrase not in meant(f"Chile fell. Chile rose. They praised {phrase} at dawn.")


def test_a_bare_ministry_stands_for_the_government() -> None:
    text = "Chile raised its rates. Prices in Chile rose. The ministry was glad."
    assert meant(text)["The ministry"].name == "Chile"
    named = "Chile's Ministry of Ports met Chile's unions. It was late. The ministry was glad."
    assert meant(named)["The ministry"].name.startswith("Ministry of Ports")


@pytest.mark.parametrize("words", ["city council", "provincial police", "transport ministry"])
def test_a_body_of_state_that_nobody_names_is_an_actor(words: str) -> None:
    text = f"A storm broke two bridges. Then the {words} sent boats. They came late."
    found = meant(text)[f"the {words}"]
    assert (found.name, found.kind, found.country) == (words.capitalize(), "institution", "")


def test_a_name_that_only_qualifies_is_part_of_the_phrase() -> None:
    text = (
        "Hopmark Brewery Ltd was fined on Monday. Hopmark Brewery Ltd said it was sorry. "
        "Later the Sydney company promised to pay."
    )
    found = meant(text)
    assert found["the Sydney company"].name == "Hopmark Brewery Ltd"
    assert "Sydney" not in found


def test_the_province_is_the_place_that_the_article_names_most() -> None:
    text = (
        "Drought came to Brimla in May. Farmers in Brimla and in Tosk left. The minister wept. "
        "Aid reached Brimla late, and the province blamed the weather."
    )
    sentences = split_article(text)
    names = [Mention(at, at + 6, "Brimla", sentence.index, "Brimla", "place")
             for sentence in sentences for at in [text.find("Brimla", sentence.start, sentence.end)]
             if at >= 0]  # fmt: skip
    named, cast, scene = name_all(names, sentences, None, Roster.bundled())
    seen: list[Choice] = []

    def watch(choice: Choice) -> None:
        seen.append(choice)

    list(resolve_phrases(named, cast, scene, watch))
    ways = {choice.phrase.words: [set(signs) for _, signs in choice.options] for choice in seen}
    assert any("place" in signs for signs in ways[("province",)])


def test_only_namesakes_are_kin() -> None:
    text = (
        "Ana Ruiz met Ivo Ruiz and Per Dahl in May. It was late. "
        "Ana Ruiz spoke. Then she called her brother a fool."
    )
    sentences = split_article(text)
    named, cast, scene = name_all(ActorFinder().find(sentences), sentences, None, Roster.bundled())
    seen: list[Choice] = []

    def watch(choice: Choice) -> None:
        seen.append(choice)

    list(resolve_phrases(named, cast, scene, watch))
    (choice,) = (one for one in seen if one.phrase.noun.word == "brother")
    kin = {figure.name for figure, signs in choice.options if "kin" in signs}
    assert kin == {"Ana Ruiz", "Ivo Ruiz"}


def test_the_rebels_are_not_the_person_named_beside_them() -> None:
    text = "The Reef Front attacked. A spokesman for the front, Ato Benn, said it won."
    assert meant(text)["the front"].name == "Reef Front"


def test_a_name_that_qualifies_stays_where_the_phrase_means_nobody() -> None:
    found = meant("Rain fell in Chile on Monday. Farmers praised the Sydney company.")
    assert found["Sydney"].name == "Sydney"
    assert "the Sydney company" not in found


@pytest.mark.parametrize("phrase", ["the transport ministry that", "this ministry", "the council"])
def test_what_is_told_no_further_is_no_body_of_state(phrase: str) -> None:
    assert phrase.removesuffix(" that") not in meant(f"Rain fell. Then {phrase} left. It was late.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ato Benn, who leads the Reef Union, wept.", ("Ato Benn", "Reef Union")),
        ("Ato Benn of the Reef Union wept.", ("Ato Benn", "Reef Union")),
        ("Ato Benn, 41, the deputy head of the Reef Union, wept.", ("Ato Benn", "Reef Union")),
        ("The Reef Union's chief executive, Ato Benn, wept.", ("Reef Union", "Ato Benn")),
    ],
)
def test_a_role_ties_a_person_to_a_body(text: str, names: tuple[str, str]) -> None:
    first, second = (mention(text, name) for name in names)
    (sentence,) = split_article(text)
    assert is_tied(first, second, sentence)


@pytest.mark.parametrize(
    "text", ["Ato Benn met the Reef Union.", "Ato Benn, who blamed the Reef Union, wept."]
)
def test_a_deed_ties_nobody(text: str) -> None:
    (sentence,) = split_article(text)
    assert not is_tied(mention(text, "Ato Benn"), mention(text, "Reef Union"), sentence)


def mention(text: str, name: str) -> Mention:
    kind = "person" if name == "Ato Benn" else "organisation"
    start = text.index(name)
    return Mention(start, start + len(name), name, 0, name, kind)


def test_owners_and_their_own_are_told_apart() -> None:
    text = (
        "Ida Falk, who leads the Kelp Party, met Ato Benn of the Reef Party. It was late. "
        "Ida Falk spoke. Her party cheered."
    )
    sentences = split_article(text)
    named, cast, scene = name_all(ActorFinder().find(sentences), sentences, None, Roster.bundled())
    seen: list[Choice] = []

    def watch(choice: Choice) -> None:
        seen.append(choice)

    list(resolve_phrases(named, cast, scene, watch))
    (choice,) = (one for one in seen if one.phrase.words == ("party",))
    assert {one.name for one, signs in choice.options if "tied" in signs} == {"Kelp Party"}


def test_her_government_is_that_of_her_country() -> None:
    text = (
        "Chile met Peru in May. Peru was late, and Peru was sorry. "
        "Peru was praised by the Chilean minister Ida Falk, and Ida Falk thanked her government."
    )
    assert meant(text)["her government"].name == "Chile"


def test_a_town_speaks_for_no_country() -> None:
    text = "Chile raised its rates. Prices in Chile rose. In Sydney the government was blamed."
    assert meant(text)["the government"].name == "Chile"


def test_a_dateline_tells_whose_the_government_is() -> None:
    text = (
        "Talks fail\n\nSANTIAGO, May 3 - Chile met Peru and Chile left. Peru was glad of it. "
        "Peru smiled. It rained. At home the government was praised."
    )
    assert meant(text)["the government"].name == "Chile"


def test_a_body_of_no_told_country_may_be_that_of_any() -> None:
    text = "The Reef Authority met in May. Prices in Chile rose. Then the Chilean regulator spoke."
    sentences = split_article(text)
    named, cast, scene = name_all(ActorFinder().find(sentences), sentences, None, Roster.bundled())
    seen: list[Choice] = []

    def watch(choice: Choice) -> None:
        seen.append(choice)

    list(resolve_phrases(named, cast, scene, watch))
    (choice,) = (one for one in seen if one.phrase.words == ("regulator",))
    assert {one.name for one, signs in choice.options if "of no land" in signs} == {
        "Reef Authority"
    }


def test_an_adjective_is_part_of_the_name_of_a_body_of_state() -> None:
    text = (
        "The Supreme Court of Chile met in May. It rained. The Supreme Court of Chile spoke. "
        "Later the Chilean court adjourned."
    )
    found = meant(text)
    assert found["the Chilean court"].name.startswith("Supreme Court")
    assert "Chilean" not in found


def test_the_noun_after_a_name_describes_it() -> None:
    text = "Brimla council met in May. Brimla council was glad. It rained. Then the council left."
    names = [Mention(at, at + 6, "Brimla", sentence.index, "Brimla", "place")
             for sentence in split_article(text)
             for at in [text.find("Brimla", sentence.start, sentence.end)] if at >= 0]  # fmt: skip
    found = resolve(names, split_article(text))
    assert {one.text: one.name for actor in found for one in actor.mentions}[
        "the council"
    ] == "Brimla"
