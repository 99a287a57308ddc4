from __future__ import annotations

import pytest
from hypothesis import given
from strategies import articles

from stancekit.actors import ActorFinder
from stancekit.article import Article
from stancekit.features.context import mention_parts, target_rows
from stancekit.features.rivals import rivals_in
from stancekit.parse import parse_article, speech_of

FINDER = ActorFinder()


def parsed(text: str) -> Article:
    return parse_article(text, finder=FINDER)


def are_rivals(text: str, one: str, other: str, sentence: int) -> bool:
    article = parsed(text)
    actors = {actor.name: actor for actor in article.actors}
    return rivals_in(article)(actors[one], actors[other], sentence)


@pytest.mark.parametrize(
    "blame",
    [
        "Kenya accused Togo of theft.",
        "Togo was condemned by Kenya.",
        "On Monday Kenya again, and loudly, dismissed what Togo had said.",
    ],
)
def test_blame_elsewhere_makes_rivals(blame: str) -> None:
    assert are_rivals(f"{blame} Kenya met Togo.", "Kenya", "Togo", 1)
    assert are_rivals(f"{blame} Kenya met Togo.", "Togo", "Kenya", 1)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya praised Togo. Kenya met Togo.",
        "Kenya accused Peru of theft, and Togo watched. Kenya met Togo.",
        "Kenya met Togo. Kenya was accused. Togo slept.",
        "An attack on Kenya worried Togo. Kenya met Togo.",
    ],
)
def test_nothing_else_does(text: str) -> None:
    assert not are_rivals(text, "Kenya", "Togo", 1)


def test_the_sentence_itself_does_not_count() -> None:
    text = "Kenya accused Togo of theft. Kenya met Togo."
    assert not are_rivals(text, "Kenya", "Togo", 0)
    assert are_rivals(f"{text} Kenya condemned Togo.", "Kenya", "Togo", 0)


def flags(text: str) -> dict[tuple[int, str], bool]:
    """Say of each mention whether it is a feature that the speaker is its rival."""
    article = parsed(text)
    targets = [(mention, actor) for actor in article.actors for mention in actor.mentions]
    rows = target_rows(article, speech_of(article), targets)
    return {
        (mention.sentence, actor.name): any(
            part[0] == "mention:of_rival" for part in mention_parts(row)
        )
        for (mention, actor), row in zip(targets, rows, strict=True)
    }


def test_a_target_of_a_rival_is_a_feature() -> None:
    found = flags("Kenya accused Togo of theft. Kenya said that Togo and Peru had talked.")
    assert found[1, "Togo"]
    assert not found[1, "Peru"]
    assert not found[0, "Togo"]


@given(articles())
def test_rivalry_goes_both_ways(text: str) -> None:
    article = parsed(text)
    is_rival = rivals_in(article)
    for one in article.actors:
        assert not is_rival(one, one, 0)
        assert all(is_rival(one, b, 0) == is_rival(b, one, 0) for b in article.actors)
