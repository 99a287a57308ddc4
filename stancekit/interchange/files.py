"""JSON files: read with one clear error, written aside and moved into place."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from stancekit.errors import InputError, not_utf8

T = TypeVar("T", str, int, list[Any], dict[str, Any])

_NAMES = {str: "text", int: "a whole number", list: "a list", dict: "an object"}
_WIDEST_SHOWN = 60


@dataclass(frozen=True)
class Node:
    """A JSON value that knows where it stands, for errors.

    Attributes
    ----------
    place
        File, and line or task.
    name
        The keys that lead to it, such as ``data.text``.
    value
        The value; None where there is none.
    """

    place: str
    name: str
    value: Any

    def child(self, key: str) -> Node:
        """Return what an object holds under ``key``; nothing is a node whose value is None."""
        name = f"{self.name}.{key}" if self.name else key
        return Node(self.place, name, self.of(dict).get(key))

    def items(self) -> list[Node]:
        """Return what a list holds."""
        return [
            Node(self.place, f"{self.name}[{at}]", item) for at, item in enumerate(self.of(list))
        ]

    def texts(self) -> tuple[str, ...]:
        """Return a list of strings."""
        return tuple(item.of(str) for item in self.items())

    def of(self, kind: type[T]) -> T:
        """Return the value if it is of that kind.

        Raises
        ------
        InputError
            If it is of another kind, or missing.
        """
        if isinstance(self.value, kind) and not isinstance(self.value, bool):
            return self.value
        raise self.wrong(_NAMES[kind])

    def wrong(self, expected: str) -> InputError:
        """Say what was expected here, and what was found."""
        where = f" in {self.name}" if self.name else ""
        return InputError(f"{self.place}: expected {expected}{where}; found {_show(self.value)}")


def read_list(path: str | Path) -> list[Node]:
    """Read a JSON file that holds a list, one node per entry."""
    tasks = _parse(read_text(path), str(path))
    if not isinstance(tasks, list):
        raise Node(str(path), "", tasks).wrong("a list of tasks")
    return [Node(f"{path}, task {number}", "", task) for number, task in enumerate(tasks, 1)]


def read_lines(path: str | Path) -> list[tuple[int, Node]]:
    """Read a JSONL file, one numbered node per line that is not blank."""
    return list(_lines(read_text(path), path))


def first_line(path: str | Path) -> str:
    """Return the first line that is not blank, or an empty string."""
    return next((line for line in read_text(path).split("\n") if line.strip()), "").strip()


def write_lines(path: str | Path, records: Iterable[dict[str, Any]]) -> None:
    """Write a JSONL file."""
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    replace_text(path, "".join(lines))


def replace_text(path: str | Path, text: str) -> None:
    """Write a text file in UTF-8: first beside its place, then moved there.

    Raises
    ------
    InputError
        If it can't be written; what was there before is left as it was.
    """
    path = Path(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(text.encode())
        part.replace(path)
    except UnicodeEncodeError as error:
        raise InputError(_half_character(str(path), error)) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def read_text(path: str | Path) -> str:
    """Read a text file in UTF-8, line ends as they are.

    Raises
    ------
    InputError
        If it is missing, unreadable or not UTF-8.
    """
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except UnicodeDecodeError as error:
        raise not_utf8(str(path), error) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def _lines(text: str, path: str | Path) -> Iterator[tuple[int, Node]]:
    # Not splitlines: JSON strings may hold U+2028 and its like.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            place = f"{path}, line {number}"
            yield number, Node(place, "", _parse(line, place))


def _parse(text: str, place: str) -> Any:
    try:
        value = json.loads(text)
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InputError(_half_character(place, error)) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: expected JSON; found {_show(text)} ({error})") from error
    return value


def _half_character(place: str, error: UnicodeEncodeError) -> str:
    half = ascii(error.object[error.start])
    return f"{place}: expected whole characters; found half of a surrogate pair, {half}"


def _show(value: Any) -> str:
    if value is None:
        return "nothing"
    shown = value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= _WIDEST_SHOWN else shown[:_WIDEST_SHOWN] + "..."
    return repr(shown) if isinstance(value, str) else shown
