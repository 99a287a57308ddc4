"""Results to standard output or to a file that is never half-written."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from stancekit.cli.consoles import keep_odd_characters
from stancekit.errors import InputError


@contextlib.contextmanager
def open_output(path: Path | None, *, for_reading: bool = False) -> Iterator[TextIO]:
    """Open the place where results go.

    Parameters
    ----------
    path
        A file: it appears, or replaces the old one, only when all is written. None is
        standard output.
    for_reading
        Whether people read it, so that standard output keeps the terminal's encoding;
        data is always UTF-8. What an encoding lacks is written with backslashes.

    Yields
    ------
    TextIO
        Writes line ends as they are.

    Raises
    ------
    InputError
        If the file can't be written.
    """
    if path is None:
        yield _standard_output(for_reading)
        sys.stdout.flush()
        return
    place = path.resolve()
    try:
        with _open_file(place) as stream:
            yield stream
    except OSError as error:
        # Errors of other files pass; one of this file has its name or none.
        if error.filename not in (None, str(place), str(_part(place))):
            raise
        raise InputError(f"{path}: cannot be written ({error.strerror})") from error


def refuse_unwritable(path: Path) -> None:
    """Raise what `open_output` would raise, before long work instead of after it."""
    if path.is_dir():
        raise InputError(f"{path}: expected a file to write; found a folder")
    if not path.absolute().parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent} to write into")


def _standard_output(for_reading: bool) -> TextIO:
    if sys.stdout is None:
        raise InputError("standard output is closed: open it, or give a file to write")
    if for_reading:
        keep_odd_characters(sys.stdout)
    elif isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    return sys.stdout


@contextlib.contextmanager
def _open_file(place: Path) -> Iterator[TextIO]:
    if place.exists() and not place.is_file():
        # A device or pipe, such as /dev/null, can't be replaced.
        with place.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        return
    part = _part(place)
    try:
        with part.open("x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)


def _part(place: Path) -> Path:
    return place.with_name(f".{place.name}.{os.getpid()}.part")
