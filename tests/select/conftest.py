from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stancekit.fit import fit_model
from stancekit.model import Model

STANCE_WORDS = {
    "supportive": ["praised", "thanked", "applauded"],
    "neutral": ["visited", "met", "called"],
    "critical": ["condemned", "blamed", "accused"],
}
CLAIM_WORDS = {
    "prediction": ["will rise next year", "could fall soon", "may well recover"],
    "official_statement": ["rose, the minister said", "fell, the ministry announced"],
    "": ["rose on Monday", "fell again"],
}
COUNTRIES = ["Peru", "Chile", "Kenya", "Togo", "Ghana", "Oman"]
GOODS = ["Prices", "Wages", "Exports", "Harvests", "Rents"]
N_ROWS = 240


@pytest.fixture(scope="session")
def claims() -> pd.DataFrame:
    """Sentences whose claim types show in their words, a few with the wrong one."""
    random = np.random.default_rng(0)
    rows = []
    for row in range(N_ROWS):
        label = str(random.choice(list(CLAIM_WORDS)))
        text = f"{random.choice(GOODS)} {random.choice(CLAIM_WORDS[label])}."
        given = str(random.choice(list(CLAIM_WORDS))) if random.random() < 0.1 else label
        rows.append((f"d{row // 8}", f"S{row % 8}", text, given))
    return pd.DataFrame(rows, columns=["doc_id", "sentence_id", "text", "claim_types"])


@pytest.fixture(scope="session")
def stances() -> pd.DataFrame:
    """Targets whose stances show in the verb."""
    random = np.random.default_rng(1)
    rows = []
    for row in range(N_ROWS):
        label = str(random.choice(list(STANCE_WORDS)))
        one, other = random.choice(COUNTRIES, 2, replace=False)
        text = f"{one} {random.choice(STANCE_WORDS[label])} {other} on day {row}."
        start = text.index(other)
        end = start + len(other)
        rows.append((f"d{row // 8}", f"S{row % 8}", text, start, end, other, label))
    columns = ["doc_id", "sentence_id", "text", "start", "end", "actor", "stance"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture(scope="session")
def model(claims: pd.DataFrame, stances: pd.DataFrame) -> Model:
    """A model of three heads, fitted to the tables above."""
    relations = stances.rename(columns={"start": "target_start", "end": "target_end"})
    relations["holder_start"] = 0
    relations["holder_end"] = relations["text"].str.index(" ")
    return fit_model(claims=claims, stances=stances, relations=relations)
