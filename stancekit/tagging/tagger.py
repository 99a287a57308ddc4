"""Tag spans of texts: a linear chain over word vectors and the words' looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Self, TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_consistent_length, check_is_fitted

from stancekit.errors import InputError
from stancekit.tagging.batch import Batch, Run
from stancekit.tagging.chain import Beliefs, Floats, Ints, believe, best_path
from stancekit.tagging.columns import column_names, covered
from stancekit.tagging.texts import ReadText, TaggedSpan
from stancekit.tagging.training import fit_chain

Span: TypeAlias = tuple[int, int, str]

AT_ONCE: Final = 256
"""Texts that are tagged together: more of them don't fit into the processor's cache."""

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
        batch = Batch(X)
        tags = [self._tags(*pair) for pair in zip(batch.offsets, y, strict=True)]
        fitted = fit_chain(
            batch.sight(self.reach, self.marks),
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
        blocks = (X[at : at + AT_ONCE] for at in range(0, len(X), AT_ONCE))
        return [spans for block in blocks for spans in self._predict(block)]

    def _predict(self, X: Sequence[ReadText]) -> list[list[TaggedSpan]]:
        batch = Batch(X)
        (scores,) = scores_of([self], batch)
        transitions = self.transitions_.astype(np.float64)
        tags = batch.in_text_order(best_path(scores, transitions, batch.walk))
        beliefs = believe(scores, transitions, batch.walk)
        places = batch.in_text_order(np.arange(len(scores)))
        moves = np.exp(transitions[:-1])
        kinds = self.classes_.tolist()
        found: list[list[TaggedSpan]] = [[] for _ in X]
        for run in batch.runs(tags):
            after = places[run.last] if run.last < batch.ends[run.text] else None
            chance = _probability(run, places[run.first : run.last], after, beliefs, moves)
            found[run.text].append(TaggedSpan(*span_of(run, batch, kinds), chance))
        return found

    def predict_proba(self, X: Sequence[ReadText]) -> list[tuple[Ints, Floats]]:
        """Tell for each word how likely it lies in a span of each kind.

        Returns
        -------
        list of (offsets, probabilities)
            For each text, the words' offsets, shape (n_words, 2), and the probabilities,
            shape (n_words, n_classes).
        """
        batch = Batch(X)
        transitions = self.transitions_.astype(np.float64)
        (scores,) = scores_of([self], batch)
        marginals = believe(scores, transitions, batch.walk).marginals
        inside = batch.in_text_order(marginals[:, 1::2] + marginals[:, 2::2])
        return list(zip(batch.offsets, np.split(inside, batch.ends)[: len(X)], strict=True))

    def get_feature_names_out(self) -> npt.NDArray[np.object_]:
        """Name what the weights weigh: vector dimensions, word by word, then looks."""
        check_is_fitted(self, "coef_")
        places = range(-self.reach, self.reach + 1)
        vectors = [f"{p:+d} vector {d}" for p in places for d in range(self.n_features_in_)]
        return np.array([*vectors, *column_names(tuple(self.marks))], dtype=object)

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

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        return tags


def span_of(run: Run, batch: Batch, kinds: Sequence[str]) -> Span:
    """Return a run of words as start, end and kind."""
    return (*batch.characters(run), kinds[run.goes_on // 2 - 1])


def scores_of(taggers: Sequence[TokenTagger], batch: Batch) -> list[Floats]:
    """Score every tag for every word in the order of the walk, shapes (n_words, n_tags).

    Taggers that see alike score at once.
    """
    for tagger in taggers:
        check_is_fitted(tagger, "coef_")
    widths = {tagger.n_features_in_ for tagger in taggers}
    _check_widths(widths | {text.reading.vectors.shape[1] for text in batch.texts})
    if not len(batch.walk.rows):
        return [np.zeros((0, len(tagger.intercept_))) for tagger in taggers]
    if len({(tagger.reach, tuple(tagger.marks)) for tagger in taggers}) > 1:
        return [scores_of([tagger], batch)[0] for tagger in taggers]
    coef, columns, intercept = (
        np.concatenate([getattr(tagger, name) for tagger in taggers], axis=-1)
        for name in ("coef_", "coef_columns_", "intercept_")
    )
    scores = batch.sight(taggers[0].reach, taggers[0].marks).scores(coef, columns)
    scores = (scores + intercept.astype(np.float64))[batch.walk.rows]
    bounds = np.cumsum([len(tagger.intercept_) for tagger in taggers])
    return np.split(scores, bounds[:-1], axis=1)


def _probability(
    run: Run, places: Ints, after: int | None, beliefs: Beliefs, moves: Floats
) -> float:
    """Return the chance of a span: that it begins, goes on, and goes on no further.

    Parameters
    ----------
    run
        The span.
    places
        Of its words in the walk.
    after
        Place of the word after it; None where its text ends.
    beliefs
        Of the chain.
    moves
        Weights of the steps from tag to tag, shape (n_tags, n_tags).
    """
    goes_on = run.goes_on
    tag = goes_on - 1
    chance = float(beliefs.forward[places[0], tag])
    for place in places[1:]:
        chance *= moves[tag, goes_on] * beliefs.weights[place, goes_on] / beliefs.scales[place]
        tag = goes_on
    if after is None:
        return min(1.0, chance * float(beliefs.backward[places[-1], tag]))
    coming = moves[tag] * beliefs.weights[after] * beliefs.backward[after]
    return min(1.0, chance * float(coming.sum() - coming[goes_on]) / float(beliefs.scales[after]))


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
