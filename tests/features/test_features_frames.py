from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from strategies import claim_frames, stance_frames

from stancekit.actors import ActorFinder
from stancekit.errors import TableError
from stancekit.features.context import as_rows
from stancekit.features.frames import describe_named, describe_sentences, describe_targets

FINDER = ActorFinder()


@given(claim_frames())
def test_sentences_keep_rows_order_and_index(frame: pd.DataFrame) -> None:
    shuffled = frame.sample(frac=1, random_state=0)
    described = describe_sentences(shuffled, FINDER)
    assert described.index.equals(shuffled.index)
    assert described["text"].tolist() == shuffled["text"].tolist()


@given(stance_frames())
def test_targets_keep_rows_order_and_index(frame: pd.DataFrame) -> None:
    shuffled = frame.sample(frac=1, random_state=0)
    described = describe_targets(shuffled, FINDER)
    assert described.index.equals(shuffled.index)
    for column in ("text", "start", "end"):
        assert described[column].tolist() == shuffled[column].tolist()


def test_rows_of_a_document_are_neighbours_wherever_they_stand() -> None:
    frame = pd.DataFrame(
        {
            "doc_id": ["a", "b", "a"],
            "sentence_id": ["H", "S1", "S1"],
            "text": ["One", "Two", "Three"],
        }
    )
    described = describe_sentences(frame, FINDER)
    assert described["after"].tolist() == ["Three", "", ""]
    assert described["before"].tolist() == ["", "", "One"]
    assert described["role"].tolist() == ["headline", "body", "body"]


def test_rows_without_a_document_stand_alone() -> None:
    described = describe_sentences(pd.DataFrame({"text": ["One", "Two"]}), FINDER)
    assert described["after"].tolist() == ["", ""]
    assert described["n_sentences"].tolist() == [1, 1]


def test_a_missing_sentence_id_is_no_headline() -> None:
    ids = pd.array([pd.NA, "H"], dtype="string")
    frame = pd.DataFrame({"text": ["One", "Two"], "sentence_id": ids})
    assert describe_sentences(frame, FINDER)["role"].tolist() == ["body", "headline"]


def test_a_document_does_not_depend_on_the_others() -> None:
    frame = pd.DataFrame(
        {
            "doc_id": ["a", "a", "b", "b"],
            "text": ["“It may end,” Kenya said.", "So be it.", "Rain fell.", "“No,” Togo said."],
        }
    )
    together = describe_sentences(frame, FINDER)
    apart = [describe_sentences(rows, FINDER) for _, rows in frame.groupby("doc_id")]
    pd.testing.assert_frame_equal(together, pd.concat(apart))


def test_the_kind_of_a_known_target_is_that_of_the_roster() -> None:
    text = "Kenya met the gorbles."
    frame = pd.DataFrame({"text": [text] * 2, "start": [0, 14], "end": [5, 21]})
    described = describe_targets(frame, FINDER)
    assert described["kind"].tolist() == ["country", ""]


def test_every_mention_of_a_named_actor_is_found() -> None:
    frame = pd.DataFrame(
        {"text": ["Kenya, said Kenya.", "Togo met Kenya."], "actor": ["Kenya"] * 2}
    )
    described, rows = describe_named(frame, FINDER)
    assert rows == [0, 0, 1]
    assert [row["text"][row["start"] : row["end"]] for row in as_rows(described)] == ["Kenya"] * 3
    spans = described[["text", "start", "end"]]
    pd.testing.assert_frame_equal(described, describe_targets(spans, FINDER))


def test_actors_that_are_not_there_are_all_listed() -> None:
    frame = pd.DataFrame(
        {"text": ["Kenya won.", "Togo won.", "Rain fell."], "actor": ["Kenya"] * 3}
    )
    with pytest.raises(TableError, match=r"(?s)2 bad rows of 3.*row 2 .*row 3 ") as error:
        describe_named(frame, FINDER)
    assert [row.row for row in error.value.rows] == [2, 3]


@pytest.mark.parametrize("describe", [describe_sentences, describe_targets])
def test_no_rows(describe: object) -> None:
    frame = pd.DataFrame({"text": [], "start": [], "end": []}, dtype=str)
    assert describe(frame, FINDER).empty  # type: ignore[operator]
