"""Claim types and stances: canonical names in their fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

CLAIM_TYPES: Final = ("prediction", "official_statement", "background_fact")
"""The claim types of a sentence, in column order; a sentence has none, one or several."""

STANCES: Final = ("supportive", "neutral", "critical")
"""The stances of a sentence toward one actor, in column order."""

ACTOR_KINDS: Final = (
    "person",
    "country",
    "organisation",
    "party",
    "company",
    "armed_group",
    "institution",
    "people",
    "place",
)
"""What an actor can be."""

JOINER: Final = "|"
"""Joins the claim types of one sentence in a CSV cell."""


def join_types(claim_types: tuple[str, ...]) -> str:
    """Write claim types as one CSV cell.

    Examples
    --------
    >>> join_types(("prediction", "official_statement"))
    'prediction|official_statement'
    """
    return JOINER.join(claim_types)


def split_types(cell: str) -> tuple[str, ...]:
    """Read the claim types of one CSV cell; an empty cell has none.

    Examples
    --------
    >>> split_types(" prediction | official_statement")
    ('prediction', 'official_statement')
    >>> split_types("")
    ()
    """
    return tuple(part.strip() for part in cell.split(JOINER) if part.strip())


def in_order(names: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    """Sort labels: known ones in their fixed order, then the user's own by name.

    Examples
    --------
    >>> in_order({"mixed", "critical", "supportive"}, STANCES)
    ('supportive', 'critical', 'mixed')
    """
    found = set(names)
    return (*(name for name in known if name in found), *sorted(found - set(known)))
