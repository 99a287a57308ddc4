"""Tables to tasks: what every format writes, one sentence per task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from stancekit.errors import InputError
from stancekit.interchange.files import Node
from stancekit.interchange.offsets import Mark
from stancekit.labels import split_types
from stancekit.tables import CLAIMS, STANCES_TABLE, Schema, Source, read_table

Row: TypeAlias = dict[str, Any]

_NAMES = ("doc_id", "sentence_id")
_SHARED = ("split", "source")
_OWN = "stancekit"


@dataclass(frozen=True)
class Columns:
    """The columns of a task's rows that no annotation tool knows of.

    Attributes
    ----------
    sentence
        Those of the sentence: ``doc_id``, ``sentence_id``, and ``split`` and ``source`` where
        all its rows agree.
    claim
        Further ones of its claims row; None where it has no such row.
    stances
        ``start``, ``end`` and further ones of its stances rows; None where it has none.
    """

    sentence: Mapping[str, str] = field(default_factory=dict)
    claim: Mapping[str, str] | None = None
    stances: Sequence[Row] | None = None

    def to_json(self) -> Row:
        """Return what a task carries through a tool: plain values in ``meta``, rows beside it."""
        rows: Row = {}
        if self.claim is not None:
            rows["claims"] = self.claim
        if self.stances is not None:
            rows["stances"] = self.stances
        return {"meta": self.sentence, _OWN: rows}


@dataclass(frozen=True)
class Task:
    """One annotated text.

    Attributes
    ----------
    number
        Its line or place in the file, from 1.
    text
        What was annotated.
    marks
        Its labelled spans: stances.
    choices
        Its labels as a whole: claim types; None where nobody asked for any.
    columns
        What else its rows hold.
    """

    number: int
    text: str
    marks: tuple[Mark, ...] = ()
    choices: tuple[str, ...] | None = None
    columns: Columns = field(default_factory=Columns)


def read_columns(node: Node) -> Columns:
    """Read what `Columns.to_json` wrote, or the same columns where other programs put them."""
    meta, rows = node.child("meta"), node.child(_OWN)
    holders = [holder.of(dict) for holder in (node, meta) if holder.value is not None]
    sentence = {
        column: str(holder[column])
        for column in (*_NAMES, *_SHARED)
        for holder in holders
        if isinstance(holder.get(column), str | int | float)
    }
    if rows.value is None:
        return Columns(sentence)
    claims, stances = rows.child("claims"), rows.child("stances")
    return Columns(
        sentence,
        None if claims.value is None else _texts(claims.of(dict)),
        None if stances.value is None else [_read_stance(item) for item in stances.items()],
    )


def to_tasks(claims: Source | None, stances: Source | None) -> list[Task]:
    """Turn tables into tasks: one per claims row, then one per sentence with stances alone.

    Raises
    ------
    InputError
        If there is no row to write.
    TableError
        If a table has bad rows.
    """
    marked: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in _rows(stances, STANCES_TABLE):
        marked[_sentence(row)].append(row)
    pairs: list[tuple[Row | None, list[Row]]] = [
        (row, marked.pop(_sentence(row), [])) for row in _rows(claims, CLAIMS)
    ]
    pairs += [(None, rows) for rows in marked.values()]
    if not pairs:
        raise InputError("expected claims or stances with at least one row; found none to write")
    return [_task(number, claim, rows) for number, (claim, rows) in enumerate(pairs, 1)]


def _rows(source: Source | None, schema: Schema) -> Iterable[Row]:
    if source is None:
        return []
    frame = read_table(source, schema, consequence="Nothing was written.")
    cells = frame.astype(object).where(frame.notna(), "")
    return [
        {str(name): cell if name in schema.integers else str(cell) for name, cell in row.items()}
        for row in cells.to_dict("records")
    ]


def _sentence(row: Row) -> tuple[str, ...]:
    return (*(row[name] for name in _NAMES), row["text"])


def _task(number: int, claim: Row | None, stances: list[Row]) -> Task:
    rows = [*([] if claim is None else [claim]), *stances]
    shared = [name for name in _SHARED if len({row.get(name) for row in rows}) == 1]
    sentence = {name: rows[0][name] for name in (*_NAMES, *shared) if name in rows[0]}
    columns = Columns(
        sentence,
        None if claim is None else _others(claim, {*sentence, *CLAIMS.required}),
        [_stance(row, sentence) for row in stances] or None,
    )
    marks = tuple(Mark(row["start"], row["end"], row["stance"]) for row in stances)
    choices = None if claim is None else split_types(claim["claim_types"])
    return Task(number, rows[0]["text"], marks, choices, columns)


def _stance(row: Row, sentence: Iterable[str]) -> Row:
    known = {*sentence, *STANCES_TABLE.required} - {"actor"}
    return {"start": row["start"], "end": row["end"], **_others(row, known)}


def _read_stance(node: Node) -> Row:
    span = {key: node.child(key).of(int) for key in ("start", "end")}
    return {**_texts(node.of(dict)), **span}


def _others(row: Row, known: Collection[str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name not in known}


def _texts(cells: Mapping[str, Any]) -> dict[str, str]:
    return {name: "" if cell is None else str(cell) for name, cell in cells.items()}
