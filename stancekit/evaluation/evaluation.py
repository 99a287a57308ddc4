"""The result of an evaluation, and the forms it can be written in."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

import pandas as pd

from stancekit.errors import InputError

if TYPE_CHECKING:
    from rich.console import Group

View: TypeAlias = Literal["scores", "confusion", "slices", "differences", "changes", "data"]
VIEWS: Final[tuple[View, ...]] = get_args(View)
_BOUNDS: Final = ("value", "low", "high")
COLUMNS: Final[dict[View, tuple[str, ...]]] = {
    "scores": ("task", "label", "metric", *_BOUNDS, "n"),
    "confusion": ("task", "label", "true", "predicted", "n"),
    "slices": ("task", "slice", "group", "metric", *_BOUNDS, "n", "documents", "labels"),
    "differences": (
        *("task", "label", "metric", "model", "against"),
        *("difference", "low", "high", "p_value"),
    ),
    "changes": (
        *("task", "doc_id", "sentence_id", "start", "end", "actor", "text"),
        *("true", "against", "model", "verdict"),
    ),
    "data": ("task", "rows", "documents"),
}
"""The columns of every view, also of one without rows."""


@dataclass(frozen=True, eq=False)
class Evaluation:
    """How well a model labels, and how sure that is.

    Every frame has a column ``task``: ``"claims"``, ``"stances"`` or ``"relations"``.
    Intervals are the middle 95 % of bootstrap samples of documents.

    Attributes
    ----------
    model, against
        The names of the model and of the one it's compared with, if any.
    n_bootstrap, seed
        How many samples of documents were drawn, and which.
    data
        Columns ``task``, ``rows``, ``documents``.
    scores
        Columns ``task``, ``label``, ``metric``, ``value``, ``low``, ``high`` and ``n``, the
        rows it rests on. The label is ``""`` for a score of the whole table; metrics are
        explained in `stancekit.evaluation.metrics` and `stancekit.evaluation.calibration`.
        NaN where a label doesn't occur.
    confusion
        Columns ``task``, ``label``, ``true``, ``predicted``, ``n``: see
        `stancekit.evaluation.scoring.confusion_rows`.
    slices
        Columns ``task``, ``slice``, ``group``, ``metric``, ``value``, ``low``, ``high``, and
        how many rows (``n``), ``documents`` and ``labels`` occur in it.
    differences
        Columns ``task``, ``label``, ``metric``, ``model``, ``against``, ``difference``,
        ``low``, ``high``, ``p_value``; no row without a second model.
    changes
        The rows that the two models label differently, with ``true``, ``against``,
        ``model`` and ``verdict``.
    notes
        What the reader must know of the numbers, in words.
    """

    model: str
    against: str | None
    n_bootstrap: int
    seed: int
    data: pd.DataFrame = field(repr=False)
    scores: pd.DataFrame = field(repr=False)
    confusion: pd.DataFrame = field(repr=False)
    slices: pd.DataFrame = field(repr=False)
    differences: pd.DataFrame = field(repr=False)
    changes: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...] = ()

    def score(self, task: str, metric: str, label: str = "") -> float:
        """Return one score.

        Parameters
        ----------
        task
            ``"claims"``, ``"stances"`` or ``"relations"``.
        metric
            Such as ``"f1"`` of a label, or ``"macro_f1"`` of the whole table.
        label
            A label; empty for the whole table.

        Raises
        ------
        InputError
            If there is no such score.
        """
        scores = self.scores[self.scores["task"].eq(task) & self.scores["label"].eq(label)]
        found = scores.loc[scores["metric"].eq(metric), "value"]
        if found.empty:
            there = ", ".join(scores["metric"]) or "none"
            raise InputError(
                f"no score {metric!r} of {label or 'the whole table'!r} in {task!r}; found {there}"
            )
        return float(found.iloc[0])

    def to_frame(self, view: View = "scores") -> pd.DataFrame:
        """Return a copy of one frame.

        Parameters
        ----------
        view
            ``"scores"``, ``"confusion"``, ``"slices"``, ``"differences"``, ``"changes"`` or
            ``"data"``.

        Raises
        ------
        InputError
            If the view is unknown.
        """
        if view not in VIEWS:
            raise InputError(f"expected a view out of {', '.join(VIEWS)}; found {view!r}")
        frame: pd.DataFrame = getattr(self, view)
        return frame.copy()

    def to_csv(self, path: str | Path, view: View = "scores") -> None:
        """Write one frame as a CSV; a score that isn't defined is an empty cell."""
        self.to_frame(view).to_csv(path, index=False)

    def to_json(self) -> str:
        """Write everything as one JSON object; a score that isn't defined is null."""
        record: dict[str, Any] = {
            name: getattr(self, name) for name in ("model", "against", "n_bootstrap", "seed")
        }
        record["notes"] = list(self.notes)
        record |= {view: _records(self.to_frame(view)) for view in VIEWS}
        return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=2)

    def to_markdown(self) -> str:
        """Write the tables for a model card.

        The sentences whose label changed are counted, not quoted: a card is published, and
        they may not be its author's to publish.
        """
        from stancekit.evaluation.sheets import sheets
        from stancekit.evaluation.writing import markdown

        return markdown(sheets(self, n_changes=0), self.notes)

    def __rich__(self) -> Group:
        from stancekit.evaluation.sheets import sheets
        from stancekit.evaluation.writing import rich_group

        return rich_group(sheets(self), self.notes)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    defined = frame.astype(object).where(frame.notna(), None)
    return [
        {str(column): _plain(value) for column, value in row.items()}
        for row in defined.to_dict("records")
    ]


def _plain(value: Any) -> Any:
    """Turn a NumPy number into Python's."""
    return value.item() if hasattr(value, "item") else value
