"""Which settings of a classifier score best on held-out documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from stancekit.progress import track
from stancekit.select.trials import read_tasks
from stancekit.tables import Source


def compare_settings(
    settings: Mapping[str, Mapping[str, Any]],
    *,
    claims: Source | None = None,
    stances: Source | None = None,
    folds: int = 5,
    progress: bool = True,
) -> pd.DataFrame:
    """Compare a few settings of the classifiers on the same held-out documents.

    The heads are fitted to words and context, with no base model and no encoder.

    Parameters
    ----------
    settings
        Name -> parameters of `stancekit.classify.claims.ClaimClassifier` or
        `stancekit.classify.stances.StanceClassifier`, such as ``{"weak": {"C": 0.1}}``.
    claims, stances
        Labelled tables; at least one.
    folds
        Folds, by document.
    progress
        Show a progress bar.

    Returns
    -------
    DataFrame
        Columns ``head``, ``setting``, ``macro_f1`` (mean over the folds) and ``spread``
        (standard deviation), in the order given. The best of several is chosen with hindsight:
        score it once more on documents that took no part.

    Raises
    ------
    InputError
        If there is no table, or one is bad or has documents for fewer than two folds.
    """
    work = [
        (task, name, fold)
        for task in read_tasks(claims, stances)
        for name in settings
        for fold in task.folds(folds)
    ]
    rows = [
        (task.head, name, task.score(*fold, settings[name]))
        for task, name, fold in track(work, "fits", total=len(work), show=progress)
    ]
    scores = pd.DataFrame(rows, columns=["head", "setting", "macro_f1"])
    groups = scores.groupby(["head", "setting"], sort=False)["macro_f1"]
    return groups.agg(macro_f1="mean", spread="std").reset_index()
