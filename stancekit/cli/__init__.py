"""The ``stancekit`` command: one small file per command, heavy libraries only when needed."""

from stancekit.cli.app import main

__all__ = ["main"]
