"""Spans in JSONL, as Prodigy and spaCy's projects hold them.

A line is ``{"text", "spans": [{"start", "end", "label"}, ...], "accept": [name, ...], "answer",
"meta"}``: spans are stances, accepted options claim types.
"""

from __future__ import annotations

from pathlib import Path

from stancekit.interchange.files import Node, read_lines, write_lines
from stancekit.interchange.gather import Tables, to_tables
from stancekit.interchange.offsets import Mark
from stancekit.interchange.tasks import Row, Task, read_columns, to_tasks
from stancekit.tables import Source

_SKIPPED = ("reject", "ignore")


def read_jsonl(path: str | Path) -> Tables:
    """Read spans in JSONL.

    Lines whose answer is ``reject`` or ``ignore`` are left out.

    Raises
    ------
    InputError
        If the file is not of this shape.
    TableError
        If marks don't fit their text.
    """
    lines = read_lines(path)
    return to_tables([_read(number, node) for number, node in lines if _accepted(node)], path)


def write_jsonl(
    path: str | Path, *, claims: Source | None = None, stances: Source | None = None
) -> None:
    """Write tables as spans in JSONL, one sentence per line.

    Raises
    ------
    InputError
        If there is nothing to write, or the file can't be written.
    TableError
        If a table has bad rows.
    """
    write_lines(path, [_write(task) for task in to_tasks(claims, stances)])


def _accepted(node: Node) -> bool:
    answer = node.child("answer")
    if answer.value in (None, "accept"):
        return True
    if answer.value in _SKIPPED:
        return False
    raise answer.wrong(f"accept, {' or '.join(_SKIPPED)}")


def _read(number: int, node: Node) -> Task:
    spans, accept = node.child("spans"), node.child("accept")
    marks = () if spans.value is None else tuple(_mark(item) for item in spans.items())
    choices = None if accept.value is None else accept.texts()
    return Task(number, node.child("text").of(str), marks, choices, read_columns(node))


def _mark(node: Node) -> Mark:
    start, end = (node.child(key).of(int) for key in ("start", "end"))
    quote = node.child("text")
    label = node.child("label").of(str)
    return Mark(start, end, label, None if quote.value is None else quote.of(str))


def _write(task: Task) -> Row:
    spans = [{"start": mark.start, "end": mark.end, "label": mark.label} for mark in task.marks]
    accept = {} if task.choices is None else {"accept": list(task.choices)}
    own = task.columns.to_json()
    return {"text": task.text, "spans": spans, **accept, "answer": "accept", **own}
