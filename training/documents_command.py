"""``python -m training documents``: how well a model judges whole articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

import stancekit.store
from stancekit.encoder import CachedReader
from training.corpora.fetch import default_root
from training.document_scores import score_documents
from training.documents import agreed_cases, persent_cases

_METRICS = ("macro_f1", "accuracy", "brier", "ece", "ece_if_calibrated", "coverage")


def documents_command(
    corpora: Annotated[
        Path,
        typer.Option(exists=True, file_okay=False, help="Folder of corpora."),
    ],
    model: Annotated[
        str, typer.Option(help="A bundled model's name, or a folder.")
    ] = stancekit.store.DEFAULT,
) -> None:
    """Score stances of whole articles by cross-validation, from a model's stances of sentences."""
    loaded, reader = stancekit.store.load(model), None
    if loaded.encoder is not None:
        reader = CachedReader(loaded.encoder, default_root().parent / "readings")
    main = list(persent_cases(loaded, corpora, reader=reader))
    agreed = list(agreed_cases(loaded, corpora, reader=reader))
    console = Console()
    for table in documents_sheets(score_documents(main, agreed), loaded.name):
        console.print(table)
    n_found = sum(len(one.evidence) > 0 for one in main)
    console.print(f"PerSenT: the person was found in {n_found} of {len(main)} articles.")


def documents_sheets(scores: pd.DataFrame, name: str) -> Iterator[Table]:
    """Draw the scores: a table per kind of article, a row per judge, intervals in brackets."""
    for data, rows in scores[scores["label"] == ""].groupby("data", sort=False):
        metrics = [metric for metric in _METRICS if metric in set(rows["metric"])]
        cells = {(row.judge, row.metric): _cell(row) for row in rows.itertuples()}
        table = Table(title=f"Whole articles by {name}: {data}", title_justify="left")
        table.add_column(f"{rows['n'].max()} cases")
        for metric in metrics:
            table.add_column(metric.replace("_", " "), justify="right")
        for judge in rows["judge"].unique():
            table.add_row(judge, *(cells.get((judge, metric), "") for metric in metrics))
        yield table


def _cell(row: object) -> str:
    value, low, high = (float(getattr(row, name)) for name in ("value", "low", "high"))
    return f"{value:.3f}" if pd.isna(low) else f"{value:.3f}\n{low:.2f}-{high:.2f}"
