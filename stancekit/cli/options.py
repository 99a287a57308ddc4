"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from stancekit.errors import InputError

DEFAULT_MODEL: Final = "news-lexical"

INPUT: Final = "Input"
OUTPUT: Final = "Output"
MODEL: Final = "Model"


def _checked_jobs(jobs: int) -> int:
    if jobs == 0 or jobs < -1:
        raise InputError(f"--jobs: expected 1 or more, or -1 for every core; found {jobs}")
    return jobs


Jobs: TypeAlias = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        rich_help_panel=MODEL,
        callback=_checked_jobs,
        help="Processes; -1 takes every core.",
    ),
]
ModelName: TypeAlias = Annotated[
    str,
    typer.Option(
        "--model",
        "-m",
        metavar="NAME|PATH",
        rich_help_panel=MODEL,
        help="A bundled model (see [bold]stancekit models[/]) or the folder of your own.",
    ),
]
OutputFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        rich_help_panel=OUTPUT,
        show_default="standard output",
        help="Write to a file; it appears only when all is written.",
    ),
]
Claims: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--claims",
        metavar="CSV",
        rich_help_panel=INPUT,
        help="Labelled sentences: doc_id, sentence_id, text, claim_types.",
    ),
]
Stances: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--stances",
        metavar="CSV",
        rich_help_panel=INPUT,
        help="Labelled mentions: doc_id, sentence_id, text, start, end, actor, stance.",
    ),
]
