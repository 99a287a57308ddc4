"""PerSenT: the author's stance toward the main person, per document and per paragraph."""

from __future__ import annotations

import re
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
NO_TITLE = "NA"
"""What stands for a title that is missing."""

_PRONOUNS = "he she him his her hers himself herself it its they them their who we our i my"
_GARBLED = re.compile("[\x80-\xff]{2,}")
_IN_NUMBER = re.compile(r"(?<=\d) (?=\d{3}\b)")
_BEFORE_QUOTE = re.compile(r"(?<=[\w.'’)]) (?=\"(?:\s|$))")
_LOST_COMMA = re.compile(r"(?<=[\w)\"'’.]) {2,3}(?=[\w(\"'‘“$])")
_SPACES = re.compile(" {2,}")


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
        line of ``text``, ``""`` where upstream has no label. The text is upstream's: see
        `restored`.

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


def restored(text: str, target: str) -> str:
    r"""Mend what upstream lost of an article: a space stands for every comma.

    In some documents spaces also mark the target and the pronouns that mean it, and some
    characters are garbled.

    Parameters
    ----------
    text
        As `read_persent` gives it.
    target
        The person.

    Returns
    -------
    str
        With the same lines.

    Examples
    --------
    >>> restored("Silva  now 51  owes $1 500. She will pay.", "Ana Silva")
    'Silva, now 51, owes $1,500. She will pay.'
    >>> restored("Then  Silva  left. Ana Silva  won.", "Ana Silva")
    'Then Silva left. Ana Silva won.'
    """
    text = _GARBLED.sub(_decoded, text)
    names = "|".join(map(re.escape, target.split()))
    pronouns = "|".join(_PRONOUNS.split())
    meant = rf"(?:(?:[A-Z]\S* )*(?:{names})(?: [A-Z]\S*)*|(?i:{pronouns}))"
    after = re.findall(rf"\b{meant}( +)", text)
    if sum(len(spaces) > 1 for spaces in after) > len(after) / 2:
        text = re.sub(rf"  (?={meant}  )", " ", text)
        text = re.sub(rf"(\b{meant})  (?=\S)", r"\1 ", text)
    for lost in (_IN_NUMBER, _BEFORE_QUOTE):
        text = lost.sub(",", text)
    return _SPACES.sub(" ", _LOST_COMMA.sub(", ", text))


def _decoded(garbled: re.Match[str]) -> str:
    """Read bytes as UTF-8 that were taken for Latin-1."""
    try:
        return garbled.group().encode("latin-1").decode("utf-8")
    except UnicodeError:
        return garbled.group()
