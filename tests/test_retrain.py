"""Training with documents held out, and what changed."""

from __future__ import annotations

import pandas as pd
import pytest

from stancekit.errors import InputError
from stancekit.retrain import retrain
from stancekit.training import read_labelled

SENTENCES = (
    ("The budget will double next year.", "prediction"),
    ("The budget was signed in 1998.", "background_fact"),
    ("Crowds gathered.", ""),
)


def table(n_documents: int) -> pd.DataFrame:
    rows = [
        (f"d{document}", f"S{at}", text, types, "train" if document % 2 else "dev")
        for document in range(n_documents)
        for at, (text, types) in enumerate(SENTENCES)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "sentence_id", "text", "claim_types", "split"])


def test_a_fifth_of_the_documents_is_scored() -> None:
    found = retrain(claims=table(20), base=None, search=None)
    assert found.evaluation is not None
    assert found.evaluation.data["documents"].tolist() == [4]
    assert found.model.about["data"][0]["rows"] == 60
    assert {score["task"] for score in found.model.about["scores"]} == {"claims"}


def test_a_split_trains_on_its_rows_and_scores_the_others() -> None:
    found = retrain(claims=table(12), base=None, search=None, split="train")
    assert found.evaluation is not None
    assert found.evaluation.data["documents"].tolist() == [6]
    assert found.model.about["data"][0]["rows"] == 18
    assert not any("split" in note for note in found.evaluation.notes)


def test_few_documents_are_not_scored() -> None:
    found = retrain(claims=table(9), base=None, search=None)
    assert found.evaluation is None
    assert "scores" not in found.model.about


def test_a_split_that_is_not_there_is_an_error() -> None:
    with pytest.raises(InputError, match="expected rows with split 'gold'; found dev, train"):
        retrain(claims=table(12), base=None, search=None, split="gold")


def pairs(n_sentences: int) -> pd.DataFrame:
    rows = []
    for at in range(n_sentences):
        verb, stance = (("praised", "supportive"), ("met", "neutral"), ("attacked", "critical"))[
            at % 3
        ]
        target = 6 + len(verb) + 1
        text = f"Kenya {verb} Togo in year {at}\ud83d."
        rows.append((text, 0, 5, target, target + 4, stance))
    columns = ["text", "holder_start", "holder_end", "target_start", "target_end", "stance"]
    return pd.DataFrame(rows, columns=columns)


def test_pairs_without_documents_are_held_out_by_sentence() -> None:
    found = retrain(relations=pairs(45), base=None, search=None)
    assert found.evaluation is not None
    assert found.evaluation.data[["task", "rows"]].to_numpy().tolist() == [["relations", 9]]
    assert found.model.relation_labels == ("supportive", "neutral", "critical")
    assert found.model.about["data"][0]["rows"] == 45


def test_each_table_is_compared_with_the_base_where_it_knows_its_labels() -> None:
    base = retrain(claims=table(20), base=None, search=None).model
    again = retrain(claims=table(20), base=base, search=None).evaluation
    assert again is not None
    assert not again.differences.empty
    both = retrain(claims=table(20), relations=pairs(45), base=base, search=None).evaluation
    assert both is not None
    assert set(both.data["task"]) == {"claims", "relations"}
    assert both.differences.empty


def test_tables_are_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[object] = []

    def read(source: pd.DataFrame, schema: object) -> pd.DataFrame:
        checked.append(schema)
        return read_labelled(source, schema)  # type: ignore[arg-type]

    monkeypatch.setattr("stancekit.retrain.read_labelled", read)
    monkeypatch.setattr("stancekit.training.read_labelled", read)
    retrain(claims=table(9), base=None, search=None)
    assert len(checked) == 1


def test_no_table_is_an_error() -> None:
    with pytest.raises(InputError, match="expected claims, stances or relations to train on"):
        retrain(base=None)
