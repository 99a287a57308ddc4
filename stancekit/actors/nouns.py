"""Nouns that tell what sort of actor a phrase means."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from stancekit.actors.lexicon import lexicon

AGED: Final = "-year-old"
"""What "the 58-year-old" ends in."""

_SAME: Final = {
    "justice": "judge",
    "magistrate": "judge",
    "premier": "minister",
    "pm": "minister",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "envoy": "ambassador",
    "congressman": "lawmaker",
    "congresswoman": "lawmaker",
    "legislator": "lawmaker",
    "mp": "lawmaker",
    "mep": "lawmaker",
    "parliamentarian": "lawmaker",
    "senator": "lawmaker",
    "attorney": "lawyer",
    "barrister": "lawyer",
    "solicitor": "lawyer",
    "ceo": "executive",
    "boss": "executive",
    "advisor": "adviser",
    "councilman": "councillor",
    "councilwoman": "councillor",
    "coun": "councillor",
    "councilor": "councillor",
    "prosecution": "prosecutor",
    "reporter": "journalist",
    "physician": "doctor",
    "vicar": "priest",
    "pastor": "priest",
    "reverend": "priest",
    "padre": "priest",
    "academic": "professor",
    "scholar": "professor",
    "cop": "policeman",
}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of a phrase.

    Attributes
    ----------
    word
        The noun, in lower case.
    stem
        In the singular, one word for all that mean the same.
    kind
        Of the actor: one of `stancekit.labels.ACTOR_KINDS`; ``"members"`` for those who stand for
        a body ("the strikers").
    """

    word: str
    stem: str
    kind: str


def noun_of(word: str, stems: Collection[str] = ()) -> Noun | None:
    """Return what a lower-case noun tells, or None for a word that tells of no actor.

    Parameters
    ----------
    word
        In lower case.
    stems
        Words of the names of an article's bodies: "growers" of the "Growers' Federation".

    Examples
    --------
    >>> noun_of("airline"), noun_of("table")
    (Noun(word='airline', stem='airline', kind='company'), None)
    >>> noun_of("growers", ["grower"])
    Noun(word='growers', stem='grower', kind='members')
    """
    return _noun(word, singular(word) in stems)


@lru_cache(maxsize=1 << 14)
def _noun(word: str, is_stem: bool) -> Noun | None:
    words = lexicon()
    single = singular(word)
    kind = words.nouns.get(word) or words.bodies.get(word.capitalize(), "")
    is_role = word in words.offices or word in words.callings
    if word.endswith(AGED) or (is_role and word not in words.nouns):
        kind = "person"
    elif word in words.members or (single != word and is_stem):
        kind = "members"
    elif single in words.lands and word not in words.nouns:
        kind = "country" if single == word else ""
    return Noun(word, stem_of(word), kind) if kind else None


def stem_of(word: str) -> str:
    """Return the singular of a lower-case noun, one for all words of one office.

    Examples
    --------
    >>> stem_of("spokeswoman"), stem_of("growers'")
    ('spokesperson', 'grower')
    """
    single = singular(word.rstrip("'’"))
    return _SAME.get(single, single)


@lru_cache(maxsize=1 << 14)
def singular(word: str) -> str:
    """Cut the plural ending of a lower-case noun.

    Examples
    --------
    >>> [singular(noun) for noun in ("ministries", "spokesmen", "police", "witnesses")]
    ['ministry', 'spokesman', 'police', 'witness']
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes")):
        return word[:-2]
    if word.endswith("men"):
        return word[:-2] + "an"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
