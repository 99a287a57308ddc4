"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias, TypeVar

import typer

from stancekit.cli.consoles import is_terminal
from stancekit.errors import InputError

T = TypeVar("T")

DEFAULT_MODEL: Final = "news-encoder"

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
Relations: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--relations",
        metavar="CSV",
        rich_help_panel=INPUT,
        help="Labelled pairs: text, holder_start, holder_end, target_start, target_end, stance.",
    ),
]


def split_option(verb: str) -> Any:
    """Return the option ``--split``: which rows to train on, or to score."""
    return typer.Option(
        "--split",
        metavar="VALUE",
        rich_help_panel=INPUT,
        help=f"{verb} the rows with this value in their column [bold]split[/].",
        show_default="all rows",
    )


def format_option(what: str) -> Any:
    """Return the option ``--format``, whose default `usual_format` chooses."""
    return typer.Option(
        "--format",
        "-f",
        rich_help_panel=OUTPUT,
        show_default="by the file's ending; table in a terminal, else csv",
        help=what,
    )


def view_option(what: str, views: Iterable[str], more: str = "") -> Any:
    """Return the option ``--view``: what a row of the output is about."""
    return typer.Option(
        "--view",
        metavar="VIEW",
        rich_help_panel=OUTPUT,
        help=f"{what}: {', '.join(views)}.{more}",
    )


def usual_format(
    output: Path | None, by_suffix: Mapping[str, T], *, on_terminal: T, piped: T, in_file: T
) -> T:
    """Choose how to write results that nobody chose a format for."""
    if output is None:
        return on_terminal if is_terminal(sys.stdout) else piped
    return by_suffix.get(output.suffix.lower(), in_file)


def require_a_table(tables: Sequence[Path | None], purpose: str) -> None:
    """Raise `InputError` where no table is given."""
    if all(table is None for table in tables):
        raise InputError(f"expected --claims, --stances or --relations to {purpose}; found none")
