r"""Train a model on labelled CSVs from a script: what ``stancekit train`` does, spelt out.

    python -m training.retrain --claims datasets/claims.csv --stances datasets/stances.csv \
        --split train --against news-lexical --out models/mine

Copy this file and change it where your project needs something else. Its steps:

1. read and check the tables; a bad row stops everything, by name;
2. start from nothing, or with ``--base`` from a model whose scores become features: not
   from one that was trained on the same rows, as news-lexical was on ``datasets/``;
3. choose settings by cross-validation over documents, fit, calibrate;
4. score on documents held out, side by side with another model;
5. save the model with its manifest and card.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from stancekit.retrain import retrain
from stancekit.store import save
from training.consoles import run


def main(
    out: Annotated[Path, typer.Option(help="Folder of the new model.")],
    claims: Annotated[Path | None, typer.Option(help="CSV of sentences with claim types.")] = None,
    stances: Annotated[Path | None, typer.Option(help="CSV of targets with stances.")] = None,
    base: Annotated[str | None, typer.Option(help="Bundled model or folder to start from.")] = None,
    against: Annotated[
        str | None, typer.Option(help="Bundled model or folder to compare with.")
    ] = None,
    split: Annotated[
        str | None,
        typer.Option(help="Train on these rows of the column split, score on the others."),
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes; -1 takes every core.")] = 2,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a model.")] = False,
) -> None:
    """Train, score and save a model."""
    found = retrain(
        claims,
        stances,
        base=base,
        against=against,
        split=split,
        name=out.resolve().name,
        n_jobs=jobs,
        progress=True,
    )
    save(found.model, out, overwrite=overwrite)
    console = Console()
    if found.evaluation is not None:
        console.print(found.evaluation)
    console.print(f"Saved in {out}")


if __name__ == "__main__":
    run(lambda: typer.run(main))
