"""A table as the doctor reads it: every cell as text, rows numbered as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

import pandas as pd

from stancekit.doctor.findings import Finding
from stancekit.errors import InputError
from stancekit.labels import CLAIM_TYPES, STANCES, split_types
from stancekit.tables import CLAIMS, RELATIONS, STANCES_TABLE, Schema, Source, read_csv

Kind: TypeAlias = Literal["claims", "stances", "relations"]
Columns: TypeAlias = tuple[str, str]

_SCHEMAS: Final[Mapping[Kind, Schema]] = {
    "claims": CLAIMS,
    "stances": STANCES_TABLE,
    "relations": RELATIONS,
}
_SPANS: Final[Mapping[Kind, tuple[Columns, ...]]] = {
    "claims": (),
    "stances": (("start", "end"),),
    "relations": (("holder_start", "holder_end"), ("target_start", "target_end")),
}
_WORDS: Final = {
    "start": ("mention", "actor"),
    "holder_start": ("holder_mention", "holder"),
    "target_start": ("target_mention", "target"),
}
"""Column in which a span starts -> those of its words and of the actor's name."""


class Target(NamedTuple):
    """The span of a row and the words that it should cut out.

    Attributes
    ----------
    row
        Row number.
    text
        The sentence.
    start, end
        The offsets as given; they may lie anywhere.
    words
        What the row calls the target.
    are_exact
        Whether these are the words of the text (from a column ``mention``), or the
        actor's name, which the text may not use.
    columns
        Those of its offsets.
    """

    row: int
    text: str
    start: int
    end: int
    words: str
    are_exact: bool
    columns: Columns

    @property
    def found(self) -> str:
        """The words that the span cuts out."""
        return self.text[self.start : self.end] if self.start >= 0 else ""

    @property
    def is_sound(self) -> bool:
        """Whether the span is in the text and covers a word."""
        return bool(self.found.strip()) and self.end <= len(self.text)


@dataclass(frozen=True)
class Sheet:
    """A table of claims, stances or relations, not yet known to be sound.

    Attributes
    ----------
    name
        File name, or what kind of frame it is.
    kind
        What the rows are.
    frame
        Every cell is text; the index holds the row numbers that findings name.
    """

    name: str
    kind: Kind
    frame: pd.DataFrame

    @property
    def label(self) -> str:
        """Name of the column that holds the labels."""
        return "claim_types" if self.kind == "claims" else "stance"

    @property
    def known_labels(self) -> tuple[str, ...]:
        """The labels that stancekit knows for this kind of table."""
        return CLAIM_TYPES if self.kind == "claims" else STANCES

    def has(self, *columns: str) -> bool:
        """Whether the table has all these columns."""
        return all(column in self.frame for column in columns)

    @property
    def spans(self) -> tuple[Columns, ...]:
        """The columns of offsets that this kind of table has: none, one pair or two."""
        return _SPANS[self.kind]

    @property
    def offsets(self) -> tuple[str, ...]:
        """All columns of `spans`, in one row."""
        return tuple(column for span in self.spans for column in span)

    @property
    def has_spans(self) -> bool:
        """Whether there is a text, and all offsets that this kind of table has."""
        return bool(self.spans) and self.has("text", *self.offsets)

    def labels(self) -> pd.Series[str]:
        """Return every label with the number of its row; a row may have several."""
        cells = self.frame[self.label]
        if self.kind != "claims":
            return cells[cells.str.strip() != ""]
        return cells.map(lambda cell: list(split_types(cell))).explode().dropna().astype(str)

    def targets(self) -> Iterator[Target]:
        """Yield the spans whose offsets are whole numbers, holders before targets."""
        for columns in self.spans:
            yield from self._targets(columns)

    def sound_spans(self) -> dict[int, list[Target]]:
        """Return the spans of each row that has all its spans in the text, holders first."""
        found: dict[int, list[Target]] = {}
        for target in filter(lambda one: one.is_sound, self.targets()):
            found.setdefault(target.row, []).append(target)
        return {row: spans for row, spans in found.items() if len(spans) == len(self.spans)}

    def _targets(self, columns: Columns) -> Iterator[Target]:
        frame = self.frame
        numbers = frame[list(columns)].apply(pd.to_numeric, errors="coerce").astype(float)
        whole = (numbers % 1 == 0).all(axis=1)
        words = map(self._cells, _WORDS[columns[0]])
        parts = [frame["text"], *(numbers[column] for column in columns), *words]
        for cells in zip(frame.index[whole], *(part[whole] for part in parts), strict=True):
            row, text, start, end, mention, actor = cells
            yield Target(row, text, int(start), int(end), mention or actor, bool(mention), columns)

    def _cells(self, column: str) -> pd.Series[str]:
        if column in self.frame:
            return self.frame[column].str.strip()
        return pd.Series("", index=self.frame.index)


def read_sheet(source: Source) -> Sheet:
    """Read a table whatever its faults.

    Raises
    ------
    InputError
        If the file can't be read, or its columns are those of no kind of table.
    """
    frame = source.copy() if isinstance(source, pd.DataFrame) else read_csv(source)
    kind = _kind(frame, source)
    frame = frame.astype(object).where(frame.notna(), "").astype(str)
    name = f"{kind} frame" if isinstance(source, pd.DataFrame) else str(source)
    return Sheet(name, kind, numbered(frame, source))


def numbered(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Give the rows of a source the numbers that a reader sees: those of a file start at 2."""
    first = first_row(source)
    return frame.set_axis(range(first, first + len(frame)))


def first_row(source: Source) -> int:
    """Return the number of the first row: 0 in a frame, 2 in a file with its header."""
    return 0 if isinstance(source, pd.DataFrame) else 2


def missing_columns(sheet: Sheet) -> Iterator[Finding]:
    """Find columns that training needs; the checks that read them are left out."""
    required = _SCHEMAS[sheet.kind].required
    missing = [column for column in required if not sheet.has(column)]
    if missing:
        found = ", ".join(map(str, sheet.frame.columns))
        message = f"expected {', '.join(missing)} too; found {found}"
        yield Finding("error", "missing column", (), message)


def row_numbers(rows: pd.Index) -> tuple[int, ...]:
    """Return an index of row numbers as plain integers."""
    return tuple(int(row) for row in rows)


def _kind(frame: pd.DataFrame, source: Source) -> Kind:
    if "claim_types" in frame:
        return "claims"
    if "stance" in frame:
        return "relations" if "holder_start" in frame else "stances"
    name = "frame" if isinstance(source, pd.DataFrame) else str(Path(source))
    raise InputError(
        f"{name}: expected the column claim_types (a table of claims) or stance (a table of "
        f"stances, or of relations with holder_start); found {_listed(list(frame.columns))}"
    )


def _listed(columns: Sequence[object]) -> str:
    return ", ".join(map(str, columns)) or "no columns"
