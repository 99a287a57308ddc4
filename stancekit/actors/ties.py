"""Who belongs to which body: "Ida Falk, who leads the Reef Party", "the union's Ato Benn"."""

from __future__ import annotations

import re
from typing import Final

from stancekit.actors.bodies import BODIES
from stancekit.actors.lexicon import lexicon
from stancekit.actors.nouns import singular
from stancekit.records import Mention, Sentence

_NEAR: Final = 90
"""Characters between a person and a body of whom the text says that they belong together."""

_BEFORE: Final = re.compile(r"(?:['’]s?)?(?P<words>(?: [a-z][\w’'-]*){0,5}),? ")
_AFTER: Final = re.compile(
    r",? (?:of|from)(?: the)? "
    r"|, (?:\d{1,3}, )?(?P<words>[^,;:.!?()\"“”—–\n]{2,80}?)(?: (?:the|its|his|her|a|an))? "
)
_LEADS: Final = frozenset(
    "who leads led heads headed chairs chaired runs ran founded owns owned manages commands"
    " represents represented directs speaks edits joined advises for chief deputy secretary".split()
)
_TIES: Final = frozenset(("of", "at", "for", "with", "from", "in"))


def is_tied(first: Mention, second: Mention, sentence: Sentence) -> bool:
    """Whether the words between two neighbours tell that a person belongs to a body.

    Parameters
    ----------
    first, second
        One a person's mention, the other a body's, in the order of the text.
    sentence
        That holds both.
    """
    people = (first.kind == "person", second.kind == "person")
    bodies = (first.kind in BODIES, second.kind in BODIES)
    if second.start - first.end > _NEAR or second.start <= first.end:
        return False
    between = sentence.text[first.end - sentence.start : second.start - sentence.start]
    if people[0] and bodies[1]:
        return _follows(between)
    return bodies[0] and people[1] and _precedes(between)


def _precedes(between: str) -> bool:
    """Whether words lead from a body to its own: "'s chief executive, "."""
    match = _BEFORE.fullmatch(between)
    if match is None:
        return False
    known, last = lexicon(), singular(match["words"].rpartition(" ")[2])
    return last in known.offices or last in known.callings


def _follows(between: str) -> bool:
    """Whether words lead from a person to a body: ", who leads the "."""
    match = _AFTER.fullmatch(between)
    if match is None:
        return False
    if match["words"] is None:
        return True
    words = match["words"].lower().split()
    if words[0] == "who":
        return len(words) > 1 and words[1] in _LEADS
    known = lexicon()
    roles = any(word in known.offices or word in known.callings for word in words)
    return roles and known.deeds.isdisjoint(words) and words[-1] in _TIES
