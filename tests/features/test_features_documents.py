from __future__ import annotations

from dataclasses import replace

import pytest

from stancekit.article import Article
from stancekit.features.documents import COLUMNS, actor_evidence
from stancekit.records import Actor, Quotation, Sentence, Stance

LINES = ("Vale wins.", "Vale spoke.", "“Orr lost,” Vale said.", "Rain fell.")
STARTS = [sum(len(line) + 1 for line in LINES[:at]) for at in range(len(LINES))]
VALE, ORR = Actor("vale", "Vale", "person"), Actor("orr", "Orr", "party")


def said(at: int, actor: Actor, supportive: float, critical: float) -> Stance:
    start = STARTS[at] + LINES[at].index(actor.name)
    neutral = 1 - supportive - critical
    shares = {"supportive": supportive, "neutral": neutral, "critical": critical}
    return Stance(at, actor, "neutral", shares, None, start, start + len(actor.name))


def article(*stances: Stance) -> Article:
    sentences = [
        Sentence(start, start + len(line), at, line, 0, speaker=VALE if at == 2 else None)
        for at, (start, line) in enumerate(zip(STARTS, LINES, strict=True))
    ]
    content = STARTS[2] + 1
    return Article(
        " ".join(LINES),
        sentences=tuple(sentences),
        actors=(ORR, VALE),
        quotations=(Quotation(content, content + 9, direct=True, speaker=VALE),),
        stances=stances,
    )


def test_a_row_per_sentence_that_names_the_actor() -> None:
    found = actor_evidence(article(said(0, VALE, 0.7, 0.1), said(2, ORR, 0.0, 0.8)))
    assert list(found) == ["orr", "vale"]
    assert [dict(zip(COLUMNS, row, strict=True)) for row in found["vale"]] == [
        {"supportive": 0.7, "critical": 0.1, "speaks": 0, "quoted": 0, "lead": 1, "person": 1}
    ]
    assert [dict(zip(COLUMNS, row, strict=True)) for row in found["orr"]] == [
        {"supportive": 0.0, "critical": 0.8, "speaks": 0, "quoted": 1, "lead": 0, "person": 0}
    ]


def test_who_speaks_is_marked() -> None:
    (row,) = actor_evidence(article(said(2, VALE, 0.1, 0.1)))["vale"]
    assert (row[COLUMNS.index("speaks")], row[COLUMNS.index("quoted")]) == (1, 0)


@pytest.mark.parametrize("shares", [{"pro": 0.5, "anti": 0.5}, {"supportive": 1.0}])
def test_stances_by_other_names_are_no_evidence(shares: dict[str, float]) -> None:
    other = replace(said(0, VALE, 0.5, 0.5), probabilities=shares)
    assert actor_evidence(article(other)) == {}
