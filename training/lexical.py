"""The recipe of the bundled model ``news-lexical``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from stancekit.features.wordvectors import WordVectors
from stancekit.fit import Say, fit_model
from stancekit.model import Model
from stancekit.tables import CLAIMS, STANCES_TABLE, read_table
from training.corpora.annotations import read_claims, read_stances
from training.corpora.directed import read_directed
from training.corpora.newsdiscourse import read_newsdiscourse
from training.corpora.newsmtsc import read_newsmtsc
from training.corpora.polnear import read_polnear
from training.corpora.wikinews import read_wikinews
from training.officialness import fit_official

NAME = "news-lexical"
DATASETS = Path(__file__).parent.parent / "datasets"

SOURCE_WEIGHTS: dict[str, float] = {"newsdiscourse": 0.3, "wikinews": 0.3}
"""Four fifths of the mentions in these are neutral: at full weight they drown the rest."""

_COLUMNS = ("doc_id", "sentence_id", "text", "split", "source")


def claims_table(root: Path | None, *, datasets: Path = DATASETS) -> pd.DataFrame:
    """Gather the sentences with claim types: our annotations and our own articles.

    Parameters
    ----------
    root
        The corpora folder; None leaves its sentences out.
    datasets
        Folder of ``claims.csv``.
    """
    own = read_table(datasets / "claims.csv", CLAIMS)
    parts = [own] if root is None else [read_claims(root)[0], own]
    return pd.concat([part[[*_COLUMNS, "claim_types"]] for part in parts], ignore_index=True)


def stances_table(root: Path | None, *, datasets: Path = DATASETS) -> pd.DataFrame:
    """Gather the targets with stances: NewsMTSC, our annotations and our own articles.

    Parameters
    ----------
    root
        The corpora folder; None leaves its sentences out.
    datasets
        Folder of ``stances.csv``.
    """
    own = read_table(datasets / "stances.csv", STANCES_TABLE)
    parts = [own] if root is None else [read_newsmtsc(root), read_stances(root)[0], own]
    columns = [*_COLUMNS, "start", "end", "actor", "stance"]
    table = pd.concat([part[columns] for part in parts], ignore_index=True)
    return table.assign(weight=table["source"].map(SOURCE_WEIGHTS).fillna(1.0))


def training_part(table: pd.DataFrame) -> pd.DataFrame:
    """Take the rows to train on: none whose sentence occurs in a held-out part too."""
    held_out = set(table.loc[table["split"] != "train", "text"])
    kept = (table["split"] == "train") & ~table["text"].isin(held_out)
    return table[kept].reset_index(drop=True)


def unlabelled_texts(root: Path) -> Iterable[str]:
    """Yield the news text that word vectors are learned from: training parts alone."""
    # Our labels have a split of their own, which parts the published training articles too.
    held_out = set(claims_table(root).query("split != 'train'")["doc_id"])
    discourse = read_newsdiscourse(root).query("split == 'train'")
    for table in (discourse, read_wikinews(root)):
        yield from table.loc[~table["doc_id"].isin(held_out), "text"]
    yield from read_polnear(root, "train").articles["text"]
    for table in (read_directed(root), read_newsmtsc(root)):
        yield from table.loc[table["split"] == "train", "text"].drop_duplicates()


def build(root: Path | None, *, n_jobs: int = 2, say: Say = lambda _: None) -> Model:
    """Fit the model.

    Parameters
    ----------
    root
        The corpora folder; None trains on `datasets` alone.
    n_jobs
        Processes.
    say
        Told what is being done.
    """
    vectors = None
    if root is not None:
        say("word vectors from unlabelled news")
        vectors = WordVectors.learn(unlabelled_texts(root))
    model = fit_model(
        claims=training_part(claims_table(root)),
        stances=training_part(stances_table(root)),
        vectors=vectors,
        name=NAME,
        n_jobs=n_jobs,
        say=say,
    )
    say("who is official")
    model.official = fit_official(root, parser=model.parser)
    return model
