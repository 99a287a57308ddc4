from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from stancekit.errors import InputError, TableError
from stancekit.interchange import read, read_doccano, read_jsonl, write_doccano, write_jsonl

Put = Callable[..., Path]
TEXT = "Oslo praised Lima."
SENTENCE = {"doc_id": "d", "sentence_id": "S1", "text": TEXT}
CLAIMS = pd.DataFrame([{**SENTENCE, "claim_types": "prediction|aside"}])
STANCES = pd.DataFrame([{**SENTENCE, "start": 13, "end": 17, "actor": "Peru", "stance": "warm"}])


def marks(frame: pd.DataFrame | None) -> list[list[Any]]:
    assert frame is not None
    return frame[["start", "end", "actor", "stance"]].to_numpy().tolist()


def types(frame: pd.DataFrame | None) -> list[str]:
    assert frame is not None
    return frame["claim_types"].tolist()


def test_doccano_sequence_labelling(put_lines: Put) -> None:
    found = read(put_lines({"text": TEXT, "label": [[13, 17, "warm"]]}, {"text": "x", "label": []}))
    assert found.claims is None
    assert marks(found.stances) == [[13, 17, "Lima", "warm"]]


def test_doccano_text_classification_keeps_lines_without_a_label(put_lines: Put) -> None:
    found = read(put_lines({"text": TEXT, "label": []}, {"text": "x", "labels": ["a", "b"]}))
    assert found.stances is None
    assert types(found.claims) == ["", "a|b"]


def test_doccano_intent_and_slots_with_both_kinds_of_entity(put_lines: Put) -> None:
    entity = {"id": 3, "label": "warm", "start_offset": 0, "end_offset": 4}
    found = read(
        put_lines(
            {"text": TEXT, "cats": ["prediction"], "entities": [entity, [13, 17, "cold"]]},
            {"text": TEXT, "cats": None, "entities": None, "doc_id": "d", "meta": None},
        )
    )
    assert found.claims is not None
    assert types(found.claims) == ["prediction", ""]
    assert found.claims["doc_id"].tolist() == ["mine-1", "d"]
    assert marks(found.stances) == [[0, 4, "Oslo", "warm"], [13, 17, "Lima", "cold"]]


@pytest.mark.parametrize(
    ("frames", "labels"),
    [
        ({"claims": CLAIMS}, {"label": ["prediction", "aside"]}),
        ({"stances": STANCES}, {"label": [[13, 17, "warm"]]}),
        (
            {"claims": CLAIMS, "stances": STANCES},
            {"cats": ["prediction", "aside"], "entities": [[13, 17, "warm"]]},
        ),
    ],
)
def test_doccano_labels_suit_the_type_of_project(
    tmp_path: Path, frames: dict[str, pd.DataFrame], labels: dict[str, Any]
) -> None:
    write_doccano(tmp_path / "mine.jsonl", **frames)
    written = json.loads((tmp_path / "mine.jsonl").read_text())
    assert {key: cell for key, cell in written.items() if key not in {"meta", "stancekit"}} == {
        "text": TEXT,
        **labels,
    }


def test_jsonl_leaves_out_what_was_rejected_or_ignored(put_lines: Put) -> None:
    spans = [{"start": 13, "end": 17, "label": "warm", "token_start": 2, "text": "Lima"}]
    found = read(
        put_lines(
            {"text": TEXT, "spans": spans, "answer": "accept", "meta": {"source": "wire"}},
            {"text": TEXT, "spans": spans, "answer": "reject"},
            {"text": TEXT, "spans": spans, "answer": "ignore"},
            {"text": TEXT, "accept": ["prediction"], "_session_id": None},
        )
    )
    assert marks(found.stances) == [[13, 17, "Lima", "warm"]]
    assert found.stances is not None
    assert found.stances["source"].tolist() == ["wire"]
    assert types(found.claims) == ["", "prediction"]


def test_only_plain_values_that_name_something_name_a_sentence(put_lines: Put) -> None:
    meta = {"doc_id": " ", "sentence_id": 7, "split": ["dev"], "source": {"of": "wire"}}
    found = read(put_lines({"text": TEXT, "accept": [], "meta": meta})).claims
    assert found is not None
    assert found.loc[0].to_dict() == {
        "doc_id": "mine-1",
        "sentence_id": "7",
        "text": TEXT,
        "claim_types": "",
    }


def test_jsonl_as_written_has_plain_values_in_its_meta(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "mine.jsonl", claims=CLAIMS, stances=STANCES.assign(source="wire"))
    assert json.loads((tmp_path / "mine.jsonl").read_text()) == {
        "text": TEXT,
        "spans": [{"start": 13, "end": 17, "label": "warm"}],
        "accept": ["prediction", "aside"],
        "answer": "accept",
        "meta": {"doc_id": "d", "sentence_id": "S1"},
        "stancekit": {
            "claims": {},
            "stances": [{"start": 13, "end": 17, "actor": "Peru", "source": "wire"}],
        },
    }


def test_rows_are_named_by_their_line_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    line = json.dumps(
        {"text": TEXT, "spans": [{"start": 13, "end": 17, "label": "w", "text": "x"}]}
    )
    path.write_text(f"\n{line}\n\n{line}\n")
    with pytest.raises(TableError, match=r"mine\.jsonl: 2 bad rows of 2") as caught:
        read(path)
    assert [row.row for row in caught.value.rows] == [2, 4]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"text": TEXT, "spans": {}}, r"line 1: expected a list in spans; found \{\}"),
        ({"spans": []}, r"line 1: expected text in text; found nothing"),
        ({"text": TEXT, "spans": [{"start": 1.5}]}, r"whole number in spans\[0\].start; found 1.5"),
        ({"text": TEXT, "spans": [{"start": 0, "end": 4}]}, r"text in spans\[0\].label; found not"),
        ({"text": TEXT, "accept": ["a", 1]}, r"expected text in accept\[1\]; found 1"),
        ({"text": TEXT, "answer": "yes"}, "expected accept, reject or ignore in answer; found 'ye"),
        ([TEXT], r"line 1: expected an object; found \[\"Oslo praised Lima\.\"\]"),
    ],
)
def test_wrong_shapes_in_jsonl_are_named(put_lines: Put, line: Any, message: str) -> None:
    with pytest.raises(InputError, match=r"mine\.jsonl, " + r".*" + message):
        read_jsonl(put_lines(line))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"text": TEXT, "label": [[0, 4]]}, r"\[start, end, label\] in label\[0\]; found \[0, 4\]"),
        ({"text": TEXT, "label": [7]}, r"expected a list in label\[0\]; found 7"),
        ({"text": TEXT, "label": "warm"}, r"expected a list in label; found 'warm'"),
        (
            {"text": TEXT, "entities": [{"label": "x"}]},
            r"entities\[0\].start_offset; found nothing",
        ),
        ({"text": TEXT, "cats": {"warm": 1}}, r"expected a list in cats; found \{\"warm\": 1\}"),
        ({"text": TEXT, "label": [[0, "4", "x"]]}, r"number in label\[0\]\[1\]; found '4'"),
    ],
)
def test_wrong_shapes_in_doccano_are_named(put_lines: Put, line: Any, message: str) -> None:
    with pytest.raises(InputError, match=r"mine\.jsonl, line 1: .*" + message):
        read_doccano(put_lines(line))
