from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import joblib
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.model import Model
from stancekit.saved.heads import CLAIMS, STANCES
from stancekit.store import load, save

TEXTS = pd.DataFrame(
    {
        "doc_id": ["a", "a", "b"],
        "text": [
            "Norland's finance minister said that taxes would not rise.",
            "Economists expect prices to fall in spring.",
            "The mint was founded in 1702.",
        ],
    }
)
TARGETS = pd.DataFrame(
    {
        "text": ["Velmark thanked Sudria.", "Velmark condemned Sudria for the raid."],
        "actor": ["Sudria", "Sudria"],
    }
)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("which", ["model", "rebased"])
def test_a_loaded_model_gives_identical_probabilities(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    model: Model = request.getfixturevalue(which)
    loaded = load(save(model, tmp_path / "model"))
    pd.testing.assert_frame_equal(
        loaded.label_claims(TEXTS), model.label_claims(TEXTS), check_exact=True
    )
    pd.testing.assert_frame_equal(
        loaded.label_stances(TARGETS), model.label_stances(TARGETS), check_exact=True
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_probabilities_of_any_text_survive(shared: Path, model: Model, texts: list[str]) -> None:
    frame = pd.DataFrame({"text": texts})
    expected = model.label_claims(frame)
    pd.testing.assert_frame_equal(load(shared).label_claims(frame), expected, check_exact=True)


def test_what_the_model_says_about_itself_survives(model: Model, saved: Path) -> None:
    loaded = load(saved)
    assert loaded.name == "tiny"
    assert loaded.about == model.about
    assert loaded.about["description"] == "For tests."
    assert loaded.about["data"][0]["rows"] == 48
    assert loaded.claim_labels == model.claim_labels
    assert loaded.stance_labels == model.stance_labels


def test_one_head_is_enough(model: Model, tmp_path: Path) -> None:
    half = Model(stances=model.stances, name="half")
    loaded = load(save(half, tmp_path / "half"))
    assert loaded.claims is None
    assert loaded.claim_labels == ()
    assert not (tmp_path / "half" / CLAIMS.file).exists()
    assert loaded.label_stances(TARGETS).equals(model.label_stances(TARGETS))


def test_labels_of_the_users_own_survive(model: Model, tmp_path: Path) -> None:
    rows = [("Preise steigen.", "Ökonomie | 1"), ("Regen fällt.", "天気")] * 8
    frame = pd.DataFrame(rows, columns=["text", "kind"])
    head = type(model.claims)(n_folds=0).fit(frame, [(kind,) for kind in frame["kind"]])
    loaded = load(save(Model(claims=head, name="own"), tmp_path / "own"))
    assert loaded.claim_labels == ("Ökonomie | 1", "天気")


def test_saving_again_gives_the_same_bytes(model: Model, saved: Path, tmp_path: Path) -> None:
    assert contents(save(model, tmp_path / "again")) == contents(saved)


def test_a_model_saves_itself(model: Model, saved: Path, tmp_path: Path) -> None:
    assert contents(model.save(tmp_path / "own")) == contents(saved)


def test_saving_a_loaded_model_gives_the_same_bytes(saved: Path, tmp_path: Path) -> None:
    assert contents(save(load(saved), tmp_path / "again")) == contents(saved)


def test_another_process_gives_the_same_bytes(saved: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from stancekit.store import load, save; save(load(sys.argv[1]), sys.argv[2])"
    )
    again = tmp_path / "again"
    subprocess.run(
        [sys.executable, "-c", code, str(saved), str(again)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert contents(again) == contents(saved)


def test_a_plain_joblib_dump_works_too(model: Model, tmp_path: Path) -> None:
    joblib.dump(model.stances, tmp_path / STANCES.file)
    joblib.dump(model, tmp_path / "model.joblib")
    head = joblib.load(tmp_path / STANCES.file)
    whole = joblib.load(tmp_path / "model.joblib")
    assert head.coef_.tolist() == model.stances.coef_.tolist()
    assert Model(stances=head).label_stances(TARGETS).equals(model.label_stances(TARGETS))
    assert whole.label_claims(TEXTS).equals(model.label_claims(TEXTS))
