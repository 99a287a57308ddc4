"""``stancekit train``: labelled CSVs in, a saved model out."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Final

import typer

from stancekit.cli.consoles import is_terminal, keep_odd_characters, result_console
from stancekit.cli.options import (
    DEFAULT_MODEL,
    MODEL,
    OUTPUT,
    Claims,
    Jobs,
    Relations,
    Stances,
    require_a_table,
    split_option,
)
from stancekit.errors import InputError

if TYPE_CHECKING:
    from stancekit.retrain import Retrained

NO_BASE: Final = "none"


def train(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            rich_help_panel=OUTPUT,
            help="Folder of the new model; it appears only when all is written.",
        ),
    ],
    claims: Claims = None,
    stances: Stances = None,
    relations: Relations = None,
    split: Annotated[str | None, split_option("Train on")] = None,
    base: Annotated[
        str,
        typer.Option(
            metavar="NAME|PATH|none",
            rich_help_panel=MODEL,
            help="The model to start from; it lends the head that gets no table. "
            "[bold]none[/] starts from nothing.",
        ),
    ] = DEFAULT_MODEL,
    name: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            rich_help_panel=MODEL,
            help="Name of the new model.",
            show_default="that of its folder",
        ),
    ] = None,
    jobs: Jobs = 1,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", rich_help_panel=OUTPUT, help="Replace a model that is there."),
    ] = False,
) -> None:
    """Train a model on your labels: any label names, in any CSV with these columns.

    Settings are chosen by cross-validation over documents, and probabilities are calibrated
    on documents held out. The scores shown are those of a model trained without a fifth of
    the documents (with --split: of the rows of other splits), beside the base model's.
    Look your table over with ``stancekit doctor`` first.

    Examples
    --------
    $ stancekit train --claims claims.csv -o models/mine
    $ stancekit train --claims c.csv --stances s.csv --split train -o models/mine
    $ stancekit train --stances s.csv --base none -o models/scratch
    """
    require_a_table((claims, stances, relations), "train on")
    _refuse_to_replace(output, overwrite=overwrite)

    from stancekit.retrain import retrain
    from stancekit.store import save

    began = monotonic()
    trained = retrain(
        claims,
        stances,
        relations,
        base=None if base == NO_BASE else base,
        split=split,
        name=name or output.resolve().name,
        n_jobs=jobs,
        progress=is_terminal(sys.stderr),
    )
    save(trained.model, output, overwrite=overwrite)
    _report(trained, output, monotonic() - began)


def _refuse_to_replace(output: Path, *, overwrite: bool) -> None:
    """Raise what saving would raise, before the training instead of after it."""
    if not output.exists():
        return
    if not overwrite:
        raise InputError(f"{output}: there is something already; --overwrite replaces a model")
    if not (output / "manifest.json").is_file():
        raise InputError(f"{output}: expected a saved model to replace; found something else")


def _report(trained: Retrained, output: Path, seconds: float) -> None:
    keep_odd_characters(sys.stdout)
    console = result_console(sys.stdout)
    model = trained.model
    if trained.evaluation is None:
        console.print("Not scored: fewer than ten documents, too few to hold any out.")
    else:
        console.print(trained.evaluation)
    console.print(f"Trained {model.name} in {seconds:.0f} s; saved in {output}", soft_wrap=True)
    heads = {
        "claims": model.claim_labels,
        "stances": model.stance_labels,
        "relations": model.relation_labels,
    }
    for head, labels in heads.items():
        console.print(f"  {head:<9} {', '.join(labels) or 'no head'}", soft_wrap=True)
    console.print(f"Try it: stancekit label ARTICLE.txt --model {output}", soft_wrap=True)
