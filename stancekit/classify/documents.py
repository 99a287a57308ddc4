"""How a whole article stands toward an actor, from what its sentences say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Self, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_consistent_length, check_is_fitted

from stancekit.classify.calibrate import checked_priors, class_shares
from stancekit.classify.linear import one_thread, row_weights
from stancekit.errors import InputError
from stancekit.features.documents import COLUMNS, TERMS, terms_of
from stancekit.labels import STANCES

Floats: TypeAlias = npt.NDArray[np.float64]
Evidence: TypeAlias = Sequence[Floats]
"""Of each actor a row per sentence, see `stancekit.features.documents.actor_evidence`."""

MIDDLE: Final = (0.05, 0.95)
"""Quantiles of the drawn scores that an interval goes by."""

_FLAT = 1e-9
_FEW = 32
_SIDES = np.array([{"supportive": 1.0, "critical": -1.0}.get(name, 0.0) for name in STANCES])
_COUNTS: Final = ("sentences", "loneliness")


class DocumentClassifier(ClassifierMixin, BaseEstimator):
    """A small multinomial logistic regression over means of sentences, with its uncertainty.

    An article has few sentences on most actors. Their means are drawn toward those of a typical
    actor, as if `strength` sentences more had said what is typical: the posterior mean under a
    Dirichlet process. Draws from that posterior, each judged by weights that were fitted to
    another weighting of the training articles (the Bayesian bootstrap, of sentences and of
    articles), give the interval of the score, which is wide where little is said.

    Parameters
    ----------
    C
        Inverse strength of the penalty.
    strength
        How many typical sentences are added to an actor's own.
    priors
        Stance -> how common it is among the articles to be judged, adding up to 1; None takes
        the shares of the training articles.
    n_draws
        Draws for the interval.
    seed
        Of the draws: the same evidence has the same interval.

    Attributes
    ----------
    classes_
        `stancekit.labels.STANCES`.
    coef_, intercept_
        Shapes (n_classes, n_features) and (n_classes,), for features as they are.
    coefs_, intercepts_
        The same of each draw, shapes (n_draws, n_classes, n_features) and (n_draws, n_classes).
    typical_, atoms_
        Mean of the training sentences, shape (n_terms,), and one of them for each draw.
    priors_, shift_
        Shares of the training articles, and what `priors` add to the logits, (n_classes,).

    References
    ----------
    Ferguson (1973), "A Bayesian analysis of some nonparametric problems", Annals of Statistics
    1. Rubin (1981), "The Bayesian bootstrap", Annals of Statistics 9.

    Examples
    --------
    >>> said = {"supportive": (0.8, 0.1), "neutral": (0.1, 0.1), "critical": (0.1, 0.8)}
    >>> rows = [np.array([[*of, 0, 0, 0, 1]] * 3) for of in said.values()] * 20
    >>> head = DocumentClassifier(n_draws=50).fit(rows, list(said) * 20)
    >>> head.predict(rows[:3]).tolist()
    ['supportive', 'neutral', 'critical']
    >>> wide, narrow = np.diff(head.intervals([rows[0][:1], np.repeat(rows[0], 5, axis=0)]))
    >>> bool(wide > narrow)
    True
    """

    classes_: npt.NDArray[np.str_]

    def __init__(
        self,
        C: float = 0.1,
        *,
        strength: float = 1.0,
        priors: Mapping[str, float] | None = None,
        n_draws: int = 200,
        seed: int = 0,
    ) -> None:
        self.C = C
        self.strength = strength
        self.priors = priors
        self.n_draws = n_draws
        self.seed = seed

    def fit(self, X: Evidence, y: Sequence[str], sample_weight: Floats | None = None) -> Self:
        """Learn from judged articles.

        Parameters
        ----------
        X
            Evidence of an actor in each article, shapes (n_sentences, n_columns), none of it
            empty.
        y
            Stance of the article toward the actor.
        sample_weight
            Weight of each article.

        Raises
        ------
        InputError
            If a stance is missing or unknown, the evidence has other columns or no rows,
            `priors` are no shares of the stances, or there are no draws.
        """
        check_consistent_length(X, y)
        if self.n_draws < 1:
            raise InputError(f"n_draws: expected at least 1; found {self.n_draws}")
        missing = set(STANCES) ^ set(y)
        if missing:
            raise InputError(
                f"expected articles of each of {', '.join(STANCES)} and of no other stance; "
                f"found {', '.join(sorted(set(y))) or 'none'}"
            )
        self.classes_ = np.array(STANCES)
        weight = row_weights(sample_weight, len(y))
        truth = np.array([STANCES.index(label) for label in y])
        evidence = checked_evidence(X)
        self._learn_typical([terms_of(one) for one in evidence])
        self.priors_ = class_shares(truth, weight, len(STANCES))
        asked = self.priors_ if self.priors is None else checked_priors(self.priors, STANCES)
        self.shift_ = np.log(asked / self.priors_)
        self._fit_weights(np.vstack([self._expected(one) for one in evidence]), truth, weight)
        return self

    def predict_proba(self, X: Evidence) -> Floats:
        """Give calibrated probabilities, shape (n_articles, n_classes); rows add up to 1."""
        check_is_fitted(self, "coef_")
        features = [self._expected(one) for one in checked_evidence(X)]
        return self._probabilities(_stacked(features), self.coef_, self.intercept_)

    def predict(self, X: Evidence) -> npt.NDArray[np.str_]:
        """Give the most probable stance of each article, shape (n_articles,)."""
        return np.asarray(self.classes_[self.predict_proba(X).argmax(axis=1)])

    def scores(self, X: Evidence) -> Floats:
        """Give support less criticism, -1 to 1, shape (n_articles,)."""
        return np.asarray(self.predict_proba(X) @ _SIDES)

    def intervals(self, X: Evidence) -> Floats:
        """Give the limits, low and high, between which nine in ten draws of the score lie.

        Returns
        -------
        array, shape (n_articles, 2)
            The score itself is always inside.
        """
        scores = self.scores(X)
        if not len(scores):
            return np.zeros((0, 2))
        low, high = np.quantile(self._drawn(checked_evidence(X)), MIDDLE, axis=1)
        return np.column_stack([np.minimum(low, scores), np.maximum(high, scores)])

    def influence(self, evidence: Floats, label: str) -> Floats:
        """Tell what each sentence adds to the probability of a stance, shape (n_sentences,).

        It is what would be lost if the article went without that sentence.
        """
        at = self.classes_.tolist().index(label)
        terms, n_rows = terms_of(evidence), len(evidence)
        total = terms.sum(axis=0)
        sums, counts = np.vstack([total, total - terms]), np.full(n_rows + 1, n_rows - 1.0)
        counts[0] = n_rows
        features = self._features(sums, counts, n_rows, self.typical_, self.strength)
        found = self._probabilities(features, self.coef_, self.intercept_)[:, at]
        return np.asarray(found[0] - found[1:])

    def get_feature_names_out(self) -> npt.NDArray[np.object_]:
        """Name the features."""
        return np.array([*TERMS, *_COUNTS], dtype=object)

    def _learn_typical(self, terms: Sequence[Floats]) -> None:
        # Of each article the mean: long ones are no more typical.
        self.typical_ = np.mean([one.mean(axis=0) for one in terms], axis=0)
        drawing = np.random.default_rng(self.seed)
        articles = drawing.integers(len(terms), size=self.n_draws)
        self.atoms_ = np.array([terms[at][drawing.integers(len(terms[at]))] for at in articles])

    def _fit_weights(self, features: Floats, truth: npt.NDArray[np.intp], weight: Floats) -> None:
        centre, scale = features.mean(axis=0), features.std(axis=0)
        scale[scale < _FLAT] = 1.0
        scaled = (features - centre) / scale
        drawn = np.random.default_rng(self.seed).exponential(size=(self.n_draws, len(truth)))
        head = LogisticRegression(C=self.C, max_iter=1000, warm_start=True)
        fitted = []
        with one_thread():
            for of in (np.ones(len(truth)), *drawn):
                head.fit(scaled, truth, sample_weight=weight * of)
                fitted.append((head.coef_ / scale, head.intercept_ - head.coef_ @ (centre / scale)))
        (self.coef_, self.intercept_), *others = fitted
        self.coefs_ = np.array([coef for coef, _ in others])
        self.intercepts_ = np.array([intercept for _, intercept in others])

    def _expected(self, evidence: Floats) -> Floats:
        """Return the features of an actor, shape (1, n_features)."""
        total, n_rows = terms_of(evidence).sum(axis=0), len(evidence)
        counts = np.array([float(n_rows)])
        return self._features(total[None], counts, n_rows, self.typical_, self.strength)

    def _drawn(self, X: Evidence) -> Floats:
        """Draw scores of each article, shape (n_articles, n_draws)."""
        features = []
        for one in X:
            terms, n_rows = terms_of(one), len(one)
            draws = _few_draws if n_rows <= _FEW else _draws
            weights, added = draws(n_rows, self.n_draws, self.strength, self.seed)
            sums, counts = weights @ terms, weights.sum(axis=1)
            features.append(self._features(sums, counts, n_rows, self.atoms_, added))
        logits = np.einsum("adf,dcf->adc", np.stack(features), self.coefs_) + self.intercepts_
        return np.asarray(softmax(logits + self.shift_, axis=-1) @ _SIDES)

    def _features(
        self,
        sums: Floats,
        counts: Floats,
        n_rows: int,
        typical: Floats,
        strength: float | Floats,
    ) -> Floats:
        """Add what is typical to weighted sums of sentences, and average.

        Parameters
        ----------
        sums, counts
            Of the terms and of the weights, shapes (n_weightings, n_terms) and
            (n_weightings,).
        n_rows
            Sentences that there are.
        typical, strength
            What is typical, and how many sentences it counts as; one for all weightings or
            one for each.

        Returns
        -------
        array, shape (n_weightings, n_features)
        """
        added = np.asarray(strength, dtype=np.float64)[..., None]
        means = (sums + added * typical) / (counts[:, None] + added)
        known = np.full((len(sums), len(_COUNTS)), (np.log(n_rows), 1 / n_rows))
        return np.column_stack([means, known])

    def _probabilities(self, features: Floats, coef: Floats, intercept: Floats) -> Floats:
        return np.asarray(softmax(features @ coef.T + intercept + self.shift_, axis=-1))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        return tags


def checked_evidence(X: Evidence) -> list[Floats]:
    """Return evidence as arrays.

    Raises
    ------
    InputError
        If one has other columns, or no rows.
    """
    found = [np.asarray(one, dtype=np.float64) for one in X]
    for one in found:
        if one.ndim != 2 or not len(one) or one.shape[1] != len(COLUMNS):
            raise InputError(
                f"expected evidence of shape (1 or more sentences, {len(COLUMNS)}); found "
                f"{one.shape}"
            )
    return found


def _draws(n_rows: int, n_draws: int, strength: float, seed: int) -> tuple[Floats, Floats]:
    """Draw weights of sentences and of what is typical, (n_draws, n_rows) and (n_draws,)."""
    drawing = np.random.default_rng(seed)
    weights = drawing.exponential(size=(n_draws, n_rows))
    return weights, drawing.gamma(strength, size=n_draws)


# Most actors stand in few sentences, and the draws for as many are always the same.
_few_draws = lru_cache(maxsize=_FEW)(_draws)


def _stacked(features: Sequence[Floats]) -> Floats:
    return np.vstack(features) if features else np.zeros((0, len(TERMS) + len(_COUNTS)))
