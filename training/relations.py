"""Who stands how toward whom: the relation head's data and its score."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import ModelError
from stancekit.evaluation.bootstrap import Sampling
from stancekit.evaluation.outcome import Outcome, document_numbers
from stancekit.evaluation.scoring import score, score_rows
from stancekit.labels import STANCES
from stancekit.model import Model
from stancekit.tables import RELATIONS, read_table
from training.corpora.directed import STANCES_OF, read_directed
from training.lexical import DATASETS

FIVE: Final = {
    "0": "neutral",
    "1": "supportive, first to second",
    "2": "supportive, second to first",
    "3": "critical, first to second",
    "4": "critical, second to first",
}
"""Label of a pair in the directed corpus -> its name in tables."""

_COLUMNS = ("doc_id", "sentence_id", "text", *RELATIONS.integers, "stance", "split", "source")
_TINY = 1e-12

Floats = npt.NDArray[np.float64]


def relations_table(root: Path | None, *, datasets: Path = DATASETS) -> pd.DataFrame:
    """Gather the pairs with stances: the directed corpus and our own articles.

    Parameters
    ----------
    root
        The corpora folder; None leaves its pairs out.
    datasets
        Folder of ``relations.csv``.

    Returns
    -------
    DataFrame
        A relations table with ``doc_id``, ``split`` and ``source``. The corpus gives each
        pair of names twice, once for either direction.
    """
    own = read_table(datasets / "relations.csv", RELATIONS)
    parts = [own] if root is None else [read_directed(root), own]
    return pd.concat([part[list(_COLUMNS)] for part in parts], ignore_index=True)


def score_relations(
    model: Model,
    root: Path,
    *,
    priors: Mapping[str, float] | None = None,
    n_bootstrap: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Score both directions of the pairs in the directed corpus's valid part together.

    Rows whose sentence is in the training part too are left out. Of the five labels that a
    pair may have, the most probable is chosen: the product of what the model gives the one
    direction and the other.

    Parameters
    ----------
    model
        With a relation head that knows supportive, neutral and critical.
    root
        The corpora folder.
    priors
        As in `Model.label_relations`: rarer neutrals find more of the rare labels.
    n_bootstrap, seed
        Samples of sentences for the intervals.

    Returns
    -------
    DataFrame
        Columns ``label, metric, value, low, high, n``; the label is empty for the whole.

    Raises
    ------
    ModelError
        If the model doesn't tell the three stances.
    """
    if not set(STANCES) <= set(model.relation_labels):
        found = ", ".join(model.relation_labels) or "no relation head"
        raise ModelError(f"expected a model that tells {', '.join(STANCES)}; found {found}")
    frame = read_directed(root).query("split == 'dev' and not leaked").reset_index(drop=True)
    answers = model.label_relations(frame[["text", *RELATIONS.integers]], priors=priors)
    outcome = five_way(frame, answers)
    return score_rows(outcome, score(outcome, Sampling(n_bootstrap, seed)))


def five_way(frame: pd.DataFrame, answers: pd.DataFrame) -> Outcome:
    """Set what a model says of both directions of each pair beside the pair's label.

    Parameters
    ----------
    frame
        As `training.corpora.directed.read_directed` gives it: two rows a pair.
    answers
        The same rows with a probability column for each stance.

    Returns
    -------
    Outcome
        One row per pair.
    """
    first, second = answers.iloc[::2], answers.iloc[1::2]
    joint = np.column_stack(
        [
            first[forward].to_numpy(float) * second[backward].to_numpy(float) + _TINY
            for forward, backward in STANCES_OF.values()
        ]
    )
    pairs = frame.iloc[::2]
    true = np.column_stack([pairs["label"] == label for label in STANCES_OF])
    names = tuple(FIVE[label] for label in STANCES_OF)
    return Outcome(
        names,
        true=true.astype(bool),
        predicted=np.eye(len(names), dtype=bool)[joint.argmax(axis=1)],
        probabilities=joint / joint.sum(axis=1, keepdims=True),
        documents=document_numbers(pairs["doc_id"]),
        exclusive=True,
    )
