from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stancekit.interchange.offsets import Mark, resolve

CHEERS = "\N{PARTY POPPER} Oslo cheers Oslo"
characters = st.one_of(st.characters(exclude_categories=["Cs"]), st.just("\N{PARTY POPPER}"))
texts = st.text(characters, min_size=1)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts, st.data())
def test_both_units_lead_to_the_quoted_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    counted = [(start, end), (units(text[:start]), units(text[:end]))]
    for first, last in counted:
        [span] = resolve([(text, Mark(first, last, "neutral", quote))])
        assert span is not None
        assert text[slice(*span)] == quote


@given(st.lists(texts, min_size=1))
def test_unquoted_utf16_units_are_told_by_one_mark_that_ends_its_text(found: list[str]) -> None:
    marked = [(text, Mark(units(text[:-1]), units(text), "neutral")) for text in found]
    marked.append((CHEERS, Mark(15, 19, "neutral")))
    marked.append((CHEERS, Mark(3, 7, "neutral")))
    spans = [(len(text) - 1, len(text)) for text in found]
    assert resolve(marked) == [*spans, (14, 18), (2, 6)]


def test_without_a_quotation_code_points_come_first() -> None:
    assert resolve([(CHEERS, Mark(3, 7, "neutral"))]) == [(3, 7)]


def test_a_mark_that_fits_only_one_unit_is_read_in_it_beside_bad_ones() -> None:
    marks = [Mark(15, 19, "neutral"), Mark(2, 6, "neutral", "Oslo"), Mark(2, 6, "neutral", "Lima")]
    assert resolve([(CHEERS, mark) for mark in marks]) == [(14, 18), (2, 6), None]


def test_half_an_emoji_empty_and_reversed_spans_fit_nothing() -> None:
    party = "\N{PARTY POPPER}" * 2
    marks = [Mark(1, 4, "neutral"), Mark(2, 2, "neutral"), Mark(3, 2, "neutral"), Mark(-1, 1, "x")]
    assert resolve([(party, mark) for mark in marks]) == [None] * 4
