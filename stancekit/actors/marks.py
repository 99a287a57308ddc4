"""What the roster and the word lists know of the words of a sentence, for a tagger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from stancekit.actors.entries import Match
from stancekit.actors.lexicon import lexicon
from stancekit.actors.roster import Roster
from stancekit.actors.spelling import fold

Mark: TypeAlias = tuple[int, int, str]

MARKS: Final = (
    *("person", "country", "demonym", "place", "body"),
    *("given", "surname", "rank", "body word", "common"),
)
"""Names of marks: what the roster knows, then what the word lists say of single words."""

_WORD = re.compile(r"[^\W\d_]+")
_KINDS = {"person": "person", "country": "country", "place": "place", "people": "demonym"}


def roster_marks(text: str, roster: Roster) -> list[Mark]:
    """Mark what is known in a sentence.

    Parameters
    ----------
    text
        One sentence.
    roster
        Whom to know.

    Returns
    -------
    list of (start, end, name)
        Names are those of `MARKS`; marks of one name don't overlap.

    Examples
    --------
    >>> roster_marks("Mr Ito left Chile", Roster.bundled())
    [(12, 17, 'country'), (0, 2, 'rank')]
    """
    folded = fold(text)
    found = [(m.start, m.end, _kind(m)) for m in roster.matches(folded.text)]
    found.extend(_word_marks(folded.text))
    return [(*folded.span(start, end), name) for start, end, name in found]


def _kind(match: Match) -> str:
    best = match.aliases[0]
    return "demonym" if best.relation in ("demonym", "people") else _KINDS.get(best.kind, "body")


def _word_marks(text: str) -> Iterator[Mark]:
    words = lexicon()
    for match in _WORD.finditer(text):
        word, (start, end) = match.group(), match.span()
        if not word[0].isupper():
            continue
        low = word.lower()
        lists = (
            (low in words.given, "given"),
            (low in words.surnames, "surname"),
            (word.capitalize() in words.ranks, "rank"),
            (word.capitalize() in words.bodies, "body word"),
            (low in words.common, "common"),
        )
        yield from ((start, end, name) for is_there, name in lists if is_there)
