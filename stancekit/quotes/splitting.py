"""Sentences as words, each direct quotation one mark: what rules read and names are found in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stancekit.quotes.spans import Quote
from stancekit.quotes.words import Words, read_words
from stancekit.records import Sentence
from stancekit.text import dateline

_DATELINE_WITHIN = 6
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2} ?(?:[ap]\.?m\.?)?:? ?(?:[-–—] )?(?=[\w\"“])")


@dataclass(frozen=True, slots=True)
class SplitSentence:
    """A sentence as words.

    Attributes
    ----------
    sentence
        As it stands in the article.
    words
        Without a dateline or a time of day before them.
    quotes
        The numbers of the quotes in it: of each `QUOTE` of the words, in order.
    """

    sentence: Sentence
    words: Words
    quotes: tuple[int, ...]


def split_sentences(
    text: str, body: Sequence[Sentence], quotes: Sequence[Quote]
) -> list[SplitSentence]:
    """Split sentences into words.

    Parameters
    ----------
    text
        The article.
    body
        Its sentences, without boilerplate.
    quotes
        The stretches in quotation marks, see `stancekit.quotes.spans.direct_quotes`.
    """
    return [_split(text, sentence, inside, quotes) for sentence, inside in _inside(body, quotes)]


def _inside(
    sentences: Sequence[Sentence], quotes: Sequence[Quote]
) -> Iterator[tuple[Sentence, tuple[int, ...]]]:
    """Yield each sentence with the indices of the quotes that touch it."""
    first = 0
    for sentence in sentences:
        while first < len(quotes) and quotes[first].outer_end <= sentence.start:
            first += 1
        last = first
        while last < len(quotes) and quotes[last].outer_start < sentence.end:
            last += 1
        yield sentence, tuple(range(first, last))


def _split(
    text: str, sentence: Sentence, inside: tuple[int, ...], quotes: Sequence[Quote]
) -> SplitSentence:
    line = dateline(sentence.text) if sentence.index < _DATELINE_WITHIN else None
    clock = _CLOCK.match(sentence.text)
    start = sentence.start + (line.end if line else clock.end() if clock else 0)
    inside = tuple(i for i in inside if quotes[i].outer_end > start)
    spans = [(quotes[i].outer_start, quotes[i].outer_end) for i in inside]
    return SplitSentence(sentence, read_words(text, start, sentence.end, spans), inside)
