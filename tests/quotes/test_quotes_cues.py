from __future__ import annotations

import pytest

from stancekit.quotes.cues import CUES, WEAK, cue_forms


@pytest.mark.parametrize(
    ("form", "lemma", "tense"),
    [
        ("said", "say", "past"),
        ("says", "say", "third"),
        ("denies", "deny", "third"),
        ("denied", "deny", "past"),
        ("vowed", "vow", "past"),
        ("admitting", "admit", "ing"),
        ("urging", "urge", "ing"),
        ("stresses", "stress", "third"),
        ("sworn", "swear", "past"),
        ("seeing", "see", "ing"),
        ("read", "read", "past"),
    ],
)
def test_inflections(form: str, lemma: str, tense: str) -> None:
    cue = cue_forms()[form]
    assert (cue.lemma, cue.tense) == (lemma, tense)


def test_each_verb_has_one_type() -> None:
    verbs = [verb for group in CUES.values() for verb in group.split()]
    assert sorted(verbs) == sorted(set(verbs))


def test_weak_verbs_are_verbs() -> None:
    assert {verb for group in CUES.values() for verb in group.split()} >= WEAK
