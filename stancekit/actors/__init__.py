"""Who is in the text: a roster of actors, a finder of mentions, their resolution."""

from __future__ import annotations

from stancekit.actors.entries import Alias, Office
from stancekit.actors.finder import ActorFinder
from stancekit.actors.resolve import resolve
from stancekit.actors.roster import Roster

__all__ = ["ActorFinder", "Alias", "Office", "Roster", "resolve"]
