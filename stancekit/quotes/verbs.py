"""Which verb forms of a sentence report."""

from __future__ import annotations

from stancekit.quotes.cues import ACTS, NOUNS, Cue
from stancekit.quotes.function_words import ADVERBS, AUXILIARIES, DETERMINERS, SUBJECTS
from stancekit.quotes.words import QUOTE, Words, word_set

_BEFORE_ING = AUXILIARIES | {",", QUOTE, "and", "while", "by", "()", "—", "–", "-", ""}
_AFTER_PARTICIPLE = {kind: frozenset({"by", "of"}) for kind in ACTS} | {
    kind: frozenset({"by", "in", "at", "to"}) for kind in ("believe", "predict")
}
_PASSIVE = word_set("is are was were be been being get gets got")


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
        return False
    if cue.lemma == "quote":
        return before in _PASSIVE and "saying" not in words.lows[i:]
    if cue.tense == "past":
        return not (before in _PASSIVE or after in _AFTER_PARTICIPLE.get(cue.kind, {"by"}))
    if cue.tense == "ing":
        return low not in NOUNS and (before in _BEFORE_ING or low == "saying")
    if cue.tense == "base" and before in {"to", "not", "n't", "never"}:
        return i > 1 and words.lows[i - 2] in {"on", "continued"}
    if low in NOUNS:
        return _has_subject(words, i, cue, after)
    return True


def _before(words: Words, i: int) -> str:
    j = i - 1
    while j >= 0 and (words.lows[j] in ADVERBS or words.lows[j].endswith("ly")):
        j -= 1
    return words.lows[j] if j >= 0 else ""


def _has_subject(words: Words, i: int, cue: Cue, after: str) -> bool:
    before = _before(words, i)
    if after not in {"that", ":", QUOTE, ",", "the", "a", "an"} | SUBJECTS:
        return False
    if cue.tense == "base":
        return before in {"they", "we", "i", "you", "who"} or before.endswith("s")
    return before in SUBJECTS or (
        bool(before) and before[-1].isalpha() and not before.endswith("s")
    )
