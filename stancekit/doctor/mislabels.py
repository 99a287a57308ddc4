"""Labels that a classifier fitted on the other documents does not believe."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from stancekit.actors import ActorFinder
from stancekit.classify.blocks import claim_features, stance_features
from stancekit.classify.calibrate import Floats, document_folds
from stancekit.classify.relations import relation_features
from stancekit.doctor.findings import Finding
from stancekit.doctor.offsets import share_letters
from stancekit.doctor.sheet import Kind, Sheet
from stancekit.features.frames import describe_pairs, describe_sentences, describe_targets
from stancekit.labels import in_order, join_types, split_types

CHECK = "likely mislabel"

MIN_ROWS = 100
"""Fewest rows that say enough about the others."""

MOST = 0.05
"""Largest share of the rows that is named: a list that a person can read."""

_MIN_DOCUMENTS = 5
_N_FOLDS = 5
_INSTALL = 'pip install "stancekit[train]"'

Truth = npt.NDArray[np.intp]


def doubtful_labels(sheet: Sheet) -> Iterator[Finding]:
    """Find labels that are likely wrong, by confident learning, the most doubtful first.

    Every row gets probabilities from a classifier of words and context, without an encoder,
    that was fitted on other documents; cleanlab judges which labels contradict them. Each is
    a row to read again, not a verdict.

    References
    ----------
    Northcutt, Jiang and Chuang (2021), "Confident learning: estimating uncertainty in
    dataset labels", JAIR 70.
    """
    # A pair needs no document: those of one sentence belong together.
    document = () if sheet.kind == "relations" else ("doc_id",)
    if not sheet.has(*document, "text", sheet.label, *sheet.offsets):
        return
    rows = _sound_rows(sheet)
    if len(rows) < MIN_ROWS or rows["doc_id"].nunique() < _MIN_DOCUMENTS:
        message = f"not looked for: that needs {MIN_ROWS} sound rows in {_MIN_DOCUMENTS} documents"
        yield Finding("note", CHECK, (), message)
        return
    try:
        import cleanlab  # noqa: F401
    except ImportError:
        yield Finding("note", CHECK, (), f"not looked for: that needs cleanlab; {_INSTALL}")
        return
    for at, message in _DOUBTS[sheet.kind](rows):
        yield Finding("warning", CHECK, (int(rows.index[at]),), message)


def out_of_fold(matrix: sparse.csr_matrix, truth: Truth, groups: Sequence[str]) -> Floats:
    """Predict every row by a classifier fitted on other documents.

    Parameters
    ----------
    matrix
        Features, shape (n_rows, n_features).
    truth
        Class of each row, from 0.
    groups
        Document of each row.

    Returns
    -------
    ndarray
        Probabilities, shape (n_rows, n_classes).
    """
    probabilities = np.zeros((len(truth), truth.max() + 1))
    for train, held_out in document_folds(groups, len(truth), _N_FOLDS):
        seen = np.unique(truth[train])
        if len(seen) == 1:
            probabilities[held_out, seen[0]] = 1.0
            continue
        head = LogisticRegression(tol=1e-3, max_iter=1000).fit(matrix[train], truth[train])
        probabilities[np.ix_(held_out, seen)] = head.predict_proba(matrix[held_out])
    return probabilities


def _sound_rows(sheet: Sheet) -> pd.DataFrame:
    """Return the rows that a classifier can read, offsets as numbers."""
    frame = sheet.frame
    if not sheet.has("doc_id"):
        frame = frame.assign(doc_id=frame["text"])
    if sheet.spans:
        found = sheet.sound_spans()
        apart = [row for row, spans in found.items() if not share_letters(spans)]
        numbers = [[at for one in found[row] for at in (one.start, one.end)] for row in apart]
        offsets = pd.DataFrame(numbers, apart, columns=list(sheet.offsets), dtype=int)
        frame = frame.loc[apart].assign(**{name: offsets[name] for name in sheet.offsets})
        frame = frame[frame["stance"] != ""]
    return frame[(frame["text"] != "") & (frame["doc_id"] != "")]


def _doubtful_stances(rows: pd.DataFrame) -> Iterator[tuple[int, str]]:
    matrix = stance_features().fit_transform(describe_targets(rows, ActorFinder()))
    yield from _doubtful_sides(rows, matrix)


def _doubtful_relations(rows: pd.DataFrame) -> Iterator[tuple[int, str]]:
    matrix = relation_features().fit_transform(describe_pairs(rows, ActorFinder()))
    yield from _doubtful_sides(rows, matrix)


def _doubtful_sides(rows: pd.DataFrame, matrix: sparse.csr_matrix) -> Iterator[tuple[int, str]]:
    from cleanlab.filter import find_label_issues

    names = in_order(rows["stance"], ())
    truth = np.searchsorted(names, rows["stance"])
    if len(names) < 2:
        return
    probabilities = out_of_fold(matrix, truth, rows["doc_id"].tolist())
    ranked = find_label_issues(
        truth, probabilities, return_indices_ranked_by="normalized_margin", n_jobs=1
    )
    for at in _first(ranked, len(rows)):
        row, best = probabilities[at], probabilities[at].argmax()
        yield at, _doubt(names[truth[at]], names[best], row[best])


def _doubtful_claims(rows: pd.DataFrame) -> Iterator[tuple[int, str]]:
    from cleanlab.multilabel_classification.filter import find_label_issues

    types = [split_types(cell) for cell in rows["claim_types"]]
    names = in_order((name for row in types for name in row), ())
    if not names:
        return
    matrix = claim_features().fit_transform(describe_sentences(rows, ActorFinder()))
    truth = np.array([[name in row for name in names] for row in types], dtype=np.intp)
    probabilities = np.column_stack(
        [_of_type(matrix, has_type, rows["doc_id"].tolist()) for has_type in truth.T]
    )
    ranked = find_label_issues(
        [np.flatnonzero(row).tolist() for row in truth],
        probabilities,
        return_indices_ranked_by="self_confidence",
        n_jobs=1,
    )
    for at in _first(ranked, len(rows)):
        worst = int(np.abs(truth[at] - probabilities[at]).argmax())
        yield at, _doubt(join_types(types[at]), names[worst], probabilities[at, worst])


_DOUBTS: Final[Mapping[Kind, Callable[[pd.DataFrame], Iterator[tuple[int, str]]]]] = {
    "claims": _doubtful_claims,
    "stances": _doubtful_stances,
    "relations": _doubtful_relations,
}


def _of_type(matrix: sparse.csr_matrix, has_type: Truth, groups: Sequence[str]) -> Floats:
    probabilities = out_of_fold(matrix, has_type, groups)
    return np.asarray(probabilities[:, 1])


def _doubt(given: str, label: str, probability: float) -> str:
    return f"labelled {given or 'with no type'!r}; {label!r} is {probability:.0%} probable"


def _first(ranked: Sequence[int], n_rows: int) -> list[int]:
    return [int(at) for at in ranked[: max(1, int(MOST * n_rows))]]
