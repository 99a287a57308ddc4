"""Countries that stand near a place in the text, and those that bodies bear in their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stancekit.actors.lexicon import lexicon
from stancekit.actors.roster import Roster
from stancekit.records import Mention

LOOKS: Final = 24
"""Mentions that a look back takes in."""


def land_of(mention: Mention) -> str:
    """Return the country that a mention is of or belongs to; empty for none and for towns."""
    if mention.kind == "place":
        return ""
    return mention.country or (mention.name if mention.kind == "country" else "")


def lands_near(before: Sequence[Mention], sentence: int) -> tuple[str, str]:
    """Return the countries that the last mentions before a place in the text speak of.

    Parameters
    ----------
    before
        The mentions before the place, in text order; the last 24 count.
    sentence
        The index of its sentence.

    Returns
    -------
    tuple of str and str
        The country named last in the sentence, and the only one of the sentence before;
        empty where there is none.
    """
    near, prior = "", set()
    for one in reversed(before[-LOOKS:]):
        if one.sentence < sentence - 1:
            break
        if one.sentence == sentence:
            near = near or land_of(one)
        elif land := land_of(one):
            prior.add(land)
    return near, prior.pop() if len(prior) == 1 else ""


def own_land(name: str, roster: Roster) -> str:
    """Return the country with whose name or demonym a body's name begins; empty for none.

    Examples
    --------
    >>> names = ("Chilean Growers' Union", "Reef Union", "Jordan Peterson Institute")
    >>> [own_land(name, Roster.bundled()) for name in names]
    ['Chile', '', '']
    """
    match = next(iter(roster.matches(name)), None)
    if match is None or match.start or match.end == len(name):
        return ""
    if _is_person(name[: match.end], name[match.end :]):
        return ""
    best = match.aliases[0]
    is_name = best.kind == "country" and best.relation == "name"
    return best.home if is_name or best.relation in ("demonym", "people") else ""


def _is_person(first: str, rest: str) -> bool:
    """Whether a country's name is rather somebody's given name: a surname follows."""
    known = lexicon()
    after = rest.lower().split()[:1]
    return first.lower() in known.given and bool(after) and after[0] in known.surnames
