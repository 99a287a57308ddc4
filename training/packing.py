"""What lone sentences are read with, and rows that are read both alone and in their context."""

from __future__ import annotations

import pandas as pd

from stancekit.features.articles import READ_WITH

SIZE = 5
"""Sentences that are read together."""

_KEY = ["doc_id", "sentence_id", "text"]
_WEIGHTS = ("weight", "calibration_weight")


def packed(table: pd.DataFrame, *, size: int = SIZE, seed: int = 0) -> pd.DataFrame:
    """Pack the different sentences of a table, shuffled, into stand-ins for articles.

    A head that learns from sentences alone has never seen what an encoder makes of a
    sentence among others.

    Parameters
    ----------
    table
        Columns ``doc_id``, ``sentence_id`` and ``text``, of sentences without an article.
    size
        Sentences that are read together.
    seed
        Of the shuffle.

    Returns
    -------
    DataFrame
        A context, see `stancekit.features.articles.sites`: a row for each sentence, with
        ``read_with``.

    Examples
    --------
    >>> rows = [(n, "S1", f"Rain fell on day {n}.") for n in range(4)]
    >>> table = pd.DataFrame(rows, columns=["doc_id", "sentence_id", "text"])
    >>> packed(table, size=2)["read_with"].tolist()
    ['pack 0', 'pack 0', 'pack 1', 'pack 1']
    """
    sentences = table[_KEY].drop_duplicates().sample(frac=1, random_state=seed)
    names = [f"pack {row // size}" for row in range(len(sentences))]
    return sentences.assign(**{READ_WITH: names}).reset_index(drop=True)


def both_ways(table: pd.DataFrame, alone: pd.Series[float]) -> pd.DataFrame:
    """Give every row twice: once to be read in its context, once alone.

    A head that learns from both is good at articles and at lone rows of a table.

    Parameters
    ----------
    table
        Of targets or pairs, perhaps with ``weight`` and ``calibration_weight``.
    alone
        Share of each row's weights that it has alone, 0 to 1. The rest it has in its context;
        a reading with a share of 0 is left out.

    Returns
    -------
    DataFrame
        All of them together weigh what the rows did. The lone ones have another
        ``sentence_id``, so that no context has them.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a", "b"], "sentence_id": ["S1", "S2"]})
    >>> both_ways(table, pd.Series([0.25, 1.0]))
      doc_id sentence_id  weight
    0      a          S1    0.75
    1      a    S1 alone    0.25
    2      b    S2 alone    1.00
    """
    whole = table.assign(weight=table.get("weight", 1.0))
    lone = whole.assign(sentence_id=whole["sentence_id"] + " alone")
    return pd.concat([_weighed(whole, 1 - alone), _weighed(lone, alone)], ignore_index=True)


def _weighed(table: pd.DataFrame, share: pd.Series[float]) -> pd.DataFrame:
    weights = {name: table[name] * share for name in _WEIGHTS if name in table}
    return table.assign(**weights)[share > 0]
