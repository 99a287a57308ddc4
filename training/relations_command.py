"""``python -m training relations``: how well a model tells who stands how toward whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

import stancekit.store
from stancekit.model import Model
from training.relations import score_relations

_METRICS = ("precision", "recall", "f1", "macro_f1", "accuracy", "ece")


def relations_command(
    corpora: Annotated[
        Path,
        typer.Option(exists=True, file_okay=False, help="Folder of corpora."),
    ],
    model: Annotated[
        str, typer.Option(help="A bundled model's name, or a folder.")
    ] = stancekit.store.DEFAULT,
    neutral: Annotated[
        float | None,
        typer.Option(
            min=0.01,
            max=0.98,
            help="Share of neutral pairs to reckon with; without it, that of the training data.",
        ),
    ] = None,
) -> None:
    """Score relations on the directed corpus's valid part, without the leaked rows."""
    loaded = stancekit.store.load(model)
    scores = score_relations(loaded, corpora, priors=_priors(loaded, neutral))
    Console().print(relations_sheet(scores, loaded.name))


def relations_sheet(scores: pd.DataFrame, name: str) -> Table:
    """Draw the scores: a row per label and one for the whole, intervals in brackets."""
    shown = scores[scores["metric"].isin(_METRICS)]
    metrics = [metric for metric in _METRICS if metric in set(shown["metric"])]
    cells = {(row.label, row.metric): row for row in shown.itertuples()}
    table = Table(title=f"Relations by {name}: directed corpus, valid part", title_justify="left")
    table.add_column("label")
    for metric in ("pairs", *metrics):
        table.add_column(metric.replace("_", " "), justify="right")
    for label in shown["label"].unique():
        n = next(str(row.n) for row in shown.itertuples() if row.label == label)
        table.add_row(label or "all", n, *(_cell(cells.get((label, one))) for one in metrics))
    return table


def _priors(model: Model, neutral: float | None) -> dict[str, float] | None:
    """Give neutral another share; the others keep theirs among themselves."""
    if neutral is None or model.relations is None:
        return None
    known = dict(zip(model.relation_labels, model.relations.priors_.tolist(), strict=True))
    rest = 1 - known["neutral"]
    return {
        name: neutral if name == "neutral" else share * (1 - neutral) / rest
        for name, share in known.items()
    }


def _cell(row: object) -> str:
    value, low, high = (float(getattr(row, name, "nan")) for name in ("value", "low", "high"))
    if pd.isna(value):
        return ""
    return f"{value:.3f}" if pd.isna(low) else f"{value:.3f} ({low:.2f}-{high:.2f})"
