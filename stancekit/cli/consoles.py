"""The two streams: results on standard output, everything else on standard error."""

from __future__ import annotations

import io
import sys
from typing import TextIO

from rich.console import Console
from rich.text import Text


def tell(message: str, title: str, *, style: str = "yellow") -> None:
    """Write a message to standard error, as it is.

    Parameters
    ----------
    message
        One or more lines; brackets are no markup.
    title
        What kind of message, such as ``"Error"``.
    style
        Style of the title, in rich's words.
    """
    keep_odd_characters(sys.stderr)
    line = Text.assemble((f"{title}:", style), " ", message)
    Console(stderr=True, highlight=False).print(line, soft_wrap=True)


def result_console(stream: TextIO) -> Console:
    """Return a console that writes results to a stream."""
    return Console(file=stream, highlight=False, emoji=False, markup=False)


def keep_odd_characters(stream: TextIO) -> None:
    """Let a stream write what its encoding lacks with backslashes, and never crash."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is looking at the stream; None is a closed one."""
    return stream is not None and stream.isatty()
