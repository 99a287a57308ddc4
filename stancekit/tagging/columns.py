"""What a tagger sees of each word: the mean of its token vectors, and columns of its looks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from stancekit.tagging.texts import Mark, ReadText, Vectors
from stancekit.tagging.words import LINES, SHAPES, line_code, shape_codes, word_offsets

Ints: TypeAlias = npt.NDArray[np.intp]

PLACES: Final = (-2, -1, 0, 1, 2)
"""The words around a word whose looks it sees, itself among them."""

_MARK_PLACES: Final = (-1, 0, 1)
_MARK_STATES: Final = ("outside", "begins", "inside")


def word_vectors(text: ReadText, offsets: Ints) -> Vectors:
    """Average the vectors of each word's tokens, shape (n_words, width); 0 for no token."""
    return vectors_of_texts([text], [offsets])


def vectors_of_texts(texts: Sequence[ReadText], offsets: Sequence[Ints]) -> Vectors:
    """Return the `word_vectors` of several texts, one below the other."""
    owners, first = [np.zeros(0, np.intp)], 0
    for text, spans in zip(texts, offsets, strict=True):
        owner = np.searchsorted(spans[:, 0], text.reading.offsets[:, 0], side="right") - 1
        owners.append(np.where(owner < 0, -1, owner + first))
        first += len(spans)
    owner = np.concatenate(owners)
    vectors = np.concatenate([text.reading.vectors for text in texts])
    means = np.zeros((first, vectors.shape[1]), dtype=np.float32)
    inside = owner >= 0
    owner, vectors = owner[inside], vectors[inside]
    if len(owner):
        begins = np.flatnonzero(np.diff(owner, prepend=-1))
        counts = np.diff(begins, append=len(owner)).astype(np.float32)
        means[owner[begins]] = np.add.reduceat(vectors, begins, axis=0) / counts[:, None]
    return means


def column_names(marks: Sequence[str]) -> list[str]:
    """Name the columns of `word_columns`."""
    return [
        *(f"{place:+d} {shape}" for place in PLACES for shape in SHAPES),
        *(f"{before} | {shape}" for before in SHAPES for shape in SHAPES),
        *(f"{shape} | {after}" for shape in SHAPES for after in SHAPES),
        *(f"first {shape}" for shape in SHAPES),
        *(f"{line} {shape}" for line in LINES for shape in SHAPES),
        *(f"{p:+d} {m} {s}" for m in marks for p in _MARK_PLACES for s in _MARK_STATES),
    ]


def word_columns(text: ReadText, offsets: Ints, marks: Sequence[str]) -> Ints:
    """Return the columns that are 1 for each word, shape (n_words, n_places); -1 for none."""
    return columns_of_texts([text], [offsets], marks)


def columns_of_texts(
    texts: Sequence[ReadText], offsets: Sequence[Ints], marks: Sequence[str]
) -> Ints:
    """Return the `word_columns` of several texts, one below the other."""
    words = [
        [text.text[start:end] for start, end in spans.tolist()]
        for text, spans in zip(texts, offsets, strict=True)
    ]
    padded = _Padded([len(one) for one in words])
    shapes, n = shape_codes([*chain.from_iterable(words)]), len(SHAPES)
    around = padded.around(shapes, PLACES)
    lines = np.repeat(np.array([line_code(one) for one in words], np.intp), padded.lengths)
    opens = np.concatenate([np.zeros(0, np.bool_), *map(_opens, words)])
    sizes = (*[n] * len(PLACES), n * n, n * n, n, len(LINES) * n)
    looks = [
        *around.values(),
        around[-1] * n + shapes,
        shapes * n + around[1],
        np.where(opens, shapes, -1),
        lines * n + shapes,
    ]
    for name in marks:
        states = [
            _mark_states(text.marks, name, spans)
            for text, spans in zip(texts, offsets, strict=True)
        ]
        looks += padded.around(np.concatenate(states), _MARK_PLACES).values()
    sizes += (len(_MARK_STATES),) * len(marks) * len(_MARK_PLACES)
    firsts = np.cumsum([0, *sizes[:-1]])
    found = [np.where(look < 0, -1, look + at) for look, at in zip(looks, firsts, strict=True)]
    return np.stack(found, axis=1)


def _opens(words: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Tell which word is the first with a letter or digit, shape (n_words,)."""
    first = next((index for index, word in enumerate(words) if word[0].isalnum()), -1)
    return np.asarray(np.arange(len(words)) == first)


class _Padded:
    """Words of several texts in one row, so far apart that none sees those of another."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.lengths = np.asarray(lengths, dtype=np.intp)
        self._apart = max(PLACES)
        before = np.arange(1, len(self.lengths) + 1) * self._apart
        self._at = np.arange(int(self.lengths.sum())) + np.repeat(before, self.lengths)
        self._size = int(self.lengths.sum()) + (len(self.lengths) + 1) * self._apart

    def around(self, codes: Ints, places: Sequence[int]) -> dict[int, Ints]:
        """Give each word the code of the words some places on; 0 beyond the ends."""
        row = np.zeros(self._size, dtype=np.intp)
        row[self._at] = codes
        return {place: row[self._at + place] for place in places}


def column_matrix(columns: Ints, n_columns: int) -> sparse.csr_matrix:
    """Make a matrix of zeros and ones, shape (n_words, n_columns)."""
    kept = columns >= 0
    indptr = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    ones = np.ones(int(indptr[-1]), dtype=np.float32)
    return sparse.csr_matrix((ones, columns[kept], indptr), shape=(len(columns), n_columns))


def words_of(text: ReadText) -> Ints:
    """Return the offsets of a text's words, shape (n_words, 2)."""
    return word_offsets(text.text)


def _mark_states(marks: Sequence[Mark], name: str, offsets: Ints) -> Ints:
    states = np.zeros(len(offsets), dtype=np.intp)
    for start, end, marked in marks:
        if marked == name:
            first, last = covered(offsets, start, end)
            states[first:last] = 2
            states[first : min(first + 1, last)] = 1
    return states


def covered(offsets: Ints, start: int, end: int) -> tuple[int, int]:
    """Return the first word that overlaps a span, and the one after the last."""
    first = int(np.searchsorted(offsets[:, 1], start, side="right"))
    last = int(np.searchsorted(offsets[:, 0], end, side="left"))
    return first, max(first, last)
