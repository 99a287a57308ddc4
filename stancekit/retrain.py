"""Train, find out on held-out documents what changed, and train on everything."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from stancekit.errors import InputError
from stancekit.evaluation import Evaluation, evaluate
from stancekit.fit import SEARCH, fit_model
from stancekit.model import Model
from stancekit.progress import steps
from stancekit.store import DEFAULT, load
from stancekit.tables import CLAIMS, STANCES_TABLE, Schema, Source
from stancekit.training import of_split, read_labelled

HELD_OUT = 0.2
"""Share of the documents that a model is scored on before it is trained on all of them."""

_FEWEST_DOCUMENTS = 10


@dataclass(frozen=True)
class Retrained:
    """A trained model and how well its like did on documents it had not seen.

    Attributes
    ----------
    model
        Trained on every row, with the scores in its ``about``.
    evaluation
        Scores of a model trained the same way on the other documents alone, against the
        base model where that knows the same labels; None for too few documents.
    """

    model: Model
    evaluation: Evaluation | None


def retrain(
    claims: Source | None = None,
    stances: Source | None = None,
    *,
    base: str | Model | None = DEFAULT,
    against: str | Model | None = None,
    split: str | None = None,
    search: Mapping[str, Sequence[Any]] | None = SEARCH,
    name: str = "custom",
    n_jobs: int | None = None,
    seed: int = 0,
    progress: bool = False,
) -> Retrained:
    """Train a model and say what changed.

    Parameters
    ----------
    claims, stances, base, search, name, n_jobs, progress
        As in `stancekit.train`.
    against
        The model to compare with; None takes the base. It must tell the same labels.
    split
        Train on the rows with this value in the column ``split`` and score on all
        others. None holds a fifth of the documents out for scoring and then trains on
        everything.
    seed
        Decides which documents are held out.

    Returns
    -------
    Retrained

    Raises
    ------
    InputError, TableError
        As `stancekit.train`.
    """
    if claims is None and stances is None:
        raise InputError("expected claims, stances or both to train on; found neither")
    started = load(base) if isinstance(base, str) else base
    tables = _Tables(_read(claims, CLAIMS), _read(stances, STANCES_TABLE))
    seen, unseen = tables.divide(split, seed)

    def fit(rows: _Tables) -> Model:
        # Not `train`, which would check the tables again.
        with steps(show=progress) as say:
            return fit_model(
                claims=rows.claims,
                stances=rows.stances,
                base=started,
                search=search,
                name=name,
                n_jobs=n_jobs,
                say=say,
            )

    model = fit(seen)
    if unseen.claims is None and unseen.stances is None:
        return Retrained(model, None)
    other = load(against) if isinstance(against, str) else against or started
    evaluation = evaluate(
        model,
        claims=unseen.claims,
        stances=unseen.stances,
        against=other if other is not None and _same_labels(other, model) else None,
        progress=progress,
    )
    if split is None:
        model = fit(tables)
    model.about["scores"] = _scores(evaluation)
    model.about["description"] = (
        "Trained on tables of the user's. The scores are those of a model trained the same "
        "way without the documents that it was scored on."
    )
    return Retrained(model, evaluation)


@dataclass(frozen=True)
class _Tables:
    claims: pd.DataFrame | None
    stances: pd.DataFrame | None

    def divide(self, split: str | None, seed: int) -> tuple[_Tables, _Tables]:
        """Return the rows to train on and those to score on."""
        held_out = _held_out(self.documents(), seed)
        claims, unseen_claims = _divide(self.claims, split, held_out)
        stances, unseen_stances = _divide(self.stances, split, held_out)
        return _Tables(claims, stances), _Tables(unseen_claims, unseen_stances)

    def documents(self) -> list[str]:
        """Return the documents of both tables, each once."""
        tables = [table for table in (self.claims, self.stances) if table is not None]
        return list(dict.fromkeys(one for table in tables for one in table["doc_id"]))


def _read(source: Source | None, schema: Schema) -> pd.DataFrame | None:
    return None if source is None else read_labelled(source, schema)


def _held_out(documents: Sequence[str], seed: int) -> frozenset[str]:
    """Draw a fifth of the documents, none where there are too few."""
    if len(documents) < _FEWEST_DOCUMENTS:
        return frozenset()
    drawn = sorted(documents, key=lambda document: _draw(document, seed))
    return frozenset(drawn[: round(len(documents) * HELD_OUT)])


def _divide(
    table: pd.DataFrame | None, split: str | None, held_out: frozenset[str]
) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    if table is None:
        return None, None
    if split is not None:
        seen = of_split(table, split)
        unseen = table[table["split"] != split]
    else:
        seen = table[~table["doc_id"].isin(held_out)]
        unseen = table[table["doc_id"].isin(held_out)]
    if seen.empty or unseen.empty:
        return table if split is None else seen, None
    # Without the column `split`, the evaluation need not warn of mixed splits.
    unseen = unseen.drop(columns="split", errors="ignore").reset_index(drop=True)
    return seen.reset_index(drop=True), unseen


def _draw(document: str, seed: int) -> float:
    """Return a number from 0 to 1 that depends on a document's id and the seed alone."""
    return int(hashlib.sha256(f"{seed}:{document}".encode()).hexdigest()[:8], 16) / 2**32


def _same_labels(one: Model, other: Model) -> bool:
    return set(one.claim_labels) == set(other.claim_labels) and set(one.stance_labels) == set(
        other.stance_labels
    )


def _scores(evaluation: Evaluation) -> list[dict[str, Any]]:
    rows = evaluation.to_frame()[["task", "label", "metric", "value", "low", "high", "n"]]
    return [
        {str(key): None if pd.isna(value) else value for key, value in row.items()}
        for row in rows.to_dict("records")
    ]
