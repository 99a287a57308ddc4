"""Label Studio: the JSON export, a list of tasks.

Claim types are ``choices``, stances are ``labels`` on spans of the text. What `write_label_studio`
writes can be imported into a project with this labelling interface, and exported again::

    <View>
      <Text name="text" value="$text"/>
      <Choices name="claims" toName="text" choice="multiple">
        <Choice value="prediction"/> ...
      </Choices>
      <Labels name="stance" toName="text">
        <Label value="supportive"/> ...
      </Labels>
    </View>
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from stancekit.interchange.files import Node, read_list, replace_text
from stancekit.interchange.gather import Tables, to_tables
from stancekit.interchange.offsets import Mark
from stancekit.interchange.tasks import Row, Task, read_columns, to_tasks
from stancekit.tables import Source


def read_label_studio(path: str | Path) -> Tables:
    """Read a Label Studio export in the format JSON (not JSON-MIN).

    Every annotation that was not cancelled is read, so that a task with two annotators gives
    its rows twice; tasks without annotation are left out. ``data.text`` is the text.

    Raises
    ------
    InputError
        If the file is no such export.
    TableError
        If marks don't fit their text.
    """
    nodes = enumerate(read_list(path), 1)
    return to_tables([task for number, node in nodes for task in _read(number, node)], path)


def write_label_studio(
    path: str | Path, *, claims: Source | None = None, stances: Source | None = None
) -> None:
    """Write tables as annotated Label Studio tasks, one sentence per task.

    Raises
    ------
    InputError
        If there is nothing to write, or the file can't be written.
    TableError
        If a table has bad rows.
    """
    tasks = [_write(task) for task in to_tasks(claims, stances)]
    replace_text(path, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")


def _read(number: int, node: Node) -> Iterator[Task]:
    data = node.child("data")
    text, columns = data.child("text").of(str), read_columns(data)
    for annotation in node.child("annotations").items():
        if not annotation.child("was_cancelled").value:
            results = annotation.child("result").items()
            yield Task(number, text, tuple(_marks(results)), _choices(results), columns)


def _marks(results: list[Node]) -> Iterator[Mark]:
    for value in _values(results, "labels"):
        start, end = (value.child(key).of(int) for key in ("start", "end"))
        quote = value.child("text")
        for label in value.child("labels").texts():
            yield Mark(start, end, label, None if quote.value is None else quote.of(str))


def _choices(results: list[Node]) -> tuple[str, ...] | None:
    values = _values(results, "choices")
    for value in values:
        if value.child("start").value is not None:
            raise value.wrong("choices for the whole text, not for a span of it,")
    chosen = tuple(label for value in values for label in value.child("choices").texts())
    return chosen if values else None


def _values(results: list[Node], kind: str) -> list[Node]:
    return [result.child("value") for result in results if result.child("type").value == kind]


def _write(task: Task) -> Row:
    result = [_span(at, task.text, mark) for at, mark in enumerate(task.marks, 1)]
    if task.choices:
        result.append(_result("claims", "claims", "choices", {"choices": list(task.choices)}))
    return {
        "id": task.number,
        "data": {"text": task.text, **task.columns.to_json()},
        "annotations": [{"result": result}],
    }


def _span(at: int, text: str, mark: Mark) -> Row:
    quote = text[mark.start : mark.end]
    value = {"start": mark.start, "end": mark.end, "text": quote, "labels": [mark.label]}
    return _result(f"stance-{at}", "stance", "labels", value)


def _result(name: str, control: str, kind: str, value: Row) -> Row:
    return {"id": name, "from_name": control, "to_name": "text", "type": kind, "value": value}
