"""``stancekit convert``: between CSV tables and the files of annotation tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from stancekit.cli.consoles import tell
from stancekit.cli.output import open_output, refuse_unwritable
from stancekit.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from stancekit.interchange import Tables


class Format(StrEnum):
    """The formats that labels travel in."""

    CSV = "csv"
    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    JSONL = "jsonl"


_BY_SUFFIX: Final = {
    ".csv": Format.CSV,
    ".json": Format.LABEL_STUDIO,
    ".jsonl": Format.JSONL,
    "": Format.CSV,
}


def convert(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="IN",
            help="One file of an annotation tool; or a CSV of claims, of stances, or one of each.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path,
        typer.Argument(
            metavar="OUT",
            help="The file to write; for a tool's file that holds both kinds, a folder for "
            "claims.csv and stances.csv.",
            show_default=False,
        ),
    ],
    to: Annotated[
        Format | None,
        typer.Option(
            metavar="FORMAT",
            help=f"Format of OUT: {', '.join(Format)}.",
            show_default="by its ending: .csv, .json label-studio, .jsonl jsonl, a folder csv",
        ),
    ] = None,
    from_: Annotated[
        Format | None,
        typer.Option(
            "--from", metavar="FORMAT", help="Format of IN.", show_default="by its content"
        ),
    ] = None,
) -> None:
    """Convert labels from and to Label Studio, doccano and spans in JSONL.

    What a tool does not know of travels with its tasks, so that a table comes back whole.

    Examples
    --------
    $ stancekit convert claims.csv stances.csv tasks.json    # to Label Studio
    $ stancekit convert stances.csv tasks.jsonl --to doccano
    $ stancekit convert export.json labels/                  # two CSVs
    """
    how = to or _BY_SUFFIX.get(output.suffix.lower())
    if how is None:
        raise InputError(
            f"{output}: expected an ending out of .csv, .json, .jsonl, or --to "
            f"{'|'.join(Format)}; found {output.suffix!r}"
        )
    if how is not Format.CSV:
        refuse_unwritable(output)
    tables = _read(sources, from_)
    if how is Format.CSV:
        _write_csvs(tables, output)
    else:
        from stancekit.interchange import write

        write(output, how.value, claims=tables.claims, stances=tables.stances)
        tell(f"{output} ({_sizes(tables)})", "Wrote", style="green")


def _read(sources: list[Path], how: Format | None) -> Tables:
    from stancekit.interchange import Tables, read

    if how is None and all(path.suffix.lower() == ".csv" for path in sources):
        how = Format.CSV
    if how is not Format.CSV:
        if len(sources) > 1:
            raise InputError(f"expected one file of an annotation tool; found {len(sources)}")
        return read(sources[0], how.value if how else None)
    found: dict[str, pd.DataFrame] = {}
    for path in sources:
        kind, frame = _read_csv(path)
        if kind in found:
            raise InputError(f"{path}: expected one table of {kind}; found a second one")
        found[kind] = frame
    return Tables(found.get("claims"), found.get("stances"))


def _read_csv(path: Path) -> tuple[str, pd.DataFrame]:
    from stancekit.tables import CLAIMS, STANCES_TABLE, read_csv, read_table

    columns = read_csv(path).columns
    schema = STANCES_TABLE if "stance" in columns else CLAIMS
    return schema.name, read_table(path, schema, consequence="Nothing was converted.")


def _write_csvs(tables: Tables, output: Path) -> None:
    found = {"claims": tables.claims, "stances": tables.stances}
    frames = {kind: frame for kind, frame in found.items() if frame is not None}
    if output.suffix.lower() != ".csv":
        output.mkdir(parents=True, exist_ok=True)
        places = {kind: output / f"{kind}.csv" for kind in frames}
    elif len(frames) == 1:
        places = dict.fromkeys(frames, output)
    else:
        raise InputError(
            f"{output}: expected a folder, for there are {' and '.join(frames) or 'no labels'}"
        )
    for kind, place in places.items():
        refuse_unwritable(place)
        with open_output(place) as stream:
            frames[kind].to_csv(stream, index=False, lineterminator="\n")
        tell(f"{place} ({len(frames[kind]):,} {kind})", "Wrote", style="green")


def _sizes(tables: Tables) -> str:
    found = {"claims": tables.claims, "stances": tables.stances}
    return ", ".join(f"{len(frame):,} {kind}" for kind, frame in found.items() if frame is not None)
