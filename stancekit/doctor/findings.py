"""What the doctor found: findings gathered in a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pandas as pd

from stancekit.errors import plural

if TYPE_CHECKING:
    from rich.console import RenderableType

Severity: TypeAlias = Literal["error", "warning", "note"]

SEVERITIES: Final = ("error", "warning", "note")
"""What must be fixed, what should be read, what is good to know; in the order of a report."""

MAX_SHOWN: Final = 5
"""Findings of one check that a report shows, and rows of one finding."""

_STYLES: Final = {"error": "bold red", "warning": "yellow", "note": "cyan"}


@dataclass(frozen=True)
class Finding:
    """One fault of a table.

    Attributes
    ----------
    severity
        ``"error"`` for what must be fixed before training, ``"warning"`` for what a
        reader should judge, ``"note"`` for what is good to know.
    check
        Name of the check, such as ``"label typo"``.
    rows
        Row numbers: as a spreadsheet shows them for a file (the header is row 1),
        positions from 0 for a frame. Empty for what concerns the whole table.
    message
        What is wrong and what was expected, in words.
    fixable
        Whether `fix` mends it.
    """

    severity: Severity
    check: str
    rows: tuple[int, ...]
    message: str
    fixable: bool = False


@dataclass(frozen=True)
class Report:
    """The findings of one table; shows itself with `rich`.

    Attributes
    ----------
    source
        File name, or what kind of frame it is.
    kind
        ``"claims"``, ``"stances"`` or ``"relations"``.
    n_rows
        Number of rows looked at.
    findings
        Errors first; those of one check are next to each other.
    """

    source: str
    kind: str
    n_rows: int
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing must be fixed before training: there is no error."""
        return not any(finding.severity == "error" for finding in self.findings)

    @property
    def fixable(self) -> tuple[Finding, ...]:
        """The findings that `fix` mends."""
        return tuple(finding for finding in self.findings if finding.fixable)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per finding: severity, check, rows (a tuple), message, fixable."""
        columns = list(Finding.__dataclass_fields__)
        return pd.DataFrame([vars(finding) for finding in self.findings], columns=columns)

    def __rich__(self) -> RenderableType:
        from rich.console import Group
        from rich.text import Text

        # As Text, since a file name may look like markup.
        shown: list[RenderableType] = [Text(self._summary())]
        if self.findings:
            shown += ["", self._table()]
        if self.fixable:
            shown += ["", f"{plural(len(self.fixable), 'finding')} can be mended with --fix."]
        return Group(*shown)

    def _summary(self) -> str:
        counts = [sum(f.severity == severity for f in self.findings) for severity in SEVERITIES]
        told = [plural(n, name) for n, name in zip(counts, SEVERITIES, strict=True) if n]
        return f"{self.source}: {self.n_rows:,} {self.kind}; {', '.join(told) or 'no fault found'}"

    def _table(self) -> RenderableType:
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="dim")
        for title in ("", "check", "rows", "finding", "fixable"):
            table.add_column(title, overflow="fold")
        for severity, *cells in _lines(self.findings):
            table.add_row(Text(severity, style=_STYLES[severity]), *map(Text, cells))
        return table


def sort_findings(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put errors first, and the findings of one check next to each other."""
    checks = list(dict.fromkeys(finding.check for finding in findings))
    return tuple(
        sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), checks.index(f.check)))
    )


def show_rows(rows: Sequence[int]) -> str:
    """List row numbers, the first few of many.

    Examples
    --------
    >>> show_rows([2, 3, 5, 8, 13, 21, 34])
    '2, 3, 5, 8, 13 and 2 more'
    """
    more = len(rows) - MAX_SHOWN
    return ", ".join(map(str, rows[:MAX_SHOWN])) + (f" and {more:,} more" if more > 0 else "")


def _lines(findings: Sequence[Finding]) -> Iterator[tuple[str, str, str, str, str]]:
    for (severity, check), group in groupby(findings, key=lambda f: (f.severity, f.check)):
        found = list(group)
        for finding in found[:MAX_SHOWN]:
            fixable = "yes" if finding.fixable else ""
            yield severity, check, show_rows(finding.rows), finding.message, fixable
        if len(found) > MAX_SHOWN:
            yield severity, check, "", f"... and {len(found) - MAX_SHOWN:,} more", ""
