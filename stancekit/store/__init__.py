"""Saved models: those that are bundled and those of the user, loaded by name or path."""

from __future__ import annotations

from stancekit.saved.save import save
from stancekit.store.load import DEFAULT, Summary, available, load

__all__ = ["DEFAULT", "Summary", "available", "load", "save"]
