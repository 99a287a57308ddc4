"""What a reporting verb reports, by rule."""

from __future__ import annotations

from typing import Final

from stancekit.quotes.adverbials import skip_adverbials
from stancekit.quotes.cues import ACTS, LISTENERS, WEAK, Cue, cue_forms
from stancekit.quotes.function_words import BREAKS, DETERMINERS, PREPOSITIONS, SUBJECTS
from stancekit.quotes.phrases import has_finite
from stancekit.quotes.words import QUOTE, Words

_END: Final = frozenset({".", "!", "?", "…", ")", "]"})
_COMPLEMENTS: Final = frozenset({"that", QUOTE, ":", "how", "whether", "why"})
_SPOKEN: Final = frozenset({"say", "announce", "admit", "warn", "predict"})
_CONJUNCTIONS: Final = frozenset({"and", "but", "while"})
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
    closing = start >= len(words) or lows[start] in _END or lows[start] in BREAKS
    parenthetical = source[0] > 0 and lows[source[0] - 1] in {",", QUOTE, "—", "–"}
    if closing and parenthetical:
        rest = [(start, len(words))] if start < len(words) and lows[start] == "," else []
        return [(0, source[0]), *rest]
    if closing and cue.lemma not in WEAK:
        bare = cue.kind in {"say", "urge"} and len(lows) <= _SHORT
        return [] if bare or QUOTE in lows or lows[-1] == ":" else None
    if closing:
        return None
    if cue.lemma in WEAK and not (lows[start] in _COMPLEMENTS or _is_clause(lows, start)):
        return None
    if end == 1 and cue.tense == "ing":
        return [(start, lows.index(",", start) if "," in lows[start:] else len(lows))]
    if cue.kind in ACTS and lows[start] not in _COMPLEMENTS:
        return [(start, _object_end(lows, start))]
    return [(start, _content_end(lows, start))]


def _object_end(lows: list[str], start: int) -> int:
    """Return where a plain object ends: before ", and" with a clause of its own too."""
    end = _content_end(lows, start)
    for k in range(start + 1, end - 2):
        is_joined = lows[k] == "," and lows[k + 1] in _CONJUNCTIONS
        if is_joined and lows[k + 2] not in _COMPLEMENTS | PREPOSITIONS:
            cut = next((m for m in range(k + 2, end) if lows[m] in BREAKS), end)
            if has_finite(lows[k + 2 : cut]):
                return k
    return end


def _content_end(lows: list[str], start: int) -> int:
    """Return where what is reported ends: before a verb that goes on with the subject."""
    forms = cue_forms()
    for k in range(start + 1, len(lows) - 1):
        if lows[k] == "," and (cue := forms.get(lows[k + 1])) and cue.tense in {"past", "third"}:
            return k
    return len(lows)


def _is_clause(lows: list[str], start: int) -> bool:
    """Whether a bare clause follows: "indicated the talks were over"."""
    subject = lows[start] in DETERMINERS or lows[start] in SUBJECTS
    cut = next(
        (k for k in range(start, len(lows)) if lows[k] in {"that", "which", "who", ","}), None
    )
    return subject and has_finite(lows[start:cut])


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
