"""Tagged sources, brought to those that can speak: no asides, nothing before a pronoun."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from stancekit.quotes.attributions import Stretch
from stancekit.quotes.function_words import DETERMINERS
from stancekit.quotes.words import word_set

_LAST_PRONOUN: Final = re.compile(r"[^,]*(?<!\band)(?<!\bor)\s(?=(?:he|she|it|they|we|I)$)")
_ADVERB: Final = re.compile(r"[A-Z]\w+ly\s+(?=(?:the|a|an|its|his|her|their|some|many)\b)")
_WHEN: Final = re.compile(r",\s(?:after|before|during|following|when|while|amid)\s")
_JOINS: Final = re.compile(r"\s(?:\w+(?:ed|en)\s)?(?:by|of|for|from|in|at|near)\s")
_ASIDE: Final = re.compile(r"(?:the|a|an|no|one|its|his|her|their|never|usually)\s")
_SENTENCE_END: Final = re.compile(r"\.\s|\n")
_BEFORE: Final = re.compile(r",\s(?:\w+\s)?$")
_NOBODY: Final = word_set("and or but not only also as so more whose , .")
_NO_SUBJECT: Final = re.compile(r"(?:not|to)\s")
_OPEN_END: Final = re.compile(r"\s(?:and|or)\s*$")
_RELATIVE: Final = re.compile(r",\s(?:which|who|whose|whom)\s[^,]*$")
_REST: Final = re.compile(r"(?:\s[\w’'-]+){1,4}?(?=,|\s*$)")
_ALONE: Final = DETERMINERS - word_set("this that these those each some any my your")
"""What names nobody by itself: of "its letter said" more than "its" is the source."""

_NEAR: Final = 2
_LONGEST: Final = 16


def speaking(text: str, sources: Iterable[Stretch], cues: Sequence[Stretch]) -> list[Stretch]:
    """Keep the sources that can be the subject of a cue.

    "Kim, usually the quietest of ministers, said" and "five unions led by Kim said" have one
    source each; of "of the board it said" only the pronoun speaks.

    Parameters
    ----------
    text
        The article.
    sources, cues
        What is tagged, in order.

    Examples
    --------
    >>> text = "The port, usually the quietest of ports, said it rained."
    >>> [text[start:end] for start, end in speaking(text, [(0, 8), (18, 39)], [(41, 45)])]
    ['The port']
    """
    kept: list[Stretch] = []
    for source in sources:
        start, end = _bare(text, *source)
        words = text[start:end].strip().lower()
        is_object = _OPEN_END.search(words) is not None and _has_cue(end, cues)
        if words in _NOBODY or _NO_SUBJECT.match(words) or is_object:
            continue
        if words in _ALONE:
            end = _phrase_end(text, end, cues)
        if kept and (_qualifies(text, kept[-1], start) or _is_aside(text, kept, start, end, cues)):
            continue
        kept.append((start, end))
    return kept


def _bare(text: str, start: int, end: int) -> Stretch:
    """Leave out what stands before a pronoun, and when it was said."""
    words = text[start:end].rstrip()
    before = _LAST_PRONOUN.match(words) or _ADVERB.match(words)
    when = _WHEN.search(words, 1)
    return start + (before.end() if before else 0), start + when.start() if when else end


def _phrase_end(text: str, end: int, cues: Sequence[Stretch]) -> int:
    """Return where the phrase ends of which only the article or the owner is tagged."""
    at = bisect_left(cues, (end, 0))
    until = cues[at][0] if at < len(cues) else len(text)
    rest = _REST.match(text, end, until)
    return rest.end() if rest else end


def _qualifies(text: str, last: Stretch, start: int) -> bool:
    """Whether a source only qualifies the one before it: "five unions led by Kim"."""
    return start - last[1] <= _LONGEST and _JOINS.fullmatch(text, last[1], start) is not None


def _is_aside(
    text: str, kept: Sequence[Stretch], start: int, end: int, cues: Sequence[Stretch]
) -> bool:
    """Whether a source stands between the commas that part another one from its cue."""
    if not (text[start:end].rstrip().endswith(",") or text[end : end + 1] == ","):
        return False
    ends = [last for _, last in kept[-_NEAR:] if not _has_cue(last, cues)]
    between = text[ends[-1] : start] if ends else ""
    if _SENTENCE_END.search(between):
        return False
    if _RELATIVE.search(between):
        return True
    begins = _ASIDE.match(text, start) is not None and _has_cue(end + 1, cues)
    return begins and _BEFORE.search(between) is not None


def _has_cue(at: int, cues: Sequence[Stretch]) -> bool:
    """Whether a cue begins right after an offset."""
    found = bisect_left(cues, (at, 0))
    return found < len(cues) and cues[found][0] - at <= _NEAR
