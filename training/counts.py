"""Counts of the project's own dataset, as its data card gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from stancekit.labels import CLAIM_TYPES, STANCES, split_types
from training.labelled import SPLITS, LabelledSentence


def count_tables(
    rows: Sequence[LabelledSentence], tables: Mapping[str, pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    """Count labels, topics and registers by split.

    Parameters
    ----------
    rows
        All sentences.
    tables
        What was made of them: claims, stances and relations.

    Yields
    ------
    DataFrame
        One count a row, named by the index; a column for every split, and their total.
    """
    claims, stances, relations = (tables[name] for name in ("claims", "stances", "relations"))
    types = claims["claim_types"].map(split_types)
    counted = {
        "articles": claims.drop_duplicates("doc_id"),
        "sentences": claims,
        **{label: claims[types.map(lambda found, t=label: t in found)] for label in CLAIM_TYPES},
        "no type": claims[types.map(len).eq(0)],
        "mentions": stances,
        **{label: stances[stances["stance"].eq(label)] for label in STANCES},
        "relations": relations,
        **{f"{label} relation": relations[relations["stance"].eq(label)] for label in STANCES},
    }
    yield _by_split({name: frame["split"] for name, frame in counted.items()}, "label")
    headers = {row.article.doc_id: row.article.header for row in rows}
    articles = pd.DataFrame(list(headers.values()))
    for key in ("topic", "register"):
        yield _by_split({str(v): part["split"] for v, part in articles.groupby(key)}, key)


def _by_split(splits: Mapping[str, pd.Series[str]], name: str) -> pd.DataFrame:
    counts = {label: found.value_counts().reindex(SPLITS) for label, found in splits.items()}
    table = pd.DataFrame(counts).T.fillna(0).astype(int)
    return table.assign(all=table.sum(axis=1)).rename_axis(name)
