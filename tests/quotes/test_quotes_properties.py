from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stancekit.quotes import find_quotations, sentence_speech
from stancekit.text import split_article

PIECES = (
    *("“", "”", '"', "'", "‘", "’", " said", " he", " Kim", ",", ".", "\n", " that", ":", " told"),
    *(" according to", " saying", " who", " officials", " on Monday", " and", " (", ")", " it"),
    *(" —", " by", " whose", " one", " of them", " praised", " accused", " criticism from"),
)
NEWSY = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(st.text(max_size=80) | NEWSY)
@example("\ud800 said \x00 “")
@example("'" * 50)
@example("Saying —")
def test_any_text_gives_spans_in_order(text: str) -> None:
    sentences = split_article(text)
    found = find_quotations(text, sentences, ())
    assert [q.start for q in found] == sorted(q.start for q in found)
    assert all(text[q.start : q.end].strip() for q in found)
    speeches = sentence_speech(sentences, found)
    assert len(speeches) == len(sentences)
    assert all(0 <= s.quoted <= s.reported <= 1 for s in speeches)


@pytest.mark.parametrize("piece", ['"', "“", "'a ", " said", "Kim, ", "according to "])
def test_a_large_text_of_marks_and_cues_is_read(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert find_quotations(text, split_article(text), ()) is not None
