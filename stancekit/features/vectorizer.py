"""One transformer for every sparse feature: rows to named parts to columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Self, TypeAlias

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from stancekit.features.context import Row, Rows, as_rows, mention_parts, speech_parts
from stancekit.features.lexical import neighbour_parts, sentence_parts, target_parts
from stancekit.features.pairs import pair_parts, role_parts

Analyzer: TypeAlias = Callable[[Row], Iterable[tuple[str, float, int, int]]]

ANALYZERS: dict[str, Analyzer] = {
    "sentence": sentence_parts,
    "target": target_parts,
    "neighbours": neighbour_parts,
    "speech": speech_parts,
    "mention": mention_parts,
    "pair": pair_parts,
    "roles": role_parts,
}
"""Name of an analyzer -> function from a row to its parts.

A part is (name, value, start, end): how strongly a feature is there, and the characters of the
row's text that show it, -1 where it is no word of it. Parts of one name add up.
"""


class PartVectorizer(TransformerMixin, BaseEstimator):
    """Turn rows into a sparse matrix of named features.

    Parameters
    ----------
    analyzer
        A key of `ANALYZERS`.
    min_df
        Fewest rows that a feature must be found in to be kept.
    idf
        Weigh rare features up and bring every row to unit length. Leave it off for
        features that mean the same however common they are.

    Attributes
    ----------
    features_
        Names of the features, shape (n_features,), sorted.
    idf_
        Weight of each feature, shape (n_features,).

    Examples
    --------
    >>> rows = [{"text": "Rates may rise."}, {"text": "Rates rose."}]
    >>> PartVectorizer(analyzer="sentence", min_df=2).fit(rows).get_feature_names_out().tolist()
    ['.', '<s> rates', 'rates']
    """

    def __init__(self, *, analyzer: str = "sentence", min_df: int = 2, idf: bool = True) -> None:
        self.analyzer = analyzer
        self.min_df = min_df
        self.idf = idf

    def fit(self, X: Rows, y: object = None) -> Self:  # noqa: ARG002
        """Learn which features there are.

        Parameters
        ----------
        X
            Frame with the columns that the analyzer reads.
        y
            Not used.
        """
        analyze = ANALYZERS[self.analyzer]
        counts: Counter[str] = Counter()
        for row in as_rows(X):
            counts.update({part[0] for part in analyze(row)})
        kept = sorted(name for name, count in counts.items() if count >= self.min_df)
        self.features_ = np.array(kept or [""], dtype=object)
        df = np.array([counts[name] for name in self.features_], dtype=float)
        scale = np.log((1 + len(X)) / (1 + df)) + 1 if self.idf else np.ones(len(df))
        self.idf_ = scale.astype(np.float32)
        self._columns: dict[str, int] | None = None
        return self

    def transform(self, X: Rows) -> sparse.csr_matrix:
        """Count the features of each row.

        Returns
        -------
        csr_matrix
            Shape (n_rows, n_features).
        """
        check_is_fitted(self, "features_")
        analyze, columns = ANALYZERS[self.analyzer], self._column_of()
        values: list[float] = []
        indices: list[int] = []
        ends = [0]
        for row in as_rows(X):
            found: dict[int, float] = {}
            for name, value, _, _ in analyze(row):
                column = columns.get(name)
                if column is not None:
                    found[column] = found.get(column, 0.0) + value
            indices.extend(found)
            values.extend(found.values())
            ends.append(len(indices))
        data = np.asarray(values, dtype=np.float32)
        matrix = sparse.csr_matrix(
            (data, np.asarray(indices, dtype=np.int32), np.asarray(ends, dtype=np.int32)),
            shape=(len(X), len(self.features_)),
        )
        return self._weigh(matrix)

    def attribute(self, row: Row, weights: np.ndarray) -> list[tuple[str, float, int, int]]:
        """Share a linear score out over the parts: (name, value, start, end) each.

        Parameters
        ----------
        row
            One row.
        weights
            The linear model's weights of these columns, shape (n_features,).

        Returns
        -------
        list
            Values add up to ``transform(row) @ weights``.
        """
        columns = self._column_of()
        parts = [part for part in ANALYZERS[self.analyzer](row) if part[0] in columns]
        totals: defaultdict[str, float] = defaultdict(float)
        for name, value, _, _ in parts:
            totals[name] += value
        counted = self.transform([row])
        scores = dict(zip(counted.indices, counted.data * weights[counted.indices], strict=True))
        return [
            (name, float(scores[columns[name]]) * value / totals[name], start, end)
            for name, value, start, end in parts
            if totals[name]
        ]

    def get_feature_names_out(self, input_features: object = None) -> np.ndarray:  # noqa: ARG002
        """Return the names of the columns, shape (n_features,)."""
        check_is_fitted(self, "features_")
        return self.features_

    def _weigh(self, matrix: sparse.csr_matrix) -> sparse.csr_matrix:
        if self.idf:
            matrix.data = np.minimum(matrix.data, 1 + np.log(np.maximum(matrix.data, 1)))
            matrix.data *= self.idf_[matrix.indices]
            matrix = normalize(matrix, copy=False)
        return matrix

    def _column_of(self) -> dict[str, int]:
        """Look names up; made at first use, so that a loaded model needs no copy of it."""
        columns: dict[str, int] | None = getattr(self, "_columns", None)
        if columns is None:
            columns = self._columns = {str(name): at for at, name in enumerate(self.features_)}
        return columns

    def __getstate__(self) -> dict[str, Any]:
        state = {**super().__getstate__(), "_columns": None}
        if "features_" in state:
            joined = "\n".join(state["features_"]).encode("utf-8", "surrogatepass")
            state["features_"] = np.frombuffer(joined, dtype=np.uint8)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        if "features_" in state:
            joined = state["features_"].tobytes().decode("utf-8", "surrogatepass")
            state = {**state, "features_": np.array(joined.split("\n"), dtype=object)}
        super().__setstate__(state)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = True
        return tags
