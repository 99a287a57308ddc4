"""Run a command line so that bad input gives one message and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Callable

from rich.console import Console

from stancekit.errors import StancekitError


def run(command: Callable[[], object]) -> None:
    """Run a command; a `StancekitError` is told on standard error, without a traceback."""
    try:
        command()
    except StancekitError as error:
        Console(stderr=True).print(f"Error: {error}", markup=False, soft_wrap=True)
        sys.exit(2)
