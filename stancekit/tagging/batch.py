"""Several texts to tag at once: what taggers see of them, and spans from the tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeVar

import numpy as np

from stancekit.tagging.chain import Floats, Ints, Walk
from stancekit.tagging.columns import (
    column_matrix,
    column_names,
    columns_of_texts,
    vectors_of_texts,
)
from stancekit.tagging.texts import ReadText, Vectors
from stancekit.tagging.training import Sight
from stancekit.tagging.words import look_at

Values = TypeVar("Values", Ints, Floats)


class Run(NamedTuple):
    """A span in words, counted over all texts.

    Attributes
    ----------
    first, last
        The first word, and the one after the last.
    goes_on
        The tag of its words but the first.
    text
        Number of the text.
    """

    first: int
    last: int
    goes_on: int
    text: int


class Batch:
    """Texts with their words, and what taggers see of them, each sort of sight once.

    Parameters
    ----------
    texts
        As the encoder reads them.

    Attributes
    ----------
    offsets
        Of each text's words in its characters, shape (n_words, 2).
    starts, ends
        The first word of each text and the one after its last, counted over all texts.
    walk
        Over the texts.
    """

    def __init__(self, texts: Sequence[ReadText]) -> None:
        self.texts = texts
        looks = [look_at(text.text) for text in texts]
        self.offsets = [one.offsets for one in looks]
        lengths = np.array([len(one) for one in self.offsets], dtype=np.intp)
        self.ends = np.cumsum(lengths)
        self.starts = self.ends - lengths
        self.walk = Walk.over(lengths.tolist())
        self._begins = [*chain.from_iterable(one.starts for one in looks)]
        self._finishes = [*chain.from_iterable(one.ends for one in looks)]
        self._sights: dict[tuple[str, ...], Sight] = {}

    def sight(self, reach: int, marks: Sequence[str]) -> Sight:
        """Return what a tagger with this reach and these marks sees."""
        key = tuple(marks)
        if key not in self._sights:
            columns = columns_of_texts(self.texts, marks)
            matrix = column_matrix(columns, len(column_names(key)))
            self._sights[key] = Sight(self.vectors, matrix, self.ends - self.starts, reach)
        return replace(self._sights[key], reach=reach)

    @cached_property
    def vectors(self) -> Vectors:
        """Vectors of the words, shape (n_words, width)."""
        return vectors_of_texts(self.texts)

    def in_text_order(self, values: Values) -> Values:
        """Bring rows from the order of the walk to that of the texts."""
        ordered = np.empty_like(values)
        ordered[self.walk.rows] = values
        return ordered

    def runs(self, tags: Ints) -> Iterator[Run]:
        """Yield the spans that tags stand for; tags come in the order of the texts."""
        firsts = np.flatnonzero(tags % 2 == 1)
        texts = np.searchsorted(self.starts, firsts, side="right") - 1
        found = zip(firsts.tolist(), texts.tolist(), self.ends[texts].tolist(), strict=True)
        listed = tags.tolist()
        for first, text, end in found:
            goes_on, last = listed[first] + 1, first + 1
            while last < end and listed[last] == goes_on:
                last += 1
            yield Run(first, last, goes_on, text)

    def characters(self, run: Run) -> tuple[int, int]:
        """Return where a span begins and ends in its text, in characters."""
        return self._begins[run.first], self._finishes[run.last - 1]
