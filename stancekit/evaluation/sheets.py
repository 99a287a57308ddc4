"""An evaluation as tables to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from stancekit.errors import plural
from stancekit.evaluation.compare import BROKEN, MENDED, STILL_WRONG
from stancekit.evaluation.evaluation import VIEWS, Evaluation
from stancekit.evaluation.outcome import NO_LABEL
from stancekit.evaluation.writing import Sheet

MAX_CHANGES_SHOWN: Final = 10

_Bounds: TypeAlias = tuple[float, float, float]
_Scores: TypeAlias = dict[tuple[str, str], _Bounds]

_NAMES: Final = {
    "claims": ("Claim types", "sentence"),
    "stances": ("Stances", "mention"),
    "relations": ("Relations", "pair"),
}
_COMPARED: Final = {
    "macro_f1": "macro F1",
    "micro_f1": "micro F1",
    "accuracy": "accuracy",
    "macro_average_precision": "macro avg. precision",
    "brier": "Brier (lower is better)",
    "f1": "F1 of ",
}


def sheets(evaluation: Evaluation, *, n_changes: int = MAX_CHANGES_SHOWN) -> Iterator[Sheet]:
    """Lay an evaluation out.

    Parameters
    ----------
    evaluation
        Of one or two models.
    n_changes
        How many of the rows whose label changed to quote, for each task.

    Yields
    ------
    Sheet
        For each task: label scores, probability scores, confusion, slices; with a second
        model also differences and changed rows.
    """
    frames = {view: evaluation.to_frame(view) for view in VIEWS}
    for task, rows, documents in frames["data"].itertuples(index=False):
        of_task = {view: frame[frame["task"].eq(task)] for view, frame in frames.items()}
        name, unit = _NAMES[task]
        size = f"{plural(rows, unit)} of {plural(documents, 'document')}"
        yield _label_sheet(f"{name} by {evaluation.model}: {size}", of_task["scores"])
        yield _probability_sheet(f"{name}: probabilities", of_task["scores"])
        yield _confusion_sheet(f"{name}: confusion", of_task["confusion"])
        if len(of_task["slices"]):
            yield _slice_sheet(f"{name}: slices", f"{unit}s", of_task["slices"])
        if evaluation.against is not None:
            versus = f"{name}: {evaluation.model} (this) against {evaluation.against} (other)"
            yield _difference_sheet(versus, of_task["differences"])
            yield from _change_sheets(name, of_task["changes"], n_changes)


def _label_sheet(title: str, frame: pd.DataFrame) -> Sheet:
    scores = _scores(frame)
    of_labels = frame[frame["metric"].eq("f1")]
    support = dict(zip(of_labels["label"], of_labels["n"], strict=True))
    rows = [(label, f"{n:,}", *_counted(scores, label, "")) for label, n in support.items()]
    rows += [(f"{kind} mean", "", *_counted(scores, "", f"{kind}_")) for kind in ("macro", "micro")]
    accuracy = _with_interval(scores["", "accuracy"])
    caption = f"Rows with exactly the right labels: {accuracy}."
    if of_labels["low"].notna().any():
        caption = f"In brackets: 95 % intervals. {caption}"
    if NO_LABEL in support:
        caption += f" Means leave out {NO_LABEL}."
    return Sheet(title, ("label", "rows", "precision", "recall", "F1"), tuple(rows), caption)


def _counted(scores: _Scores, label: str, prefix: str) -> tuple[str, str, str]:
    precision, recall, f1 = (scores[label, prefix + name] for name in ("precision", "recall", "f1"))
    return _number(precision[0]), _number(recall[0]), _with_interval(f1)


def _probability_sheet(title: str, frame: pd.DataFrame) -> Sheet:
    scores = _scores(frame)
    labels = frame.loc[frame["metric"].eq("average_precision"), "label"]
    rows = [(label, *_probabilities(scores, label, "")) for label in labels]
    rows.append(("whole table", *_probabilities(scores, "", "macro_")))
    caption = (
        "ECE: gap between probability and frequency, mean of ten bins; by chance: what a "
        "perfectly calibrated model would get on as many rows."
    )
    header = ("label", "avg. precision", "Brier", "ECE", "by chance")
    return Sheet(title, header, tuple(rows), caption)


def _probabilities(scores: _Scores, label: str, prefix: str) -> tuple[str, str, str, str]:
    return (
        _with_interval(scores[label, f"{prefix}average_precision"]),
        _with_interval(scores[label, "brier"]),
        _number(scores[label, "ece"][0]),
        _number(scores[label, "ece_if_calibrated"][0]),
    )


def _confusion_sheet(title: str, frame: pd.DataFrame) -> Sheet:
    if frame["label"].eq("").all():
        labels = tuple(frame["true"].unique())
        counts = frame["n"].to_numpy().reshape(len(labels), len(labels))
        header: tuple[str, ...] = ("true \\ predicted", *labels)
    else:
        labels = tuple(frame["label"].unique())
        counts = frame["n"].to_numpy().reshape(len(labels), 4)
        header = ("label", "found", "missed", "false alarms", "rightly not given")
    cells = (tuple(f"{n:,}" for n in row) for row in counts)
    rows = tuple((label, *row) for label, row in zip(labels, cells, strict=True))
    return Sheet(title, header, rows)


def _slice_sheet(title: str, unit: str, frame: pd.DataFrame) -> Sheet:
    rows = []
    most = frame["labels"].max()
    for (name, group), part in frame.groupby(["slice", "group"], sort=False):
        scores = part.set_index("metric")
        mark = "*" if scores["labels"].iloc[0] < most else ""
        macro, micro = (
            _with_interval(tuple(scores.loc[metric, ["value", "low", "high"]]))
            for metric in ("macro_f1", "micro_f1")
        )
        rows.append((f"{name}: {group}{mark}", f"{scores['n'].iloc[0]:,}", macro, micro))
    starred = any(row[0].endswith("*") for row in rows)
    caption = "* Not every label occurs; the macro mean is over those that do." if starred else ""
    return Sheet(title, ("slice", unit, "macro F1", "micro F1"), tuple(rows), caption)


def _difference_sheet(title: str, frame: pd.DataFrame) -> Sheet:
    rows = [
        (
            _COMPARED[row["metric"]] + row["label"],
            _number(row["model"]),
            _number(row["against"]),
            _signed((row["difference"], row["low"], row["high"])),
            _number(row["p_value"]),
        )
        for row in frame.to_dict("records")
        if row["metric"] == "f1" or (row["metric"] in _COMPARED and not row["label"])
    ]
    caption = (
        "95 % intervals and two-sided p from paired samples of documents. Among many scores, "
        "some differ by chance: pick yours before you look."
    )
    return Sheet(title, ("score", "this", "other", "difference", "p"), tuple(rows), caption)


def _change_sheets(name: str, frame: pd.DataFrame, n_quoted: int) -> Iterator[Sheet]:
    counts = frame["verdict"].value_counts()
    rows = tuple(
        (verdict, f"{counts.get(verdict, 0):,}") for verdict in (BROKEN, MENDED, STILL_WRONG)
    )
    caption = "Broken: the other model alone is right. Mended: this model alone is right."
    yield Sheet(f"{name}: changed labels", ("verdict", "rows"), rows, caption)
    quoted = tuple(_quote(row) for _, row in frame.head(n_quoted).iterrows())
    if quoted:
        title = f"{name}: {len(quoted):,} of {len(frame):,} rows whose label changed"
        yield Sheet(title, ("sentence", "labels"), quoted, prose=True)


def _quote(row: pd.Series[str]) -> tuple[str, str]:
    toward = f" toward {row['actor']}" if row["actor"] else ""
    labels = [
        f"{whose}: {row[column] or NO_LABEL}"
        for whose, column in (("true", "true"), ("other", "against"), ("this", "model"))
    ]
    place = f"{row['doc_id']} {row['sentence_id']}"
    return f"{place}\n{row['text']}", "\n".join([f"{row['verdict']}{toward}", *labels])


def _scores(frame: pd.DataFrame) -> _Scores:
    cells = frame[["label", "metric", "value", "low", "high"]].itertuples(index=False)
    return {(label, metric): (value, low, high) for label, metric, value, low, high in cells}


def _number(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.3f}"


def _with_interval(bounds: _Bounds) -> str:
    value, low, high = bounds
    return _number(value) if np.isnan(low) else f"{value:.3f} ({low:.3f}–{high:.3f})"


def _signed(bounds: _Bounds) -> str:
    value, low, high = bounds
    if np.isnan(value):
        return "-"
    return f"{value:+.3f}" if np.isnan(low) else f"{value:+.3f} ({low:+.3f} to {high:+.3f})"
