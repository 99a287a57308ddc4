"""Whether a form of a reporting verb is used as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from stancekit.quotes.cues import ACTS, NOUNS, WEAK, Cue
from stancekit.quotes.function_words import (
    ADVERBS,
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    SUBJECTS,
)
from stancekit.quotes.words import QUOTE, Words, word_set

_NOUN_BEFORE: Final[Mapping[str, frozenset[str]]] = {
    "think": frozenset({"tank", "tanks"}),
    "forecast": frozenset({"for", "of", "from", "was", "is", ".", ""}),
} | dict.fromkeys(("call", "calls", "called", "calling"), frozenset({"off", "in", "up"}))
"""What follows a form that reports nothing: "a think tank", "the rain forecast", "called off"."""

_BEFORE_ING = AUXILIARIES | {",", QUOTE, "and", "while", "by", "()", "—", "–", "-", ""}
_AFTER_PARTICIPLE = {kind: frozenset({"by", "of"}) for kind in ACTS} | {
    kind: frozenset({"by", "in", "at", "to"}) for kind in ("believe", "predict")
}
_PASSIVE = word_set("is are was were be been being get gets got")
_PASSIVE_KINDS = frozenset({"accuse", "praise", "deny", "warn"})
_AFTER_NOUN_VERB = frozenset({"that", ":", QUOTE, ",", "the", "a", "an"}) | SUBJECTS
_PLURAL = frozenset({"they", "we", "i", "you", "who"})
_ASIDES = PREPOSITIONS | {"however", "too", "though", "meanwhile", "who", "which"}
_BEFORE_TO = frozenset({"on", "continued", "quick", "keen", "careful", "eager", "pains", "way"})
"""What stands before "to" and a verb that does report: "was quick to praise"."""

_SPENDS = frozenset({"spend", "spends", "spent"})
_HEADLINE_SUBJECT = 5
"""Words into a headline at which a verb with a plain object may stand: "Mill demands help"."""

_LONGEST_ASIDE = 9
_LONGEST_SPENT = 6


def is_reporting_verb(words: Words, i: int, cue: Cue, *, capital: bool) -> bool:
    """Whether a form of a reporting verb is used as one, and not as a noun or in the passive.

    Parameters
    ----------
    words, i
        The sentence, and where the form stands.
    cue
        What the form would be.
    capital
        Whether it may be capitalised, as in a headline.
    """
    low = words.lows[i]
    before = _before(words, i)
    after = words.lows[i + 1] if i + 1 < len(words) else ""
    if words.forms[i][0].isupper() and not capital and cue.tense != "ing":
        return False
    if before in DETERMINERS or before.endswith("'s"):
        return before == "some" and low not in NOUNS and (cue.lemma == "say" or after == "that")
    if after in _NOUN_BEFORE.get(low, ()):
        return False
    if cue.lemma == "quote":
        return before in _PASSIVE and "saying" not in words.lows[i:]
    if cue.tense == "past":
        return not (before in _PASSIVE or after in _AFTER_PARTICIPLE.get(cue.kind, {"by"}))
    if cue.tense == "ing":
        is_told = before in _BEFORE_ING or low == "saying" or spending(words, i) >= 0
        is_told |= own_subject(words, i) > 0
        return is_told and (low not in NOUNS or (before == "," and after == "that"))
    if cue.lemma == "rule" and after == "out":
        return before != "to"
    if cue.tense == "base" and before in {"to", "not", "n't", "never"}:
        return i > 1 and words.lows[i - 2] in _BEFORE_TO
    if low in NOUNS:
        return _has_subject(words, i, cue, after, headline=capital)
    return True


def _before(words: Words, i: int) -> str:
    start = adverbs_start(words, i)
    return words.lows[start - 1] if start else ""


def adverbs_start(words: Words, i: int) -> int:
    """Walk back over the adverbs before a word."""
    while i and (words.lows[i - 1] in ADVERBS or words.lows[i - 1].endswith("ly")):
        i -= 1
    return i


def _has_subject(words: Words, i: int, cue: Cue, after: str, *, headline: bool) -> bool:
    end = _subject_end(words, i)
    before = words.lows[end - 1] if end else ""
    is_pronoun = before in SUBJECTS
    is_named = is_pronoun or (bool(end) and words.forms[end - 1][0].isupper())
    is_name = words.forms[min(i + 1, len(words) - 1)][:1].isupper() and after not in DAYS
    is_act = cue.kind in ACTS and (is_name or (headline and is_named and i < _HEADLINE_SUBJECT))
    vows = cue.kind == "promise" and after == "to" and (is_named or headline)
    closes = is_pronoun and after in {".", ";"}
    if not (is_act or vows or closes) and after not in _AFTER_NOUN_VERB:
        return False
    if before in {",", QUOTE}:
        return words.lows[i - 1] == before and after == "the"
    if cue.tense == "base":
        joins = headline and before in {"and", "but"}
        return joins or before in _PLURAL or before.endswith("s") or _is_plural(words, end)
    return is_pronoun or (bool(before) and before[-1].isalpha() and not before.endswith("s"))


def _subject_end(words: Words, i: int) -> int:
    """Return where the subject of a verb ends: before adverbs and ", for its part,"."""
    end = adverbs_start(words, i)
    end -= words.lows[end - 1 : end] == ["()"]
    if end < 2 or words.lows[end - 1] != ",":
        return end
    commas = (k for k in range(end - 2, max(end - _LONGEST_ASIDE, 0), -1) if words.lows[k] == ",")
    comma = next(commas, 0)
    first = words.lows[comma + 1]
    is_aside = comma > 0 and (first in _ASIDES or first.endswith(("ing", "ly")))
    return comma if is_aside else end


def _is_plural(words: Words, end: int) -> bool:
    """Whether a subject has a plural before its first preposition: "growers in the valley"."""
    for k in range(end - 1, max(end - _LONGEST_ASIDE, 0), -1):
        if words.lows[k] in PREPOSITIONS and words.lows[k - 1].endswith("s"):
            return True
        if not words.lows[k][0].isalnum():
            break
    return False


def spending(words: Words, i: int) -> int:
    """Return where "spent" stands in "spent the day explaining", `i` being the last; -1 for none.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> spending(read_words("Kim spent the day explaining", 0, 28), 4)
    1
    """
    near = range(i - 2, max(i - _LONGEST_SPENT, -1), -1)
    return next((k for k in near if words.lows[k] in _SPENDS), -1)


def own_subject(words: Words, i: int) -> int:
    """Return where the subject begins in "with critics saying", `i` being the last; 0 for none.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> own_subject(read_words("It fell, with many critics saying", 0, 33), 6)
    4
    """
    for k in range(i - 1, max(i - _LONGEST_ASIDE, -1), -1):
        if words.lows[k] == "with":
            is_first = not k or words.lows[k - 1] in {",", "—", "–"}
            return k + 1 if is_first and k + 1 < i else 0
        if not words.lows[k][0].isalnum():
            break
    return 0


def is_anyone(lows: Sequence[str], cue: Cue | None) -> bool:
    """Whether a speaker is nobody in particular: "one hopes".

    Examples
    --------
    >>> is_anyone(["one"], Cue("hope", "believe", "third"))
    True
    """
    thinks = cue is not None and cue.kind == "believe" and cue.tense == "third"
    return thinks and list(lows) == ["one"]


def is_passive(words: Words, i: int, cue: Cue) -> bool:
    """Whether a form says who is praised or blamed by whom: "was praised by the mayor"."""
    is_sure = cue.kind in _PASSIVE_KINDS and cue.lemma not in WEAK and cue.tense == "past"
    return is_sure and words.lows[i + 1 : i + 2] == ["by"] and _before(words, i) in _PASSIVE
