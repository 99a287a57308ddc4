"""Train from CSV files or frames, starting from a bundled model or from nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from stancekit.errors import InputError
from stancekit.fit import SEARCH, fit_model
from stancekit.model import Model
from stancekit.progress import steps
from stancekit.store import DEFAULT, load
from stancekit.tables import CLAIMS, RELATIONS, STANCES_TABLE, Schema, Source, read_table

_CONSEQUENCE = "Nothing was trained. Mend the table; stancekit doctor FILE --fix mends some rows."


def train(
    claims: Source | None = None,
    stances: Source | None = None,
    relations: Source | None = None,
    *,
    base: str | Model | None = DEFAULT,
    split: str | None = None,
    search: Mapping[str, Sequence[Any]] | None = SEARCH,
    name: str = "custom",
    n_jobs: int | None = None,
    progress: bool = False,
) -> Model:
    """Train a model on labelled tables.

    Parameters
    ----------
    claims
        CSV file or frame with ``doc_id, sentence_id, text, claim_types``.
    stances
        CSV file or frame with ``doc_id, sentence_id, text, start, end, actor, stance``. Rows
        whose sentences are in `claims` are learned in the articles that its rows make up and,
        with an encoder, alone too; all others each by its text alone.
    relations
        CSV file or frame with ``text, holder_start, holder_end, target_start, target_end,
        stance``; with ``doc_id, sentence_id`` too, read as stances are.
    base
        A model, a bundled name or a path: the new heads start from its scores, and it
        keeps the head for which no table is given, and its judge of whole articles, who is
        used to its stances, not to new ones. None starts from nothing. A base looks too good
        on rows that it was trained on itself: give it rows that are new to it (``datasets/``
        is not new to the bundled models).
    split
        Take only the rows with this value in the column ``split``.
    search
        Settings to choose from by cross-validation over documents; None takes the defaults.
    name
        Name of the new model.
    n_jobs
        Processes; -1 takes every core.
    progress
        Show what is being done.

    Returns
    -------
    Model
        Calibrated on held-out documents; label names are those of the tables.

    Raises
    ------
    InputError
        If there is no table, or a table can't be read.
    TableError
        If rows are bad; it lists them all, and nothing is trained.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [(f"d{n}", "S1", text, kind) for n in range(9) for text, kind in (
    ...     ("The budget will double.", "prediction"), ("The budget was signed in 1998.", ""))]
    >>> table = pd.DataFrame(rows, columns=["doc_id", "sentence_id", "text", "claim_types"])
    >>> train(claims=table, base=None).claim_labels
    ('prediction',)
    """
    if claims is None and stances is None and relations is None:
        raise InputError("expected claims, stances or relations to train on; found none")
    started = load(base) if isinstance(base, str) else base
    with steps(show=progress) as say:
        return fit_model(
            claims=_table(claims, CLAIMS, split),
            stances=_table(stances, STANCES_TABLE, split),
            relations=_table(relations, RELATIONS, split),
            base=started,
            search=search,
            name=name,
            n_jobs=n_jobs,
            say=say,
        )


def read_labelled(source: Source, schema: Schema) -> pd.DataFrame:
    """Read a table to train on; the error for a bad one says that nothing was trained."""
    return read_table(source, schema, consequence=_CONSEQUENCE)


def of_split(table: pd.DataFrame, split: str) -> pd.DataFrame:
    """Take the rows with a value in the column ``split``.

    Raises
    ------
    InputError
        If there is no such column or no such row.
    """
    if "split" not in table:
        raise InputError(f"expected a column 'split' to take {split!r} from; found none")
    kept = table[table["split"] == split].reset_index(drop=True)
    if kept.empty:
        found = ", ".join(sorted(map(str, table["split"].unique())))
        raise InputError(f"expected rows with split {split!r}; found {found}")
    return kept


def _table(source: Source | None, schema: Schema, split: str | None) -> pd.DataFrame | None:
    if source is None:
        return None
    table = read_labelled(source, schema)
    return table if split is None else of_split(table, split)
