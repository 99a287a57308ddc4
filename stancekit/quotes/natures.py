"""What the words of a source tell: which pronouns fit, and what qualifies what."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from stancekit.actors.nouns import singular
from stancekit.quotes.descriptions import NAME_ENDS
from stancekit.quotes.role_words import COLLECTIVE, DOCUMENT
from stancekit.quotes.roles import OFFICIAL_KINDS, Status, is_role, role_of
from stancekit.quotes.words import Words, read_words, word_set
from stancekit.records import Actor

Nature: TypeAlias = Literal["he", "she", "person", "thing", "group", "any", "none"]
"""Which pronouns fit a speaker; "any" where the words leave it open."""

TITLES: Final[dict[str, Nature]] = {"mr": "he", "mrs": "she", "ms": "she", "miss": "she"}
"""Titles that tell a gender, in lower case without a stop."""

SPEAKING: Final = frozenset({"country", "company", "party", "institution", "armed_group"})
"""Kinds that speak for themselves, whatever else they are: "Iran, no friend of the road"."""

_PEOPLE: Final = ("er", "or", "ist", "ian", "man", "ant", "one")
_WOMEN: Final = word_set(
    "wife mother daughter sister aunt niece widow grandmother queen princess girl"
)
_MEN: Final = word_set(
    "husband father son brother uncle nephew widower grandfather king prince boy"
)
_NO_MEN: Final = word_set("human german roman norman ottoman")
_BETWEEN: Final = word_set("of for to at in from with by on")
_MAX_LOOKS: Final = 6


def status_of(actor: Actor) -> Status:
    """Judge an actor by kind and office."""
    if actor.kind in OFFICIAL_KINDS:
        return "official"
    return role_of(read_words(actor.office, 0, len(actor.office)))


def spoken_documents(part: Words) -> list[str]:
    """Return the noun of a document that speaks, such as "the report"."""
    return [form for form in part.forms[:_MAX_LOOKS] if form in DOCUMENT][:1]


def follows_preposition(part: Words, start: int) -> bool:
    """Whether the mention at `start` only qualifies the noun: "a spokesman for Berg"."""
    found = False
    for low, at in zip(part.lows, part.starts, strict=True):
        if at >= start:
            break
        found = low in _BETWEEN or (found and low != ",")
    return found


def nature_of(part: Words, actor: Actor | None) -> Nature:
    """Return which pronouns fit whom the words of a source name."""
    lows = part.lows
    if lows[0] in TITLES:
        return TITLES[lows[0]]
    head = next((k for k, low in enumerate(lows) if k and low in NAME_ENDS), len(lows))
    noun = lows[head - 1]
    if any(low.endswith("woman") for low in lows) or not _WOMEN.isdisjoint(lows[:head]):
        return "she"
    if not _MEN.isdisjoint(lows[:head]) or (noun.endswith("man") and noun not in _NO_MEN):
        return "he"
    if noun in COLLECTIVE or singular(noun) in COLLECTIVE:
        return "thing"
    if actor and actor.kind != "person" and not (noun == part.forms[head - 1] and is_role(noun)):
        return "thing"
    is_common = noun == part.forms[head - 1]
    if noun == "those" or (noun != singular(noun) and (is_common or is_role(noun))):
        return "group"
    if noun in DOCUMENT:
        return "thing"
    if actor or not is_common:
        return "person" if actor else "any"
    return "person" if is_role(noun) or noun.endswith(_PEOPLE) else "none"
