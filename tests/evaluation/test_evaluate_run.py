from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score

from stancekit.errors import InputError, NotTrainedError, TableError
from stancekit.evaluation import Evaluation, evaluate
from stancekit.evaluation.compare import changed_rows
from stancekit.evaluation.tasks import STANCES_TASK
from stancekit.model import Model

Build = Callable[..., Any]


@pytest.fixture
def compared(rules: Build, claims: pd.DataFrame, stances: pd.DataFrame) -> Evaluation:
    return evaluate(
        rules("sharp"),
        claims=claims,
        stances=stances,
        against=rules("dull", blind_below=40),
        n_bootstrap=200,
    )


def test_scores_are_those_of_the_answers(
    rules: Build, claims: pd.DataFrame, stances: pd.DataFrame
) -> None:
    model = rules(blind_below=40)
    found = evaluate(model, claims=claims, stances=stances, n_bootstrap=0)
    answers = model.label_stances(stances)
    expected = f1_score(stances["stance"], answers["stance"], average=None, labels=["neutral"])
    assert found.score("stances", "f1", "neutral") == pytest.approx(expected[0])
    assert found.score("stances", "accuracy") == np.mean(stances["stance"] == answers["stance"])
    types = model.label_claims(claims)["claim_types"]
    assert found.score("claims", "accuracy") == np.mean(types == claims["claim_types"])
    assert found.score("claims", "recall", "official_statement") == 1.0
    assert found.data.to_dict("list") == {
        "task": ["claims", "stances"],
        "rows": [40, 32],
        "documents": [8, 8],
    }


def test_a_model_does_not_see_the_labels(
    rules: Build, claims: pd.DataFrame, stances: pd.DataFrame
) -> None:
    model = rules()
    evaluate(model, claims=claims, stances=stances, n_bootstrap=0)
    sentence = ("doc_id", "sentence_id", "text")
    assert model.seen == [sentence, (*sentence, "start", "end")]


def test_scores_have_intervals_but_calibration_errors_do_not(compared: Evaluation) -> None:
    scores = compared.to_frame("scores").set_index(["task", "label", "metric"])
    assert scores.loc[("claims", "", "ece"), ["low", "high"]].isna().all()
    rest = scores[~scores.index.get_level_values("metric").str.startswith("ece")]
    assert ((rest["low"] <= rest["value"] + 1e-9) & (rest["value"] <= rest["high"] + 1e-9)).all()
    assert scores.loc[("claims", "none", "f1"), "n"] == 8
    assert scores.loc[("claims", "", "macro_f1"), "n"] == 40


def test_no_samples_give_no_intervals(rules: Build, stances: pd.DataFrame) -> None:
    found = evaluate(rules(), stances=stances, n_bootstrap=0)
    assert found.scores[["low", "high"]].isna().all(axis=None)
    assert found.scores["value"].notna().all()


def test_the_same_seed_gives_the_same_numbers_in_any_order_of_rows(
    rules: Build, claims: pd.DataFrame
) -> None:
    # The words alone decide here; documents differ in how many rows they have.
    uneven = claims.drop(index=[0, 1, 7, 12, 33])
    options: dict[str, Any] = {"n_bootstrap": 100, "seed": 4}
    first = evaluate(rules(blind_below=40), claims=uneven, **options)
    other = evaluate(rules(blind_below=40), claims=uneven.sample(frac=1, random_state=0), **options)
    pd.testing.assert_frame_equal(first.scores, other.scores)
    third = evaluate(rules(blind_below=40), claims=uneven, n_bootstrap=100, seed=5)
    assert not first.scores["low"].equals(third.scores["low"])


def test_confusions_add_up(compared: Evaluation) -> None:
    confusion = compared.to_frame("confusion")
    counts = confusion.groupby(["task", "label"])["n"].sum()
    assert counts["stances", ""] == 32
    assert set(counts["claims"]) == {40}
    cells = confusion.set_index(["task", "label", "true", "predicted"])["n"]
    assert cells["stances", "", "neutral", "supportive"] == 8
    assert cells["claims", "none", "yes", "yes"] == 8


def test_slices_are_scored_on_their_own(compared: Evaluation) -> None:
    slices = compared.to_frame("slices")
    lengths = slices[slices["slice"].eq("speaker") & slices["metric"].eq("micro_f1")]
    assert lengths["n"].sum() == 40
    assert set(lengths["documents"]) == {8}
    assert set(slices["metric"]) == {"macro_f1", "micro_f1", "accuracy"}


def test_differences_subtract_the_other_model(compared: Evaluation) -> None:
    rows = compared.differences.set_index(["task", "label", "metric"])
    macro = rows.loc[("claims", "", "macro_f1")]
    assert macro["difference"] == pytest.approx(macro["model"] - macro["against"])
    assert macro["model"] == 1.0 == compared.score("claims", "macro_f1")
    # Every document is the same, so that no sample differs from the table.
    assert macro["low"] == pytest.approx(macro["high"]) == pytest.approx(macro["difference"])
    assert macro["p_value"] == pytest.approx(2 / 201)
    assert not rows.index.get_level_values("metric").str.startswith("ece").any()


def test_a_model_does_not_differ_from_itself(rules: Build, claims: pd.DataFrame) -> None:
    model = rules(blind_below=40)
    found = evaluate(model, claims=claims, against=model, n_bootstrap=50)
    assert (found.differences["difference"] == 0).all()
    assert (found.differences["p_value"] == 1).all()
    assert found.changes.empty


def test_changed_rows_say_who_was_right(rules: Build, claims: pd.DataFrame) -> None:
    sharp, dull = rules("sharp"), rules("dull", blind_below=40)
    changes = evaluate(sharp, claims=claims, against=dull, n_bootstrap=0).changes
    assert set(changes["text"]) == {
        "Peru will sign the accord in May.",
        "Peru and Chile fought a war in 1879.",
    }
    assert changes["sentence_id"].tolist()[:3] == ["S0", "S2", "S0"]
    assert set(changes["verdict"]) == {"mended"}
    assert changes[["true", "against", "model"]].iloc[0].tolist() == [
        "prediction",
        "",
        "prediction",
    ]
    back = evaluate(dull, claims=claims, against=sharp, n_bootstrap=0).changes
    assert set(back["verdict"]) == {"broken"}


def test_the_order_of_claim_types_in_a_cell_is_no_change(
    rules: Build, claims: pd.DataFrame
) -> None:
    class Reversed(rules):  # type: ignore[misc, valid-type]
        def label_claims(self, frame: pd.DataFrame) -> pd.DataFrame:
            answers = super().label_claims(frame)
            reverse = answers["claim_types"].map(lambda cell: "|".join(cell.split("|")[::-1]))
            return answers.assign(claim_types=reverse)

    assert evaluate(rules(), claims=claims, against=Reversed(), n_bootstrap=0).changes.empty


def test_broken_rows_come_first_and_both_wrong_last() -> None:
    frame = pd.DataFrame(
        {
            "doc_id": ["d"] * 4,
            "sentence_id": ["S1", "S2", "S3", "S4"],
            "text": ["Peru won."] * 4,
            "start": [0] * 4,
            "end": [4] * 4,
            "actor": ["Peru"] * 4,
            "stance": ["critical"] * 4,
        }
    )
    other = pd.DataFrame({"stance": ["neutral", "neutral", "critical", "critical"]})
    this = pd.DataFrame({"stance": ["supportive", "critical", "neutral", "critical"]})
    changes = changed_rows(STANCES_TASK, frame, this, other)
    assert changes["verdict"].tolist() == ["broken", "mended", "still wrong"]
    assert changes["sentence_id"].tolist() == ["S3", "S2", "S1"]
    assert changes["actor"].tolist() == ["Peru"] * 3


def test_any_label_set_is_scored(stances: pd.DataFrame) -> None:
    class Likes:
        name, claim_labels, stance_labels = "likes", (), ("likes", "dislikes")

        def label_stances(self, frame: pd.DataFrame) -> pd.DataFrame:
            likes = frame["text"].str.contains("praise").map({True: 0.8, False: 0.2})
            label = likes.gt(0.5).map({True: "likes", False: "dislikes"})
            return frame.assign(likes=likes, dislikes=1 - likes, stance=label)

    new = {"supportive": "likes", "critical": "dislikes", "neutral": "shrugs"}
    table = stances.assign(stance=stances["stance"].map(new))
    found = evaluate(Likes(), stances=table, n_bootstrap=20)
    assert found.score("stances", "recall", "likes") == 1.0
    assert found.score("stances", "recall", "shrugs") == 0.0
    assert found.score("stances", "brier", "shrugs") == 0.5
    assert found.score("stances", "macro_f1") == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)
    assert any("likes does not know shrugs" in note for note in found.notes)


def test_an_absent_label_is_undefined_and_noted(rules: Build, stances: pd.DataFrame) -> None:
    found = evaluate(rules(), stances=stances[stances["stance"] != "critical"], n_bootstrap=20)
    assert np.isnan(found.score("stances", "f1", "critical"))
    assert found.score("stances", "macro_f1") > 0
    assert any("no row is labelled critical" in note for note in found.notes)


def test_a_split_is_picked(rules: Build, claims: pd.DataFrame) -> None:
    table = claims.assign(split=["test" if doc < "d02" else "train" for doc in claims["doc_id"]])
    found = evaluate(rules(), claims=table, split="test", n_bootstrap=20)
    assert found.data["documents"].tolist() == [2]
    assert found.notes == ("claims: no intervals: they need 5 documents; found 2 documents.",)
    everything = evaluate(rules(), claims=table, n_bootstrap=0)
    assert any("the rows of every split are scored (test, train)" in n for n in everything.notes)


def test_files_are_read(rules: Build, claims: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    claims.to_csv(path, index=False)
    from_file = evaluate(rules(), claims=path, n_bootstrap=10)
    pd.testing.assert_frame_equal(
        from_file.scores, evaluate(rules(), claims=claims, n_bootstrap=10).scores
    )


def test_what_cannot_be_evaluated_is_said(
    rules: Build, claims: pd.DataFrame, stances: pd.DataFrame
) -> None:
    with pytest.raises(InputError, match=r"expected claims, stances or relations to evaluate on"):
        evaluate(rules())
    with pytest.raises(InputError, match="expected 0 or more samples; found -1"):
        evaluate(rules(), claims=claims, n_bootstrap=-1)
    with pytest.raises(InputError, match="expected a column split to pick 'test' from"):
        evaluate(rules(), claims=claims, split="test")
    with pytest.raises(InputError, match=r"a split out of test; found 'tset' \(did you mean"):
        evaluate(rules(), claims=claims.assign(split="test"), split="tset")
    with pytest.raises(InputError, match="claims: expected at least one labelled row"):
        evaluate(rules(), claims=claims.head(0))
    with pytest.raises(TableError, match=r"(?s)'suportive'.*Nothing was evaluated"):
        evaluate(rules(), stances=stances.replace({"stance": {"supportive": "suportive"}}))
    with pytest.raises(NotTrainedError, match="'bare' has no claim head"):
        evaluate(Model(name="bare"), claims=claims)


def test_progress_is_shown_on_standard_error(
    rules: Build,
    stances: pd.DataFrame,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A bar is drawn for people only; this stands for a terminal.
    monkeypatch.setenv("FORCE_COLOR", "1")
    evaluate(rules(), stances=stances, n_bootstrap=0)
    assert capsys.readouterr().err == ""
    evaluate(rules(), stances=stances, n_bootstrap=0, progress=True)
    shown = capsys.readouterr()
    assert "tables labelled and scored" in shown.err
    assert shown.out == ""


def test_importing_it_loads_nothing_heavy() -> None:
    code = (
        "import sys, stancekit.evaluation; "
        "print([name for name in ('sklearn', 'rich', 'scipy') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
