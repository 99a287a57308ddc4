"""What the reader must know of the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from stancekit.errors import plural
from stancekit.evaluation.bootstrap import MIN_DOCUMENTS
from stancekit.evaluation.judge import Judgement

# Simulated: below this, intervals of 95 % cover the true value nearer 90 % of the time.
_FEW_DOCUMENTS: Final = 20


def notes_on(judged: Sequence[Judgement], split: str | None) -> Iterator[str]:
    """Warn of labels without rows, rows without a known label, few documents and no split.

    Parameters
    ----------
    judged
        The models on one table, the evaluated one first.
    split
        The split that was scored, if one was picked.

    Yields
    ------
    str
        One sentence or two each.
    """
    own = judged[0]
    name = own.task.name
    yield from _absent(own)
    for judgement in judged:
        yield from _unknown(judgement)
    yield from _few_documents(name, own.outcome.n_documents)
    if split is None and "split" in own.frame and own.frame["split"].nunique() > 1:
        found = ", ".join(sorted(own.frame["split"].astype(str).unique()))
        yield (
            f"{name}: the rows of every split are scored ({found}). A model looks too good on "
            "rows that it was trained on: pick the split of the others."
        )


def _few_documents(name: str, n_documents: int) -> Iterator[str]:
    if n_documents < MIN_DOCUMENTS:
        found = plural(n_documents, "document")
        yield f"{name}: no intervals: they need {MIN_DOCUMENTS} documents; found {found}."
    elif n_documents < _FEW_DOCUMENTS:
        yield (
            f"{name}: {n_documents} documents are few: the intervals are somewhat too narrow, and "
            "differences look a little surer than they are."
        )


def _absent(judgement: Judgement) -> Iterator[str]:
    outcome = judgement.outcome
    columns = zip(outcome.scored_labels, outcome.scored_true.T, strict=True)
    absent = [label for label, rows in columns if not rows.any()]
    if absent:
        yield (
            f"{judgement.task.name}: no row is labelled {' or '.join(absent)}: scores of it are "
            "shown as -, and macro means leave it out."
        )


def _unknown(judgement: Judgement) -> Iterator[str]:
    unknown = judgement.outcome.labels[len(judgement.known) :]
    if unknown:
        yield (
            f"{judgement.task.name}: {judgement.model} does not know {', '.join(unknown)}: "
            "every such label counts as missed."
        )
