"""The exceptions that stancekit raises, one tree under `StancekitError`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

MAX_ROWS_SHOWN = 20

_SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP file, as those of Word and Excel are",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip file",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class StancekitError(Exception):
    """Base of every error that stancekit raises on purpose."""


class InputError(StancekitError, ValueError):
    """A file, folder, option or text that cannot be used as given."""


class ModelError(StancekitError):
    """A model that is unknown, incomplete, damaged or not trusted."""


class NotTrainedError(StancekitError):
    """A model was asked for labels that none of its heads was trained on."""


@dataclass(frozen=True)
class BadRow:
    """One bad cell of a table.

    Attributes
    ----------
    row
        Row number: of a file as a spreadsheet shows it (the header is row 1), of a frame
        counted from 1. 0 is the header itself when columns are missing.
    column
        Name of the column, or of several joined by a comma.
    expected
        What would have been accepted.
    found
        What came instead, as ``repr``.
    """

    row: int
    column: str
    expected: str
    found: str


class TableError(InputError):
    """A table with bad rows: one error that lists them all.

    Parameters
    ----------
    source
        File name, or what the caller called the frame.
    rows
        The bad cells, in row order.
    n_rows
        Number of rows of the whole table.
    consequence
        What was not done because of it, and the next step.
    """

    def __init__(
        self, source: str, rows: Sequence[BadRow], *, n_rows: int, consequence: str = ""
    ) -> None:
        self.source = source
        self.rows = tuple(rows)
        self.n_rows = n_rows
        self.consequence = consequence
        super().__init__("\n".join(self._lines()))

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is pickled by its message alone; worker processes send the rest too.
        build = partial(type(self), n_rows=self.n_rows, consequence=self.consequence)
        return build, (self.source, self.rows)

    def _lines(self) -> Iterable[str]:
        n_bad = len({row.row for row in self.rows})
        bad = "bad row" if n_bad == 1 else "bad rows"
        in_header = any(row.row == 0 for row in self.rows)
        yield f"{self.source}: " + (
            "missing columns" if in_header else f"{n_bad:,} {bad} of {self.n_rows:,}"
        )
        shown = self.rows[:MAX_ROWS_SHOWN]
        width = max((len(row.column) for row in shown), default=0)
        for row in shown:
            place = f"row {row.row}" if row.row else "header"
            yield f"  {place:<8} {row.column:<{width}}  expected {row.expected}   found {row.found}"
        if len(self.rows) > len(shown):
            yield f"  ... and {len(self.rows) - len(shown):,} more"
        if self.consequence:
            yield self.consequence


def did_you_mean(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Suggest the nearest known name, or say nothing.

    Examples
    --------
    >>> did_you_mean("suportive", ["supportive", "neutral", "critical"])
    " (did you mean 'supportive'?)"
    >>> did_you_mean("banana", ["supportive", "neutral", "critical"])
    ''
    """
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return f" (did you mean {near[0]!r}?)" if near else ""


def plural(n: int, name: str) -> str:
    """Count things.

    Examples
    --------
    >>> plural(1, "row"), plural(1200, "row")
    ('1 row', '1,200 rows')
    """
    return f"{n:,} {name}" if n == 1 else f"{n:,} {name}s"


def not_utf8(place: str, error: UnicodeDecodeError) -> InputError:
    r"""Say what a file holds that is not text in UTF-8, and what to do about it.

    Examples
    --------
    >>> try:
    ...     b"caf\xe9".decode()
    ... except UnicodeDecodeError as error:
    ...     print(not_utf8("menu.txt", error))
    menu.txt: expected UTF-8 text; found byte 0xe9 at position 3. Save the file as UTF-8.
    """
    data = bytes(error.object)
    kind = next((name for start, name in _SIGNATURES.items() if data.startswith(start)), "")
    if not kind and b"\0" in data and not data.startswith(_UTF16):
        kind = "a binary file"
    if kind:
        return InputError(f"{place}: expected UTF-8 text; found {kind}. Save its text as .txt.")
    return InputError(
        f"{place}: expected UTF-8 text; found byte {error.object[error.start]:#04x} "
        f"at position {error.start}. Save the file as UTF-8."
    )
