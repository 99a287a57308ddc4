"""Small models, trained once per session, that several test modules share.

They learn from a quarter of ``datasets/``: enough to label sensibly, quick to train.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
from threadpoolctl import threadpool_limits

from stancekit.features.wordvectors import WordVectors
from stancekit.fit import fit_model
from stancekit.model import Model
from stancekit.tables import CLAIMS, STANCES_TABLE, read_table
from training.lexical import build

DATASETS = Path(__file__).parents[1] / "datasets"
EVERY = 4
"""One document of so many is learned from."""


@cache
def all_claims() -> pd.DataFrame:
    """Read the project's own sentences."""
    return read_table(DATASETS / "claims.csv", CLAIMS)


@cache
def all_stances() -> pd.DataFrame:
    """Read the project's own targets."""
    return read_table(DATASETS / "stances.csv", STANCES_TABLE)


def some(table: pd.DataFrame, *, every: int = EVERY, first: int = 0) -> pd.DataFrame:
    """Take one document of `every`."""
    documents = sorted(table["doc_id"].unique())[first::every]
    return table[table["doc_id"].isin(documents)].reset_index(drop=True)


# Small tables gain nothing from threads, which hinder each other on a busy machine.
threadpool_limits(1, user_api="blas")


@cache
def small_model() -> Model:
    """Train both heads from nothing."""
    claims, stances = some(all_claims()), some(all_stances())
    vectors = WordVectors.learn(claims["text"], n_dims=12)
    return fit_model(claims=claims, stances=stances, vectors=vectors, name="small")


@cache
def full_model() -> Model:
    """Build ``news-lexical`` from ``datasets/`` alone; takes many seconds."""
    return build(None)


OWN_STANCES = {"supportive": "pro", "neutral": "mixed", "critical": "anti"}


@cache
def retrained_model() -> Model:
    """Train both heads from the small model's, with labels of the user's own."""
    claims, stances = some(all_claims(), every=12, first=1), some(all_stances(), every=12, first=1)
    pledges = claims["text"].str.contains("will").map({True: "pledge", False: ""})
    own = claims["claim_types"].str.cat(pledges, sep="|").str.strip("|")
    return fit_model(
        claims=claims.assign(claim_types=own),
        stances=stances.assign(stance=stances["stance"].map(OWN_STANCES)),
        base=small_model(),
        name="retrained",
    )


def stances_of(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Build a table of stances from (doc_id, text, target, stance), spans at the first mention."""
    frame = pd.DataFrame(rows, columns=["doc_id", "text", "actor", "stance"], dtype=str)
    frame["sentence_id"] = [f"S{row}" for row in range(len(frame))]
    frame["start"] = [text.index(actor) for _, text, actor, _ in rows]
    frame["end"] = frame["start"] + frame["actor"].str.len()
    return frame


def claims_of(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Build a table of claims from (doc_id, text, claim_types)."""
    frame = pd.DataFrame(rows, columns=["doc_id", "text", "claim_types"], dtype=str)
    return frame.assign(sentence_id=[f"S{row}" for row in range(len(frame))])
