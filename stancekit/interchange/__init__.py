"""Import from and export to annotation tools: Label Studio, doccano, spans in JSONL.

One task is one sentence. What a tool doesn't know of (``doc_id``, ``actor``, ``split`` and
every further column) travels with the task, so that tables come back with the same cells:
claims row for row, stances sentence by sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from stancekit.errors import InputError, did_you_mean
from stancekit.interchange.doccano import read_doccano, write_doccano
from stancekit.interchange.files import first_line
from stancekit.interchange.gather import Tables
from stancekit.interchange.jsonl import read_jsonl, write_jsonl
from stancekit.interchange.label_studio import read_label_studio, write_label_studio
from stancekit.tables import Source

__all__ = [
    "FORMATS",
    "Tables",
    "read",
    "read_doccano",
    "read_jsonl",
    "read_label_studio",
    "write",
    "write_doccano",
    "write_jsonl",
    "write_label_studio",
]

FORMATS: Final = {
    "label-studio": "a JSON list of tasks with data.text and annotations",
    "doccano": "JSONL with text and label, or with text, entities and cats",
    "jsonl": "JSONL with text and spans, accept or answer",
}
"""Names of the formats, and how a file of each looks."""

_READERS: Final[dict[str, Callable[[str | Path], Tables]]] = {
    "label-studio": read_label_studio,
    "doccano": read_doccano,
    "jsonl": read_jsonl,
}
_WRITERS: Final[dict[str, Callable[..., None]]] = {
    "label-studio": write_label_studio,
    "doccano": write_doccano,
    "jsonl": write_jsonl,
}
_KEYS: Final = {
    "jsonl": {"spans", "accept", "answer"},
    "doccano": {"label", "labels", "entities", "cats"},
}


def read(path: str | Path, format: str | None = None) -> Tables:  # noqa: A002
    """Read a file of annotations.

    Parameters
    ----------
    path
        The file.
    format
        One of `FORMATS`; by default told from the first line of the file.

    Raises
    ------
    InputError
        If the format is unknown, or the file is not of that format; it names the line or
        task, what was expected and what was found.
    TableError
        If marks don't fit their text; it lists them all.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> line = '{"text": "Oslo praised Lima.", "label": [[13, 17, "supportive"]]}'
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "mine.jsonl")
    ...     _ = path.write_text(line)
    ...     stances = read(path).stances
    >>> stances[["doc_id", "start", "end", "actor", "stance"]]
       doc_id  start  end actor      stance
    0  mine-1     13   17  Lima  supportive
    """
    return _READERS[_guess(path) if format is None else _known(format)](path)


def write(
    path: str | Path,
    format: str,  # noqa: A002
    *,
    claims: Source | None = None,
    stances: Source | None = None,
) -> None:
    """Write tables as a file of annotations.

    The file is written beside its place and moved there, so that a crash leaves no half file.

    Parameters
    ----------
    path
        The file; replaced where it exists.
    format
        One of `FORMATS`.
    claims, stances
        Tables or CSV files; at least one.

    Raises
    ------
    InputError
        If the format is unknown, there is nothing to write, or the file can't be written.
    TableError
        If a table has bad rows.
    """
    _WRITERS[_known(format)](path, claims=claims, stances=stances)


def _known(name: str) -> str:
    if name in FORMATS:
        return name
    raise InputError(
        f"expected a format: {', '.join(FORMATS)}; found {name!r}{did_you_mean(name, FORMATS)}"
    )


def _guess(path: str | Path) -> str:
    line = first_line(path)
    if line.startswith("["):
        return "label-studio"
    keys = _keys(line)
    for name, telling in _KEYS.items():
        if keys & telling:
            return name
    known = "".join(f"\n  {name:<13} {looks}" for name, looks in FORMATS.items())
    found = f"keys {', '.join(sorted(keys))}" if keys else "neither a list nor a line of JSON"
    raise InputError(f"{path}: expected one of these formats:{known}\nfound {found}")


def _keys(line: str) -> set[str]:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return set()
    return set(value) if isinstance(value, dict) else set()
