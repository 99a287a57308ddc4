"""Speakers that are some of a group that the narrator brings in: "Two elders came. One said"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stancekit.actors.nouns import singular
from stancekit.quotes.function_words import BREAKS, PREPOSITIONS
from stancekit.quotes.naming import Sources, Voice
from stancekit.quotes.phrases import has_finite
from stancekit.quotes.references import QUANTITIES, pronoun_of
from stancekit.quotes.roles import is_role
from stancekit.quotes.words import QUOTE, Words, word_set

_VAGUE: Final = word_set("some many few most others")
"""What as often means some of all: only a group of the same sentence is meant."""

_PEOPLE: Final = ("er", "or", "ist", "ian", "man")
"""Ends of nouns that mean people, if numbers stand before them: "two elders"."""

_COUNTS: Final = QUANTITIES | word_set("four five six seven eight nine ten eleven twelve dozens")
_PLURALS: Final = word_set("people children")
_STARTS: Final = BREAKS | PREPOSITIONS | word_set("and or but that when while as") | {QUOTE, "."}
_LONGEST: Final = 5


def some_of_group(voices: Sources, source: Words, told: Sequence[Words]) -> Voice | None:
    """Say who "one" or "several of them" are, if the narrator has just told of a group.

    Parameters
    ----------
    voices
        Resolves the group.
    source
        The words that name the speaker.
    told
        The words of the sentence before them, and the sentence before that, as far as nobody
        speaks there.

    Returns
    -------
    Voice or None
        None for other words, and where no group is told of.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> text = "Two elders came. One said it was dry."
    >>> told, source = read_words(text, 0, 16), read_words(text, 17, 20)
    >>> some_of_group(Sources(text, [told]), source, [Words(), told]).named
    'Two elders'
    """
    pronoun = pronoun_of(source.lows)
    if pronoun not in QUANTITIES or pronoun == "others":
        return None
    for words in told[:1] if pronoun in _VAGUE else told:
        left, right = _group(words)
        if left < right:
            group = voices.resolve(words, left, right)
            return replace(
                group,
                source=" ".join(source.forms),
                start=source.starts[0],
                nature="person" if pronoun == "one" else "group",
                named="" if group.actor else group.named or group.source,
            )
    return None


def _group(words: Words) -> tuple[int, int]:
    """Return the last phrase for several people; an empty range for none."""
    for at in range(len(words) - 1, -1, -1):
        if not _is_plural(words.lows[at]):
            continue
        start = at
        while start > max(at - _LONGEST, 0) and not _begins(words.lows[start - 1]):
            start -= 1
        first = words.lows[start]
        if is_role(words.lows[at]) or first in _COUNTS or first[0].isdigit():
            return start, at + 1
    return 0, 0


def _is_plural(low: str) -> bool:
    single = singular(low)
    return low in _PLURALS or (single != low and (is_role(low) or single.endswith(_PEOPLE)))


def _begins(low: str) -> bool:
    """Whether a phrase begins after a word."""
    return low in _STARTS or has_finite([low])
