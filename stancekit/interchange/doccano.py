"""doccano: JSONL whose keys depend on the type of project.

- text classification: ``{"text", "label": [name, ...]}``: claim types;
- sequence labelling: ``{"text", "label": [[start, end, name], ...]}``: stances;
- intent detection and slot filling: ``{"text", "cats": [name, ...], "entities": [...]}``: both,
  with entities as ``[start, end, name]`` or ``{"id", "label", "start_offset", "end_offset"}``.
"""

from __future__ import annotations

from pathlib import Path

from stancekit.interchange.files import Node, read_lines, write_lines
from stancekit.interchange.gather import Tables, to_tables
from stancekit.interchange.offsets import Mark
from stancekit.interchange.tasks import Row, Task, read_columns, to_tasks
from stancekit.tables import Source


def read_doccano(path: str | Path) -> Tables:
    """Read a doccano export in JSONL.

    The export doesn't tell a line without labels from one that nobody looked at: export
    approved lines only.

    Raises
    ------
    InputError
        If the file is no such export.
    TableError
        If marks don't fit their text.
    """
    return to_tables([_read(number, node) for number, node in read_lines(path)], path)


def write_doccano(
    path: str | Path, *, claims: Source | None = None, stances: Source | None = None
) -> None:
    """Write tables for import into a doccano project, one sentence per line.

    Claims alone are for a text classification project, stances alone for sequence labelling,
    both for intent detection and slot filling.

    Raises
    ------
    InputError
        If there is nothing to write, or the file can't be written.
    TableError
        If a table has bad rows.
    """
    choices_key = "label" if stances is None else "cats"
    marks_key = "label" if claims is None else "entities"
    lines = []
    for task in to_tasks(claims, stances):
        labels: Row = {}
        if claims is not None:
            labels[choices_key] = list(task.choices or ())
        if stances is not None:
            labels[marks_key] = [[mark.start, mark.end, mark.label] for mark in task.marks]
        lines.append({"text": task.text, **labels, **task.columns.to_json()})
    write_lines(path, lines)


def _read(number: int, node: Node) -> Task:
    labels = [item for key in ("label", "labels", "entities") for item in _items(node.child(key))]
    names = tuple(item.of(str) for item in labels if isinstance(item.value, str))
    marks = tuple(_mark(item) for item in labels if not isinstance(item.value, str))
    cats = node.child("cats")
    asked = names or cats.value is not None
    choices = (*names, *(item.of(str) for item in _items(cats))) if asked else None
    return Task(number, node.child("text").of(str), marks, choices, read_columns(node))


def _items(node: Node) -> list[Node]:
    return [] if node.value is None else node.items()


def _mark(node: Node) -> Mark:
    if isinstance(node.value, dict):
        start, end, label = (node.child(key) for key in ("start_offset", "end_offset", "label"))
    elif len(node.items()) == 3:
        start, end, label = node.items()
    else:
        raise node.wrong("[start, end, label]")
    return Mark(start.of(int), end.of(int), label.of(str))
