"""Whether a text is in English, by its most frequent words."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 20_000
_SHARES: Final = ((100, 0.07), (30, 0.04))
"""From so many words on, the least share of function words that English has."""

_FEWEST_LETTERS: Final = 10
_LATIN_ENDS: Final = "\u024f"
_WORD: Final = re.compile(r"[^\W\d_]+")
# Only words that are not as frequent in another language of the Latin script.
_FUNCTION_WORDS: Final = frozenset(
    "the of and to that it with be this are from they have not his had were but which their"
    " its been one will would there she when if than more out up about after said says you could"
    " can should into because may them also what how before against between during new other some"
    " where only who while through did does these those our being".split()
)


def is_english(text: str) -> bool:
    """Whether a text seems to be in English; one too short to tell is taken to be.

    Parameters
    ----------
    text
        Any string; its first 20,000 characters are looked at.

    Examples
    --------
    >>> is_english("The minister said on Monday that he would go. " * 5)
    True
    >>> is_english("Der Minister sagte am Montag, dass er gehen werde. " * 5)
    False
    """
    words = _WORD.findall(text[:_LONGEST])
    letters = "".join(words)
    foreign = sum(letter > _LATIN_ENDS for letter in letters)
    if foreign >= _FEWEST_LETTERS and 2 * foreign > len(letters):
        return False
    lows = [word.lower() for word in words]
    least = next((share for n, share in _SHARES if len(lows) >= n), 0.0)
    return sum(low in _FUNCTION_WORDS for low in lows) >= least * len(lows)
