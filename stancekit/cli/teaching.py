"""Docstrings of commands to what ``--help`` shows."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable


def help_and_examples(command: Callable[..., None]) -> tuple[str, str]:
    """Split a docstring into the help above the options and the examples below them.

    Parameters
    ----------
    command
        Its docstring ends with a section of examples, a command per line.

    Returns
    -------
    tuple of str
        Both in rich's markup, as typer takes them: paragraphs and lines are set apart by
        a blank line.
    """
    text, _, examples = inspect.cleandoc(command.__doc__ or "").partition("Examples\n--------\n")
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]
    shown = re.sub("``(.+?)``", r"[bold]\1[/]", "\n\n".join(paragraphs))
    lines = re.sub("(#.*)", r"[dim]\1[/]", examples).splitlines()
    return shown, "\n\n".join(["[bold]Examples[/]", *lines])
