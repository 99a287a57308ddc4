"""A model saved in any format must load, and label as it did, in every later version."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from stancekit.saved.manifest import FORMAT, MANIFEST
from stancekit.saved.read import read_saved
from stancekit.store import load

GOLDEN = Path(__file__).parents[1] / "golden"
FORMATS = (1, 2)

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
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Copies with files of their own, whatever links version control made."""
    folders = {number: tmp_path_factory.mktemp("golden") for number in FORMATS}
    for number, folder in folders.items():
        for path in (GOLDEN / f"format-{number}").iterdir():
            (folder / path.name).write_bytes(path.read_bytes())
    return folders


def test_claims_of_format_1(copies: dict[int, Path]) -> None:
    labelled = load(copies[1]).label_claims(pd.DataFrame({"text": list(CLAIMS)}))
    assert labelled["claim_types"].tolist() == list(CLAIMS.values())


def test_stances_of_format_1(copies: dict[int, Path]) -> None:
    frame = pd.DataFrame({"text": list(STANCES), "actor": "Tarrin"})
    assert load(copies[1]).label_stances(frame)["stance"].tolist() == list(STANCES.values())


def test_claims_of_format_2(copies: dict[int, Path]) -> None:
    said = pd.read_json(GOLDEN / "format-2.json")
    found = load(copies[2]).label_claims(said[["text"]])
    for label in said.columns.drop("text"):
        # Processors round int8 products differently.
        assert found[label].tolist() == pytest.approx(said[label].tolist(), abs=0.02)


def test_the_encoder_reads_as_it_did() -> None:
    encoder = read_saved(GOLDEN / "format-2", max_links=None).encoder
    assert encoder is not None
    assert encoder.tokenize(["Talks may fall."])[0].offsets.tolist() == TOKENS
    assert encoder.run([encoder.start, 20, encoder.end]).shape == (3, 32)


TOKENS = [[0, 4], [4, 5], [6, 9], [10, 14], [14, 15]]


def test_every_format_is_tested() -> None:
    assert tuple(range(1, FORMAT + 1)) == FORMATS


@pytest.mark.parametrize("number", FORMATS)
def test_it_is_small_and_of_its_format(number: int) -> None:
    folder = GOLDEN / f"format-{number}"
    assert json.loads((folder / MANIFEST).read_text())["format"] == number
    assert sum(path.stat().st_size for path in folder.iterdir()) < 200_000
