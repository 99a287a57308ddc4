"""``stancekit evaluate``: how well a model labels, and whether another does better."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from stancekit.cli.consoles import is_terminal, result_console
from stancekit.cli.options import (
    Claims,
    OutputFile,
    Relations,
    Stances,
    format_option,
    require_a_table,
    split_option,
    usual_format,
    view_option,
)
from stancekit.cli.output import open_output, refuse_unwritable

if TYPE_CHECKING:
    from stancekit.evaluation import Evaluation


class Format(StrEnum):
    """How an evaluation is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


class View(StrEnum):
    """What a row of the CSV is about."""

    SCORES = "scores"
    CONFUSION = "confusion"
    SLICES = "slices"
    DIFFERENCES = "differences"
    CHANGES = "changes"


_BY_SUFFIX = {".csv": Format.CSV, ".json": Format.JSON, ".md": Format.MARKDOWN}


def evaluate(
    model: Annotated[
        str,
        typer.Argument(
            metavar="MODEL", help="A bundled model or the folder of your own.", show_default=False
        ),
    ],
    claims: Claims = None,
    stances: Stances = None,
    relations: Relations = None,
    split: Annotated[str | None, split_option("Score")] = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|PATH",
            help="A second model: what differs, how surely, and on which sentences.",
        ),
    ] = None,
    samples: Annotated[
        int,
        typer.Option(
            metavar="N", min=0, help="Samples of documents behind the intervals; 0 gives none."
        ),
    ] = 1000,
    seed: Annotated[int, typer.Option(metavar="N", help="Of the samples.")] = 0,
    format_: Annotated[
        Format | None,
        format_option("json holds everything; markdown is made for a model card."),
    ] = None,
    view: Annotated[View, view_option("What a CSV holds", View)] = View.SCORES,
    output: OutputFile = None,
) -> None:
    """Score a model on labelled tables that it was not trained on.

    Precision, recall, F1 and average precision per label, calibration, slices and
    intervals from resampled documents.

    Examples
    --------
    $ stancekit evaluate models/mine --claims claims.csv --split test
    $ stancekit evaluate models/mine --stances s.csv --against news-lexical
    $ stancekit evaluate news-lexical --claims c.csv --stances s.csv -o card.md
    $ stancekit evaluate models/mine --claims c.csv --view confusion -o mix.csv
    """
    require_a_table((claims, stances, relations), "evaluate on")
    if output is not None:
        refuse_unwritable(output)

    from stancekit.evaluation import evaluate as evaluate_model
    from stancekit.store import load

    evaluation = evaluate_model(
        load(model),
        claims=claims,
        stances=stances,
        relations=relations,
        against=None if against is None else load(against),
        n_bootstrap=samples,
        seed=seed,
        split=split,
        progress=is_terminal(sys.stderr),
    )
    how = format_ or usual_format(
        output, _BY_SUFFIX, on_terminal=Format.TABLE, piped=Format.CSV, in_file=Format.TABLE
    )
    with open_output(output, for_reading=how is Format.TABLE) as stream:
        _write(evaluation, how, view, stream)


def _write(evaluation: Evaluation, how: Format, view: View, stream: TextIO) -> None:
    if how is Format.TABLE:
        result_console(stream).print(evaluation)
    elif how is Format.CSV:
        frame = evaluation.to_frame(view.value)
        frame.to_csv(stream, index=False, lineterminator="\n")
    elif how is Format.JSON:
        stream.write(evaluation.to_json() + "\n")
    else:
        stream.write(evaluation.to_markdown())
