"""How well whole articles are judged: cross-validated, beside what needs no learning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from stancekit.classify.documents import DocumentClassifier
from stancekit.evaluation.bootstrap import Sampling, interval
from stancekit.evaluation.outcome import Outcome, document_numbers
from stancekit.evaluation.scoring import score, score_rows
from stancekit.labels import STANCES
from training.documents import Case, Floats, cross_fitted, naive_mean

HEAD: Final = "the head, cross-validated"
NAIVE: Final = "naive mean of sentences"
MAJORITY: Final = "always the commonest"
MAIN: Final = "PerSenT, development part"
AGREED: Final = "actors on whom all sentences agree"

_MANY = 4


def score_documents(
    main: Sequence[Case], agreed: Sequence[Case], *, n_bootstrap: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Score the head by articles that it has not seen.

    Parameters
    ----------
    main
        Articles of PerSenT; those where the person isn't found have no answer and are left out.
    agreed
        See `training.documents.agreed_cases`.
    n_bootstrap, seed
        Samples of articles for the intervals.

    Returns
    -------
    DataFrame
        Columns ``data, judge, label, metric, value, low, high, n``; the label is empty for the
        whole. The metric ``coverage`` is how often the interval that half of an article's
        sentences give, drawn at random, holds the score that all of them give: nine times in
        ten or more is right. Of articles with at least four sentences on the person.
    """
    found = [one for one in main if len(one.evidence)]
    cases, sampling = [*found, *agreed], Sampling(n_bootstrap, seed)
    given = np.zeros((len(cases), len(STANCES)))
    covered: list[bool] = []
    for head, held_out in cross_fitted(found, agreed):
        given[held_out] = head.predict_proba([cases[at].evidence for at in held_out])
        covered += _covered(head, [cases[at] for at in held_out if at < len(found)], seed)
    parts = {MAIN: slice(0, len(found)), AGREED: slice(len(found), len(cases))}
    rows = [
        _scored(cases[part], probabilities, sampling).assign(data=data, judge=judge)
        for data, part in parts.items()
        if cases[part]
        for judge, probabilities in _judges(cases[part], given[part]).items()
    ]
    return pd.concat([*rows, _coverage(covered, n_bootstrap, seed)], ignore_index=True)


def _judges(cases: Sequence[Case], given: Floats) -> dict[str, Floats]:
    shares = np.array([[one.stance == name for name in STANCES] for one in cases]).mean(axis=0)
    return {
        HEAD: given,
        NAIVE: np.array([naive_mean(one.evidence) for one in cases]),
        MAJORITY: np.tile(shares, (len(cases), 1)),
    }


def _scored(cases: Sequence[Case], probabilities: Floats, sampling: Sampling) -> pd.DataFrame:
    outcome = Outcome(
        STANCES,
        true=np.array([[one.stance == name for name in STANCES] for one in cases]),
        predicted=np.eye(len(STANCES), dtype=bool)[probabilities.argmax(axis=1)],
        probabilities=probabilities,
        documents=document_numbers(pd.Series([one.doc_id for one in cases])),
        exclusive=True,
    )
    return score_rows(outcome, score(outcome, sampling))


def _covered(head: DocumentClassifier, cases: Sequence[Case], seed: int) -> list[bool]:
    """Say of each article whether the interval of half its sentences holds the whole's score."""
    drawing = np.random.default_rng(seed)
    many = [one.evidence for one in cases if len(one.evidence) >= _MANY]
    halves = [one[np.sort(drawing.permutation(len(one))[::2])] for one in many]
    whole, (low, high) = head.scores(many), head.intervals(halves).T
    return [bool(held) for held in (low <= whole) & (whole <= high)]


def _coverage(covered: Sequence[bool], n_bootstrap: int, seed: int) -> pd.DataFrame:
    held = np.array(covered, dtype=float)
    drawn = np.random.default_rng(seed).choice(held, (n_bootstrap, len(held))).mean(axis=1)
    low, high = interval(drawn)
    row = (MAIN, HEAD, "", "coverage", held.mean(), low, high, len(held))
    return pd.DataFrame(
        [row], columns=["data", "judge", "label", "metric", "value", "low", "high", "n"]
    )
