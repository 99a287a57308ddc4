"""What a tagger sees of each word: the mean of its token vectors, and columns of its looks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from stancekit.tagging.texts import ReadText, Vectors
from stancekit.tagging.words import LINES, SHAPES, Looks, look_at

Ints: TypeAlias = npt.NDArray[np.intp]

PLACES: Final = (-2, -1, 0, 1, 2)
"""The words around a word whose looks it sees, itself among them."""

_MARK_PLACES: Final = (-1, 0, 1)
_MARK_STATES: Final = ("outside", "begins", "inside")


def vectors_of_texts(texts: Sequence[ReadText]) -> Vectors:
    """Average the vectors of each word's tokens, shape (n_words, width); 0 for no token.

    The words of the texts come one below the other.
    """
    owners, n_words = [np.zeros(0, np.intp)], 0
    for text in texts:
        starts = look_at(text.text).offsets[:, 0]
        owner = np.searchsorted(starts, text.reading.offsets[:, 0], side="right") - 1
        owners.append(np.where(owner < 0, -1, owner + n_words))
        n_words += len(starts)
    owner = np.concatenate(owners)
    inside = np.flatnonzero(owner >= 0)
    counts = np.bincount(owner[inside], minlength=n_words)
    bounds = np.concatenate([[0], np.cumsum(counts)])
    ones = np.ones(len(inside), dtype=np.float32)
    # Tokens come in the order of their words, so a product of matrices adds each word's up.
    members = sparse.csr_matrix((ones, inside, bounds), shape=(n_words, len(owner)))
    sums = members @ np.concatenate([text.reading.vectors for text in texts])
    return np.asarray(sums / np.maximum(counts, 1)[:, None].astype(np.float32))


@cache
def column_names(marks: tuple[str, ...]) -> tuple[str, ...]:
    """Name the columns of `column_matrix`."""
    return (
        *(f"{place:+d} {shape}" for place in PLACES for shape in SHAPES),
        *(f"{before} | {shape}" for before in SHAPES for shape in SHAPES),
        *(f"{shape} | {after}" for shape in SHAPES for after in SHAPES),
        *(f"first {shape}" for shape in SHAPES),
        *(f"{line} {shape}" for line in LINES for shape in SHAPES),
        *(f"{p:+d} {m} {s}" for m in marks for p in _MARK_PLACES for s in _MARK_STATES),
    )


def columns_of_texts(texts: Sequence[ReadText], marks: Sequence[str]) -> Ints:
    """Return the columns that are 1 for each word, shape (n_words, n_places); -1 for none.

    The words of the texts come one below the other.
    """
    seen = [look_at(text.text) for text in texts]
    padded = _Padded([len(one.starts) for one in seen])
    shapes, n = np.concatenate([np.zeros(0, np.intp), *(one.shapes for one in seen)]), len(SHAPES)
    around = padded.around(shapes, PLACES)
    lines = np.repeat(np.array([one.line for one in seen], np.intp), padded.lengths)
    opens = np.zeros(len(shapes), np.bool_)
    openers = np.array([one.opener for one in seen], np.intp)
    opens[(padded.firsts + openers)[openers >= 0]] = True
    sizes = (*[n] * len(PLACES), n * n, n * n, n, len(LINES) * n)
    looks = [
        *around.values(),
        around[-1] * n + shapes,
        shapes * n + around[1],
        np.where(opens, shapes, -1),
        lines * n + shapes,
    ]
    for states in _mark_states(texts, seen, marks):
        looks += padded.around(states, _MARK_PLACES).values()
    sizes += (len(_MARK_STATES),) * len(marks) * len(_MARK_PLACES)
    found = np.stack(looks, axis=1)
    return np.where(found < 0, -1, found + np.cumsum([0, *sizes[:-1]]))


class _Padded:
    """Words of several texts in one row, so far apart that none sees those of another."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.lengths = np.asarray(lengths, dtype=np.intp)
        self.firsts = np.cumsum(self.lengths) - self.lengths
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
    return look_at(text.text).offsets


def _mark_states(texts: Sequence[ReadText], seen: Sequence[Looks], marks: Sequence[str]) -> Ints:
    """Tell of each mark whether it begins or goes on at each word, shape (n_marks, n_words)."""
    places = {name: at for at, name in enumerate(marks)}
    states = np.zeros((len(marks), sum(len(one.starts) for one in seen)), dtype=np.intp)
    before = 0
    for text, looks in zip(texts, seen, strict=True):
        for start, end, name in text.marks:
            first = before + bisect_right(looks.ends, start)
            last = before + bisect_left(looks.starts, end)
            if name in places and first < last:
                states[places[name], first] = 1
                states[places[name], first + 1 : last] = 2
        before += len(looks.starts)
    return states


def covered(offsets: Ints, start: int, end: int) -> tuple[int, int]:
    """Return the first word that overlaps a span, and the one after the last."""
    first = int(np.searchsorted(offsets[:, 1], start, side="right"))
    last = int(np.searchsorted(offsets[:, 0], end, side="left"))
    return first, max(first, last)
