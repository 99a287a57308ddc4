"""Capitalised words, how they follow each other, and stretches that may name an actor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from stancekit.actors.entries import Match
from stancekit.actors.lexicon import lexicon

Gap: TypeAlias = Literal["", " ", "particle", "of", "and", "'s"]

What: TypeAlias = Literal["roster", "person", "body", "place", "word"]
"""Known to the roster; a person, a body or a place; or a word that says nothing alone."""

SUFFIXES: Final = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
"""What follows a family name."""

_COMPOUND_ENDS = (
    "based|led|backed|style|born|run|owned|friendly|held|controlled|wide|era|sponsored|made|trained"
    "|occupied|aligned|speaking|only|affiliated|listed|bound|educated|brokered|mediated|funded"
    "|supported|allied|linked|dominated|majority|administered|imposed|bred|first|like|type|related"
    "|level|turned|inspired|wing|language|range|day|year|month|hour|old|free|drafted|built"
)
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"[A-Z]\.(?:-?[A-Z]\.)*(?![A-Za-z0-9])"
    r"|(?:(?:al|el|ul|as|ad|an|ash|ar|at|az|ez|es)-|[dl]'|O')?[A-Z][A-Za-z0-9]*"
    rf"(?:'(?![sS]\b)[A-Za-z]+|-(?!(?:{_COMPOUND_ENDS})\b)[A-Za-z0-9]+|&[A-Z][A-Za-z]*)*)"
)
_GAPS: tuple[tuple[re.Pattern[str], Gap], ...] = (
    (re.compile(r" (?:of|for|on|against|to)(?: the)? "), "of"),
    (re.compile(r" (?:and|&) "), "and"),
    (re.compile(r"'s? "), "'s"),
)
_SHORTENED = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|Jr|Sr|Maj|Capt|Rev|Adm|Brig|Hon|Coun|Cllr|Supt|Insp|Cmdr|Sens|Reps)"
)
_OPENING = frozenset("\":;([—–•*'|.?!")
_NO_NAMES = frozenset(("I", "I'm", "I've", "I'll", "I'd"))


@dataclass(frozen=True, slots=True)
class Token:
    """One capitalised word.

    Attributes
    ----------
    text, low
        The word, and the word in lower case.
    start, end
        Its offsets in the plain sentence.
    gap
        How it follows the word before: ``" "`` directly, ``"particle"`` over small words
        of names, ``"of"`` over "of", "for" and the like, ``"and"``, ``"'s"`` over a
        genitive, ``""`` not at all.
    is_first
        Whether it opens the sentence or a quotation, where a capital says nothing.
    """

    text: str
    low: str
    start: int
    end: int
    gap: Gap
    is_first: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a plain sentence that may name an actor.

    Attributes
    ----------
    start, end
        Offsets in the plain sentence.
    what
        Known to the roster, or a person or a body by its form, or a place by its tag;
        ``"word"`` is what says nothing alone.
    match
        The roster's entries.
    is_sure
        Whether the form alone makes it a name.
    is_first
        Whether its first word's capital says nothing.
    is_tagged
        Whether a tagger found it.
    """

    start: int
    end: int
    what: What
    match: Match | None = None
    is_sure: bool = True
    is_first: bool = False
    is_tagged: bool = False


def tokens_of(sentence: str) -> list[Token]:
    """Return the capitalised words of a plain sentence.

    Examples
    --------
    >>> [(token.text, token.gap) for token in tokens_of("Then Ursula von der Leyen left.")]
    [('Then', ''), ('Ursula', ' '), ('Leyen', 'particle')]
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(sentence):
        text, start = match.group(), match.start()
        is_money = sentence.startswith("$", match.end())
        if is_money or text in _NO_NAMES or text in lexicon().articles:
            continue
        gap = _gap(found[-1].text, sentence[found[-1].end : start]) if found else ""
        found.append(Token(text, text.lower(), start, match.end(), gap, _opens(sentence, start)))
    return found


def _gap(before: str, gap: str) -> Gap:
    if gap == " " or (gap == ". " and _SHORTENED.fullmatch(before)):
        return " "
    if len(gap) > 16 or gap[-1:] not in (" ", "-", "'"):
        return ""
    for pattern, kind in _GAPS:
        if pattern.fullmatch(gap):
            return kind
    words = gap.split()
    if words and gap[0] == " " and lexicon().particles.issuperset(words):
        return "particle"
    return ""


def _opens(sentence: str, start: int) -> bool:
    before = sentence[max(0, start - 3) : start].rstrip()
    return (
        not before or before[-1] in _OPENING or before[-1].isdigit() or before[-2:] in (" -", "--")
    )
