"""True and predicted labels of one table, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]

NO_LABEL: Final = "none"
"""Scored like a label where a row can have no label at all."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a model said of labelled rows, beside what is true.

    Attributes
    ----------
    labels
        Names, in column order.
    true, predicted
        Boolean, (rows, labels).
    probabilities
        (rows, labels); 0 for a label that the model doesn't know.
    documents
        Number of each row's document, (rows,), from 0.
    exclusive
        Whether every row has exactly one label.
    """

    labels: tuple[str, ...]
    true: BoolArray
    predicted: BoolArray
    probabilities: FloatArray
    documents: NDArray[np.intp]
    exclusive: bool

    @property
    def n_documents(self) -> int:
        """The number of documents that have a row."""
        return len(np.unique(self.documents))

    @property
    def scored_labels(self) -> tuple[str, ...]:
        """The labels, and ``"none"`` where a row can have no label."""
        return (*self.labels, NO_LABEL) if self._scores_none else self.labels

    @property
    def scored_true(self) -> BoolArray:
        """As `true`, with a column for every scored label."""
        return self._scored(self.true)

    @property
    def scored_predicted(self) -> BoolArray:
        """As `predicted`, with a column for every scored label."""
        return self._scored(self.predicted)

    def at(self, rows: BoolArray) -> Outcome:
        """Keep some rows; documents keep their numbers."""
        return Outcome(
            self.labels,
            self.true[rows],
            self.predicted[rows],
            self.probabilities[rows],
            self.documents[rows],
            self.exclusive,
        )

    @property
    def _scores_none(self) -> bool:
        return not self.exclusive and NO_LABEL not in self.labels

    def _scored(self, has: BoolArray) -> BoolArray:
        return np.column_stack([has, ~has.any(axis=1)]) if self._scores_none else has


def indicators(labels_of_rows: Sequence[tuple[str, ...]], labels: Sequence[str]) -> BoolArray:
    """Say which row has which label.

    Returns
    -------
    array of bool, (rows, labels)

    Examples
    --------
    >>> indicators([("b",), (), ("a", "b")], ["a", "b"]).astype(int).tolist()
    [[0, 1], [0, 0], [1, 1]]
    """
    rows = [[label in found for label in labels] for found in labels_of_rows]
    return np.array(rows, dtype=bool).reshape(len(labels_of_rows), len(labels))


def document_numbers(doc_ids: pd.Series[str]) -> NDArray[np.intp]:
    """Give documents numbers in the order of their names, whatever the order of the rows.

    Examples
    --------
    >>> document_numbers(pd.Series(["b", "a", "b"])).tolist()
    [1, 0, 1]
    """
    return np.unique(doc_ids.astype(str).to_numpy(dtype=str), return_inverse=True)[1]
