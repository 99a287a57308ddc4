from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from stancekit.errors import InputError, TableError
from stancekit.interchange import read, read_label_studio, write_label_studio

Put = Callable[..., Path]
TEXT = "\N{PARTY POPPER} Oslo praised Lima."


def choices(*names: Any, **further: Any) -> dict[str, Any]:
    value = {"choices": list(names), **further}
    return {"from_name": "kind", "to_name": "text", "type": "choices", "value": value}


def span(start: Any, end: Any, label: str, **further: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "labels": [label], **further}
    return {"from_name": "view", "to_name": "text", "type": "labels", "value": value}


def task(*result: dict[str, Any], text: Any = TEXT, **further: Any) -> dict[str, Any]:
    return {"data": {"text": text, **further}, "annotations": [{"id": 5, "result": list(result)}]}


def test_a_foreign_export(put_tasks: Put) -> None:
    path = put_tasks(
        task(choices("prediction"), choices("aside"), span(3, 7, "critical", text="Oslo")),
        task({"type": "relation", "from_id": "a", "to_id": "b"}, doc_id="d", split="dev"),
    )
    found = read(path)
    assert found.claims is not None
    assert found.claims.to_dict("records") == [
        {
            "doc_id": "mine-1",
            "sentence_id": "1",
            "text": TEXT,
            "claim_types": "prediction|aside",
            "split": "",
        },
        {"doc_id": "d", "sentence_id": "2", "text": TEXT, "claim_types": "", "split": "dev"},
    ]
    assert found.stances is not None
    assert found.stances.to_dict("records") == [
        {
            "doc_id": "mine-1",
            "sentence_id": "1",
            "text": TEXT,
            "start": 2,
            "end": 6,
            "actor": "Oslo",
            "stance": "critical",
        }
    ]


def test_cancelled_annotations_and_unlabelled_tasks_are_left_out(put_tasks: Put) -> None:
    both = task(choices("prediction"))
    both["annotations"].append({"was_cancelled": True, "result": [choices("aside")]})
    both["annotations"].append({"was_cancelled": False, "result": [choices("second")]})
    claims = read_label_studio(put_tasks(both, {"data": {"text": "x"}, "annotations": []})).claims
    assert claims is not None
    assert claims["claim_types"].tolist() == ["prediction", "second"]


def test_marks_that_do_not_fit_are_all_listed(put_tasks: Put) -> None:
    path = put_tasks(
        task(span(2, 6, "critical", text="Oslo")),
        task(span(3, 8, "critical", text="Oslo"), span(2, 99, "critical")),
        task(span(2, 6, " "), text=" "),
        task(choices("a|b")),
    )
    with pytest.raises(TableError, match="3 bad rows of 4") as caught:
        read_label_studio(path)
    assert [(row.row, row.column) for row in caught.value.rows] == [
        (2, "start, end"),
        (2, "start, end"),
        (3, "text"),
        (3, "stance"),
        (3, "start, end"),
        (4, "claim_types"),
    ]
    assert "mine.json" in str(caught.value)
    assert caught.value.rows[0].expected == "0 <= start < end <= 20 and the text 'Oslo' there"
    assert caught.value.rows[0].found == "3, 8, where the text is 'slo p'"
    assert caught.value.rows[1].found == "2, 99"


@pytest.mark.parametrize(
    ("tasks", "message"),
    [
        (["text"], r"task 1: expected an object; found 'text'"),
        ([{"text": "x"}], r"task 1: expected an object in data; found nothing"),
        ([{"data": {}}], r"task 1: expected text in data.text; found nothing"),
        ([task(), {"data": {"text": "x"}}], r"task 2: expected a list in annotations; found noth"),
        ([task(text=True)], r"expected text in data.text; found true"),
        (
            [task(span("/p[1]", 6, "x"))],
            r"expected a whole number in annotations\[0\].result\[0\].value.start; found '/p\[1\]'",
        ),
        ([task(span(True, 6, "x"))], r"value.start; found true"),
        ([task(choices("x", start=0, end=2))], r"expected choices for the whole text"),
        ([task(choices(7))], r"value.choices\[0\]; found 7"),
        ([task(meta="x")], r"expected an object in data.meta; found 'x'"),
        ([task(stancekit={"stances": [{}]})], r"stances\[0\].start; found nothing"),
        ([], "expected at least one labelled task; found none"),
        ([task()], "expected at least one labelled task; found none"),
    ],
)
def test_wrong_shapes_are_named(put_tasks: Put, tasks: list[Any], message: str) -> None:
    with pytest.raises(InputError, match=r"mine\.json.*" + message):
        read_label_studio(put_tasks(*tasks))


def test_a_file_that_holds_no_list(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("{}")
    with pytest.raises(InputError, match=r"mine\.json: expected a list of tasks; found \{\}"):
        read_label_studio(path)


def test_what_is_written(tmp_path: Path) -> None:
    sentence = {"doc_id": "d", "sentence_id": "S1", "text": TEXT, "split": "dev"}
    claims = pd.DataFrame([{**sentence, "claim_types": "prediction|aside", "speaker": "Oslo"}])
    stances = pd.DataFrame(
        [{**sentence, "start": 15, "end": 19, "actor": "Peru", "stance": "supportive"}]
    )
    write_label_studio(tmp_path / "mine.json", claims=claims, stances=stances)
    value = {"start": 15, "end": 19, "text": "Lima", "labels": ["supportive"]}
    [written] = json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))
    assert written["data"] == {
        "text": TEXT,
        "meta": {"doc_id": "d", "sentence_id": "S1", "split": "dev"},
        "stancekit": {
            "claims": {"speaker": "Oslo"},
            "stances": [{"start": 15, "end": 19, "actor": "Peru"}],
        },
    }
    marked, chosen = written["annotations"][0]["result"]
    assert (marked["type"], marked["to_name"], marked["value"]) == ("labels", "text", value)
    assert (chosen["type"], chosen["value"]) == ("choices", {"choices": ["prediction", "aside"]})


def test_marks_added_and_removed_in_the_tool(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    rows = {"doc_id": "d", "sentence_id": "S1", "text": TEXT, "split": "dev", "holder": "press"}
    marks = [(2, 6, "Norway"), (15, 19, "Peru")]
    write_label_studio(
        path,
        stances=pd.DataFrame(
            [{**rows, "start": s, "end": e, "actor": a, "stance": "neutral"} for s, e, a in marks]
        ),
    )
    [written] = json.loads(path.read_text(encoding="utf-8"))
    kept = written["annotations"][0]["result"][1]
    kept["value"]["labels"] = ["critical"]
    written["annotations"][0]["result"] = [span(7, 14, "supportive"), kept, choices("prediction")]
    path.write_text(json.dumps([written]))
    found = read(path)
    assert found.stances is not None
    columns = ["start", "actor", "stance", "split", "holder"]
    assert found.stances[columns].to_numpy().tolist() == [
        [7, "praised", "supportive", "dev", ""],
        [15, "Peru", "critical", "dev", "press"],
    ]
    assert found.claims is not None
    assert found.claims["claim_types"].tolist() == ["prediction"]
