"""Speakers whom another sentence names: who goes on to speak, or is told of before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stancekit.quotes import find_quotations
from stancekit.records import Actor, Quotation
from stancekit.text import split_article


def quotations(text: str, *actors: Actor) -> tuple[Quotation, ...]:
    return find_quotations(text, split_article(text), actors)


def sources(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.source) for one in quotations(text)]


def test_who_speaks_of_himself_goes_on_after_a_pause() -> None:
    text = (
        "“I saw the light,” Aune said. “I thought it was the harbour.”\n"
        "The ferry sank in ten minutes.\n“I swam for an hour. I lost both shoes.”"
    )
    assert {source for _, source in sources(text)} == {"Aune"}


@pytest.mark.parametrize(
    ("pause", "quote", "expected"),
    [
        ("The ferry sank.", "Nobody came to help us.", ""),
        ("The ferry sank. Rain fell. It was dark. The sea rose.", "I swam.", ""),
        ("Her deputy stood by.", "I was not told.", "Her deputy"),
        ("Then Berit Lund rose.", "I was not told.", "Berit Lund"),
        ("Her deputy stood by. The sea rose.", "I was not told of it.", ""),
    ],
)
def test_a_bare_quote_is_of_whom_the_sentence_before_tells(
    pause: str, quote: str, expected: str
) -> None:
    text = f"“I saw the light,” Aune said. {pause} “{quote}”"
    assert sources(text)[-1][1] == expected


def test_a_statement_of_many_paragraphs_keeps_its_speaker() -> None:
    text = (
        "Nils Aune told the inquiry: “I saw the light. I told the mate.”\n"
        "“I said to him, turn round. I thought he heard.”\n“I know now that he had not.”"
    )
    assert {source for _, source in sources(text)} == {"Nils Aune"}


def test_her_words_are_those_of_the_woman_named(actor_in: Callable[..., Actor]) -> None:
    text = "Ms Ida Falk said it rained. The permits would, in her words, be “still in a drawer”."
    assert quotations(text, actor_in(text, "Ida Falk"))[-1].speaker is not None


def test_there_is_nobody() -> None:
    assert all(
        source != "There" for _, source in sources("There is a “deep and old quarrel” here.")
    )


def test_whose_envoy_speaks_himself() -> None:
    text = "Malaysia, whose envoy, Ana Ruiz, says that it is late, left."
    assert "Ana Ruiz" in sources(text)[0][1]
    text = "The port, whose workers never rest, said that it was late."
    assert sources(text)[0][1].startswith("The port")
