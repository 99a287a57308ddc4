"""Label the rows of tables with a model, and score what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import pandas as pd

from stancekit.actors import ActorFinder
from stancekit.errors import InputError
from stancekit.evaluation.bootstrap import Sampling
from stancekit.evaluation.compare import changed_rows, difference_rows
from stancekit.evaluation.evaluation import COLUMNS, VIEWS, Evaluation, View
from stancekit.evaluation.judge import Judgement, judge
from stancekit.evaluation.notes import notes_on
from stancekit.evaluation.scoring import confusion_rows, score_rows, slice_rows
from stancekit.evaluation.tasks import CLAIMS_TASK, RELATIONS_TASK, STANCES_TASK, Labeller
from stancekit.progress import track
from stancekit.tables import Source

_Frames: TypeAlias = dict[View, pd.DataFrame]


def evaluate(
    model: Labeller,
    *,
    claims: Source | None = None,
    stances: Source | None = None,
    relations: Source | None = None,
    against: Labeller | None = None,
    n_bootstrap: int = 1000,
    seed: int = 0,
    split: str | None = None,
    progress: bool = False,
) -> Evaluation:
    """Score a model on labelled tables, alone or against another model.

    Parameters
    ----------
    model
        Any model with stancekit's labelling methods. It doesn't see the labels.
    claims, stances, relations
        Labelled tables: CSV files or DataFrames. Relations without a ``doc_id`` are
        sampled by sentence. Stances and relations whose sentences are in `claims` too are
        labelled in the articles that its rows make up, all others each by its text alone.
    against
        A second model, scored on the same rows and the same samples of documents.
    n_bootstrap
        How many samples of documents give the intervals; 0 gives none.
    seed
        Of the samples; the same seed gives the same numbers.
    split
        Score the rows with this value in the column ``split``; None scores all.
    progress
        Whether to show a progress bar on stderr.

    Returns
    -------
    Evaluation
        Scores, confusions, slices and differences, with notes on what to beware of.

    Raises
    ------
    InputError
        If no table is given, a table is bad, or the split isn't there.
    NotTrainedError
        If a model has no head for a table.

    Examples
    --------
    >>> class Optimist:
    ...     name, claim_labels, stance_labels = "optimist", (), ("good", "bad")
    ...     def label_stances(self, frame):
    ...         return frame.assign(good=0.9, bad=0.1, stance="good")
    >>> rows = pd.DataFrame({
    ...     "doc_id": ["a", "b"], "sentence_id": "S1", "actor": "Peru", "start": 0, "end": 4,
    ...     "text": ["Peru won praise.", "Peru drew protest."], "stance": ["good", "bad"],
    ... })
    >>> evaluate(Optimist(), stances=rows, n_bootstrap=100).score("stances", "accuracy")
    0.5
    """
    if n_bootstrap < 0:
        raise InputError(f"n_bootstrap: expected 0 or more samples; found {n_bootstrap}")
    given = ((CLAIMS_TASK, claims), (STANCES_TASK, stances), (RELATIONS_TASK, relations))
    tables = {task: task.read(source, split) for task, source in given if source is not None}
    if not tables:
        raise InputError("expected claims, stances or relations to evaluate on; found none")
    sampling = Sampling(n_bootstrap, seed)
    models = [model] if against is None else [model, against]
    jobs = [(task, frame, one) for task, frame in tables.items() for one in models]
    shown = track(jobs, "tables labelled and scored", total=len(jobs), show=progress)
    articles = tables.get(CLAIMS_TASK)
    judged = [judge(*job, sampling, articles) for job in shown]
    by_task = {task.name: [one for one in judged if one.task is task] for task in tables}
    parts = {name: _frames(of_task, sampling) for name, of_task in by_task.items()}
    return Evaluation(
        model=model.name,
        against=None if against is None else against.name,
        n_bootstrap=n_bootstrap,
        seed=seed,
        notes=tuple(note for of_task in by_task.values() for note in notes_on(of_task, split)),
        **{view: _joined(view, parts) for view in VIEWS},
    )


def _frames(judged: Sequence[Judgement], sampling: Sampling) -> _Frames:
    own = judged[0]
    slices = own.task.slices(own.frame, ActorFinder())
    size = {"rows": len(own.frame), "documents": own.outcome.n_documents}
    frames: _Frames = {
        "data": pd.DataFrame([size]),
        "scores": score_rows(own.outcome, own.scoring),
        "confusion": confusion_rows(own.outcome),
        "slices": slice_rows(own.outcome, slices, sampling),
    }
    for other in judged[1:]:
        frames["differences"] = difference_rows(own.scoring, other.scoring)
        frames["changes"] = changed_rows(own.task, own.frame, own.answers, other.answers)
    return frames


def _joined(view: View, parts: dict[str, _Frames]) -> pd.DataFrame:
    columns = list(COLUMNS[view])
    found = [
        frames[view].assign(task=task)[columns]
        for task, frames in parts.items()
        if view in frames and len(frames[view])
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)
