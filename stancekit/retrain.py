"""Train, find out on held-out documents what changed, and train on everything."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandas as pd

from stancekit.errors import InputError
from stancekit.evaluation import Evaluation, evaluate
from stancekit.fit import SEARCH, fit_model
from stancekit.model import Model
from stancekit.progress import steps
from stancekit.store import DEFAULT, load
from stancekit.tables import CLAIMS, RELATIONS, STANCES_TABLE, Source
from stancekit.training import of_split, read_labelled

HELD_OUT = 0.2
"""Share of the documents that a model is scored on before it is trained on all of them."""

_FEWEST_DOCUMENTS = 10

_Tables: TypeAlias = dict[str, pd.DataFrame]
"""Labelled tables by the head that learns from them."""


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
    relations: Source | None = None,
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
    claims, stances, relations, base, search, name, n_jobs, progress
        As in `stancekit.train`; relations without a ``doc_id`` are held out by sentence.
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
    given = (
        ("claims", claims, CLAIMS),
        ("stances", stances, STANCES_TABLE),
        ("relations", relations, RELATIONS),
    )
    tables = {
        head: read_labelled(source, schema) for head, source, schema in given if source is not None
    }
    if not tables:
        raise InputError("expected claims, stances or relations to train on; found none")
    started = load(base) if isinstance(base, str) else base
    seen, unseen = _divided(tables, split, seed)

    def fit(rows: _Tables) -> Model:
        # Not `train`, which would check the tables again.
        with steps(show=progress) as say:
            return fit_model(
                claims=rows.get("claims"),
                stances=rows.get("stances"),
                relations=rows.get("relations"),
                base=started,
                search=search,
                name=name,
                n_jobs=n_jobs,
                say=say,
            )

    model = fit(seen)
    if not unseen:
        return Retrained(model, None)
    other = load(against) if isinstance(against, str) else against or started
    is_comparable = other is not None and _same_labels(other, model, unseen)
    evaluation = evaluate(
        model,
        claims=unseen.get("claims"),
        stances=unseen.get("stances"),
        relations=unseen.get("relations"),
        against=other if is_comparable else None,
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


def _divided(tables: _Tables, split: str | None, seed: int) -> tuple[_Tables, _Tables]:
    """Return the rows to train on and those to score on."""
    ids = {head: _documents(table) for head, table in tables.items()}
    everyone = list(dict.fromkeys(one for found in ids.values() for one in found))
    held_out = _held_out(everyone, seed)
    seen: _Tables = {}
    unseen: _Tables = {}
    for head, table in tables.items():
        if split is None:
            is_seen = ~ids[head].isin(held_out)
            kept = table[is_seen]
        else:
            kept = of_split(table, split)
            is_seen = table["split"] == split
        others = table[~is_seen]
        if kept.empty or others.empty:
            seen[head] = table if split is None else kept
            continue
        seen[head] = kept.reset_index(drop=True)
        # Without the column `split`, the evaluation need not warn of mixed splits.
        unseen[head] = others.drop(columns="split", errors="ignore").reset_index(drop=True)
    return seen, unseen


def _documents(table: pd.DataFrame) -> pd.Series[str]:
    return table["doc_id"] if "doc_id" in table else table["text"]


def _held_out(documents: Sequence[str], seed: int) -> frozenset[str]:
    """Draw a fifth of the documents, none where there are too few."""
    if len(documents) < _FEWEST_DOCUMENTS:
        return frozenset()
    drawn = sorted(documents, key=lambda document: _draw(document, seed))
    return frozenset(drawn[: round(len(documents) * HELD_OUT)])


def _draw(document: str, seed: int) -> float:
    """Return a number from 0 to 1 that depends on a document's id and the seed alone."""
    # Any string is read, also one with half a surrogate pair.
    key = f"{seed}:{document}".encode("utf-8", "surrogatepass")
    return int(hashlib.sha256(key).hexdigest()[:8], 16) / 2**32


def _same_labels(one: Model, other: Model, tables: _Tables) -> bool:
    names = [f"{head.removesuffix('s')}_labels" for head in tables]
    return all(set(getattr(one, name)) == set(getattr(other, name)) for name in names)


def _scores(evaluation: Evaluation) -> list[dict[str, Any]]:
    rows = evaluation.to_frame()[["task", "label", "metric", "value", "low", "high", "n"]]
    return [
        {str(key): None if pd.isna(value) else value for key, value in row.items()}
        for row in rows.to_dict("records")
    ]
