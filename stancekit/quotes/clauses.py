"""Reporting clauses of one sentence: source, cue and reported content, by rule."""

from __future__ import annotations

from collections.abc import Iterator

from stancekit.quotes.contents import contents_of, inner_subject, trim
from stancekit.quotes.cues import (
    ACTS,
    LISTENERS,
    PARTICLES,
    WEAK,
    Cue,
    cue_forms,
)
from stancekit.quotes.followers import source_after
from stancekit.quotes.function_words import (
    AUXILIARIES,
    DETERMINERS,
    EVENTS,
    FINITE,
    NO_SOURCE,
    PREPOSITIONS,
)
from stancekit.quotes.idioms import IDIOM_ENDS, Clause, find_idiom, is_said, passive
from stancekit.quotes.phrases import (
    first_subject,
    has_finite,
    has_subject_before,
    source_before,
)
from stancekit.quotes.roles import role_of
from stancekit.quotes.verbs import (
    adverbs_start,
    is_anyone,
    is_passive,
    is_reporting_verb,
    own_subject,
    spending,
)
from stancekit.quotes.views import VIEW_ENDS, View, find_view
from stancekit.quotes.words import QUOTE, Words

_BEFORE_INVERTED = frozenset({",", QUOTE, "-", "–", "—", "--", ""})
_QUOTING = frozenset({"quoted", "quoting", "quotes", "cited", "citing", "reported", "reporting"})
_DASHES = frozenset({"-", "–", "—", "--"})
_COORDINATES = frozenset({",", "and", "but", "then"})
_RELATIVES = (["which"], ["who"], ["whom"], ["that"])
_NO_SUBJECT = PREPOSITIONS | (AUXILIARIES - {"will", "may"}) | {"whatever", "whoever", "whichever"}
_ENDS = VIEW_ENDS | IDIOM_ENDS | {":"}
"""Words that end a cue without a verb."""

_RULED_OUT = Cue("rule out", "deny", "past")
_MAX_LABEL = 6
_SHORT_LABEL = 3
_LONGEST_TO = 8


def find_clauses(words: Words, *, headline: bool = False) -> list[Clause]:
    """Find the reporting clauses of a sentence, in text order.

    In a headline, capitalised verbs report too.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> text = "Rates will rise, the bank said."
    >>> words = read_words(text, 0, len(text))
    >>> [(c.lemma, words.forms[slice(*c.source)]) for c in find_clauses(words)]
    [('say', ['the', 'bank'])]
    """
    forms = cue_forms()
    clauses: list[Clause] = []
    for i, low in enumerate(words.lows):
        cue = forms.get(low)
        if cue is None and low not in _ENDS:
            continue
        clause: Clause | None = None
        if view := find_view(words, i):
            clause = Clause(view.cue, view.source, view.lemma, _around(words, view))
        elif idiom := find_idiom(words, i):
            clause = idiom
        elif low == ":":
            clause = _colon(words, i, headline=headline)
        elif cue and is_reporting_verb(words, i, cue, capital=headline):
            clause = _clause(words, i, cue, clauses)
        elif cue and is_passive(words, i, cue):
            clause = passive(words, i, cue)
        if clause:
            clauses.append(clause)
    return clauses


def _around(words: Words, view: View) -> tuple[tuple[int, int], ...]:
    """Return the clause before an adverbial and the one after it, if more than a mark follows."""
    after = [(view.end, len(words))] if view.end < len(words) - 1 else []
    return trim(words, [(0, view.start), *after])


def _colon(words: Words, i: int, *, headline: bool) -> Clause | None:
    """Read 'Minister: "..."' and "18:20 Police: ..." and, in headlines, "...: minister"."""
    if i > _MAX_LABEL and not headline:
        return None
    end = next((k for k in range(i, len(words)) if words.lows[k] in _DASHES), len(words))
    after, before = words.slice(i + 1, end), words.slice(0, i)
    if headline and 0 < len(after) <= _MAX_LABEL and role_of(after) != "unknown":
        return Clause((i, i + 1), (i + 1, end), ":", trim(words, [(0, i)]))
    first = next((k for k, low in enumerate(before.lows) if low[0].isalpha()), i)
    is_label = 0 < i - first <= _SHORT_LABEL and before.lows[first] not in DETERMINERS
    if is_label and not has_finite(before.lows) and role_of(words.slice(first, i)) != "unknown":
        return Clause((i, i + 1), (first, i), ":", trim(words, [(i + 1, len(words))]))
    named = 0 < i <= _MAX_LABEL and not has_finite(before.lows) and QUOTE not in before.lows
    is_speech = after.lows[:1] in ([QUOTE], ["i"])
    if named and (is_speech or (headline and role_of(before) != "unknown")):
        return Clause((i, i + 1), (0, i), ":", trim(words, [(i + 1, len(words))]))
    return None


def _clause(words: Words, i: int, cue: Cue, found: list[Clause]) -> Clause | None:
    particle = words.lows[i + 1 : i + 2] == [PARTICLES.get(cue.lemma)]
    cue = _RULED_OUT if particle and cue.lemma == "rule" else cue
    end = i + 1 + particle
    before = words.lows[i - 1] if i else ""
    if before in _BEFORE_INVERTED and cue.tense != "ing" and cue.lemma not in LISTENERS:
        inverted = _inverted(words, i, end, cue)
        if inverted:
            return inverted
    source = _source(words, i, cue, found)
    if source[0] < source[1] and words.lows[source[0]] in _NO_SUBJECT:
        return None
    if is_anyone(words.lows[slice(*source)], cue):
        return None
    doubtful = cue.lemma in WEAK or cue.lemma == "call"
    if doubtful and (source[0] == source[1] or has_finite(_main(words.lows, source))):
        return None
    contents = contents_of(words, end, cue, source)
    if contents is None:
        return None
    return Clause((i, end), source, cue.lemma, trim(words, contents))


def _source(words: Words, i: int, cue: Cue, found: list[Clause]) -> tuple[int, int]:
    before = words.lows[i - 1] if i else ""
    if cue.tense == "base" and before == "to":
        verbs = (k for k in range(i - 2, max(i - _LONGEST_TO, 0), -1) if words.lows[k] in FINITE)
        i = next(verbs, i)
    if cue.tense != "ing" or before in AUXILIARIES:
        shared = _shared(words, i, cue, found)
        return shared or source_before(words, i, _floor(found, i))
    if before == "as" and (source := _quoted(words, i - 1)):
        return source
    if own := own_subject(words, i):
        return own, i
    if (spent := spending(words, i)) >= 0:
        return source_before(words, spent, _floor(found, spent))
    if found:
        return found[-1].source
    if i == 0:
        return first_subject(words, len(words))
    return source_before(words, i, 0) if before in EVENTS else first_subject(words, i)


def _shared(words: Words, i: int, cue: Cue, found: list[Clause]) -> tuple[int, int] | None:
    """Return the subject of the verb before in "Kim said it was late, blamed Lee and asked"."""
    lows, forms = words.lows, cue_forms()
    start = adverbs_start(words, i)
    if not start or lows[start - 1] not in _COORDINATES:
        return None
    for one in reversed(found):
        for left, right in one.contents:
            if one.cue[1] <= left < i < right and (inner := inner_subject(words, left, i)):
                return inner
        form = forms.get(lows[one.cue[0]])
        is_alike = form is not None and form.tense == cue.tense
        is_relative = lows[one.source[0] - 1 : one.source[0]] in _RELATIVES
        if is_alike and not is_relative and one.source[0] < one.source[1] <= one.cue[0] < start - 2:
            return one.source
    return None


def _floor(found: list[Clause], i: int) -> int:
    """Return where the clause of the verb at `i` can begin: after the cue that reports it."""
    return max(
        (
            c.cue[1]
            for c in found
            for left, right in c.contents
            if left <= i < right and left >= c.cue[1]
        ),
        default=0,
    )


def _quoted(words: Words, i: int) -> tuple[int, int] | None:
    """Return the speaker in "quoted officials as saying", `i` being that of "as"."""
    lows = words.lows
    for k in range(i - 1, max(i - 20, -1), -1):
        if lows[k] in _QUOTING:
            return (k + 1, i) if k + 1 < i else source_before(words, k, 0)
    return None


def _inverted(words: Words, i: int, end: int, cue: Cue) -> Clause | None:
    """Read "..., said the minister": the source follows the verb."""
    lows = words.lows
    after = lows[end] if end < len(words) else ""
    if not after or not (after[0].isalnum()) or after in NO_SOURCE or has_subject_before(words, i):
        return None
    quoted = QUOTE in lows[max(i - 2, 0) : i]
    start = _after_colon(lows, i)
    if quoted and cue.lemma != "say" and has_finite(lows[start : max(i - 2, start)]):
        return None
    source = source_after(words, end)
    is_told = lows[source[1] : source[1] + 1] == ["that"] or (
        not quoted and lows[source[1] : source[1] + 1] == [QUOTE]
    )
    if source[0] == source[1] or is_told or has_finite(_main(lows, source)):
        return None
    ends = source[1] >= len(words) - 1 and len(_main(lows, source)) <= _MAX_LABEL
    if cue.kind in ACTS and not (ends and is_said(words, i - 1)):
        return None
    if not quoted and (cue.lemma in WEAK or not (ends or has_finite(lows[:i]))):
        return None
    contents = [(0, i)]
    if source[1] < len(words) and lows[source[1]] == ",":
        contents.append((source[1], len(words)))
    return Clause((i, end), source, cue.lemma, trim(words, contents))


def _after_colon(lows: list[str], end: int) -> int:
    """Return where the last colon's clause begins: "Others are gloomier: ..."."""
    return next((k for k in range(end, 0, -1) if lows[k - 1] == ":"), 0)


def _main(lows: list[str], source: tuple[int, int]) -> list[str]:
    """Return the words of a phrase up to a comma or relative clause, but for "the retired"."""
    part = lows[slice(*source)]
    cut = next((k for k, low in enumerate(part) if low in {",", "who", "which"}), len(part))
    return [low for k, low in enumerate(part[:cut]) if not k or part[k - 1] not in DETERMINERS]


def outer(clauses: list[Clause]) -> Iterator[Clause]:
    """Yield the clauses that no other clause reports.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> text = "Kim said Lee had promised help."
    >>> [c.lemma for c in outer(find_clauses(read_words(text, 0, len(text))))]
    ['say']
    """
    for clause in clauses:
        inside = any(
            left <= clause.cue[0] and clause.cue[1] <= right
            for other in clauses
            if other is not clause
            for left, right in other.contents
        )
        if not inside:
            yield clause
