"""Wikinews: whole articles with their dates, no labels."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from training.corpora.files import read_cells

FILES = ("wikinews/data/wikinews_2019.csv", "wikinews/data/wikinews_2020.csv")


def read_wikinews(root: Path) -> pd.DataFrame:
    """Read the articles of 2019 and 2020.

    Parameters
    ----------
    root
        The folder that holds all corpora.

    Returns
    -------
    pandas.DataFrame
        Columns ``doc_id`` (the url), ``date`` (``YYYY-MM-DD``), ``title``, ``text`` and
        ``source``, one row per article.

    Raises
    ------
    InputError
        When a file is missing.
    """
    articles = pd.concat([read_cells(root / file) for file in FILES], ignore_index=True)
    return articles.rename(columns={"url": "doc_id"}).assign(source="wikinews")
