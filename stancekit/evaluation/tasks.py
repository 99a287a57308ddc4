"""The kinds of labelled table, and how a model's answers to each are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import pandas as pd

from stancekit.actors import ActorFinder
from stancekit.errors import InputError, NotTrainedError, did_you_mean
from stancekit.evaluation.outcome import Outcome, document_numbers, indicators
from stancekit.evaluation.slices import Slice, claim_slices, relation_slices, stance_slices
from stancekit.labels import split_types
from stancekit.tables import CLAIMS, RELATIONS, STANCES_TABLE, Schema, Source, read_table


class Labeller(Protocol):
    """What can be evaluated: a `stancekit.Model`, or anything that labels like one.

    Attributes
    ----------
    name
        Shown in the evaluation.
    claim_labels, stance_labels
        The labels it knows; each has a column of probabilities in its answers. A model
        that labels pairs also has ``relation_labels`` and ``label_relations``; one whose
        ``takes_context`` is true labels targets and pairs among the sentences of their
        article, given as ``context=``.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def claim_labels(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def stance_labels(self) -> tuple[str, ...]: ...  # noqa: D102

    def label_claims(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Add a column of probabilities per type, and ``claim_types``."""

    def label_stances(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Add a column of probabilities per stance, and ``stance``."""


@dataclass(frozen=True)
class Task:
    """One kind of labelled table.

    Attributes
    ----------
    name, unit
        What it is called, and what a row is.
    schema
        What the table must have.
    inputs
        The columns that a model may see; the true labels are not among them.
    column
        Holds the labels.
    exclusive
        Whether every row has exactly one label.
    slices
        Checked table to the parts that are scored on their own.
    """

    name: str
    unit: str
    schema: Schema
    inputs: tuple[str, ...]
    column: str
    exclusive: bool
    slices: Callable[[pd.DataFrame, ActorFinder], Iterator[Slice]]

    def read(self, source: Source, split: str | None) -> pd.DataFrame:
        """Read the labelled rows, or those of one split.

        Raises
        ------
        InputError
            If the table is bad, or no row is left.
        """
        frame = read_table(source, self.schema, consequence="Nothing was evaluated.")
        if split is not None:
            frame = _of_split(frame, split, self.name)
        if frame.empty:
            raise InputError(f"{self.name}: expected at least one labelled row; found none")
        if "doc_id" not in frame:
            frame = frame.assign(doc_id=frame["text"])
        return frame.reset_index(drop=True)

    def answers(
        self, model: Labeller, frame: pd.DataFrame, articles: pd.DataFrame | None = None
    ) -> pd.DataFrame:
        """Let a model label the rows without showing it their labels.

        Parameters
        ----------
        model
            Labels them.
        frame
            Checked rows.
        articles
            A table of claims: targets and pairs are labelled among its sentences by a model
            that can.
        """
        if not hasattr(model, f"label_{self.name}"):
            raise NotTrainedError(f"model {model.name!r} labels no {self.name}")
        label: Callable[..., pd.DataFrame] = getattr(model, f"label_{self.name}")
        is_placed = self.name != "claims" and set(_SENTENCE) <= set(frame.columns)
        if articles is None or not is_placed or not getattr(model, "takes_context", False):
            return label(frame[list(self.inputs)].copy())
        inputs = list(dict.fromkeys((*_SENTENCE, *self.inputs)))
        return label(frame[inputs].copy(), context=articles[list(_SENTENCE)])

    def known_labels(self, model: Labeller) -> tuple[str, ...]:
        """Return the labels that a model can give."""
        known: dict[str, tuple[str, ...]] = {
            "claims": model.claim_labels,
            "stances": model.stance_labels,
            "relations": getattr(model, "relation_labels", ()),
        }
        return known[self.name]

    def labels_of(self, frame: pd.DataFrame) -> list[tuple[str, ...]]:
        """Return the labels of every row."""
        if self.exclusive:
            return [(label,) for label in frame[self.column]]
        return [split_types(cell) for cell in frame[self.column]]

    def outcome(
        self, frame: pd.DataFrame, answers: pd.DataFrame, known: tuple[str, ...]
    ) -> Outcome:
        """Set a model's answers beside the truth."""
        true = self.labels_of(frame)
        labels = (*known, *sorted({label for row in true for label in row} - {*known}))
        probabilities = answers.reindex(columns=[*known]).astype(float)
        return Outcome(
            labels,
            true=indicators(true, labels),
            predicted=indicators(self.labels_of(answers), labels),
            probabilities=probabilities.reindex(columns=[*labels], fill_value=0.0).to_numpy(),
            documents=document_numbers(frame["doc_id"]),
            exclusive=self.exclusive,
        )


_SENTENCE: Final = ("doc_id", "sentence_id", "text")
CLAIMS_TASK: Final = Task(
    "claims", "sentences", CLAIMS, _SENTENCE, "claim_types", False, claim_slices
)
STANCES_TASK: Final = Task(
    "stances",
    "mentions",
    STANCES_TABLE,
    (*_SENTENCE, "start", "end"),
    "stance",
    True,
    stance_slices,
)
RELATIONS_TASK: Final = Task(
    "relations",
    "pairs",
    RELATIONS,
    ("text", *RELATIONS.integers),
    "stance",
    True,
    relation_slices,
)


def _of_split(frame: pd.DataFrame, split: str, name: str) -> pd.DataFrame:
    if "split" not in frame:
        columns = ", ".join(map(str, frame.columns))
        raise InputError(f"{name}: expected a column split to pick {split!r} from; found {columns}")
    kept = frame[frame["split"].astype(str) == split]
    if kept.empty:
        found = sorted({str(value) for value in frame["split"]})
        hint = did_you_mean(split, found)
        raise InputError(
            f"{name}: expected a split out of {', '.join(found)}; found {split!r}{hint}"
        )
    return kept
