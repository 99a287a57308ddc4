"""A model saved by the first version must load, and label as it did, in every later one."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from stancekit.saved.manifest import MANIFEST
from stancekit.store import load

FOLDER = Path(__file__).parents[1] / "golden" / "format-1"

CLAIMS = {
    "Exports may fall next year, analysts expect.": "prediction",
    "The foreign ministry said that the offer was unacceptable.": "official_statement",
    "The port was built in 1934 and has 300 members.": "background_fact",
    "Crowds gathered in the square.": "",
}
STANCES = {
    "Velmark praised Tarrin for its courage.": "supportive",
    "Velmark condemned Tarrin for the attack.": "critical",
    "Velmark exports coal to Tarrin.": "neutral",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with files of its own, whatever links version control made."""
    folder = tmp_path_factory.mktemp("golden")
    for path in FOLDER.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_claims(copy: Path) -> None:
    labelled = load(copy).label_claims(pd.DataFrame({"text": list(CLAIMS)}))
    assert labelled["claim_types"].tolist() == list(CLAIMS.values())


def test_stances(copy: Path) -> None:
    frame = pd.DataFrame({"text": list(STANCES), "actor": "Tarrin"})
    assert load(copy).label_stances(frame)["stance"].tolist() == list(STANCES.values())


def test_it_is_small_and_of_format_1() -> None:
    assert json.loads((FOLDER / MANIFEST).read_text())["format"] == 1
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 200_000
