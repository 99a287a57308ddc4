"""Tasks to tables: what every format's reader ends with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from stancekit.errors import BadRow, InputError, TableError
from stancekit.interchange.offsets import Mark, Span, resolve
from stancekit.interchange.tasks import Row, Task
from stancekit.labels import JOINER, join_types
from stancekit.tables import CLAIMS, STANCES_TABLE, Schema


@dataclass(frozen=True, eq=False)
class Tables:
    """What a file of annotations holds.

    Attributes
    ----------
    claims, stances
        Tables with the columns of ``claims.csv`` and ``stances.csv``, further columns after
        them, cells as text, offsets as integers; None where the file has no such labels.
    """

    claims: pd.DataFrame | None
    stances: pd.DataFrame | None


def to_tables(tasks: Sequence[Task], path: str | Path) -> Tables:
    """Turn tasks into tables.

    A task is one claims row and one stances row per marked span, however long its text. Where
    it doesn't say, its document is named after the file and its number, since texts that are
    no neighbours must not give each other context; an actor is named by the marked words. Any
    label names are accepted: `stancekit.tables.read_table` is where typos are found.

    Raises
    ------
    TableError
        If marks don't fit their text, or a text or label can't stand in a table; it lists
        them all.
    InputError
        If there are no labels at all.
    """
    spans = _spans(tasks)
    bad = [row for task, found in zip(tasks, spans, strict=True) for row in _bad(task, found)]
    if bad:
        n_tasks = len({task.number for task in tasks})
        raise TableError(str(path), bad, n_rows=n_tasks, consequence="Nothing was read.")
    asked = any(task.choices is not None for task in tasks)
    claims = [_claim(task, path) for task in tasks if _is_claim(task, asked)]
    stances = [
        row
        for task, found in zip(tasks, spans, strict=True)
        for row in _stances(task, [span for span in found if span], path)
    ]
    if not claims and not stances:
        raise InputError(f"{path}: expected at least one labelled task; found none")
    return Tables(_frame(claims, CLAIMS), _frame(stances, STANCES_TABLE))


def _spans(tasks: Sequence[Task]) -> list[list[Span | None]]:
    found = iter(resolve([(task.text, mark) for task in tasks for mark in task.marks]))
    return [[next(found) for _ in task.marks] for task in tasks]


def _is_claim(task: Task, asked: bool) -> bool:
    """Tell whether a task without claim types is a claims row that has none."""
    if task.columns.claim is None and task.columns.stances is None:
        return asked
    return task.columns.claim is not None or bool(task.choices)


def _bad(task: Task, spans: Sequence[Span | None]) -> Iterator[BadRow]:
    if not task.text.strip():
        yield BadRow(task.number, "text", "some text", repr(task.text))
    for label in task.choices or ():
        if not label.strip() or JOINER in label:
            yield BadRow(task.number, "claim_types", f"a name without {JOINER!r}", repr(label))
    for mark, span in zip(task.marks, spans, strict=True):
        if not mark.label.strip():
            yield BadRow(task.number, "stance", "some text", repr(mark.label))
        if span is None:
            yield _misplaced(task, mark)


def _misplaced(task: Task, mark: Mark) -> BadRow:
    expected, found = f"0 <= start < end <= {len(task.text)}", f"{mark.start}, {mark.end}"
    if mark.quote is not None:
        expected += f" and the text {mark.quote!r} there"
        if 0 <= mark.start < mark.end <= len(task.text):
            found += f", where the text is {task.text[mark.start : mark.end]!r}"
    return BadRow(task.number, "start, end", expected, found)


def _names(task: Task, path: str | Path) -> Row:
    names = {"doc_id": "", "sentence_id": str(task.number), **task.columns.sentence}
    if not names["doc_id"].strip():
        names["doc_id"] = f"{Path(path).stem}-{task.number}"
    return {**names, "text": task.text}


def _claim(task: Task, path: str | Path) -> Row:
    claim_types = join_types(task.choices or ())
    return {**(task.columns.claim or {}), **_names(task, path), "claim_types": claim_types}


def _stances(task: Task, spans: Sequence[Span], path: str | Path) -> Iterator[Row]:
    further: defaultdict[Span, list[Row]] = defaultdict(list)
    for row in reversed(task.columns.stances or ()):
        further[row["start"], row["end"]].append(row)
    for mark, (start, end) in zip(task.marks, spans, strict=True):
        known = further[start, end].pop() if further[start, end] else {}
        words = {"actor": task.text[start:end], **known}
        yield {**words, **_names(task, path), "start": start, "end": end, "stance": mark.label}


def _frame(rows: Sequence[Row], schema: Schema) -> pd.DataFrame | None:
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    names = [*schema.required, *(name for name in frame if name not in schema.required)]
    return frame[names].fillna("")
