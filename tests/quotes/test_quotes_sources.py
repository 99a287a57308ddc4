from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.quotes.sources import speaking


def spans(text: str, *words: str) -> list[tuple[int, int]]:
    """Find words one after the other."""
    found, at = [], 0
    for word in words:
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at))
    return found


@pytest.mark.parametrize(
    ("text", "sources", "cues", "expected"),
    [
        (
            "The port, usually the quietest of ports, said it rained.",
            ["The port", "the quietest of ports"],
            ["said"],
            ["The port"],
        ),
        (
            "Ana Silva, as she never tires of saying, no friend of rain, replied that it rained.",
            ["Ana Silva", "she", "no friend of rain"],
            ["never tires of saying", "replied"],
            ["Ana Silva", "she"],
        ),
        (
            "Five unions led by Silva demanded rain.",
            ["Five unions", "Silva"],
            ["demanded"],
            ["Five unions"],
        ),
        ("Of the port's board it said little.", ["the port's board it"], ["said"], ["it"]),
        (
            "Privately its officers admit it.",
            ["Privately its officers"],
            ["admit"],
            ["its officers"],
        ),
        ("It rained, and said so.", ["and"], ["said"], []),
        ("Ana Silva and I said so.", ["Ana Silva and I"], ["said"], ["Ana Silva and I"]),
        ("Emily, the mayor, said so.", ["Emily, the mayor,"], ["said"], ["Emily, the mayor,"]),
        (
            "Mr. Berg, usually the quietest of pilots, said it rained.",
            ["Mr. Berg", "the quietest of pilots"],
            ["said"],
            ["Mr. Berg"],
        ),
        (
            "Silva said it rained, and the mayor, Berg, denied it.",
            ["Silva", "the mayor, Berg,"],
            ["said", "denied"],
            ["Silva", "the mayor, Berg,"],
        ),
        (
            "Silva said it rained. The port, the mayor said, was shut.",
            ["Silva", "the mayor"],
            ["said", "said"],
            ["Silva", "the mayor"],
        ),
    ],
)
def test_only_those_who_can_speak_are_kept(text, sources, cues, expected):
    found = speaking(text, spans(text, *sources), spans(text, *cues))
    assert [text[start:end] for start, end in found] == expected


EDGES = st.lists(st.integers(0, 60), unique=True, max_size=10).map(sorted)
TEXTS = st.text(st.sampled_from("ab, .itIe"), min_size=60, max_size=60)


@given(TEXTS, EDGES, EDGES)
def test_what_is_kept_lies_within_what_is_tagged(text, sources, cues):
    tagged = [(a, b) for a, b in zip(sources[::2], sources[1::2], strict=False)]
    cued = [(a, b) for a, b in zip(cues[::2], cues[1::2], strict=False)]
    found = speaking(text, tagged, cued)
    assert found == sorted(found)
    for start, end in found:
        assert start < end
        assert any(left <= start and end == right for left, right in tagged)


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Its warning letter said it rained.", "Its", ["Its warning letter"]),
        ("The same letter, while long, said it rained.", "The", ["The same letter"]),
        ("Her said it rained.", "Her", ["Her"]),
        ("It was not to be named, said it rained.", "not to be named", []),
        ("A firm that lost its hens and said it rained.", "its hens and", []),
    ],
)
def test_what_names_nobody_is_widened_or_left_out(text, source, expected):
    kept = speaking(text, spans(text, source), spans(text, "said"))
    assert [text[start:end] for start, end in kept] == expected


def test_nobody_in_a_relative_clause_speaks_for_the_sentence():
    text = "Lund, which pays for the crew, said it rained."
    kept = speaking(text, spans(text, "Lund", "the crew"), spans(text, "said"))
    assert [text[start:end] for start, end in kept] == ["Lund"]
