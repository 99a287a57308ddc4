"""What a reporting verb reports, by rule."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from stancekit.quotes.adverbials import skip_adverbials
from stancekit.quotes.cues import ACTS, LISTENERS, WEAK, Cue, cue_forms
from stancekit.quotes.function_words import (
    AUXILIARIES,
    BREAKS,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    SUBJECTS,
)
from stancekit.quotes.natures import nature_of
from stancekit.quotes.phrases import first_subject, has_finite, reports
from stancekit.quotes.words import QUOTE, Words, word_set

_OBJECTS: Final = (["him"], ["her"], ["them"], ["it"])
_END: Final = frozenset({".", "!", "?", "…", ")", "]"})
_COMPLEMENTS: Final = frozenset({"that", QUOTE, ":", "how", "whether", "why"})
_RELATIVES: Final = frozenset({"who", "whom", "whose", "which"})
_SPOKEN: Final = frozenset({"say", "announce", "admit", "warn", "predict"})
_CONJUNCTIONS: Final = frozenset({"and", "but", "while"})
_SCALES: Final = {"put": ("at",), "see": ("at", "by")}
_AMOUNT: Final = re.compile(r"[\d$€£¥]|(?:some|about|around|nearly|over|almost)$")
_SAYINGS: Final = word_set(
    "charge charges allegation allegations claim claims accusation accusations criticism call "
    "calls demand demands suggestion suggestions notion idea argument arguments complaint "
    "complaints"
)
"""What somebody said, that another answers: "rejected the charge"."""

_LONGEST_OBJECT: Final = 14
_SHORT: Final = 6
"""Words of a sentence that may be nothing but an attribution."""


def contents_of(
    words: Words, end: int, cue: Cue, source: tuple[int, int]
) -> list[tuple[int, int]] | None:
    """Return what is reported, or None where the verb reports nothing."""
    lows = words.lows
    listener, place = cue.lemma in LISTENERS, cue.kind in _SPOKEN
    start = skip_adverbials(words, end, listener=listener, place=place)
    if lows[start : start + 2] == [",", QUOTE]:
        start += 1
    elif listener and lows[start : start + 1] == [","]:
        start = _after_aside(lows, start)
    closing = start >= len(words) or lows[start] in _END or lows[start] in BREAKS
    is_beside = source[0] > 0 and lows[source[0] - 1] in {",", QUOTE, "—", "–"}
    parenthetical = is_beside and _RELATIVES.isdisjoint(lows[slice(*source)][:1])
    if closing and parenthetical:
        rest = [(start, len(words))] if start < len(words) and lows[start] == "," else []
        return [(0, source[0]), *rest]
    if closing and cue.lemma not in WEAK:
        bare = cue.kind in {"say", "urge"} and len(lows) <= _SHORT
        return [] if bare or QUOTE in lows or lows[-1] == ":" else None
    if closing:
        return None
    is_told = cue.lemma != "put" and (lows[start] in _COMPLEMENTS or _is_clause(lows, start))
    if cue.lemma in WEAK and not (is_told or _tells(words, start, cue)):
        return None
    is_opening = end == 1 or (source == (1, end - 1) and lows[0] == "with")
    if is_opening and cue.tense == "ing":
        return [(start, lows.index(",", start) if "," in lows[start:] else len(lows))]
    if cue.kind in ACTS and lows[start] not in _COMPLEMENTS:
        return [(start, _object_end(words, start))]
    return [(start, _content_end(words, start))]


def _object_end(words: Words, start: int) -> int:
    """Return where a plain object ends: before "and said", or ", and" with a clause, too."""
    lows = words.lows
    end = _content_end(words, start)
    for k in range(start + 1, end - 2):
        if lows[k] in _CONJUNCTIONS and reports(lows[k + 1]):
            return k
        is_joined = lows[k] == "," and lows[k + 1] in _CONJUNCTIONS
        if is_joined and lows[k + 2] not in _COMPLEMENTS | PREPOSITIONS:
            cut = next((m for m in range(k + 2, end) if lows[m] in BREAKS), end)
            if has_finite(lows[k + 2 : cut]):
                return k
    return end


def _content_end(words: Words, start: int) -> int:
    """Return where what is reported ends: before a verb that goes on with the subject."""
    lows, forms = words.lows, cue_forms()
    for k in range(start + 1, len(lows) - 1):
        if lows[k] == "," and (cue := forms.get(lows[k + 1])) and cue.tense in {"past", "third"}:
            return len(lows) if inner_subject(words, start, k + 1) else k
    return len(lows)


def inner_subject(words: Words, start: int, verb: int) -> tuple[int, int] | None:
    """Return the subject of a reported clause, where a later verb goes on with that.

    Of "Police said Kim bought a gun, accused his wife and fled" Kim accused her; of "Kim said
    the plan was dead, blamed Lee and left" Kim did, as of "Kim said Lee lied, accused him".

    Parameters
    ----------
    words
        The sentence.
    start
        Where what is reported begins.
    verb
        The later verb.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> text = "Police said Kim bought a gun, accused his wife and fled."
    >>> inner_subject(read_words(text, 0, len(text)), 2, 7)
    (2, 3)
    """
    lows = words.lows
    start += lows[start] == "that"
    left, right = first_subject(words.slice(start, verb), verb - start)
    if left == right or lows[verb + 1 : verb + 2] in _OBJECTS:
        return None
    left, right = start + left, start + right
    acts = lows[right] in FINITE - AUXILIARIES or lows[right].endswith("ed")
    part = words.slice(left, right)
    is_human = words.is_capital(right - 1) or nature_of(part, None) in {"person", "he", "she"}
    return (left, right) if acts and is_human else None


def _is_clause(lows: list[str], start: int) -> bool:
    """Whether a bare clause follows: "indicated the talks were over"."""
    subject = lows[start] in DETERMINERS or lows[start] in SUBJECTS
    cut = next(
        (k for k in range(start, len(lows)) if lows[k] in {"that", "which", "who", ","}), None
    )
    return subject and has_finite(lows[start:cut])


def _tells(words: Words, start: int, cue: Cue) -> bool:
    """Whether a doubtful verb reports by what follows: "ordered the mill to pay"."""
    lows = words.lows
    cut = next((k for k in range(start, len(lows)) if lows[k] in BREAKS), len(lows))
    part = lows[start : min(cut, start + _LONGEST_OBJECT)]
    if cue.kind == "promise":
        return part[:1] == ["to"]
    if cue.kind == "urge":
        is_noun = part[0] in DETERMINERS or words.is_capital(start)
        return is_noun and "to" in part[1:]
    if cue.kind == "deny":
        return not _SAYINGS.isdisjoint(part) or "as" in part[1:]
    if cue.lemma in _SCALES:
        marks = _SCALES[cue.lemma]
        return any(one in marks and _AMOUNT.match(two) for one, two in pairwise(part))
    if cue.lemma == "accept":
        return not (_SAYINGS | {"blame", "responsibility"}).isdisjoint(part)
    if cue.lemma == "point":
        return part[1:2] in (["finger"], ["fingers"]) or part[:1] == ["to"]
    return cue.lemma == "agree" and part[:1] == ["with"]


def _after_aside(lows: list[str], comma: int) -> int:
    """Step over ", where it had lost money," if "that" follows."""
    near = range(comma + 1, min(comma + _LONGEST_OBJECT, len(lows) - 1))
    return next((k + 1 for k in near if lows[k : k + 2] == [",", "that"]), comma)


def trim(words: Words, contents: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Strip marks from both ends of contents, and leave out what is nothing else."""
    return tuple(span for span in (_trimmed(words, *c) for c in contents) if span[0] < span[1])


def _trimmed(words: Words, start: int, end: int) -> tuple[int, int]:
    lows = words.lows
    while start < end and (lows[start] in BREAKS or lows[start] == "."):
        start += 1
    while end > start and (lows[end - 1] in BREAKS or lows[end - 1] == "."):
        end -= 1
    return start, end
