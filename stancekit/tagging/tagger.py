"""Tag spans of texts: a linear chain over word vectors and the words' looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, Self, TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_consistent_length, check_is_fitted

from stancekit.errors import InputError
from stancekit.tagging.chain import Beliefs, Floats, Ints, Walk, believe, best_path
from stancekit.tagging.columns import (
    column_matrix,
    column_names,
    columns_of_texts,
    covered,
    vectors_of_texts,
    words_of,
)
from stancekit.tagging.texts import ReadText, TaggedSpan
from stancekit.tagging.training import Sight, fit_chain

Span: TypeAlias = tuple[int, int, str]

OUTSIDE: Final = 0
"""The tag of a word in no span; kind k begins with tag 2 k + 1 and goes on with the next."""


class TokenTagger(BaseEstimator):
    """Find spans in texts that an encoder has read.

    A conditional random field over the tags "outside", "begins" and "goes on": logistic
    regression over each word's vector and looks, joined with learned scores for each step
    from tag to tag. A span can't go on that hasn't begun.

    Parameters
    ----------
    alpha
        Strength of the penalty on squared weights.
    reach
        How many words on each side lend a word their vectors.
    marks
        Names of the `ReadText.marks` to look at.
    max_iter
        Iterations of L-BFGS.

    Attributes
    ----------
    classes_
        Kinds of spans, sorted.
    coef_
        Weights of the vectors, float32, shape (2 * reach + 1, width, n_tags); the tags
        are "outside" and, for each kind, "begins" and "goes on".
    coef_columns_
        Weights of the looks, float32, shape (n_columns, n_tags).
    intercept_
        Shape (n_tags,).
    transitions_
        Scores of the steps from tag to tag, the last row from the start of a text,
        shape (n_tags + 1, n_tags).

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> def read(text, *vectors):
    ...     ends = np.cumsum([len(word) + 1 for word in text.split()])
    ...     offsets = [(end - len(word) - 1, end - 1) for word, end in zip(text.split(), ends)]
    ...     vectors = np.array(vectors, dtype=np.float32)[:, None]
    ...     return ReadText(text, SimpleNamespace(offsets=np.array(offsets), vectors=vectors))
    >>> texts = [read("Ida Falk left", 1, 1, 0), read("then Oslo voted", 0, -1, 0)]
    >>> tagger = TokenTagger().fit(texts, [[(0, 8, "person")], [(5, 9, "place")]])
    >>> [span[:3] for span in tagger.predict([read("now Ana Ruiz left", 0, 1, 1, 0)])[0]]
    [(4, 12, 'person')]
    """

    def __init__(
        self,
        alpha: float = 1e-5,
        *,
        reach: int = 0,
        marks: tuple[str, ...] = (),
        max_iter: int = 120,
    ) -> None:
        self.alpha = alpha
        self.reach = reach
        self.marks = marks
        self.max_iter = max_iter

    def fit(self, X: Sequence[ReadText], y: Sequence[Sequence[Span]]) -> Self:
        """Learn from texts and their spans.

        Parameters
        ----------
        X
            Texts as the encoder reads them.
        y
            The spans of each text: start, end, kind. A span is widened to whole words; of
            spans that overlap, the one that begins first stays.

        Raises
        ------
        InputError
            If there is no span at all, or vectors of different widths.
        """
        check_consistent_length(X, y)
        self.classes_ = np.array(sorted({kind for spans in y for _, _, kind in spans}))
        if not len(self.classes_):
            raise InputError("expected texts with spans to learn from; found no span")
        _check_widths({text.reading.vectors.shape[1] for text in X})
        offsets = [words_of(text) for text in X]
        tags = [self._tags(*pair) for pair in zip(offsets, y, strict=True)]
        fitted = fit_chain(
            self._sight(X, offsets),
            np.concatenate(tags),
            _allowed(len(self.classes_)),
            alpha=self.alpha,
            max_iter=self.max_iter,
        )
        self.coef_, self.coef_columns_, self.intercept_, self.transitions_ = fitted
        self.n_features_in_ = int(self.coef_.shape[1])
        return self

    def predict(self, X: Sequence[ReadText]) -> list[list[TaggedSpan]]:
        """Find the spans of each text, in order, never overlapping.

        Raises
        ------
        InputError
            If the vectors have another width than those it was fitted on.
        """
        return predict_together([self], X)[0]

    def predict_proba(self, X: Sequence[ReadText]) -> list[tuple[Ints, Floats]]:
        """Tell for each word how likely it lies in a span of each kind.

        Returns
        -------
        list of (offsets, probabilities)
            For each text, the words' offsets, shape (n_words, 2), and the probabilities,
            shape (n_words, n_classes).
        """
        if not len(X):
            return []
        offsets = [words_of(text) for text in X]
        walk = Walk.over([len(one) for one in offsets])
        scores = self._scores(X, self._sight(X, offsets))[walk.rows]
        inside = np.empty((len(walk.rows), len(self.classes_)))
        marginals = believe(scores, self.transitions_.astype(np.float64), walk).marginals
        inside[walk.rows] = marginals[:, 1::2] + marginals[:, 2::2]
        ends = np.cumsum([len(one) for one in offsets])[:-1]
        return list(zip(offsets, np.split(inside, ends), strict=True))

    def get_feature_names_out(self) -> npt.NDArray[np.object_]:
        """Name what the weights weigh: vector dimensions, word by word, then looks."""
        check_is_fitted(self, "coef_")
        places = range(-self.reach, self.reach + 1)
        vectors = [f"{p:+d} vector {d}" for p in places for d in range(self.n_features_in_)]
        return np.array([*vectors, *column_names(self.marks)], dtype=object)

    def _scores(self, X: Sequence[ReadText], sight: Sight) -> Floats:
        """Score every tag for every word, shape (n_words, n_tags)."""
        check_is_fitted(self, "coef_")
        _check_widths({self.n_features_in_, *(text.reading.vectors.shape[1] for text in X)})
        if not len(sight.vectors):
            return np.zeros((0, len(self.intercept_)))
        return sight.scores(self.coef_, self.coef_columns_) + self.intercept_.astype(np.float64)

    def _decode(
        self, X: Sequence[ReadText], offsets: Sequence[Ints], sight: Sight
    ) -> list[list[TaggedSpan]]:
        walk = Walk.over([len(one) for one in offsets])
        scores = self._scores(X, sight)[walk.rows]
        transitions = self.transitions_.astype(np.float64)
        beliefs = believe(scores, transitions, walk)
        tags, places = np.empty((2, len(walk.rows)), dtype=np.intp)
        tags[walk.rows] = best_path(scores, transitions, walk)
        places[walk.rows] = np.arange(len(walk.rows))
        found = []
        start = 0
        for words in offsets:
            text = slice(start, start + len(words))
            found.append(list(self._spans(words, tags[text], places[text], beliefs)))
            start = text.stop
        return found

    def _sight(self, X: Sequence[ReadText], offsets: Sequence[Ints]) -> Sight:
        columns = columns_of_texts(X, offsets, self.marks)
        return Sight(
            vectors_of_texts(X, offsets),
            column_matrix(columns, len(column_names(self.marks))),
            np.array([len(words) for words in offsets], dtype=np.intp),
            self.reach,
        )

    def _tags(self, offsets: Ints, spans: Sequence[Span]) -> Ints:
        tags = np.zeros(len(offsets), dtype=np.intp)
        done = 0
        for start, end, kind in sorted(spans):
            first, last = covered(offsets, start, end)
            if first >= done and last > first:
                tags[first:last] = 2 * int(np.searchsorted(self.classes_, kind)) + 2
                tags[first] -= 1
                done = last
        return tags

    def _spans(
        self, offsets: Ints, tags: Ints, places: Ints, beliefs: Beliefs
    ) -> Iterator[TaggedSpan]:
        begins = [*np.flatnonzero(tags % 2 == 1).tolist(), len(tags)]
        for first, limit in pairwise(begins):
            goes_on = int(tags[first]) + 1
            last = first + 1
            while last < limit and tags[last] == goes_on:
                last += 1
            probability = self._probability(
                goes_on, places[first : last + 1], beliefs, last - first
            )
            kind = str(self.classes_[goes_on // 2 - 1])
            yield TaggedSpan(int(offsets[first, 0]), int(offsets[last - 1, 1]), kind, probability)

    def _probability(self, goes_on: int, places: Ints, beliefs: Beliefs, n_words: int) -> float:
        """Return the chance of a span: that it begins, goes on, and goes on no further."""
        moves = np.exp(self.transitions_[:-1].astype(np.float64))
        chance = float(beliefs.forward[places[0], goes_on - 1])
        tag = goes_on - 1
        for place in places[1:n_words]:
            chance *= moves[tag, goes_on] * beliefs.weights[place, goes_on] / beliefs.scales[place]
            tag = goes_on
        if len(places) == n_words:
            return min(1.0, chance * float(beliefs.backward[places[-1], tag]))
        after = places[n_words]
        coming = moves[tag] * beliefs.weights[after] * beliefs.backward[after]
        rest = float(coming.sum() - coming[goes_on]) / float(beliefs.scales[after])
        return min(1.0, chance * rest)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        return tags


def predict_together(
    taggers: Sequence[TokenTagger], X: Sequence[ReadText]
) -> list[list[list[TaggedSpan]]]:
    """Tag texts with several taggers; what they see alike is worked out once.

    Parameters
    ----------
    taggers
        Fitted.
    X
        Texts as the encoder reads them.

    Returns
    -------
    list
        For each tagger what its ``predict`` gives.
    """
    if not len(X):
        return [[] for _ in taggers]
    if not len(X):
        return [[] for _ in taggers]
    offsets = [words_of(text) for text in X]
    sights: dict[tuple[int, tuple[str, ...]], Sight] = {}
    found = []
    for tagger in taggers:
        key = tagger.reach, tuple(tagger.marks)
        if key not in sights:
            sights[key] = tagger._sight(X, offsets)
        found.append(tagger._decode(X, offsets, sights[key]))
    return found


def _allowed(n_kinds: int) -> npt.NDArray[np.bool_]:
    """Tell which steps may be taken, shape (n_tags + 1, n_tags)."""
    n_tags = 2 * n_kinds + 1
    allowed = np.ones((n_tags + 1, n_tags), dtype=np.bool_)
    allowed[:, 2::2] = False
    for goes_on in range(2, n_tags, 2):
        allowed[[goes_on - 1, goes_on], goes_on] = True
    return allowed


def _check_widths(widths: set[int]) -> None:
    if len(widths) > 1:
        raise InputError(
            f"expected vectors of one width; found {', '.join(map(str, sorted(widths)))}. "
            "Read the texts with the encoder that the tagger was fitted with."
        )
