"""Words that report what somebody says, thinks or wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from stancekit.quotes.function_words import (
    ADVERBS,
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    SUBJECTS,
)
from stancekit.quotes.words import QUOTE, Words, word_set

CUES: Final[Mapping[str, str]] = {
    "say": (
        "say add state declare remark comment note observe explain recall stress "
        "emphasise emphasize underline underscore reiterate repeat maintain assert insist argue "
        "contend claim allege suggest reply respond answer quip joke lament testify write tweet "
        "post quote cite read conclude continue interject counter retort caution clarify "
        "elaborate muse opine reason shout tell inform brief remind assure notify point"
    ),
    "announce": "announce report reveal disclose proclaim unveil publish estimate list rule",
    "admit": "admit acknowledge concede confess recognise recognize agree confirm",
    "deny": "deny reject dismiss refute dispute disagree rebut rebuff disavow deride",
    "warn": "warn threaten fear worry",
    "accuse": (
        "accuse blame criticise criticize condemn denounce slam blast decry deplore attack berate "
        "chide rebuke castigate lambast lambaste mock assail rap fault complain protest question "
        "challenge regret"
    ),
    "praise": (
        "praise welcome hail commend applaud thank congratulate laud defend endorse salute "
        "celebrate apologise apologize back support credit"
    ),
    "urge": (
        "urge call demand ask request appeal order instruct advise recommend propose plead beg "
        "encourage invite exhort implore"
    ),
    "promise": "promise pledge vow swear offer commit guarantee",
    "predict": "predict forecast expect project anticipate foresee reckon calculate",
    "believe": (
        "believe think hope doubt feel consider suspect wonder assume guess wish regard see view"
    ),
    "express": "express voice describe characterise characterize label dub portray discuss",
    "show": (
        "show find indicate hint signal imply mean demonstrate mention prove know learn hear decide"
    ),
}
"""Type of cue -> base forms of its verbs."""

WEAK: Final = word_set(
    "plead swear rule reject request threaten point read continue find show know learn hear mean "
    "prove demonstrate back support see view attack question challenge offer commit order project "
    "publish list feel regard consider reason counter mention brief respond answer label dub "
    "imply indicate decide discuss celebrate post muse hint signal invite agree fault rap "
    "recognise recognize assume guess wish suspect recall cite guarantee anticipate foresee "
    "unveil advise notify portray calculate"
)
"""Verbs that report only before "that", a quotation or a colon."""

NOUNS: Final = word_set(
    "state states report reports claim claims note notes comment comments remark remarks call "
    "calls demand demands request requests appeal appeals order orders offer offers promise "
    "promises pledge pledges vow vows forecast forecasts estimate estimates project projects fear "
    "fears worry worries hope hopes doubt doubts view views wish wishes label labels list lists "
    "attack attacks blame praise protest protests question questions challenge challenges post "
    "posts tweet tweets answer answers reply replies caution stress lament signal signals read "
    "point points fault back backs support supports reason reasons brief briefs mean means rap "
    "raps proposal feeling finding findings suspect suspects guess counter regret regrets welcome "
    "rebuff rebuke rebukes slam blast salute show shows plead meaning warning warnings reading "
    "credit credits"
)
"""Forms that are as often nouns: they need a subject before them."""

IRREGULAR: Final[Mapping[str, tuple[str, str]]] = {
    "say": ("said", "said"),
    "tell": ("told", "told"),
    "write": ("wrote", "written"),
    "read": ("read", "read"),
    "swear": ("swore", "sworn"),
    "think": ("thought", "thought"),
    "feel": ("felt", "felt"),
    "see": ("saw", "seen"),
    "show": ("showed", "shown"),
    "find": ("found", "found"),
    "mean": ("meant", "meant"),
    "know": ("knew", "known"),
    "hear": ("heard", "heard"),
    "foresee": ("foresaw", "foreseen"),
    "forecast": ("forecast", "forecast"),
    "rebut": ("rebutted", "rebutted"),
    "admit": ("admitted", "admitted"),
    "refer": ("referred", "referred"),
    "quip": ("quipped", "quipped"),
    "slam": ("slammed", "slammed"),
    "rap": ("rapped", "rapped"),
    "beg": ("begged", "begged"),
    "label": ("labelled", "labelled"),
    "dub": ("dubbed", "dubbed"),
    "signal": ("signalled", "signalled"),
    "commit": ("committed", "committed"),
}
"""Past tense and participle of verbs that don't just take "-ed"."""

LISTENERS: Final = frozenset({"tell", "inform", "brief", "remind", "assure", "notify", "advise"})
"""Verbs with the listener as their object: "told reporters (that) ..."."""

PARTICLES: Final[Mapping[str, str]] = {
    "call": "for",
    "point": "out",
    "appeal": "for",
    "rule": "out",
    "read": "out",
}
"""What belongs to a verb's cue: "called for", "pointed out"."""

_NOUN_BEFORE: Final[Mapping[str, frozenset[str]]] = {
    "think": frozenset({"tank", "tanks"}),
    "forecast": frozenset({"for", "of", "from", "was", "is", ".", ""}),
}
"""What follows a form that is a noun there: "a think tank", "the rain forecast for May"."""

ACTS: Final = frozenset({"accuse", "praise", "urge", "express", "deny", "promise"})
"""Types of cue whose content may be a plain object: "praised the deal"."""


_BEFORE_ING = AUXILIARIES | {",", QUOTE, "and", "while", "by", "()", "—", "–", "-", ""}
_AFTER_PARTICIPLE = {kind: frozenset({"by", "of"}) for kind in ACTS} | {
    kind: frozenset({"by", "in", "at", "to"}) for kind in ("believe", "predict")
}
_PASSIVE = word_set("is are was were be been being get gets got")


@dataclass(frozen=True)
class Cue:
    """A verb form that reports.

    Attributes
    ----------
    lemma, kind
        Base form, and its type: a key of `CUES`.
    tense
        ``"base"``, ``"third"`` (says), ``"past"`` or ``"ing"``.
    """

    lemma: str
    kind: str
    tense: str


@cache
def cue_forms() -> Mapping[str, Cue]:
    """Return every inflected form of the reporting verbs, in lower case.

    Examples
    --------
    >>> cue_forms()["warned"]
    Cue(lemma='warn', kind='warn', tense='past')
    """
    forms: dict[str, Cue] = {}
    for kind, verbs in CUES.items():
        for lemma in verbs.split():
            for form, tense in _inflect(lemma):
                forms.setdefault(form, Cue(lemma, kind, tense))
    return MappingProxyType(forms)


def _inflect(lemma: str) -> Iterator[tuple[str, str]]:
    if lemma not in {"read", "forecast"}:  # far more often the past tense
        yield lemma, "base"
    past, participle = IRREGULAR.get(lemma, (_past(lemma), _past(lemma)))
    yield past, "past"
    yield participle, "past"
    yield _third(lemma), "third"
    stem = past[:-2] if lemma in IRREGULAR and past.endswith("ed") else lemma.removesuffix("e")
    yield ("see" if lemma == "see" else "foresee" if lemma == "foresee" else stem) + "ing", "ing"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


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
    if after in _NOUN_BEFORE.get(low, ()):
        return False
    if cue.lemma == "quote":
        return before in _PASSIVE and "saying" not in words.lows[i:]
    if cue.tense == "past":
        return not (before in _PASSIVE or after in _AFTER_PARTICIPLE.get(cue.kind, {"by"}))
    if cue.tense == "ing":
        return low not in NOUNS and (before in _BEFORE_ING or low == "saying")
    if cue.lemma == "rule" and after == "out":
        return before != "to"
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
    is_name = words.forms[min(i + 1, len(words) - 1)][:1].isupper() and after not in DAYS
    is_act = cue.kind in ACTS and cue.tense == "third" and is_name
    if not is_act and after not in {"that", ":", QUOTE, ",", "the", "a", "an"} | SUBJECTS:
        return False
    if cue.tense == "base":
        return before in {"they", "we", "i", "you", "who"} or before.endswith("s")
    return before in SUBJECTS or (
        bool(before) and before[-1].isalpha() and not before.endswith("s")
    )
