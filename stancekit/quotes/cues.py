"""Words that report what somebody says, thinks or wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from stancekit.quotes.words import word_set

CUES: Final[Mapping[str, str]] = {
    "say": (
        "say add state declare remark comment note observe explain recall stress "
        "emphasise emphasize underline underscore reiterate repeat maintain assert insist argue "
        "contend claim allege suggest reply respond answer quip joke lament testify write tweet "
        "post quote cite read conclude continue interject counter retort caution clarify "
        "elaborate muse opine reason shout tell inform brief remind assure notify point hold"
    ),
    "announce": "announce report reveal disclose proclaim unveil publish estimate list rule",
    "admit": "admit acknowledge concede confess recognise recognize agree confirm accept",
    "deny": "deny reject dismiss refute dispute disagree rebut rebuff disavow deride",
    "warn": "warn threaten fear worry",
    "accuse": (
        "accuse blame criticise criticize condemn denounce slam blast decry deplore attack berate "
        "chide rebuke castigate lambast lambaste mock assail rap fault complain protest question "
        "challenge regret charge"
    ),
    "praise": (
        "praise welcome hail commend applaud thank congratulate laud defend endorse salute "
        "celebrate apologise apologize back support credit"
    ),
    "urge": (
        "urge call demand ask request appeal order instruct advise recommend propose plead beg "
        "encourage invite exhort implore"
    ),
    "promise": "promise pledge vow swear offer commit guarantee reaffirm",
    "predict": "predict forecast expect project anticipate foresee foretell reckon calculate put",
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
    "unveil advise notify portray calculate hold charge put accept"
)
"""Verbs that report only before "that", a quotation or a colon, or what else is telling.

What that is, `stancekit.quotes.contents` says: "ordered the mill to pay", "put the cost at $4".
"""

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
    "credit credits dispute disputes charge charges hold holds thanks voice voices"
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
    "foretell": ("foretold", "foretold"),
    "hold": ("held", "held"),
    "put": ("put", "put"),
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

ACTS: Final = frozenset({"accuse", "praise", "urge", "express", "deny", "promise"})
"""Types of cue whose content may be a plain object: "praised the deal"."""


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
    if lemma not in {"read", "forecast", "put"}:  # far more often the past tense
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
