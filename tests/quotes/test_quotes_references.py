"""Sources that name nobody themselves, and whom they mean."""

from __future__ import annotations

import pytest

from stancekit.actors import ActorFinder, resolve
from stancekit.quotes import find_quotations
from stancekit.quotes.natures import nature_of
from stancekit.quotes.references import gender_after, is_spokesperson
from stancekit.quotes.words import read_words
from stancekit.records import Quotation
from stancekit.text import split_article


def last_said(text: str) -> Quotation:
    sentences = split_article(text)
    actors = resolve(ActorFinder().find(sentences), sentences)
    return find_quotations(text, sentences, actors)[-1]


def speaker(text: str) -> str:
    found = last_said(text).speaker
    return found.name if found else ""


def test_its_spokesman_speaks_for_the_body_before() -> None:
    text = "The Kelp Company shut its mill. Its spokesman said that orders had collapsed."
    assert speaker(text) == "Kelp Company"


def test_a_bare_spokeswoman_speaks_for_the_body_named_last() -> None:
    text = "The World Bank was less sure. A spokeswoman said that it would wait."
    assert speaker(text) == "World Bank"
    named = "The World Bank was less sure. A spokeswoman for Chile said that it would wait."
    assert speaker(named) == "Chile"


def test_names_inside_a_quotation_are_not_who_says_it() -> None:
    text = (
        "Mr Ola Berg spoke on the steps. He thanked nobody. "
        "“Mr Jon Vik has no shame at all,” he said."
    )
    assert speaker(text) == "Ola Berg"


@pytest.mark.parametrize(
    ("words", "expected"),
    [("a spokesman", True), ("a spokesman for Chile", False), ("a minister", False)],
)
def test_only_unnamed_spokespeople_are_looked_up(words: str, expected: bool) -> None:
    assert is_spokesperson(words.lower().split()) is expected


def test_pronouns_after_names_are_counted() -> None:
    assert gender_after([" said she would go", " lost his hat", " kept her hat"]) == 1
    assert gender_after([" went home"]) == 0


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Two elders were less loyal: one said that it was late.", "Two elders"),
        ("Some sailors said that it rained. They added that it was late.", "Some sailors"),
        ("Some sailors said that it rained. “It is late,” one of them added.", "Some sailors"),
        ("Sailors in Lund hailed the port, but they warned that it was late.", "Sailors in Lund"),
        ("Few in the port like the plan, though many expect that it will pass.", "Few in the port"),
        ("It rained, according to two sailors, one of whom said it was late.", "two sailors"),
        (
            "Some sailors said that it rained. Several guards said that it was late.",
            "Several guards",
        ),
    ],
)
def test_pronoun_for_somebody_unnamed_is_told_by_the_words_before(text: str, source: str) -> None:
    assert last_said(text).source.startswith(source)


def test_source_of_a_resolved_pronoun_stays_as_written() -> None:
    found = last_said("Mr Ola Berg said that it rained. He added that it was late.")
    assert (found.source, found.speaker and found.speaker.name) == ("He", "Ola Berg")


def test_we_is_the_paper_but_for_quotations() -> None:
    text = "The World Bank said that it rained. Tea, we hear, was served late."
    assert last_said(text).speaker is None


def test_those_who_speak_are_no_she() -> None:
    text = "Ms Ida Falk said that it rained. Those who left say little. “It is late,” she added."
    assert speaker(text) == "Ida Falk"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Rain fell on Monday. “We are tired,” said one.", "one"),
        ("The plan failed, and many blamed the mayor.", "many"),
        ("Rain fell all day, police said, and they warned that rivers would rise.", "they"),
        ("Some sailors said that it rained. Others said that it was late.", "Others"),
        ("I think that it is late. “The sea is rising,” she said.", "she"),
    ],
)
def test_a_pronoun_is_not_what_cannot_be_many_nor_the_reporter(text: str, source: str) -> None:
    assert last_said(text).source == source


def test_the_noun_forecast_reports_nothing() -> None:
    text = "The rain forecast for Sunday pleased farmers."
    assert find_quotations(text, split_article(text)) == ()


def test_a_verb_after_a_relative_clause_is_not_that_of_its_subject() -> None:
    text = "The bill, which critics called a farce, warned firms of fines."
    assert last_said(text).source.startswith("The bill")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By the World Bank's own estimate it will rain.", "World Bank"),
        ("It will rain, according to a spokeswoman for the World Bank's.", "World Bank"),
        ("The Dutch brewer said that it rained.", ""),
        ("The Dutch government said that it rained.", "Netherlands"),
    ],
)
def test_an_actor_that_only_qualifies_a_noun_does_not_speak(text: str, name: str) -> None:
    assert speaker(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr Ola Berg's deputy, Mr Jon Vik, went on. “It is late,” he said.", "Jon Vik"),
        ("Mr Ola Berg called it a farce. Talking to Mr Jon Vik, he said it was late.", "Ola Berg"),
        ("Mr Ola Berg said no. Questioned by Mr Jon Vik, for the port, he agreed.", "Ola Berg"),
        ("Mr Ola Berg's plan failed. “It is late,” he said.", "Ola Berg"),
    ],
)
def test_whom_a_pronoun_cannot_mean(text: str, name: str) -> None:
    assert speaker(text) == name


@pytest.mark.parametrize(
    ("words", "nature"),
    [
        ("Her husband, Ivo", "he"),
        ("his sister Ana", "she"),
        ("a spokesman", "he"),
        ("a German", "any"),
    ],
)
def test_nouns_tell_a_gender(words: str, nature: str) -> None:
    assert nature_of(read_words(words, 0, len(words)), None) == nature


def test_a_subject_is_not_the_pronoun_at_the_end_of_its_clause() -> None:
    text = "The council, which owns the old quay and the land behind it, insists that it rained."
    assert last_said(text).source.startswith("The council")


def test_some_of_a_group_may_have_a_clause_of_their_own() -> None:
    text = "Two elders came. “It is late,” said one, who wept."
    assert last_said(text).source == "Two elders"


def test_a_pronoun_within_a_sentence_means_its_subject() -> None:
    text = "A farmer bought a mill that, she said, was worth nothing."
    assert last_said(text).source == "A farmer"
