from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import stancekit.store
from stancekit.classify.blocks import union_of
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.errors import NotTrainedError
from stancekit.evaluation.bootstrap import Sampling
from stancekit.evaluation.tasks import CLAIMS_TASK
from stancekit.features.context import mention_parts, speech_parts
from stancekit.features.vectorizer import PartVectorizer
from stancekit.model import Model
from training import ablation
from training.__main__ import app
from training.ablation import CLAIM_SIGNALS, STANCE_SIGNALS, Trial, ablate, hide_official
from training.ablation_command import ablation_page
from training.neural import Tables

SAMPLING = Sampling(50, 0)


def row(status: str, quoted: float, **more: Any) -> dict[str, Any]:
    said = {"cue": "say", "reported": quoted, "opens": False, "continues": False, "source": ""}
    around = dict.fromkeys(("status_before", "status_before2", "status_after"), "none")
    return {
        "text": "It will rain.",
        "status": status,
        "quoted": quoted,
        "speaker_kind": "",
        "speaker_office": status == "official",
        **said,
        **around,
        **more,
    }


@pytest.fixture
def trial() -> Trial:
    """Claims that are official statements if and only if an official speaks."""
    rng = np.random.default_rng(0)
    official = rng.random(120) < 0.5
    rows = [row("official" if one else "other", rng.random()) for one in official]
    frame = pd.DataFrame(
        {
            "doc_id": [f"d{n // 4}" for n in range(120)],
            "text": "It will rain.",
            "claim_types": np.where(official, "official_statement", ""),
        }
    )
    speech = {"speech": PartVectorizer(analyzer="speech", min_df=1, idf=False)}
    head = ClaimClassifier(features=union_of(speech, {"speech": 1.0}), n_folds=2)
    held_out = frame.iloc[80:].reset_index(drop=True)
    parts = {"made": (held_out, rows[80:])}
    return Trial(CLAIMS_TASK, head, frame.iloc[:80], rows[:80], parts)


def adds(results: pd.DataFrame, without: str, metric: str = "macro_average_precision") -> Any:
    found = results[(results["without"] == without) & (results["metric"] == metric)]
    return found.iloc[0]


def test_a_signal_that_decides_adds_much_and_another_nothing(trial: Trial) -> None:
    told: list[str] = []
    results = ablate(trial, CLAIM_SIGNALS, SAMPLING, told.append)
    assert adds(results, "nothing")["value"] == pytest.approx(1)
    official = adds(results, "speaker official")
    assert official["adds"] > 0.2
    assert official["value"] + official["adds"] == pytest.approx(1)
    assert 0 < official["adds_low"] <= official["adds"] <= official["adds_high"]
    assert adds(results, "place in the article")["adds"] == 0
    assert adds(results, "place in the article")["adds_low"] == 0
    assert told[1:] == [f"claims: without {name}" for name in CLAIM_SIGNALS]


def test_the_fitted_head_of_the_model_is_left_alone(trial: Trial) -> None:
    ablate(trial, {}, SAMPLING, lambda _: None)
    assert not hasattr(trial.head, "coef_")


def test_without_officialness_no_feature_shows_it() -> None:
    pairs = [row(status, 0.4, status_after=status) for status in ("official", "other")]
    official, other = (list(speech_parts(hide_official(one))) for one in pairs)
    assert official == other
    assert official != list(speech_parts(pairs[0]))


@pytest.mark.parametrize(
    ("name", "flag"),
    [("target is the speaker", "is_speaker"), ("speaker is a rival of the target", "of_rival")],
)
def test_a_hidden_flag_is_no_feature(name: str, flag: str) -> None:
    shown = row("other", 0.1, start=0, end=2, **{flag: True})
    assert f"mention:{flag}" in {part[0] for part in mention_parts(shown)}
    for signal in (name, "all of speech"):
        hidden = mention_parts(STANCE_SIGNALS[signal](shown))
        assert f"mention:{flag}" not in {part[0] for part in hidden}


def test_what_a_row_lacks_is_not_put_in() -> None:
    bare = {"text": "It rains.", "status": "none"}
    assert STANCE_SIGNALS["all of speech"](bare) == bare


def test_rows_come_from_their_articles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sentences = ["Kenya accused Togo of theft.", "Kenya said that Togo had lied."]
    claims = pd.DataFrame(
        {
            "doc_id": ["a", "a", "b"],
            "sentence_id": ["S1", "S2", "S1"],
            "text": [*sentences, "Rain fell."],
            "split": ["dev", "dev", "train"],
            "source": "stancekit",
            "claim_types": ["", "", "background_fact"],
        }
    )
    target = claims.iloc[[1]].assign(start=16, end=20, actor="Togo", stance="critical")
    monkeypatch.setattr(ablation, "claims_table", lambda _: claims)
    monkeypatch.setattr(ablation, "stances_table", lambda _: target)
    model = Model(stances=StanceClassifier(), claims=ClaimClassifier())
    tables = Tables(claims, target, target, claims)
    parser = ablation.cached_parser(model, tmp_path)
    of_claims = ablation.claim_trial(model, tmp_path, tables, parser)
    assert [one["text"] for one in of_claims.parts["stancekit"][1]] == sentences
    of_stances = ablation.stance_trial(model, tmp_path, tables, parser)
    (described,) = of_stances.parts["stancekit"][1]
    assert described["of_rival"]
    assert of_stances.rows[0]["of_rival"]


def test_results_are_written_with_signs(trial: Trial) -> None:
    results = ablate(trial, {"speaker official": hide_official}, SAMPLING, lambda _: None)
    page = ablation_page(results, "mine")
    assert page.startswith("# mine: what each signal")
    assert "## claims: made\n\n| without | macro-F1 | it adds | mean AP | it adds |\n" in page
    assert f" {adds(results, 'speaker official')['adds']:+.3f} (+" in page
    full = next(line for line in page.splitlines() if line.startswith("| nothing |"))
    assert full.count("|  |") == 2


def test_a_head_that_is_not_there_is_told_before_any_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare = Model(claims=ClaimClassifier(), name="bare")
    monkeypatch.setattr(stancekit.store, "load", lambda _: bare)
    result = CliRunner().invoke(app, ["ablation", "--corpora", str(tmp_path)])
    assert isinstance(result.exception, NotTrainedError)
    assert "'bare' has no head for stances" in str(result.exception)
