"""Sources that name nobody themselves: "who ...", "its economists", "a spokeswoman"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from stancekit.quotes.cues import cue_forms
from stancekit.quotes.function_words import AUXILIARIES, BREAKS
from stancekit.quotes.words import QUOTE, Words, word_set

RELATIVES: Final = frozenset({"who", "which", "whose", "whom"})
"""Pronouns that go on with the phrase before them."""

QUANTITIES: Final = word_set("one some others many few several both most two three")
"""Words for some of a group that the text names before."""

_STOPS: Final = BREAKS | AUXILIARIES | word_set("from to by and but as that while than") | {QUOTE}
_MODIFIERS: Final = word_set("never no not himself herself itself themselves like unlike")
_OF_THEM: Final = (["of", "them"], ["of", "these"], ["of", "those"])
_OWNERS: Final = {"his": "he", "her": "she", "its": "it", "their": "they"}
_NEAR: Final = 100
_HE: Final = re.compile(r"\b(?:(she|her|herself)|he|his|him|himself)\b", re.IGNORECASE)


def antecedent(words: Words, at: int) -> tuple[int, int]:
    """Return the phrase that ends right before a relative pronoun or an apposition.

    Parameters
    ----------
    words
        The sentence.
    at
        Index of the pronoun.

    Returns
    -------
    start, end
        Indices of words; equal for none.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> text = "It came from Mayor Ida Falk, who smiled."
    >>> words = read_words(text, 0, len(text))
    >>> words.forms[slice(*antecedent(words, 7))]
    ['Mayor', 'Ida', 'Falk']
    """
    end = at - 1 if at and words.lows[at - 1] == "," else at
    start = end
    while start and words.lows[start - 1] not in _STOPS and not _is_cue(words, start - 1):
        start -= 1
    return start, end


def is_aside(words: Words, start: int, end: int) -> bool:
    """Whether a phrase only goes on with the one before: ", who ...", ", never one to ...,"."""
    is_closed = words.lows[end : end + 1] == [","] and "," not in words.lows[start:end]
    if words.lows[start] == "whose" and not is_closed:
        return False  # "Chile, whose envoy, Ana Ruiz, said": Ruiz.
    if words.lows[start] in RELATIVES or words.lows[start + 1 : start + 3] == ["of", "whom"]:
        return True
    is_between = words.lows[start - 1 : start] == [","] and words.lows[end : end + 1] == [","]
    return is_between and words.lows[start] in _MODIFIERS


def pronoun_of(lows: Sequence[str]) -> str:
    """Return the pronoun or quantity that a phrase is nothing but, such as "one of them".

    Examples
    --------
    >>> pronoun_of(["she", "herself"]), pronoun_of(["one", "of", "them"])
    ('she', 'one')
    >>> pronoun_of(["several", "guards"])
    ''
    """
    if not lows:
        return ""
    if lows[0] in QUANTITIES and list(lows[1:3]) == [",", "who"]:
        return lows[0]
    if len(lows) == 1:
        return _OWNERS.get(lows[0], lows[0].split("'")[0])
    if len(lows) == 2 and lows[0] not in QUANTITIES:
        return lows[0].split("'")[0]
    return lows[0] if lows[0] in QUANTITIES and list(lows[1:]) in _OF_THEM else ""


def is_spokesperson(lows: Iterable[str]) -> bool:
    """Whether a phrase means a spokesperson of somebody whom it does not name."""
    kept = list(lows)
    is_named = not {"for", "of", "at", "from", "with", "in"}.isdisjoint(kept)
    return not is_named and any(low.startswith("spokes") for low in kept)


def gender_after(stretches: Iterable[str]) -> int:
    """Count the pronouns that follow a person's names: above 0 for a woman, below for a man.

    Examples
    --------
    >>> gender_after([", who lost her keys, left", " left"])
    1
    """
    found = (_HE.search(stretch[:_NEAR]) for stretch in stretches)
    return sum(1 if match[1] else -1 for match in found if match)


def _is_cue(words: Words, at: int) -> bool:
    return words.forms[at] == words.lows[at] and words.lows[at] in cue_forms()
