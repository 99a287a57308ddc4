"""What lone sentences are read with."""

from __future__ import annotations

import pandas as pd

from stancekit.features.articles import READ_WITH

SIZE = 5
"""Sentences that are read together."""

_KEY = ["doc_id", "sentence_id", "text"]


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
