"""Where the phrases around a reporting verb begin and end."""

from __future__ import annotations

import re

from stancekit.actors.lexicon import lexicon
from stancekit.quotes.cues import NOUNS, cue_forms
from stancekit.quotes.followers import apposition_follows
from stancekit.quotes.function_words import (
    ADVERBS,
    APPOSITIVE,
    BRACKETS,
    BREAKS,
    CLAUSE_STARTS,
    DAYS,
    DETERMINERS,
    EVENTS,
    FINITE,
    LEADS,
    NOT_PARTICIPLES,
    OPENERS,
    PREPOSITIONS,
    SKIPPED,
    SUBJECTS,
    TIME_MODIFIERS,
    TIMES,
)
from stancekit.quotes.words import QUOTE, Words, word_set

_NUMBER = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_ASIDES = APPOSITIVE | {"which", "usually", "normally", "long"}
_CUTS = frozenset({",", "who", "which", "whose", "that"})
_NOT_PAST = frozenset({"united", "need", "speed", "seed", "feed", "allied"})
_PRONOUNS = SUBJECTS - {"who"}
_AND = frozenset({"and", "or"})
_LINKS = (
    PREPOSITIONS
    | DETERMINERS
    | _AND
    | word_set("all both half near over under between into behind beside")
)
_MAX_APPOSITIONS = 4
_LONGEST_TIME = 5
_LONGEST_ADVERB = 4


def source_before(words: Words, cue: int, floor: int) -> tuple[int, int]:
    """Return the subject of the verb at word `cue`, from word `floor` on; empty if none."""
    end = _strip_adverbs(words, cue)
    if end <= floor:
        return cue, cue
    start, end = _subject(words, cue, end)
    return (max(start, floor), end) if end > floor else (start, end)


def _subject(words: Words, cue: int, end: int) -> tuple[int, int]:
    if words.lows[end - 1] == ",":
        start, last = _before_comma(words, end - 1)
        is_none = start == last or _is_clause(words, start, last)
        return first_subject(words, cue) if is_none else (start, last)
    if words.lows[end - 1] in {"who", "which", "that"}:
        k = end - 1
        k -= k > 0 and words.lows[k - 1] == ","
        start = _segment_start(words, k)
        verbs = [j for j in range(start, k) if _ends_phrase(words.lows[j])]
        first = max([start, *(j + 1 for j in verbs)])
        # "It came from Kim, who said": Kim.
        return _phrase(words, first + (bool(verbs) and words.lows[first] in PREPOSITIONS), k)
    start = _segment_start(words, end)
    if _is_relative(words, start):
        start = _segment_start(words, start - 1)
    phrase = _phrase(words, start, end)
    if phrase[0] == phrase[1] or words.lows[phrase[1] - 1] in {"and", "or"}:
        return first_subject(words, cue)
    return phrase


def _is_clause(words: Words, start: int, end: int) -> bool:
    """Whether a stretch up to a comma is no phrase but all that a clause tells of its subject."""
    cut = next((k for k in range(start, end) if words.lows[k] in _CUTS), end)
    return has_finite(words.lows[start + 1 : cut])


def _is_relative(words: Words, start: int) -> bool:
    """Whether "who" or "which" and its verb stand right before: "players who lost said"."""
    lows = words.lows
    is_bare = start > 1 and lows[start - 1] in {"who", "which"} and lows[start - 2] not in BREAKS
    return is_bare and has_finite(lows[start : start + 1])


def has_subject_before(words: Words, verb: int) -> bool:
    """Whether a verb follows its subject and an aside: "Kim, who leads it, said".

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> text = "Kim, who leads it, warned workers"
    >>> has_subject_before(read_words(text, 0, len(text)), 6)
    True
    """
    lows = words.lows
    if lows[verb - 1 : verb] != [","] or QUOTE in lows[:verb]:
        return False
    cut = lows.index(",")
    is_aside = cut < verb - 1 and lows[cut + 1] in _ASIDES
    return is_aside and cut > 0 and lows[0] not in OPENERS and not has_finite(lows[:cut])


def _ends_phrase(low: str) -> bool:
    return low in {"by", "with", "to"} or has_finite([low])


def _strip_adverbs(words: Words, end: int) -> int:
    lows = words.lows
    while end > 0:
        low, form = lows[end - 1], words.forms[end - 1]
        if low in DAYS or (form == low and (low in SKIPPED or _is_ly(low))):
            end -= 1
        elif low in EVENTS and (start := _adverbial_start(words, end)) < end:
            end = start
        else:
            break
    return end


def _is_ly(low: str) -> bool:
    return low.endswith("ly") and len(low) > 5


def _adverbial_start(words: Words, end: int) -> int:
    for k in range(end - 1, max(end - 7, 0), -1):
        if words.lows[k] in {"in", "on", "at", "during"}:
            return k
        if words.lows[k] in BREAKS:
            break
    return end


def _segment_start(words: Words, end: int) -> int:
    """Walk back from `end` to where the clause of the phrase begins."""
    lows = words.lows
    k = end
    while k > 0:
        low = lows[k - 1]
        if low in BREAKS or low == QUOTE or low in CLAUSE_STARTS or low in {"who", "which", ")"}:
            break
        if low in {"and", "or"} and _finite_before(words, k - 1):
            break
        k -= 1
    return k


def _finite_before(words: Words, end: int) -> bool:
    start = _comma_start(words, end)
    return words.lows[start - 1 : start] == [QUOTE] or has_finite(words.lows[start:end])


def _before_comma(words: Words, comma: int) -> tuple[int, int]:
    """Return the phrase before a closed apposition: "Kim, the minister, said"."""
    lows = words.lows
    start, end = _comma_start(words, comma), comma
    if start == 0 or lows[start - 1] != ",":
        return _phrase(words, _segment_start(words, comma), comma)
    is_adverb = _is_ly(lows[comma - 1]) and comma - start < _LONGEST_ADVERB
    if is_adverb or (lows[start] in OPENERS and lows[start] not in {"of", "from"}):
        end = start - 1
    for _ in range(_MAX_APPOSITIONS):
        first, start = start, _comma_start(words, start - 1)
        if start == first - 1:
            return _phrase(words, first, end)
        if not _goes_further(words, start):
            break
    return _phrase(words, max(start, _segment_start(words, first - 1)), end)


def _goes_further(words: Words, start: int) -> bool:
    """Whether the noun that the stretch at `start` explains stands further left."""
    lows = words.lows
    if start == 0 or lows[start - 1] != ",":
        return False
    left = _comma_start(words, start - 1)
    before = lows[left : start - 1]
    if not before or before[0] in OPENERS or has_finite(before):
        return False
    apposition = lows[start] in APPOSITIVE or bool(_NUMBER.match(lows[start]))
    return apposition or before[0] in DETERMINERS


def has_finite(lows: list[str]) -> bool:
    """Whether a stretch of words seems to have a verb of its own."""
    return any(low in FINITE or (low.endswith("ed") and _is_past(low)) for low in lows)


def _is_past(low: str) -> bool:
    known = lexicon()
    is_name = low in known.given or low in known.surnames
    return "-" not in low and low not in _NOT_PAST and not is_name


def _comma_start(words: Words, end: int) -> int:
    """Walk back from `end` to the mark before it."""
    k = end
    while k > 0 and words.lows[k - 1] not in BREAKS and words.lows[k - 1] != QUOTE:
        k -= 1
    return k


def _phrase(words: Words, start: int, end: int) -> tuple[int, int]:
    """Strip times and connectives from both ends of a phrase."""
    lows = words.lows
    if "ago" in lows[start : min(end, start + _LONGEST_TIME)]:
        start = lows.index("ago", start) + 1
    first = start
    while start < end and (
        lows[start] in LEADS
        or lows[start] in TIMES
        or lows[start] in BRACKETS
        or (start > first and _YEAR.match(lows[start]))
    ):
        start += 1
    if start + 1 < end and lows[start] in {"on", "in"} and lows[start + 1] in TIMES:
        return _phrase(words, start + 1, end)
    while start < end and words.forms[end - 1] in ADVERBS:
        end -= 1
    return _after_adverbial(words, start, end), end


def _after_adverbial(words: Words, start: int, end: int) -> int:
    """Step over "within an hour" or "privately" before a phrase, and over all but "Kim it"."""
    lows = words.lows
    is_last = end > start + 1 and lows[end - 1] in _PRONOUNS and lows[end - 2] not in _AND
    is_object = is_last and lows[end - 1] in {"it", "you"} and has_finite(lows[end - 2 : end - 1])
    if is_last and not is_object and lows[end - 2] not in _LINKS:
        return end - 1
    if start + 1 < end and _is_ly(lows[start]) and lows[start + 1] in DETERMINERS:
        return start + 1
    if start == end or lows[start] not in PREPOSITIONS:
        return start
    for k in range(start + 2, end):
        is_noun = lows[k - 1] not in _LINKS and lows[k - 1].isalnum()
        is_named = lows[k - 1] in EVENTS and words.is_capital(k)
        if is_noun and (is_named or lows[k] in DETERMINERS):
            return k
    return start


def first_subject(words: Words, end: int) -> tuple[int, int]:
    """Return the first subject of the sentence, for a verb at `end` that has none of its own."""
    lows = words.lows
    start = 0
    while start < end and (lows[start] in LEADS or lows[start] == "," or _is_ly(lows[start])):
        start += 1
    while start < end and (lows[start] in OPENERS or _is_participle(words, start)):
        start = _after_opener(words, start, end)
    if start < end and lows[start] in SUBJECTS:
        return start, start + 1
    k = start + 1
    while k < end:
        if lows[k] == "," and apposition_follows(words, k, opening=True):
            k = lows.index(",", k + 1)
        is_verb = has_finite([lows[k]]) and lows[k - 1] not in DETERMINERS
        plans = lows[k].endswith("s") and lows[k + 1 : k + 2] == ["to"]
        is_verb |= plans and words.is_capital(k - 1)
        if lows[k] in BREAKS or is_verb or reports(lows[k]):
            return _phrase(words, start, k)
        k += 1
    k = words.name_end(start, end)
    return _phrase(words, start, k) if start + 1 < k < end else (end, end)


def reports(low: str) -> bool:
    """Whether a word can only be a finite verb that reports: "said", not "demands"."""
    cue = cue_forms().get(low)
    return cue is not None and cue.tense in {"past", "third"} and low not in NOUNS


def _after_opener(words: Words, start: int, end: int) -> int:
    """Step over "On Tuesday evening", or else over all up to the comma: "In this case, ..."."""
    lows = words.lows
    k = start + 1
    while k < end and lows[k] in TIMES:
        k += 1
    if k + 1 < end and lows[k] in EVENTS and words.is_capital(k + 1):
        return k + 1
    is_time = k > start + 1 and lows[k - 1] not in TIME_MODIFIERS
    if is_time and k < end and lows[k] != ",":
        return k
    return next((k + 1 for k in range(start, end) if lows[k] == ","), end)


def _is_participle(words: Words, i: int) -> bool:
    low = words.lows[i]
    is_name = words.forms[i + 1 : i + 2] != words.lows[i + 1 : i + 2] and low not in cue_forms()
    return low.endswith("ing") and low not in NOT_PARTICIPLES and not is_name
