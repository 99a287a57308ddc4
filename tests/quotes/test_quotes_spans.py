from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.quotes.spans import direct_quotes, is_phrase

MARKS = st.text(alphabet="\"'“”‘’«»„`ab ,.\n", max_size=60)


def contents(text: str) -> list[str]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return [text[q.start : q.end] for q in direct_quotes(text, lines)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We wait,” she said.", ["We wait,"]),
        ('"We wait," she said, "for rain."', ["We wait,", "for rain."]),
        ("«We wait», she said.", ["We wait"]),
        ("„We wait“, she said.", ["We wait"]),
        ("''We wait,'' she said.", ["We wait,"]),
        ("``We wait,'' she said.", ["We wait,"]),
        ("'We wait,' she said. 'Don't ask.'", ["We wait,", "Don't ask."]),
        ("‘We wait,’ she said. ‘Don’t ask.’", ["We wait,", "Don’t ask."]),
        ("The dockers' union said 'we won't move'.", ["we won't move"]),
        ("He called 'the dockers' demands absurd' again.", ["the dockers' demands absurd"]),
        ("Rock 'n' roll of the '80s isn't gone.", []),
        ("“She told me ‘never’ and left,” he said.", ["She told me ‘never’ and left,"]),
        ("\"She told me 'never' and left,\" he said.", ["She told me 'never' and left,"]),
        ("'She told me “never” and left,' he said.", ["She told me “never” and left,"]),
        ("A 6'2\" guard watched.", []),
    ],
)
def test_marks_of_every_kind(text: str, expected: list[str]) -> None:
    assert contents(text) == expected


def test_open_quote_ends_with_its_paragraph() -> None:
    text = "“One thing is sure, he said.\nNobody spoke. “Fine,” she said."
    assert contents(text) == ["One thing is sure, he said.", "Fine,"]


def test_reopened_quote_is_one_stretch_a_paragraph() -> None:
    text = "“First we build.\n“Then we sell,” she said."
    quotes = direct_quotes(text, [(0, 16), (17, len(text))])
    assert [(text[q.start : q.end], q.closes) for q in quotes] == [
        ("First we build.", False),
        ("Then we sell,", True),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("frozen", True),
        ("a frozen conflict", True),
        ("Never again.", False),
        ("a conflict that nobody can end", False),
        ("The Long Way Home", True),
    ],
)
def test_scare_quotes_and_titles_are_phrases(content: str, expected: bool) -> None:
    text = f"It was “{content}” there."
    (quote,) = direct_quotes(text, [(0, len(text))])
    assert is_phrase(text, quote) is expected


@given(MARKS)
def test_quotes_are_inside_in_order_and_apart(text: str) -> None:
    quotes = direct_quotes(text, [(0, len(text))])
    edges = [e for q in quotes for e in (q.outer_start, q.start, q.end, q.outer_end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We build. "We sell," she said.', ["We build.", "We sell,"]),
        ("“We build. “We sell,” she said.", ["We build.", "We sell,"]),
        ('"We build," he said. "We sell."', ["We build,", "We sell."]),
        ('"We build. " She left. "We sell."', ["We build.", "We sell."]),
    ],
)
def test_a_mark_that_opens_a_sentence_closes_nothing(text: str, expected: list[str]) -> None:
    assert contents(text) == expected


def test_what_a_mark_opens_again_was_not_closed() -> None:
    text = '"We build. "We sell," she said.'
    assert [q.closes for q in direct_quotes(text, [(0, len(text))])] == [False, True]
