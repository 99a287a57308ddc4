"""How far the two passes over the project's own articles agree, before anything is settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sklearn.metrics import cohen_kappa_score

from stancekit.labels import CLAIM_TYPES, STANCES, join_types
from training.labelled import DISAGREEMENT, LabelledSentence, reread_sample

COLUMNS: Final = ("question", "of", "first pass", "second pass", "agreed", "agreed, %", "kappa")


@dataclass(frozen=True)
class Agreement:
    """How two passes agree on one question.

    Attributes
    ----------
    question
        What was asked.
    unit
        What it was asked of: sentences or mentions.
    total, agreed, first, second
        Of how many units; on how many the passes agree; how many have a label in each pass.
    kappa
        Cohen's kappa; None where the answers are names, or all the same.
    """

    question: str
    unit: str
    total: int
    agreed: int
    first: int
    second: int
    kappa: float | None


def measure(rows: Sequence[LabelledSentence]) -> Iterator[Agreement]:
    """Measure the agreement of the two passes as they were made.

    Parameters
    ----------
    rows
        Sentences with both passes; what was settled is not looked at.

    Yields
    ------
    Agreement
        For every claim type, the set of types, the official speaker, the speaker, the
        stance, every single stance, and the holder of a stance.
    """
    passes = [(row.first, row.second) for row in rows]
    types = [(a.claim_types, b.claim_types) for a, b in passes]
    for claim_type in CLAIM_TYPES:
        yield closed(
            claim_type, "sentences", [(claim_type in a, claim_type in b) for a, b in types]
        )
    yield closed(
        "set of claim types", "sentences", [(join_types(a), join_types(b)) for a, b in types]
    )
    official = [(a.official == "yes", b.official == "yes") for a, b in passes]
    yield closed("official speaker", "sentences", official)
    spoken = [(a.speaker, b.speaker) for a, b in passes if a.speaker or b.speaker]
    yield named("speaker, where a pass names one", "sentences", spoken)
    pairs = [pair for a, b in passes for pair in zip(a.stances, b.stances, strict=True)]
    stances = [(a[0], b[0]) for a, b in pairs]
    yield closed("stance", "mentions", stances)
    for stance in STANCES:
        yield closed(stance, "mentions", [(a == stance, b == stance) for a, b in stances])
    holders = [(a[1], b[1]) for a, b in pairs if a[0] == b[0] != "neutral"]
    yield named("holder, where the stance is the same", "mentions", holders)


def named(question: str, unit: str, answers: Sequence[tuple[str, str]]) -> Agreement:
    """Count the agreement on names, for which chance agreement has no meaning."""
    agreed = sum(a == b for a, b in answers)
    first, second = (sum(bool(pair[at]) for pair in answers) for at in (0, 1))
    return Agreement(question, unit, len(answers), agreed, first, second, None)


def closed(question: str, unit: str, answers: Sequence[tuple[str | bool, str | bool]]) -> Agreement:
    """Count the agreement on a closed set of labels, and correct it for chance.

    Examples
    --------
    >>> closed("rain", "days", [(True, True), (True, False), (False, False), (False, False)])
    Agreement(question='rain', unit='days', total=4, agreed=3, first=2, second=1, kappa=0.5)
    """
    agreed = sum(a == b for a, b in answers)
    first, second = (sum(pair[at] not in ("", False) for pair in answers) for at in (0, 1))
    kappa = None
    if len({answer for pair in answers for answer in pair}) > 1:
        kappa = round(float(cohen_kappa_score(*zip(*answers, strict=True))), 3)
    return Agreement(question, unit, len(answers), agreed, first, second, kappa)


def cells(row: Agreement) -> tuple[str, ...]:
    """Write one measure as the cells of a table, in the order of ``COLUMNS``."""
    counts = tuple(f"{n:,}" for n in (row.first, row.second, row.agreed))
    share = f"{100 * row.agreed / row.total:.1f}" if row.total else ""
    kappa = "" if row.kappa is None else f"{row.kappa:.3f}"
    return (row.question, f"{row.total:,} {row.unit}", *counts, share, kappa)


def settling(rows: Sequence[LabelledSentence]) -> dict[str, int]:
    """Count how the differences were settled, and what a further reading changed.

    Returns
    -------
    dict of str to int
        What was counted, in words, to its number.
    """
    origins = [(s, s.origin) for row in rows for s in row.settlements.values()]
    differing = [s for s, origin in origins if origin == DISAGREEMENT]
    sample = reread_sample(rows)
    return {
        "items on which the passes differ": sum(len(row.differing) for row in rows),
        "sentences with such an item": sum(bool(row.differing) for row in rows),
        "such items not settled yet": sum(len(row.unsettled) for row in rows),
        "settled as in the first pass": sum(s.settled == s.first for s in differing),
        "settled as in the second pass": sum(s.settled == s.second for s in differing),
        "settled otherwise": sum(s.settled not in (s.first, s.second) for s in differing),
        "settled with the reason 'wording'": sum(s.reason == "wording" for s in differing),
        "sentences drawn to be read once more": len(sample),
        "of them changed": sum(bool(row.settlements) for row in sample),
        "of them changed in a stance": sum(
            any(item.startswith("stance") for item in row.settlements) for row in sample
        ),
        "agreed sentences changed beyond those drawn": sum(
            bool(row.settlements) and not row.differing for row in rows
        )
        - sum(bool(row.settlements) for row in sample),
    }
