"""How likely it is that a speaker speaks for an institution."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_consistent_length, check_is_fitted

from stancekit.errors import InputError

Evidence: TypeAlias = Sequence[str]
Float64: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]


class OfficialHead(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Tell from evidence whether a speaker speaks for a state, organisation or company.

    Logistic regression over what the text shows of a speaker, see
    `stancekit.quotes.evidence.evidence_of`.

    Parameters
    ----------
    C
        Inverse strength of the penalty.
    min_count
        Speakers that evidence must be seen with, to count.

    Attributes
    ----------
    classes_
        ``"other"`` and ``"official"``.
    evidence_
        What is weighed, sorted.
    coef_
        A weight for each, float32; positive for official.
    intercept_
        Log odds of a speaker of whom nothing is known.

    Examples
    --------
    >>> seen = [["word=official"], ["word=minister"], ["word=analyst"], ["word=farmer"]] * 2
    >>> head = OfficialHead(C=10.0).fit(seen, [True, True, False, False] * 2)
    >>> (head.predict_proba([["word=minister"], ["word=farmer"]])[:, 1] > 0.5).tolist()
    [True, False]
    """

    def __init__(self, C: float = 0.3, *, min_count: int = 2) -> None:
        self.C = C
        self.min_count = min_count

    def fit(
        self,
        X: Sequence[Evidence],
        y: Sequence[bool],
        sample_weight: Sequence[float] | None = None,
    ) -> Self:
        """Learn what shows an official.

        Parameters
        ----------
        X
            The evidence of each speaker.
        y
            Whether the speaker is official.
        sample_weight
            How much each counts; 1 by default.

        Raises
        ------
        InputError
            If all are official, or none is, or no evidence is seen often enough.
        """
        check_consistent_length(X, y)
        labels = np.asarray(y, dtype=np.bool_)
        if len(np.unique(labels)) < 2:
            raise InputError("expected official speakers and others; found one sort")
        counts = Counter(name for one in X for name in set(one))
        self.classes_ = np.array(["other", "official"])
        self.evidence_ = sorted(name for name, n in counts.items() if n >= self.min_count)
        if not self.evidence_:
            raise InputError(
                f"expected evidence seen with at least {self.min_count} speakers; found none"
            )
        fitted = LogisticRegression(C=self.C, max_iter=1000)
        fitted.fit(self._matrix(X), labels, sample_weight)
        self.coef_ = fitted.coef_[0].astype(np.float32)
        self.intercept_ = float(fitted.intercept_[0])
        return self

    def decision_function(self, X: Sequence[Evidence]) -> Float64:
        """Return the log odds that each speaker is official, shape (n_speakers,)."""
        check_is_fitted(self, "coef_")
        speakers, places = self._found(X)
        weights = self.coef_.astype(np.float64)[places]
        sums = np.bincount(speakers, weights=weights, minlength=len(X))
        return np.asarray(sums + self.intercept_, dtype=np.float64)

    def predict_proba(self, X: Sequence[Evidence]) -> Float64:
        """Return the probabilities of other and official, shape (n_speakers, 2)."""
        official = expit(self.decision_function(X))
        return np.stack([1 - official, official], axis=1)

    def chances(self, X: Sequence[Evidence], speakers: Sequence[Hashable]) -> Float64:
        """Return how likely each place's speaker is official, shape (n_places,).

        The log odds of one speaker's places are drawn together, half way to their mean.

        Parameters
        ----------
        X
            The evidence of each place.
        speakers
            Who speaks there.
        """
        odds = self.decision_function(X)
        numbers = {speaker: number for number, speaker in enumerate(dict.fromkeys(speakers))}
        at = np.array([numbers[speaker] for speaker in speakers], dtype=np.intp)
        means = np.bincount(at, weights=odds) / np.bincount(at)
        return np.asarray(expit((odds + means[at]) / 2))

    def predict(self, X: Sequence[Evidence]) -> npt.NDArray[np.str_]:
        """Say what each speaker is, shape (n_speakers,)."""
        is_official = self.decision_function(X) > 0
        return np.asarray(self.classes_[is_official.astype(int)])

    def get_feature_names_out(self) -> npt.NDArray[np.object_]:
        """Name what the weights weigh."""
        check_is_fitted(self, "coef_")
        return np.array(self.evidence_, dtype=object)

    def _matrix(self, X: Sequence[Evidence]) -> sparse.csr_matrix:
        speakers, places = self._found(X)
        shape = (len(X), len(self.evidence_))
        return sparse.csr_matrix((np.ones(len(places)), (speakers, places)), shape=shape)

    def _found(self, X: Sequence[Evidence]) -> tuple[Ints, Ints]:
        """Return the numbers of speakers, and of the evidence that each has."""
        known = dict(self._known({*chain.from_iterable(X)}))
        found = [sorted({known[name] for name in one if name in known}) for one in X]
        lengths = np.array([len(one) for one in found], dtype=np.intp)
        places = np.array([*chain.from_iterable(found)], dtype=np.intp)
        return np.repeat(np.arange(len(found)), lengths), places

    def _known(self, names: Iterable[str]) -> Iterator[tuple[str, int]]:
        for name in names:
            at = bisect_left(self.evidence_, name)
            if self.evidence_[at : at + 1] == [name]:
                yield name, at

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        return tags
