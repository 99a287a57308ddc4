"""Two models on the same rows: what differs, and whether chance could explain it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from stancekit.evaluation.bootstrap import interval, paired_p_value
from stancekit.evaluation.scoring import Scoring
from stancekit.evaluation.tasks import Task

BROKEN: Final = "broken"
MENDED: Final = "mended"
STILL_WRONG: Final = "still wrong"
_CONTEXT: Final = ("doc_id", "sentence_id", "start", "end", "actor", "text")
_TYPES: Final = {"start": "Int64", "end": "Int64", "actor": "string"}


def difference_rows(model: Scoring, against: Scoring) -> pd.DataFrame:
    """Subtract one model's scores from the other's, sample by sample.

    Parameters
    ----------
    model, against
        Scored on the same rows with the same seed, so that samples are pairs.

    Returns
    -------
    DataFrame
        One row per score that both have and that has samples: columns ``label``,
        ``metric``, ``model``, ``against``, ``difference`` (``model - against``) with its
        95 % interval ``low``, ``high``, and a two-sided ``p_value``.
    """
    rows: list[dict[str, Any]] = []
    for key, value in model.plain.items():
        if key not in against.plain or key[1].startswith("ece"):
            continue
        drawn = model.drawn.get(key, np.array([])) - against.drawn.get(key, np.array([]))
        low, high = interval(drawn)
        row = {"label": key[0], "metric": key[1], "model": value, "against": against.plain[key]}
        row |= {"difference": value - against.plain[key], "low": low, "high": high}
        rows.append({**row, "p_value": paired_p_value(drawn)})
    return pd.DataFrame(rows)


def changed_rows(
    task: Task, frame: pd.DataFrame, answers: pd.DataFrame, answers_against: pd.DataFrame
) -> pd.DataFrame:
    """List the rows that the two models label differently.

    Returns
    -------
    DataFrame
        The row's place and text, its labels ``true``, ``against`` and ``model``, and a
        ``verdict``: ``"broken"`` where `against` alone is right, ``"mended"`` where the
        model alone is right, else ``"still wrong"``. In this order, then as in the table.
    """
    true, before, after = (
        pd.Series([frozenset(labels) for labels in task.labels_of(labelled)])
        for labelled in (frame, answers_against, answers)
    )
    verdict = np.select([before.eq(true), after.eq(true)], [BROKEN, MENDED], STILL_WRONG)
    shown = frame[[column for column in task.schema.required if column in _CONTEXT]]
    context = shown.reindex(columns=[*_CONTEXT]).astype(_TYPES).fillna({"actor": ""})
    rows = context.assign(
        true=frame[task.column],
        against=answers_against[task.column].to_numpy(),
        model=answers[task.column].to_numpy(),
        verdict=pd.Categorical(verdict, [BROKEN, MENDED, STILL_WRONG]),
    )
    changed = rows[before.ne(after)].sort_values("verdict", kind="stable")
    return changed.astype({"verdict": str}).reset_index(drop=True)
