"""An encoder's vectors of a sentence, its neighbours and its target, as features."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from stancekit.errors import InputError
from stancekit.features.context import Row, Rows, as_rows
from stancekit.features.pooling import VECTORS, WINDOWS, Floats, mean_vector

_LEAST_SPREAD = 0.01


class ReadingVectors(TransformerMixin, BaseEstimator):
    """Mean of the encoder's token vectors in a window, each column brought to one scale.

    Parameters
    ----------
    window
        A key of `stancekit.features.pooling.WINDOWS`: the sentence, the one before or after
        it, the target, the tokens near the target, the holder, or the tokens from a holder
        to the target after it (``"onward"``) or from a target to the holder after it
        (``"back"``).

    Attributes
    ----------
    mean_, scale_
        Shape (width,): columns are centred and scaled so that a row's length is about 1.
        A row whose window has no token is all zeros, which is the mean.

    Notes
    -----
    A mean of token vectors in a linear head: the head's score is a sum over the tokens.
    """

    def __init__(self, *, window: str = "sentence") -> None:
        self.window = window

    def fit(self, X: Rows, y: object = None) -> Self:  # noqa: ARG002
        """Learn each column's mean and scale.

        Parameters
        ----------
        X
            Rows with readings, or pooled ones.
        y
            Not used.

        Raises
        ------
        InputError
            If a row has no reading.
        """
        means = self._means(as_rows(X))
        means = means[means.any(axis=1)]
        width = means.shape[1]
        self.mean_, spread = np.zeros(width, np.float32), np.ones(width)
        if len(means):
            self.mean_ = means.mean(axis=0, dtype=np.float64).astype(np.float32)
            spread = means.std(axis=0, dtype=np.float64)
            # A column that hardly varies is noise, which must not be blown up.
            spread = np.maximum(spread, float(np.abs(means).mean()) * _LEAST_SPREAD)
        self.scale_ = (1 / (spread * np.sqrt(max(width, 1)))).astype(np.float32)
        return self

    def transform(self, X: Rows) -> sparse.csr_matrix:
        """Average the vectors of each row's window, shape (n_rows, width).

        Raises
        ------
        InputError
            If a row has no reading, or one by an encoder of another width.
        """
        check_is_fitted(self, "mean_")
        means = self._means(as_rows(X))
        width = len(self.mean_)
        if len(means) and means.shape[1] != width:
            raise InputError(
                f"expected readings with vectors of {width} numbers; found {means.shape[1]}. "
                "Read with the encoder that the head was trained on."
            )
        is_there = means.any(axis=1)
        scaled = (means.reshape(-1, width) - self.mean_) * self.scale_
        scaled[~is_there] = 0.0
        return _as_sparse(scaled)

    def attribute(
        self, row: Row, weights: npt.NDArray[np.float32]
    ) -> list[tuple[str, float, int, int]]:
        """Share a linear score out over the tokens: (name, value, start, end) each.

        Parameters
        ----------
        row
            One row; a neighbour's share, and that of a pooled row, is one value.
        weights
            The linear model's weights of these columns, shape (width,).

        Returns
        -------
        list
            Values add up to ``transform([row]) @ weights``.
        """
        key, window = WINDOWS[self.window]
        reading = row.get(key)
        if VECTORS in row or key != "reading" or reading is None:
            value = float((self.transform([row]) @ weights)[0])
            return [(self.window, value, -1, -1)] if value else []
        places = window(reading, row)
        scaled = (reading.vectors[places].astype(np.float64) - self.mean_) * self.scale_
        shares = scaled @ weights / max(len(scaled), 1)
        return [
            (row["text"][start:end], float(share), int(start), int(end))
            for share, (start, end) in zip(shares, reading.offsets[places], strict=True)
        ]

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Return the names of the columns, shape (width,)."""
        check_is_fitted(self, "mean_")
        return np.array([f"{self.window}[{at}]" for at in range(len(self.mean_))], dtype=object)

    def _means(self, rows: Sequence[Row]) -> Floats:
        found = [mean_vector(row, self.window) for row in rows]
        return np.stack(found) if found else np.zeros((0, 0), np.float32)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = True
        return tags


def _as_sparse(matrix: Floats) -> sparse.csr_matrix:
    """Store every number of a full matrix as a sparse one, without looking for zeros."""
    n_rows, width = matrix.shape
    columns = np.tile(np.arange(width, dtype=np.int32), n_rows)
    ends = np.arange(n_rows + 1, dtype=np.int32) * width
    return sparse.csr_matrix((matrix.ravel(), columns, ends), shape=matrix.shape)
