"""Command ``python -m training ablation``: what each signal adds to the heads, as Markdown.

python -m training ablation --corpora DIR > docs/signals.md
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.console import Console

import stancekit.store
from stancekit.errors import NotTrainedError
from stancekit.evaluation.bootstrap import Sampling
from training.ablation import (
    CLAIM_SIGNALS,
    METRICS,
    STANCE_SIGNALS,
    ablate,
    cached_parser,
    claim_trial,
    stance_trial,
)
from training.corpora.fetch import default_root
from training.markdown import markdown_table
from training.neural import tables
from training.score import PARTS

_HEAD = """\
# {name}: what each signal of an article adds

The heads fitted without a signal, on the development parts: the score without it, and what the full
head has more, with 95 % intervals over documents (the same samples for both). Readings stay as they
are: the encoder sees quotation marks and names whatever the head is told. Stances are judged with
the shares of the calibration rows, not with those that the bundled model reckons with. Written by
`python -m training ablation --corpora DIR > docs/signals.md`.
"""
SHORT = {"macro_f1": "macro-F1", "macro_average_precision": "mean AP"}


class Head(StrEnum):
    """A head that can go without a signal."""

    CLAIMS = "claims"
    STANCES = "stances"


def ablation_command(
    corpora: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Of the corpora.")],
    model: Annotated[
        str, typer.Option(help="A bundled model's name, or a folder: whose heads are fitted again.")
    ] = stancekit.store.DEFAULT,
    head: Annotated[
        list[Head] | None, typer.Option(help="Which heads; by default both. May be repeated.")
    ] = None,
    bootstrap: Annotated[int, typer.Option(help="Samples of documents for the intervals.")] = 1000,
    out: Annotated[Path | None, typer.Option(help="A CSV for the figures.")] = None,
    jobs: Annotated[int, typer.Option(help="Processes.")] = 2,
) -> None:
    """Fit heads without each signal, and say what it adds on the development parts."""
    loaded, console = stancekit.store.load(model), Console(stderr=True)
    heads = {one: getattr(loaded, one.value) for one in head or Head}
    for one, fitted in heads.items():
        if fitted is None:
            raise NotTrainedError(
                f"model {loaded.name!r} has no head for {one.value}: name another"
            )
    parser = cached_parser(loaded, default_root().parent / "readings")
    found, given = [], tables(corpora)
    for one, fitted in heads.items():
        fitted.set_params(n_jobs=jobs)
        console.print(f"{one.value}: rows are described")
        make = claim_trial if one is Head.CLAIMS else stance_trial
        signals = CLAIM_SIGNALS if one is Head.CLAIMS else STANCE_SIGNALS
        trial = make(loaded, corpora, given, parser)
        found.append(ablate(trial, signals, Sampling(bootstrap, 0), console.print))
    results = pd.concat(found, ignore_index=True)
    if out is not None:
        results.to_csv(out, index=False, lineterminator="\n")
    typer.echo(ablation_page(results, loaded.name), nl=False)


def ablation_page(results: pd.DataFrame, name: str) -> str:
    """Write the results as Markdown: a table per head and part, a row per signal."""
    columns = ["without", *(cell for metric in METRICS for cell in (SHORT[metric], "it adds"))]
    parts = [_HEAD.format(name=name)]
    for (task, part), rows in results.groupby(["task", "data"], sort=False):
        cells = {(row.without, row.metric): row for row in rows.itertuples()}
        lines = [
            [without, *(cell for metric in METRICS for cell in _cells(cells[without, metric]))]
            for without in rows["without"].unique()
        ]
        parts += [f"## {task}: {PARTS.get(str(part), part)}\n", markdown_table(columns, lines)]
    return "\n".join(parts)


def _cells(row: Any) -> tuple[str, str]:
    value = f"{row.value:.3f}{_interval(row.low, row.high, '.2f')}"
    if pd.isna(row.adds):
        return value, ""
    return value, f"{row.adds:+.3f}{_interval(row.adds_low, row.adds_high, '+.3f')}"


def _interval(low: float, high: float, form: str) -> str:
    return "" if pd.isna(low) else f" ({low:{form}} to {high:{form}})"
