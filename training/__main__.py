"""Command line of the recipes: ``python -m training --help``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console

import stancekit.store
from training.card import describe
from training.consoles import run
from training.corpora.registry import verify
from training.lexical import NAME, build
from training.score import score_model, score_tables

app = typer.Typer(
    help="Build the bundled models from labelled corpora, and score them.",
    no_args_is_help=True,
    add_completion=False,
)
BUNDLED = Path(stancekit.store.__file__).parent.parent / "models"

Corpora = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        file_okay=False,
        help="Folder of corpora, see `python -m training.corpora`. Without it: datasets/ alone.",
    ),
]


@app.command("build")
def build_command(
    name: Annotated[str, typer.Argument(help=f"The recipe: {NAME}.")] = NAME,
    corpora: Corpora = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to save it; by default among the bundled models.")
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes.")] = 2,
) -> None:
    """Fit a bundled model, score it on the development parts, and save it."""
    _check_name(name)
    started, console = time.monotonic(), Console()
    if corpora:
        verify(corpora)
    model = build(corpora, n_jobs=jobs, say=console.print)
    console.print("scores on the development parts")
    scores = score_model(model, corpora)
    model.about.update(describe(scores, with_corpora=corpora is not None))
    target = out or BUNDLED / name
    stancekit.store.save(model, target, overwrite=True)
    _show(console, scores)
    size = sum(file.stat().st_size for file in target.iterdir()) / 1e6
    console.print(f"{target}: {size:.1f} MB, {time.monotonic() - started:.0f} s")


@app.command("evaluate")
def evaluate_command(
    model: Annotated[str, typer.Argument(help="A bundled model's name, or a folder.")] = NAME,
    corpora: Corpora = None,
) -> None:
    """Score a model on the development parts, with bootstrap intervals over documents."""
    _show(Console(), score_model(stancekit.store.load(model), corpora))


def _check_name(name: str) -> None:
    if name != NAME:
        raise typer.BadParameter(f"expected {NAME}; found {name!r}")


def _show(console: Console, scores: pd.DataFrame) -> None:
    for table in score_tables(scores):
        console.print(table)


if __name__ == "__main__":
    run(app)
