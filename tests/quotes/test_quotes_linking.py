from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.quotes.attributions import NOWHERE
from stancekit.quotes.linking import Tags, gap, inside, nearest_words, overlapping

EDGES = st.lists(st.integers(0, 60), unique=True, max_size=12).map(sorted)
SPANS = EDGES.map(lambda e: [(a, b) for a, b in zip(e[::2], e[1::2], strict=False)])


@given(SPANS, st.integers(0, 60), st.integers(1, 20))
def test_overlapping_and_inside_are_what_a_plain_search_finds(spans, start, size):
    end = start + size
    assert overlapping(spans, start, end) == [s for s in spans if s[0] < end and start < s[1]]
    assert inside(spans, start, end) == [s for s in spans if start <= s[0] and s[1] <= end]


@pytest.mark.parametrize(
    ("one", "other", "between"), [((0, 3), (5, 9), 2), ((5, 9), (0, 3), 2), ((0, 5), (5, 9), 0)]
)
def test_gap(one, other, between):
    assert gap(one, other) == between


def test_each_content_takes_the_words_beside_it():
    tags = Tags(sources=[(0, 3), (40, 43)], cues=[(4, 8), (44, 48)])
    assert nearest_words((9, 30), (0, 80), tags) == ((4, 8), (0, 3))
    assert nearest_words((50, 70), (0, 80), tags) == ((44, 48), (40, 43))


def test_words_of_other_sentences_are_not_taken():
    tags = Tags(sources=[(0, 3)], cues=[(4, 8)])
    assert nearest_words((20, 30), (10, 40), tags) == (NOWHERE, NOWHERE)


def test_words_inside_of_what_is_said_do_not_report_it():
    tags = Tags(sources=[(12, 15), (41, 44)], cues=[(16, 20), (45, 49)])
    assert nearest_words((10, 40), (0, 60), tags) == ((45, 49), (41, 44))


@given(SPANS, SPANS, st.integers(0, 50))
def test_what_is_taken_is_tagged_and_lies_outside(sources, cues, start):
    unit = (start, start + 8)
    cue, source = nearest_words(unit, (0, 60), Tags(sources, cues))
    assert cue == NOWHERE or cue in cues
    assert source == NOWHERE or source in sources
    for found in (cue, source):
        assert found == NOWHERE or found[1] <= unit[0] or found[0] >= unit[1]
