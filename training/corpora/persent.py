"""PerSenT: the author's stance toward the main person, per document and per paragraph."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from training.corpora.files import read_cells

FILE = "PerSenT/dev.csv"
STANCE_OF = {"Positive": "supportive", "Neutral": "neutral", "Negative": "critical", "": ""}
COLUMNS = {
    "DOCUMENT_INDEX": "doc_id",
    "TITLE": "title",
    "DOCUMENT": "text",
    "TARGET_ENTITY": "target",
    "TRUE_SENTIMENT": "stance",
}
PARAGRAPH = "Paragraph"


def read_persent(root: Path) -> pd.DataFrame:
    """Read the development part, one row per document.

    Parameters
    ----------
    root
        The folder that holds all corpora.

    Returns
    -------
    pandas.DataFrame
        Columns ``doc_id, title, text, target, stance, paragraph_0 … paragraph_15, split,
        source``. ``target`` is the person's name; ``paragraph_<i>`` is the stance of the i-th
        line of ``text``, ``""`` where upstream has no label.

    Raises
    ------
    InputError
        When the file is missing.
    """
    cells = read_cells(root / FILE)
    paragraphs = {
        name: f"paragraph_{name.removeprefix(PARAGRAPH)}"
        for name in cells.columns
        if name.startswith(PARAGRAPH)
    }
    stances = ["TRUE_SENTIMENT", *paragraphs]
    cells[stances] = cells[stances].replace(STANCE_OF)
    names = COLUMNS | paragraphs
    return cells[list(names)].rename(columns=names).assign(split="dev", source="persent")
