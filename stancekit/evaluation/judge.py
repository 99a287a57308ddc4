"""One model's answers to one labelled table, and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from stancekit.evaluation.bootstrap import Sampling
from stancekit.evaluation.outcome import Outcome
from stancekit.evaluation.scoring import Scoring, score
from stancekit.evaluation.tasks import Labeller, Task


@dataclass(frozen=True, eq=False)
class Judgement:
    """One model on one table.

    Attributes
    ----------
    task, frame
        The kind of table, and its checked rows.
    model, known
        The model's name and labels.
    answers
        What it said, row by row.
    outcome, scoring
        The same beside the truth, and its scores.
    """

    task: Task
    frame: pd.DataFrame
    model: str
    known: tuple[str, ...]
    answers: pd.DataFrame
    outcome: Outcome
    scoring: Scoring


def judge(
    task: Task,
    frame: pd.DataFrame,
    model: Labeller,
    sampling: Sampling,
    articles: pd.DataFrame | None = None,
) -> Judgement:
    """Let a model label the rows, in their articles if given, and score its answers."""
    answers = task.answers(model, frame, articles)
    known = task.known_labels(model)
    outcome = task.outcome(frame, answers, known)
    return Judgement(task, frame, model.name, known, answers, outcome, score(outcome, sampling))
