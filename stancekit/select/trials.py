"""One trial: fit a head to some documents, score it on others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.metrics import f1_score
from sklearn.preprocessing import MultiLabelBinarizer

from stancekit.actors import ActorFinder
from stancekit.classify.calibrate import document_folds
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.errors import InputError, plural
from stancekit.features.frames import describe_sentences, describe_targets
from stancekit.labels import split_types
from stancekit.tables import CLAIMS, STANCES_TABLE, Source, read_table

Places: TypeAlias = npt.NDArray[np.intp]
Fold: TypeAlias = tuple[Places, Places]

_CALIBRATION_FOLDS = 3


@dataclass(frozen=True)
class Task:
    """A labelled table, described for its head.

    Attributes
    ----------
    head
        ``"claims"`` or ``"stances"``.
    described
        Rows as the head reads them.
    labels
        The labels of each row; a stance is the only one of its row.
    documents
        Document of each row.
    """

    head: str
    described: pd.DataFrame
    labels: Sequence[tuple[str, ...]]
    documents: npt.NDArray[np.object_]

    def folds(self, n_folds: int) -> list[Fold]:
        """Split the rows into (train, held out) by document.

        Raises
        ------
        InputError
            If there are fewer than two folds or two documents.
        """
        n_documents = len(set(self.documents))
        if min(n_folds, n_documents) < 2:
            raise InputError(
                f"{self.head}: expected at least 2 folds and 2 documents; "
                f"found {plural(n_folds, 'fold')} and {plural(n_documents, 'document')}"
            )
        return list(document_folds(self.documents.tolist(), len(self.documents), n_folds))

    def score(self, train: Places, held_out: Places, settings: Mapping[str, Any]) -> float:
        """Return the macro-F1 on some rows of a head fitted to others.

        Raises
        ------
        InputError
            If the rows to fit to have too few labels.
        """
        fit_and_predict = _claims if self.head == "claims" else _stances
        predicted = fit_and_predict(self, train, held_out, settings)
        rows = MultiLabelBinarizer(classes=sorted({name for row in self.labels for name in row}))
        truth = rows.fit_transform([self.labels[row] for row in held_out])
        # A label that a fold neither has nor predicts has no score there.
        return float(
            f1_score(truth, rows.transform(predicted), average="macro", zero_division=np.nan)
        )


def read_tasks(claims: Source | None, stances: Source | None) -> list[Task]:
    """Read labelled tables and describe their rows.

    Raises
    ------
    InputError
        If there is neither, or one is bad.
    """
    tasks = []
    finder = ActorFinder()
    if claims is not None:
        frame = read_table(claims, CLAIMS)
        types = [split_types(cell) for cell in frame["claim_types"]]
        described = describe_sentences(frame, finder)
        tasks.append(Task("claims", described, types, frame["doc_id"].to_numpy(object)))
    if stances is not None:
        frame = read_table(stances, STANCES_TABLE)
        described = describe_targets(frame, finder)
        labels = [(label,) for label in frame["stance"]]
        tasks.append(Task("stances", described, labels, frame["doc_id"].to_numpy(object)))
    if not tasks:
        raise InputError("expected claims, stances or both; found neither")
    return tasks


def _claims(
    task: Task, train: Places, held_out: Places, settings: Mapping[str, Any]
) -> list[tuple[str, ...]]:
    labels = [task.labels[row] for row in train]
    head = ClaimClassifier(**{"n_folds": _CALIBRATION_FOLDS, **settings})
    head.fit(task.described.iloc[train], labels, task.documents[train].tolist())
    found = head.predict(task.described.iloc[held_out]).astype(bool)
    return [tuple(head.classes_[row]) for row in found]


def _stances(
    task: Task, train: Places, held_out: Places, settings: Mapping[str, Any]
) -> list[tuple[str, ...]]:
    labels = [label for row in train for label in task.labels[row]]
    head = StanceClassifier(**{"n_folds": _CALIBRATION_FOLDS, **settings})
    head.fit(task.described.iloc[train], labels, task.documents[train].tolist())
    return [(label,) for label in head.predict(task.described.iloc[held_out])]
