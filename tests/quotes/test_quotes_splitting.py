from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.quotes.find import paragraph_spans
from stancekit.quotes.naming import Sources
from stancekit.quotes.spans import direct_quotes
from stancekit.quotes.splitting import SplitSentence, split_sentences
from stancekit.quotes.words import QUOTE
from stancekit.text import split_article

PIECES = ("“", "”", '"', "We wait", " said Ola", ". ", "\n\n", "OSLO, May 3 - ", "10:30 ")


def split(text: str) -> list[SplitSentence]:
    sentences = split_article(text)
    return split_sentences(text, sentences, direct_quotes(text, paragraph_spans(sentences)))


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_words_are_those_of_the_text_and_each_mark_is_a_quotation(text: str) -> None:
    quotes = direct_quotes(text, paragraph_spans(split_article(text)))
    for one in split(text):
        words = one.words
        for form, start, end in zip(words.forms, words.starts, words.ends, strict=True):
            assert text[start:end] == form
            assert one.sentence.start <= start < end <= one.sentence.end
        marked = [at for at, low in enumerate(words.lows) if low == QUOTE]
        for number, at in zip(one.quotes, marked, strict=True):
            assert quotes[number].outer_start < words.ends[at]
            assert words.starts[at] < quotes[number].outer_end


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("OSLO, May 3 - Ships left.", "Ships"),
        ("10:30 a.m.: Ships left.", "Ships"),
        ("Ships left at 10:30.", "Ships"),
    ],
)
def test_words_begin_after_a_dateline_and_a_time_of_day(text: str, first: str) -> None:
    assert split(text)[0].words.forms[0] == first


def test_sources_are_words_and_nobody() -> None:
    text = "Ola Berg, who leads the board, said no."
    (one,) = split(text)
    words = one.words
    at = words.lows.index("who")
    voice = Sources(text, [words]).resolve(words, at, at + 4)
    assert (voice.source, voice.start, voice.actor) == ("Ola Berg", 0, None)
    assert Sources(text, [words]).resolve(words, 3, 3).source == ""
