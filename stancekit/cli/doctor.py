"""``stancekit doctor``: what would spoil training, found beforehand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from stancekit.cli.consoles import keep_odd_characters, result_console
from stancekit.cli.output import open_output, refuse_unwritable

if TYPE_CHECKING:
    from stancekit.doctor import Report

MUST_MEND: Final = 1


def doctor(
    table: Annotated[
        Path,
        typer.Argument(
            metavar="CSV", help="A table of claims, stances or relations.", show_default=False
        ),
    ],
    against: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="CSV",
            help="A table that must share no document and no sentence with it, such as a "
            "test set. May be repeated.",
        ),
    ] = None,
    mislabels: Annotated[
        bool,
        typer.Option(
            "--mislabels/--no-mislabels",
            help="Look for labels that contradict the rest, which takes the longest.",
        ),
    ] = True,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Mend what needs no judgement, in a copy: NAME.fixed.csv. "
            "Your file stays as it is.",
        ),
    ] = False,
    seed: Annotated[int, typer.Option(metavar="N", help="Of the search for duplicates.")] = 0,
) -> None:
    """Look a labelled table over before training on it.

    Finds bad offsets, label typos, conflicting and near duplicates, documents that leak
    between splits, classes too small to learn and likely mislabels. Exits with 1 when
    something must be mended.

    Examples
    --------
    $ stancekit doctor claims.csv
    $ stancekit doctor stances.csv --fix
    $ stancekit doctor train.csv --against test.csv --no-mislabels
    """
    from stancekit.doctor import examine

    mended = table.with_name(f"{table.stem}.fixed.csv")
    if fix:
        refuse_unwritable(mended)
    others = against or []
    report = examine(table, against=others, likely_mislabels=mislabels, seed=seed)
    keep_odd_characters(sys.stdout)
    console = result_console(sys.stdout)
    console.print(report)
    ok = report.ok
    if fix and report.fixable:
        n_changes = _mend(table, report, mended)
        changes = "1 change" if n_changes == 1 else f"{n_changes:,} changes"
        console.print(f"{changes}; the mended copy is {mended}", soft_wrap=True)
        ok = examine(mended, against=others, likely_mislabels=False, seed=seed).ok
        if not ok:
            console.print("What is left needs your judgement.")
    if not ok:
        raise typer.Exit(MUST_MEND)


def _mend(table: Path, report: Report, mended: Path) -> int:
    from stancekit.doctor import fix

    repair = fix(table, report)
    with open_output(mended) as stream:
        repair.frame.to_csv(stream, index=False, lineterminator="\n")
    return len(repair.changes)
