"""Speakers that are some of a group: "Two elders came. One said"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stancekit.quotes import find_quotations
from stancekit.quotes.linking import Tags
from stancekit.quotes.spans import direct_quotes
from stancekit.quotes.tagged import attribute_by_tags
from stancekit.quotes.voices import Voices
from stancekit.quotes.words import read_words
from stancekit.records import Actor
from stancekit.text import split_article


def said(text: str, *actors: Actor) -> list[str]:
    found = find_quotations(text, split_article(text), actors)
    return [one.speaker.name if one.speaker else one.source for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mill workers marched on Monday. “We are tired,” said one.", "Mill workers"),
        (
            "Officials said it was safe. Two elders came. One said the well was dry.",
            "Two elders",
        ),
        ("Lawmakers said it passed. Farmers left. Several said they would stay.", "Farmers"),
        ("Analysts told voters that rates rose. One of them said it was late.", "Analysts"),
        ("Lawmakers said it passed. Two ships sank. One of them said yes.", "Lawmakers"),
        ("There were, it seems, flickers of shame: one said it was late.", "one"),
        ("Two elders came. Some say that it is late.", "Some"),
    ],
)
def test_one_is_of_the_group_that_the_narrator_told_of_last(text: str, expected: str) -> None:
    assert said(text)[-1] == expected


def test_he_who_follows_one_of_a_group_is_that_one(actor_in: Callable[..., Actor]) -> None:
    text = (
        "Mr Omar Bale said help was near. He met two elders at the gate, and one said the well "
        "was dry. “It was the mine,” he added."
    )
    bale = actor_in(text, "Omar Bale")
    assert said(text, bale) == ["Omar Bale", "two elders", "two elders"]


@pytest.mark.parametrize("rest", ["One said the well was dry.", "One hopes it will rain."])
def test_tagged_sources_find_their_group_too(rest: str) -> None:
    text = f"Officials said it was safe. Two elders came to the gate. {rest}"
    at = text.index(rest)
    body = split_article(text)
    end = text.index(" ", at + 4)
    tags = Tags([(0, 9), (at, at + 3)], [(10, 14), (at + 4, end)], [(end + 1, len(text) - 1)])
    voices = Voices(text, [read_words(text, one.start, one.end) for one in body], ())
    quotes = direct_quotes(text, [(0, len(text))])
    found = attribute_by_tags(text, body, quotes, tags, (), voices)[-1].owner.voice
    expected = "Two elders" if "said" in rest else ""
    assert found.named == expected
    assert bool(found.source) == bool(expected)


@pytest.mark.parametrize(
    "text",
    ["It will not, one suspects, trouble anyone.", "A phrase, one feels, that pleased him."],
)
def test_one_who_feels_is_nobody(text: str) -> None:
    assert said(text) == []
