"""Fit the weights of a chain of tags by maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from stancekit.tagging.chain import (
    NEVER,
    Floats,
    Ints,
    Walk,
    believe,
    expected_moves,
    moves_of,
    path_score,
)
from stancekit.tagging.texts import Vectors

Weights: TypeAlias = tuple[Vectors, Vectors, Vectors, Vectors]

_LEAST_SPREAD = 1e-6


@dataclass(frozen=True, eq=False)
class Sight:
    """What is seen of the words of texts.

    Attributes
    ----------
    vectors
        Shape (n_words, width), text after text.
    columns
        Shape (n_words, n_columns).
    lengths
        Words of each text.
    reach
        How many words on each side lend a word their vectors.
    """

    vectors: Vectors
    columns: sparse.csr_matrix
    lengths: Ints
    reach: int

    @property
    def places(self) -> range:
        """The words around a word that lend it their vectors, itself among them."""
        return range(-self.reach, self.reach + 1)

    def scores(self, coef: Vectors, coef_columns: Vectors) -> Floats:
        """Weigh what is seen, shape (n_words, n_tags).

        Parameters
        ----------
        coef
            Shape (2 * reach + 1, width, n_tags).
        coef_columns
            Shape (n_columns, n_tags).
        """
        found = np.asarray(self.columns @ coef_columns, dtype=np.float64)
        # One product for all places: the vectors are many, and passing over them takes the time.
        lent = self.vectors @ np.concatenate(coef, axis=1)
        for place, rows in zip(self.places, np.split(lent, len(coef), axis=1), strict=True):
            found += self.shifted(rows.astype(np.float64), place)
        return found

    def shifted(self, rows: Floats, place: int) -> Floats:
        """Give each word the row of the word some places on in its text, or zeros."""
        if place == 0:
            return rows
        ends = np.cumsum(self.lengths)
        source = np.arange(len(rows)) + place
        is_after = source >= np.repeat(ends - self.lengths, self.lengths)
        within = is_after & (source < np.repeat(ends, self.lengths))
        moved = np.zeros_like(rows)
        moved[within] = rows[source[within]]
        return moved


def fit_chain(
    sight: Sight,
    tags: Ints,
    allowed: npt.NDArray[np.bool_],
    *,
    alpha: float,
    max_iter: int,
) -> Weights:
    """Fit a chain by L-BFGS, on vectors brought to mean 0 and spread 1.

    Parameters
    ----------
    sight
        What is seen of each word.
    tags
        The true tag of each word.
    allowed
        Which steps from tag to tag may be taken, the last row from the start.
    alpha
        Strength of the penalty on squared weights.
    max_iter
        Iterations.

    Returns
    -------
    tuple of array
        Weights of vectors and columns, intercept, and scores of the steps; float32.
    """
    problem = _Problem(sight, tags, allowed, alpha)
    fitted = optimize.minimize(
        problem.loss,
        np.zeros(problem.size),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": max_iter, "maxcor": 8},
    )
    return problem.weights(fitted.x)


class _Problem:
    """Loss and gradient of a chain's weights, all in one vector."""

    def __init__(
        self, sight: Sight, tags: Ints, allowed: npt.NDArray[np.bool_], alpha: float
    ) -> None:
        self.sight, self.allowed, self.alpha = sight, allowed, alpha
        self.walk = Walk.over(sight.lengths.tolist())
        self.tags = tags[self.walk.rows]
        n_tags = allowed.shape[1]
        self.moves = moves_of(self.tags, self.walk, n_tags)
        self.mean = sight.vectors.mean(axis=0, dtype=np.float64)
        self.spread = np.maximum(sight.vectors.std(axis=0, dtype=np.float64), _LEAST_SPREAD)
        width, n_columns = sight.vectors.shape[1], sight.columns.shape[1]
        self.shapes = (
            (2 * sight.reach + 1, width, n_tags),
            (n_columns, n_tags),
            (n_tags,),
            allowed.shape,
        )
        self.size = sum(int(np.prod(shape)) for shape in self.shapes)

    def loss(self, x: Floats) -> tuple[float, Floats]:
        """Return the mean negative log-likelihood of a word with its penalty, and the gradient."""
        coef, coef_columns, intercept, transitions = self._parted(x)
        n_words = max(1, len(self.tags))
        scores = self._scores(coef, coef_columns, intercept)[self.walk.rows]
        steps = np.where(self.allowed, transitions, NEVER)
        beliefs = believe(scores, steps, self.walk)
        loss = beliefs.log_norm - path_score(scores, steps, self.walk, self.tags)
        slope = np.empty_like(scores)
        slope[self.walk.rows] = beliefs.marginals
        slope[self.walk.rows, self.tags] -= 1.0
        slopes = self._slopes(slope / n_words)
        expected = expected_moves(beliefs, steps, self.walk) - self.moves
        slopes.append(np.where(self.allowed, expected, 0.0) / n_words)
        penalty = 0.5 * self.alpha * float(x @ x)
        gradient = np.concatenate([part.ravel() for part in slopes])
        return loss / n_words + penalty, gradient + self.alpha * x

    def weights(self, x: Floats) -> Weights:
        """Return the weights for vectors as they come."""
        coef, coef_columns, intercept, transitions = self._parted(x)
        steps = np.where(self.allowed, transitions, NEVER)
        unscaled = coef / self.spread[:, None]
        parts = (unscaled, coef_columns, self._intercept(unscaled, intercept), steps)
        a, b, c, d = (part.astype(np.float32) for part in parts)
        return a, b, c, d

    def _scores(self, coef: Floats, coef_columns: Floats, intercept: Floats) -> Floats:
        unscaled = coef / self.spread[:, None]
        scores = self.sight.scores(unscaled.astype(np.float32), coef_columns.astype(np.float32))
        return scores + self._intercept(unscaled, intercept)

    def _intercept(self, unscaled: Floats, intercept: Floats) -> Floats:
        # Only the word's own vector is always there to be centred.
        centred: Floats = intercept - self.mean @ unscaled[self.sight.reach]
        return centred

    def _slopes(self, slope: Floats) -> list[Floats]:
        places = self.sight.places
        back = np.concatenate([self.sight.shifted(slope, -place) for place in places], axis=1)
        lent = (self.sight.vectors.T @ back.astype(np.float32)).astype(np.float64)
        parts = np.stack(np.split(lent, len(places), axis=1))
        total = slope.sum(axis=0)
        parts[self.sight.reach] -= np.outer(self.mean, total)
        return [
            parts / self.spread[:, None],
            np.asarray(self.sight.columns.T @ slope, dtype=np.float64),
            total,
        ]

    def _parted(self, x: Floats) -> list[Floats]:
        ends = np.cumsum([int(np.prod(shape)) for shape in self.shapes])[:-1]
        return [
            part.reshape(shape) for part, shape in zip(np.split(x, ends), self.shapes, strict=True)
        ]
