"""Score a model on the development parts of every source of labels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from stancekit.evaluation import evaluate
from stancekit.model import Model
from training.lexical import claims_table, stances_table

PARTS = {
    "newsmtsc": "NewsMTSC, our dev part (US policy news)",
    "annotations": "our annotations, dev part (NewsDiscourse and Wikinews articles)",
    "stancekit": "datasets/, dev part (articles written for this project)",
}
"""What is scored, and what it is called in tables."""

_ANNOTATED = ("newsdiscourse", "wikinews")
_WITH_INTERVAL = ("f1", "average_precision", "macro_f1")
_METRICS = (
    "precision",
    "recall",
    "f1",
    "average_precision",
    "macro_f1",
    "ece",
    "ece_if_calibrated",
)


def score_model(model: Model, root: Path | None, *, n_bootstrap: int = 1000) -> pd.DataFrame:
    """Score a model's heads on each development part.

    Stances are judged in their articles, as `stancekit.Model.analyze` judges them; the
    sentences of NewsMTSC, which have none, each alone.

    Parameters
    ----------
    model
        Any model with stancekit's labels.
    root
        The corpora folder; None scores on `datasets` alone.
    n_bootstrap
        Samples of documents for the intervals.

    Returns
    -------
    DataFrame
        Columns ``data, task, label, metric, value, low, high, n``.
    """
    claims, stances = (
        development_parts(table) for table in (claims_table(root), stances_table(root))
    )
    found = [
        evaluate(model, claims=claims.get(name), stances=stances.get(name), n_bootstrap=n_bootstrap)
        .to_frame()
        .assign(data=name)
        for name in PARTS
        if name in claims or name in stances
    ]
    scores = pd.concat(found, ignore_index=True)
    kept = scores["metric"].isin(_METRICS) & scores["value"].notna()
    return scores.loc[kept, ["data", "task", "label", "metric", "value", "low", "high", "n"]]


def score_tables(scores: pd.DataFrame) -> Iterator[Table]:
    """Draw the scores: a table per part and task, a row per label."""
    for _, rows in scores.groupby(["data", "task"], sort=False):
        first = rows.iloc[0]
        metrics = [metric for metric in _METRICS if metric in set(rows["metric"])]
        cells = {(row.label, row.metric): _cell(row) for row in rows.itertuples()}
        table = Table(title=f"{first['task']}: {PARTS[first['data']]}", title_justify="left")
        table.add_column("label")
        for metric in metrics:
            table.add_column(metric.replace("_", " "), justify="right")
        for label in rows["label"].unique():
            table.add_row(label or "all", *(cells.get((label, metric), "") for metric in metrics))
        yield table


def development_parts(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Part the development rows of a table by the keys of `PARTS`, those that have rows."""
    held_out = table[table["split"] == "dev"]
    source = held_out["source"].replace(dict.fromkeys(_ANNOTATED, "annotations"))
    parts = {name: held_out[source == name].reset_index(drop=True) for name in PARTS}
    return {name: rows for name, rows in parts.items() if len(rows)}


def _cell(score: Any) -> str:
    if score.metric not in _WITH_INTERVAL or pd.isna(score.low):
        return f"{score.value:.3f}"
    return f"{score.value:.3f}\n{score.low:.2f}-{score.high:.2f}"
