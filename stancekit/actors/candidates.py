"""Candidates: stretches of a sentence that may name an actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from stancekit.actors.entries import Match

What: TypeAlias = Literal["roster", "person", "body", "word"]
"""Known to the roster, a person or a body by its form, or a word that says nothing alone."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a plain sentence that may name an actor.

    Attributes
    ----------
    start, end
        Offsets in the plain sentence.
    what
        Known to the roster, or a person or a body by its form; ``"word"`` is what says
        nothing alone.
    match
        The roster's entries.
    is_sure
        Whether the form alone makes it a name.
    is_first
        Whether its first word's capital says nothing.
    """

    start: int
    end: int
    what: What
    match: Match | None = None
    is_sure: bool = True
    is_first: bool = False
