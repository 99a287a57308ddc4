"""From text to an article with sentences, actors and quotations."""

from __future__ import annotations

import pytest

from stancekit.actors import ActorFinder
from stancekit.parse import parse_article

TEXT = 'Kenya thanked Togo. "Rates may rise," said Ida Falk, the finance minister of Kenya.'


@pytest.fixture(scope="module")
def finder() -> ActorFinder:
    return ActorFinder()


def test_whoever_is_judged_anybody_may_speak(finder: ActorFinder) -> None:
    article = parse_article(TEXT, finder=finder, actors=["Togo"])
    assert [actor.name for actor in article.actors] == ["Togo"]
    assert [q.speaker.name for q in article.quotations if q.direct and q.speaker] == ["Ida Falk"]
    assert article.quotations == parse_article(TEXT, finder=finder).quotations


def test_an_actor_that_is_not_there_is_named_in_a_note(finder: ActorFinder) -> None:
    article = parse_article(TEXT, finder=finder, actors=["Togo", "Atlantis"])
    assert article.notes == ("no mention of 'Atlantis'",)


def test_a_blank_text_says_so_once(finder: ActorFinder) -> None:
    article = parse_article(" \n", finder=finder, actors=["Togo"])
    assert article.notes == ("no text: nothing but white space was given",)
