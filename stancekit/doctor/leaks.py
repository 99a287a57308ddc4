"""What two splits share: documents, and sentences that are nearly the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

from stancekit.doctor.findings import Finding
from stancekit.doctor.sheet import Sheet, numbered
from stancekit.tables import SENTENCES, Source, read_table

_MIN_WORDS = 6
_SHINGLE = 5  # characters
_N_SHINGLES = 2**20
_NEAR = 0.8  # Jaccard similarity of the shingles
_N_BANDS, _BAND = 16, 4  # finds 99.9 % of the pairs at 0.8
_PRIME = 2**31 - 1


def placed_rows(sheet: Sheet, others: Sequence[Source]) -> pd.DataFrame:
    """Gather the rows of a table and of others, each with its split.

    Parameters
    ----------
    sheet
        The table examined.
    others
        Further tables; rows of one that has no ``split`` column are a split of their own.

    Returns
    -------
    DataFrame
        Columns ``text``, ``doc_id``, ``split``, ``row`` and ``table`` (empty for the table
        examined), without the rows whose split is empty.
    """
    tables = [_placed(sheet.frame, "", split=sheet.name)]
    for number, source in enumerate(others, start=1):
        frame = read_table(source, SENTENCES)
        name = f"other table {number}" if isinstance(source, pd.DataFrame) else str(source)
        tables.append(_placed(numbered(frame, source), name, split=name))
    rows = pd.concat(tables, ignore_index=True)
    return rows[rows["split"] != ""].reset_index(drop=True)


def documents_apart(rows: pd.DataFrame) -> Iterator[Finding]:
    """Find documents of which two splits have sentences.

    Parameters
    ----------
    rows
        As `placed_rows` gathers them.
    """
    named = rows[rows["doc_id"] != ""]
    apart = named.groupby("doc_id")["split"].transform("nunique") > 1
    for document, group in named[apart].groupby("doc_id", sort=False):
        own = group[group["table"] == ""]
        if len(own):
            message = f"{document!r} is in {_listed(group['split'])}; expected one split"
            yield Finding("error", "document split apart", tuple(own["row"]), message)


def near_duplicates(rows: pd.DataFrame, *, seed: int = 0) -> Iterator[Finding]:
    """Find sentences that another split has too, or nearly so.

    Short ones are left out: "He declined to comment." recurs in honest news. So are those of
    documents that are in both splits, which are found as such.

    Parameters
    ----------
    rows
        As `placed_rows` gathers them.
    seed
        Of the hash functions.
    """
    rows = rows.drop_duplicates(["text", "doc_id", "split", "table"])
    rows = rows[rows["text"].str.count(r"\S+") >= _MIN_WORDS]
    if rows["split"].nunique() < 2:
        return
    placed = [_Place(*cells) for cells in rows[list(_Place._fields)].itertuples(index=False)]
    for first, second, similarity in _pairs(rows["text"], rows["split"], seed):
        a, b = placed[first], placed[second]
        own = tuple(place.row for place in (a, b) if not place.table)
        if own and (not a.doc_id or a.doc_id != b.doc_id):
            message = f"{similarity:.0%} the same: {a} and {b}"
            yield Finding("warning", "near-duplicate across splits", own, message)


def minhash(shingles: sparse.csr_matrix, *, seed: int = 0) -> npt.NDArray[np.int64]:
    """Sketch sets so that the share of equal numbers estimates their Jaccard similarity.

    Parameters
    ----------
    shingles
        Shape (n_sets, n_shingles); no row may be empty.
    seed
        Of the hash functions.

    Returns
    -------
    ndarray
        Shape (n_sets, 64).

    References
    ----------
    Broder (1997), "On the resemblance and containment of documents".
    """
    random = np.random.default_rng(seed)
    factors = random.integers(1, _PRIME, (_N_BANDS * _BAND, 2))
    members = shingles.indices.astype(np.int64)
    hashed = [
        np.minimum.reduceat((members * a + b) % _PRIME, shingles.indptr[:-1]) for a, b in factors
    ]
    return np.stack(hashed, axis=1)


class _Place(NamedTuple):
    row: int
    table: str
    doc_id: str
    split: str

    def __str__(self) -> str:
        where = f" of {self.table}" if self.table else ""
        return f"row {self.row}{where} ({self.split})"


def _placed(frame: pd.DataFrame, table: str, *, split: str) -> pd.DataFrame:
    columns = {"text": frame.get("text", ""), "row": frame.index}
    placed = pd.DataFrame(columns, index=frame.index).assign(table=table, doc_id="", split=split)
    for column in ("doc_id", "split"):
        if column in frame:
            placed[column] = frame[column].fillna("").astype(str).str.strip()
    return placed


def _pairs(
    texts: pd.Series[str], splits: pd.Series[str], seed: int
) -> Iterator[tuple[int, int, float]]:
    """Yield the positions of two texts of different splits, and how similar they are."""
    shingles = HashingVectorizer(
        analyzer="char", ngram_range=(_SHINGLE, _SHINGLE), n_features=_N_SHINGLES, binary=True
    ).transform(texts)
    pairs = _candidates(minhash(shingles, seed=seed), splits)
    first, second = shingles[pairs[:, 0]], shingles[pairs[:, 1]]
    shared = first.astype(bool).multiply(second.astype(bool)).sum(axis=1).A1
    union = np.diff(first.indptr) + np.diff(second.indptr) - shared
    for (a, b), similarity in zip(pairs.tolist(), shared / union, strict=True):
        if similarity >= _NEAR:
            yield a, b, float(similarity)


def _candidates(sketches: npt.NDArray[np.int64], splits: pd.Series[str]) -> npt.NDArray[np.intp]:
    """Pair each row with the first of another split that shares a band of its sketch."""
    found: set[tuple[int, int]] = set()
    split = pd.factorize(splits)[0]
    for band in np.split(sketches, _N_BANDS, axis=1):
        bucket = np.unique(band, axis=0, return_inverse=True)[1]
        rows = pd.DataFrame({"bucket": bucket, "split": split, "row": range(len(split))})
        firsts = rows.drop_duplicates(["bucket", "split"])
        joined = rows.merge(firsts, on="bucket", suffixes=("", "_other"))
        joined = joined[joined["split"] != joined["split_other"]]
        both = np.sort(joined[["row", "row_other"]].to_numpy(), axis=1)
        found.update((a, b) for a, b in both.tolist())
    return np.array(sorted(found), dtype=np.intp).reshape(-1, 2)


def _listed(splits: pd.Series[str]) -> str:
    return " and ".join(dict.fromkeys(splits))
