"""Entries of a roster, and the table that holds them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stancekit.errors import BadRow, TableError, did_you_mean
from stancekit.labels import ACTOR_KINDS

COLUMNS: Final = (
    *("alias", "actor", "kind", "country", "relation", "priority"),
    *("office", "start", "end", "source"),
)
"""The columns of a roster file; the first three are required."""

RELATIONS: Final = ("name", "official", "abbreviation", "demonym", "people", "capital", "seat")
"""How an alias can stand for its actor."""

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_DEFAULT_PRIORITY = 60


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of one actor.

    Attributes
    ----------
    alias, actor
        The words, and the full name of the actor they stand for.
    kind, country
        As in `stancekit.records.Mention`.
    relation
        One of `RELATIONS`.
    priority
        The higher one wins where an alias means two actors.
    """

    alias: str
    actor: str
    kind: str
    country: str = ""
    relation: str = "name"
    priority: int = _DEFAULT_PRIORITY

    @property
    def home(self) -> str:
        """The country that the actor is or belongs to; empty where unknown."""
        return self.country or (self.actor if self.kind == "country" else "")


@dataclass(frozen=True, slots=True)
class Office:
    """One term in one office.

    Attributes
    ----------
    title
        Such as ``"President of South Korea"``.
    start, end
        ISO dates or years; empty for unknown or still in office.
    """

    title: str
    start: str = ""
    end: str = ""

    def held_on(self, date: str | None) -> bool:
        """Whether the office is held on an ISO date; with None, whether it still is."""
        if date is None:
            return not self.end
        return self.start <= date[: len(self.start)] and (
            not self.end or date[: len(self.end)] < self.end
        )


@dataclass(frozen=True, slots=True)
class Match:
    """A place in a plain text where an alias stands.

    Attributes
    ----------
    start, end
        Offsets in the plain text.
    aliases
        What the words can mean, the most likely first.
    """

    start: int
    end: int
    aliases: tuple[Alias, ...]


def read_entries(text: str, source: str) -> tuple[tuple[Alias, ...], dict[str, tuple[Office, ...]]]:
    """Read the text of a roster file.

    Parameters
    ----------
    text
        CSV with a header.
    source
        What the error calls the file.

    Returns
    -------
    tuple of aliases and offices
        Every alias once, and the offices by the actor's name.

    Raises
    ------
    TableError
        If columns are missing or cells are bad.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = reader.fieldnames or []
    missing = [column for column in COLUMNS[:3] if column not in header]
    rows = [{key: value or "" for key, value in row.items() if key} for row in reader]
    bad = [BadRow(0, column, "a column of this name", repr(list(header))) for column in missing]
    if not missing:
        bad = [b for number, row in enumerate(rows, start=2) for b in _bad_cells(number, row)]
    if bad:
        raise TableError(
            source, bad, n_rows=len(rows), consequence="No roster was read. Mend the rows."
        )
    offices: dict[str, tuple[Office, ...]] = {}
    for row in rows:
        if row.get("office"):
            term = Office(row["office"], row.get("start", ""), row.get("end", ""))
            offices[row["actor"]] = (*offices.get(row["actor"], ()), term)
    return tuple(dict.fromkeys(_alias(row) for row in rows)), offices


def _alias(row: Mapping[str, str]) -> Alias:
    return Alias(
        *(row["alias"].strip(), row["actor"].strip(), row["kind"], row.get("country", "")),
        row.get("relation") or "name",
        int(row.get("priority") or _DEFAULT_PRIORITY),
    )


def _bad_cells(number: int, row: Mapping[str, str]) -> Iterator[BadRow]:
    for column in ("alias", "actor"):
        if not row[column].strip():
            yield BadRow(number, column, "a name", repr(row[column]))
    for column, known in (("kind", ACTOR_KINDS), ("relation", RELATIONS)):
        cell = row.get(column, "")
        if cell not in known and (cell or column == "kind"):
            found = f"{cell!r}{did_you_mean(cell, known)}"
            yield BadRow(number, column, f"one of {', '.join(known)}", found)
    if not (row.get("priority") or "0").lstrip("-").isdigit():
        yield BadRow(number, "priority", "a whole number", repr(row["priority"]))
    for column in ("start", "end"):
        if row.get(column) and not _DATE.fullmatch(row[column]):
            yield BadRow(number, column, "an ISO date or a year", repr(row[column]))
