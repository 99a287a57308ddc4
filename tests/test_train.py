from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from models import claims_of, small_model, stances_of

from stancekit import train
from stancekit.errors import InputError, ModelError, TableError
from stancekit.fit import SEARCH
from stancekit.model import Model
from stancekit.tables import CLAIMS as CLAIMS_SCHEMA
from stancekit.training import of_split, read_labelled

CLAIMS = claims_of(
    *[
        (f"d{document}", text, types)
        for document in range(3)
        for text, types in (("The levy will double.", "prediction"), ("The levy is small.", ""))
    ]
)
TARGETS = stances_of(
    *[
        (f"d{document}", f"Kenya {verb} Togo.", "Togo", stance)
        for document in range(3)
        for verb, stance in (("praised", "supportive"), ("condemned", "critical"))
    ]
)
NEVER = "Nothing was trained"


def same(one: Model, other: Model) -> None:
    pd.testing.assert_frame_equal(one.label_claims(CLAIMS), other.label_claims(CLAIMS))
    pd.testing.assert_frame_equal(one.label_stances(TARGETS), other.label_stances(TARGETS))


def test_files_and_frames_give_the_same_model(tmp_path: Path) -> None:
    CLAIMS.to_csv(tmp_path / "claims.csv", index=False)
    TARGETS.to_csv(tmp_path / "stances.csv", index=False)
    files = train(tmp_path / "claims.csv", str(tmp_path / "stances.csv"), base=None)
    frames = train(CLAIMS, TARGETS, base=None)
    same(files, frames)
    assert files.about["data"] == frames.about["data"]


def test_from_a_model_or_its_folder(tmp_path: Path) -> None:
    folder = small_model().save(tmp_path / "base")
    same(train(CLAIMS, TARGETS, base=str(folder)), train(CLAIMS, TARGETS, base=small_model()))


def test_the_head_without_a_table_is_the_base_models() -> None:
    model = train(stances=TARGETS, base=small_model(), name="mine")
    assert model.claims is small_model().claims
    assert (model.name, model.stance_labels) == ("mine", ("supportive", "critical"))


def test_a_bundled_model_is_not_changed_by_training_from_it() -> None:
    before = small_model().label_claims(CLAIMS)
    train(claims=CLAIMS, base=small_model())
    pd.testing.assert_frame_equal(small_model().label_claims(CLAIMS), before)


def test_a_split_alone() -> None:
    held_out = CLAIMS.assign(claim_types="background_fact", split="test")
    both = pd.concat([held_out, CLAIMS.assign(split="train")])
    model = train(claims=both, base=None, split="train")
    assert model.claim_labels == ("prediction",)
    assert model.about["data"][0]["rows"] == len(CLAIMS)


def test_a_searched_setting_is_of_the_grid() -> None:
    claims = pd.concat([CLAIMS.assign(doc_id=CLAIMS["doc_id"] + tag) for tag in "abc"])
    head = train(claims=claims, base=None).claims
    assert head is not None
    assert head.C in SEARCH["C"]


def test_progress_is_shown_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    train(claims=CLAIMS, base=None, progress=True)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "claim head: 6 sentences" in shown.err


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"claims": CLAIMS.drop(columns="claim_types")}, r"(?s)claims.*claim_types.*" + NEVER),
        ({"stances": TARGETS.assign(end=99)}, r"(?s)6 bad rows of 6.*start, end.*" + NEVER),
        ({"stances": TARGETS.assign(stance="suportive")}, r"did you mean 'supportive'\?"),
        ({"claims": CLAIMS.assign(text="")}, r"(?s)expected some text.*" + NEVER),
        ({"claims": CLAIMS, "stances": TARGETS.assign(start="x")}, r"(?s)a whole number.*" + NEVER),
    ],
)
def test_bad_tables(tables: dict[str, pd.DataFrame], message: str) -> None:
    with pytest.raises(TableError, match=message):
        train(**tables, base=None)  # type: ignore[arg-type]


def test_a_bad_table_is_told_before_anything_is_trained(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(InputError, match="at least two stances to tell apart; found critical"):
        train(CLAIMS, TARGETS.assign(stance="critical"), base=None, progress=True)
    assert "claim head" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({}, InputError, "expected claims, stances or relations to train on; found none"),
        ({"claims": "no/such.csv"}, InputError, "no/such.csv: no such file"),
        ({"claims": CLAIMS, "split": "train"}, InputError, "expected a column 'split'"),
        (
            {"claims": CLAIMS.assign(split="dev"), "split": "train"},
            InputError,
            "expected rows with split 'train'; found dev",
        ),
    ],
)
def test_what_cannot_be_trained_on(
    arguments: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        train(**arguments, base=None)  # type: ignore[arg-type]


def test_an_unknown_base() -> None:
    with pytest.raises(ModelError, match="no model 'no-such-model'"):
        train(CLAIMS, base="no-such-model")


def test_of_split_counts_rows_anew() -> None:
    frame = CLAIMS.assign(split=["dev", "train"] * 3).set_axis(range(10, 16))
    found = of_split(frame, "train")
    assert found["text"].tolist() == ["The levy is small."] * 3
    assert found.index.tolist() == [0, 1, 2]


def test_read_labelled_keeps_further_columns() -> None:
    assert "note" in read_labelled(CLAIMS.assign(note="x"), CLAIMS_SCHEMA).columns
