"""Word vectors learned from unlabelled text, and their means over parts of a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.extmath import randomized_svd
from sklearn.utils.validation import check_is_fitted

from stancekit.features.context import Row, Rows, as_rows
from stancekit.features.lexical import MODALS, is_target
from stancekit.features.tokens import Token, tokenize

Floats: TypeAlias = npt.NDArray[np.float32]

_REACH = 5
_MIN_COUNT = 5
_SMOOTHING = 0.75
_AFTER_MODAL = 5
_SIDE, _NEAR = 12, 4


@dataclass(frozen=True, eq=False)
class WordVectors:
    """A table of word vectors.

    Attributes
    ----------
    words
        Shape (n_words,), most frequent first.
    codes
        Directions, int8, shape (n_words, n_dims); times `scales` they have the length of
        the word's weight (rare words weigh more).
    scales
        Shape (n_words,).

    Notes
    -----
    Positive pointwise mutual information of words within five places, context counts
    smoothed by the power 0.75, reduced by a singular value decomposition [1]_.

    References
    ----------
    .. [1] Levy, Goldberg and Dagan (2015), "Improving distributional similarity with
       lessons learned from word embeddings", TACL 3.
    """

    words: npt.NDArray[np.str_]
    codes: npt.NDArray[np.int8]
    scales: Floats

    @classmethod
    def learn(
        cls, texts: Iterable[str], *, n_words: int = 15_000, n_dims: int = 64, seed: int = 0
    ) -> Self:
        """Learn vectors from unlabelled text.

        Parameters
        ----------
        texts
            Sentences, paragraphs or articles: the more the better, a million words or so.
        n_words
            Keep the most frequent words, those seen five times or more.
        n_dims
            Length of a vector.
        seed
            Of the decomposition.
        """
        documents = [[token.form for token in tokenize(text)] for text in texts]
        counts = Counter(form for document in documents for form in document)
        frequent = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:n_words]
        words = [word for word, count in frequent if count >= _MIN_COUNT]
        n_dims = min(n_dims, len(words) - 1)
        if n_dims < 1:
            return cls.none()
        weights = _rarity(documents, words)
        left, values, _ = randomized_svd(
            _mutual_information(documents, words), n_dims, n_iter=4, random_state=seed
        )
        vectors = left * np.sqrt(values)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
        peaks = np.abs(vectors).max(axis=1) + 1e-9
        codes = np.round(vectors / peaks[:, None] * 127).astype(np.int8)
        return cls(np.array(words), codes, (peaks / 127 * weights).astype(np.float32))

    @classmethod
    def none(cls) -> Self:
        """Return a table without words."""
        return cls(np.array([], "U1"), np.zeros((0, 0), np.int8), np.zeros(0, np.float32))

    def __sklearn_clone__(self) -> Self:
        return self

    @property
    def n_dims(self) -> int:
        """Length of a vector."""
        return int(self.codes.shape[1])

    def table(self) -> Floats:
        """Return the vectors as numbers, shape (n_words, n_dims)."""
        return self.codes.astype(np.float32) * self.scales[:, None]


def _rarity(documents: list[list[str]], words: list[str]) -> npt.NDArray[np.float64]:
    df = Counter(form for document in documents for form in set(document))
    return np.array([np.log((1 + len(documents)) / (1 + df[word])) + 0.1 for word in words])


def _mutual_information(documents: list[list[str]], words: list[str]) -> sparse.csr_matrix:
    place = {word: at for at, word in enumerate(words)}
    gap = [-1] * _REACH
    line = np.array([at for doc in documents for at in (*(place.get(w, -1) for w in doc), *gap)])
    size = (len(words), len(words))
    counts = sparse.csr_matrix(size, dtype=np.float64)
    for distance in range(1, _REACH + 1):
        first, second = line[:-distance], line[distance:]
        both = (first >= 0) & (second >= 0)
        near = np.full(both.sum(), 1 / distance)
        counts = counts + sparse.csr_matrix((near, (first[both], second[both])), shape=size)
    pairs = (counts + counts.T).tocoo()
    row_sums = np.bincount(pairs.row, pairs.data, len(words))
    smoothed = np.bincount(pairs.col, pairs.data, len(words)) ** _SMOOTHING
    chance = row_sums[pairs.row] * smoothed[pairs.col] / smoothed.sum()
    information = np.log(pairs.data / chance)
    kept = information > 0
    return sparse.csr_matrix((information[kept], (pairs.row[kept], pairs.col[kept])), shape=size)


def _whole(tokens: Sequence[Token], row: Row) -> Iterable[Token]:
    return (token for token in tokens if not is_target(token, row))


def _after_modals(tokens: Sequence[Token], row: Row) -> Iterable[Token]:  # noqa: ARG001
    for at, token in enumerate(tokens):
        if token.form in MODALS:
            yield from tokens[at + 1 : at + 1 + _AFTER_MODAL]


def _left(tokens: Sequence[Token], row: Row) -> Iterable[Token]:
    return [token for token in tokens if token.end <= row["start"]][-_SIDE:]


def _right(tokens: Sequence[Token], row: Row) -> Iterable[Token]:
    return [token for token in tokens if token.start >= row["end"]][:_SIDE]


def _near(tokens: Sequence[Token], row: Row) -> Iterable[Token]:
    return [*list(_left(tokens, row))[-_NEAR:], *list(_right(tokens, row))[:_NEAR]]


WINDOWS: dict[str, Callable[[Sequence[Token], Row], Iterable[Token]]] = {
    "sentence": _whole,
    "after_modals": _after_modals,
    "left": _left,
    "right": _right,
    "near": _near,
}
"""Name of a window -> function from a sentence's tokens to those in it."""


class MeanVectors(TransformerMixin, BaseEstimator):
    """Mean word vector of a part of each sentence, brought to unit length.

    Parameters
    ----------
    vectors
        The table; None gives no columns.
    window
        A key of `WINDOWS`: the whole sentence but for the target, the words after modal
        verbs, or those left of, right of or near the target.
    """

    def __init__(self, vectors: WordVectors | None = None, *, window: str = "sentence") -> None:
        self.vectors = vectors
        self.window = window

    def fit(self, X: Rows, y: object = None) -> Self:  # noqa: ARG002
        """Look the table up; nothing is learned from the rows."""
        self.n_dims_ = self.vectors.n_dims if self.vectors else 0
        self._lookup: tuple[dict[str, int], Floats] | None = None
        return self

    def transform(self, X: Rows) -> sparse.csr_matrix:
        """Average the vectors of each row's window, shape (n_rows, n_dims)."""
        check_is_fitted(self, "n_dims_")
        means = np.zeros((len(X), self.n_dims_), dtype=np.float32)
        _, table = self._look_up()
        for at, row in enumerate(as_rows(X)):
            rows = [place for place, _ in self._words(row)]
            if rows:
                total = table[rows].sum(axis=0)
                means[at] = total / (np.sqrt(total @ total) + 1e-9)
        return sparse.csr_matrix(means)

    def attribute(self, row: Row, weights: Floats) -> list[tuple[str, float, int, int]]:
        """Share a linear score out over the words: (name, value, start, end) each.

        Parameters
        ----------
        row
            One row.
        weights
            The linear model's weights of these columns, shape (n_dims,).
        """
        words = self._words(row)
        if not words:
            return []
        _, table = self._look_up()
        total = table[[place for place, _ in words]].sum(axis=0)
        scores = table[[place for place, _ in words]] @ weights / (np.sqrt(total @ total) + 1e-9)
        return [
            (token.form, float(score), token.start, token.end)
            for (_, token), score in zip(words, scores, strict=True)
        ]

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Return the names of the columns, shape (n_dims,)."""
        check_is_fitted(self, "n_dims_")
        return np.array([f"{self.window}[{at}]" for at in range(self.n_dims_)], dtype=object)

    def _words(self, row: Row) -> list[tuple[int, Token]]:
        places, _ = self._look_up()
        window = WINDOWS[self.window](tokenize(row["text"]), row)
        return [(places[token.form], token) for token in window if token.form in places]

    def _look_up(self) -> tuple[dict[str, int], Floats]:
        """Return the place of each word and the table; made at first use."""
        found: tuple[dict[str, int], Floats] | None = getattr(self, "_lookup", None)
        if found is None:
            vectors = self.vectors or WordVectors.none()
            places = {str(word): at for at, word in enumerate(vectors.words)}
            found = self._lookup = (places, vectors.table())
        return found

    def __getstate__(self) -> dict[str, Any]:
        return {**super().__getstate__(), "_lookup": None}

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags
