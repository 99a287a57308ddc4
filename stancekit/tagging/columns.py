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
    owner, n_words = _owners(texts)
    inside = np.flatnonzero(owner >= 0)
    counts = np.bincount(owner[inside], minlength=n_words)
    bounds = np.concatenate([[0], np.cumsum(counts)])
    ones = np.ones(len(inside), dtype=np.float32)
    # Tokens come in the order of their words, so a product of matrices adds each word's up.
    members = sparse.csr_matrix((ones, inside, bounds), shape=(n_words, len(owner)))
    sums = members @ np.concatenate([text.reading.vectors for text in texts])
    sums /= np.maximum(counts, 1)[:, None].astype(np.float32)
    return np.asarray(sums)


def _owners(texts: Sequence[ReadText]) -> tuple[Ints, int]:
    """Return the number of the word that each token lies in, -1 for none, and of how many words.

    Tokens and words are counted, and their places taken, as if the texts stood in one row.
    """
    words = [look_at(text.text).offsets[:, 0] for text in texts]
    tokens = [text.reading.offsets[:, 0] for text in texts]
    n_words, n_tokens = np.array([*map(len, words)]), np.array([*map(len, tokens)])
    before = np.cumsum([0, *(len(text.text) + 1 for text in texts[:-1])])
    starts = np.concatenate(words) + np.repeat(before, n_words)
    owner = np.searchsorted(starts, np.concatenate(tokens) + np.repeat(before, n_tokens), "right")
    first = np.repeat(np.cumsum(n_words) - n_words, n_tokens)
    return np.where(owner > first, owner - 1, -1), len(starts)


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
    around = padded.around(shapes[None], PLACES)
    before, after = around[PLACES.index(-1)], around[PLACES.index(1)]
    lines = np.repeat(np.array([one.line for one in seen], np.intp), padded.lengths)
    opens = np.zeros(len(shapes), np.bool_)
    openers = np.array([one.opener for one in seen], np.intp)
    opens[(padded.firsts + openers)[openers >= 0]] = True
    sizes = (*[n] * len(PLACES), n * n, n * n, n, len(LINES) * n)
    sizes += (len(_MARK_STATES),) * len(marks) * len(_MARK_PLACES)
    own = np.stack([before * n + shapes, shapes * n + after, shapes, lines * n + shapes])
    known = padded.around(_mark_states(texts, seen, marks), _MARK_PLACES)
    found = np.concatenate([around, own, known]) + np.cumsum([0, *sizes[:-1]])[:, None]
    found[len(PLACES) + 2, ~opens] = -1
    return np.ascontiguousarray(found.T)


class _Padded:
    """Words of several texts in one row, so far apart that none sees those of another."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.lengths = np.asarray(lengths, dtype=np.intp)
        self.firsts = np.cumsum(self.lengths) - self.lengths
        self._apart = max(PLACES)
        before = np.arange(1, len(self.lengths) + 1) * self._apart
        self._at = np.arange(int(self.lengths.sum())) + np.repeat(before, self.lengths)
        self._size = int(self.lengths.sum()) + (len(self.lengths) + 1) * self._apart

    def around(self, codes: Ints, places: Sequence[int]) -> Ints:
        """Give each word the codes of the words some places on; 0 beyond the ends.

        Each row of codes becomes one for every place.
        """
        rows = np.zeros((len(codes), self._size), dtype=np.intp)
        rows[:, self._at] = codes
        seen = rows[:, self._at + np.array(places)[:, None]]
        return seen.reshape(len(codes) * len(places), len(self._at))


def column_matrix(columns: Ints, n_columns: int) -> sparse.csr_matrix:
    """Make a matrix of zeros and ones, shape (n_words, n_columns)."""
    kept = columns >= 0
    indptr = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    ones = np.ones(int(indptr[-1]), dtype=np.float32)
    return sparse.csr_matrix((ones, columns[kept], indptr), shape=(len(columns), n_columns))


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
