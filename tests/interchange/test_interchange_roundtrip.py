from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import did_you_mean
from stancekit.interchange import FORMATS, Tables, read, write
from stancekit.labels import CLAIM_TYPES, STANCES, join_types
from stancekit.tables import CLAIMS, STANCES_TABLE, read_csv, read_table

DATASETS = Path(__file__).resolve().parents[2] / "datasets"
SENTENCE = ["doc_id", "sentence_id", "text"]

awkward = st.sampled_from(
    ["\N{PARTY POPPER}", "\U0001d538", "\u2028", "\r\n", "\t", '"', "'", "\\ud83d", "|", "é", "NA"]
)
cells = st.lists(st.one_of(awkward, st.text(max_size=3)), max_size=4).map("".join)
texts = cells.filter(str.strip)


def own_names(known: tuple[str, ...]) -> st.SearchStrategy[str]:
    new = texts.filter(lambda name: not did_you_mean(name, known, cutoff=0.8))
    return st.one_of(st.sampled_from(known), new)


claim_names = own_names(CLAIM_TYPES).filter(lambda name: "|" not in name and name == name.strip())
sentences = st.fixed_dictionaries(
    {"doc_id": texts, "sentence_id": cells, "text": texts},
    optional={"split": cells, "source": cells},
)


@st.composite
def claims_rows(draw: st.DrawFn, sentence: dict[str, str]) -> dict[str, Any]:
    types = draw(st.lists(claim_names, max_size=3))
    further = draw(st.fixed_dictionaries({}, optional={"speaker": cells, "start": cells}))
    return {**sentence, "claim_types": join_types(tuple(types)), **further}


@st.composite
def stances_rows(draw: st.DrawFn, sentence: dict[str, str]) -> dict[str, Any]:
    text = sentence["text"]
    inside = draw(st.sampled_from([at for at, char in enumerate(text) if char.strip()]))
    start, end = draw(st.integers(0, inside)), draw(st.integers(inside + 1, len(text)))
    labels = {"actor": draw(cells), "stance": draw(own_names(STANCES))}
    further = draw(st.fixed_dictionaries({}, optional={"holder": cells, "source": cells}))
    return {**sentence, "start": start, "end": end, **labels, **further}


def table(rows: list[dict[str, Any]]) -> pd.DataFrame | None:
    return pd.DataFrame(rows).fillna("") if rows else None


@st.composite
def tables(draw: st.DrawFn) -> Tables:
    known = draw(st.lists(sentences, min_size=1, max_size=4))
    drawn = st.lists(st.sampled_from(known), max_size=5)
    claims = [draw(claims_rows(sentence)) for sentence in draw(drawn)]
    stances = [draw(stances_rows(sentence)) for sentence in draw(drawn)]
    return Tables(table(claims or [draw(claims_rows(known[0]))]), table(stances))


def by_sentence(stances: pd.DataFrame, claims: pd.DataFrame | None) -> pd.DataFrame:
    """Bring rows of one sentence together, in the order that sentences first appear."""
    frames = [stances] if claims is None else [claims, stances]
    keys = [tuple(key) for frame in frames for key in frame[SENTENCE].to_numpy().tolist()]
    rank = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    order = [rank[tuple(key)] for key in stances[SENTENCE].to_numpy().tolist()]
    return stances.iloc[sorted(range(len(order)), key=order.__getitem__)].reset_index(drop=True)


def there_and_back(name: str, **frames: pd.DataFrame | None) -> Tables:
    with TemporaryDirectory() as folder:
        path = Path(folder, "annotations")
        write(path, name, **frames)
        assert [file.name for file in Path(folder).iterdir()] == ["annotations"]
        return read(path)


def assert_same(found: pd.DataFrame | None, expected: pd.DataFrame | None) -> None:
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert set(found) == set(expected)
        assert found.to_dict("list") == expected[list(found)].to_dict("list")


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(both=tables())
def test_tables_come_back_with_the_same_cells(name: str, both: Tables) -> None:
    found = there_and_back(name, claims=both.claims, stances=both.stances)
    assert_same(found.claims, both.claims)
    stances = None if both.stances is None else by_sentence(both.stances, both.claims)
    assert_same(found.stances, stances)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=20, deadline=None)
@given(both=tables().filter(lambda drawn: drawn.stances is not None))
def test_stances_come_back_alone(name: str, both: Tables) -> None:
    assert both.stances is not None
    found = there_and_back(name, stances=both.stances)
    assert found.claims is None
    assert_same(found.stances, by_sentence(both.stances, None))


@pytest.mark.parametrize("name", FORMATS)
def test_the_projects_own_tables_come_back_row_for_row(name: str) -> None:
    claims = read_csv(DATASETS / "claims.csv")
    stances = read_table(DATASETS / "stances.csv", STANCES_TABLE)
    found = there_and_back(name, claims=claims, stances=stances)
    assert_same(found.claims, claims)
    assert_same(found.stances, stances)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_read_passes_the_schema_and_keeps_its_types(name: str) -> None:
    claims = pd.DataFrame(
        {"doc_id": [7], "sentence_id": [1], "text": ["Rates rose."], "claim_types": [""]}
    ).assign(split="dev", weight=[0.5], reviewed=pd.array([None], dtype="Int64"))
    stances = claims[[*SENTENCE, "split"]].assign(start=0, end=5, actor="Rates", stance="neutral")
    found = there_and_back(name, claims=claims, stances=stances)
    assert found.claims is not None
    assert found.stances is not None
    assert read_table(found.claims, CLAIMS).loc[0].to_dict() == {
        "doc_id": "7",
        "sentence_id": "1",
        "text": "Rates rose.",
        "claim_types": "",
        "split": "dev",
        "weight": "0.5",
        "reviewed": "",
    }
    pd.testing.assert_frame_equal(read_table(found.stances, STANCES_TABLE), found.stances)
    assert list(found.stances) == [*STANCES_TABLE.required, "split"]
