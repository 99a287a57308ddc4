"""Who speaks for an institution, judged by the words that name the speaker."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from stancekit.actors.bodies import BODIES
from stancekit.actors.lexicon import lexicon
from stancekit.actors.nouns import singular
from stancekit.quotes.role_words import COLLECTIVE, DOCUMENT, INSTITUTIONS, MEDIA
from stancekit.quotes.words import Words, word_set
from stancekit.records import SpeakerStatus

Status: TypeAlias = SpeakerStatus
_Role: TypeAlias = Status | Literal["lapsed"]

OFFICIAL_KINDS: Final = BODIES | {"country"}
"""Kinds of actor that speak as institutions."""

_AFTER_HEAD: Final = word_set(
    "of for at from in with on who whom whose that which close to near by familiar involved under "
    "over behind about within inside outside including quoting citing issued released published"
)
_CUTS: Final = frozenset({",", "-", "–", "—", "--", "()"})
_ASIDE: Final = word_set("which whose where when including plus such with")
_SURNAMES: Final = word_set("king bishop pope prince guest star farmer cook head son long")
_QUANTIFIERS: Final = word_set(
    "one two three four five some many several most all both few none each"
)
_ISSUED: Final = word_set(
    "statement indictment communique decree ruling verdict readout advisory declaration order "
    "resolution complaint filing affidavit bulletin memo notice"
)
_SCIENTISTS: Final = ("ologist", "physicist", "chemist", "astronomer", "graphist")
_HEADS: Final = word_set("heads leads runs chairs oversees directs headed led chaired")
_LAPSED: Final = word_set("former ex retired ousted late onetime one-time disgraced")
_KIN: Final = word_set(
    "sister brother wife husband widow widower son daughter mother father cousin uncle aunt nephew "
    "niece"
)
"""Relatives of somebody, who may hold an office all the same: "his sister, a minister"."""

_DETERMINER: Final = word_set("the a an its his her their our this that these those")
_OFFICIAL_PAIR: Final = frozenset(
    {
        ("u.s.", "attorney"),
        ("us", "attorney"),
        ("district", "attorney"),
        ("state's", "attorney"),
        ("county", "attorney"),
        ("city", "attorney"),
        ("state", "attorney"),
    }
)
_OTHER_PAIR: Final = frozenset(
    (first, second)
    for first, seconds in {
        "news": "agency service channel network organisation organization site director executive",
        "press": "agency association",
        "fund": "manager",
        "portfolio": "manager",
        "money": "manager",
        "film": "director",
        "rating": "agency",
        "ratings": "agency",
        "research": "director head firm group company institute center centre",
        "polling": "firm company institute",
        "human": "rights",
        "vice": "versa",
    }.items()
    for second in seconds.split()
)
_RESEARCH: Final = word_set(
    "research strategy strategist economics studies study analysis analytics trading investments "
    "think-tank university college"
)
_MANAGERS: Final = word_set(
    "head director chief president vice-president executive founder co-founder chair chairman "
    "fellow ceo"
)


def role_of(words: Words) -> Status:
    """Judge whether the words that name a speaker show an office.

    The head noun decides; what follows it in apposition is asked next.

    Parameters
    ----------
    words
        The words of a source such as "Ana Silva, a spokeswoman for the ministry".

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> text = "three officials familiar with the analysts"
    >>> role_of(read_words(text, 0, len(text)))
    'official'
    >>> role_of(read_words("a law professor", 0, 15))
    'other'
    """
    found = [_head_role(segment) for segment in _segments(words)]
    known = (role for role in found if role in {"official", "other"})
    return next(known, "other" if "lapsed" in found else "unknown")


def _segments(words: Words) -> list[Words]:
    cuts = [i for i, low in enumerate(words.lows) if low in _CUTS]
    bounds = [-1, *cuts, len(words)]
    spans = [(left + 1, right) for left, right in pairwise(bounds) if right > left + 1]
    return [words.slice(*span) for span in spans if words.lows[span[0]] not in _ASIDE]


def _head_role(words: Words) -> _Role:
    lows = words.lows
    if lows[0] == "who":
        return _relative_role(words)
    cut = next((i for i, low in enumerate(lows) if i and low in _AFTER_HEAD), len(lows))
    head, rest = lows[:cut], lows[cut:]
    if lows[cut - 1] in _QUANTIFIERS and rest[:1] == ["of"]:
        return _head_role(words.slice(cut + 1, len(words))) if len(rest) > 1 else "unknown"
    if "and" in head[1:-1]:
        first = _noun_role(words.slice(0, head.index("and", 1)), rest)
        if first != "unknown":
            return first
    role = _noun_role(words.slice(0, cut), rest)
    if role in {"unknown", "lapsed"} and rest[:1] == ["who"]:
        relative = _relative_role(words.slice(cut, len(words)))
        return role if relative == "unknown" else relative
    return role


def _noun_role(head: Words, rest: Sequence[str]) -> _Role:
    """Judge a noun phrase by its last noun that says anything; `rest` follows it."""
    lows = head.lows
    for i in range(len(lows) - 1, -1, -1):
        if _is_surname(head, i):
            continue
        role = _word_role(lows, i)
        if role == "document":
            return _issuer(singular(lows[i]), lows[:i], rest, head.forms)
        if role == "official" and _LAPSED.intersection(lows[:i]):
            return "lapsed"
        if role == "official" and singular(lows[i]) in _MANAGERS and _RESEARCH.intersection(rest):
            return "other"
        if role == "other" and singular(lows[i]) in _KIN:
            return "lapsed"
        if role in {"official", "other"}:
            return role
    named = COLLECTIVE.intersection(low.removesuffix("'s") for low in rest)
    return "official" if named or _is_acronym(head.forms[-1]) else "unknown"


def _relative_role(words: Words) -> Status:
    """Judge "who is the minister" and "who heads the board"."""
    verb = words.lows[1] if len(words) > 1 else ""
    if verb in {"is", "was", "serves", "as"}:
        return role_of(words.slice(2, len(words)))
    speaks_for = words.lows[1:3] == ["speaks", "for"]
    return "official" if verb in _HEADS or speaks_for else "unknown"


def _is_surname(head: Words, i: int) -> bool:
    """Whether a word that could be a role is the end of a name, such as "Ola King"."""
    if head.lows[i] not in _SURNAMES or not head.forms[i][0].isupper():
        return False
    before = head.forms[i - 1 : i]
    return not before or (before[0][0].isupper() and before[0].lower() not in _DETERMINER)


def _is_acronym(form: str) -> bool:
    return 2 <= len(form) <= 6 and form.isalpha() and form.isupper()


def _issuer(
    document: str, before: Sequence[str], after: Sequence[str], forms: Sequence[str]
) -> Status:
    """Judge a document, or a member, by the institution that its phrase names."""
    lows = [low.removesuffix("'s") for low in (*before, *after)]
    if MEDIA.intersection(lows):
        return "other"
    nouns = {singular(low) for low in lows}
    is_named = not all(map(nouns.isdisjoint, (INSTITUTIONS, lexicon().official_voices)))
    is_official = is_named or any(map(_is_acronym, forms)) or document in _ISSUED
    return "official" if is_official else "unknown"


def _word_role(lows: Sequence[str], i: int) -> Status | Literal["document"]:
    low = lows[i].rsplit("-", 1)[-1]
    if low.endswith(("'s", "s'")):
        return "unknown"
    single = singular(low)
    pair = (lows[i - 1], single) if i else ("", single)
    if pair in _OFFICIAL_PAIR:
        return "official"
    if pair in _OTHER_PAIR or low in MEDIA:
        return "other"
    if single in DOCUMENT:
        return "document"
    known = lexicon()
    if not known.other_voices.isdisjoint((single, low)) or single.endswith(_SCIENTISTS):
        return "other"
    return "unknown" if known.official_voices.isdisjoint((single, low)) else "official"


def is_role(low: str) -> bool:
    """Whether a lower-case word is a role or a document rather than part of a name.

    Examples
    --------
    >>> is_role("minister"), is_role("ola")
    (True, False)
    """
    forms = low, singular(low)
    nouns = DOCUMENT, lexicon().official_voices, lexicon().other_voices
    return low in MEDIA or not all(one.isdisjoint(forms) for one in nouns)
