from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from stancekit.cli.models import _table
from stancekit.store import Summary, available, load

Run = Callable[..., Result]
GOLDEN = Path(__file__).parents[1] / "golden"
CLAIMS, STANCES = GOLDEN / "claims.csv", GOLDEN / "stances.csv"


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Claims of a few documents, under label names of our own."""
    lines = CLAIMS.read_text(encoding="utf-8").splitlines()[:29]
    path = tmp_path / "few.csv"
    path.write_text("\n".join(lines).replace("background_fact", "context"), encoding="utf-8")
    return path


def test_training_saves_a_model_with_the_labels_of_the_table(
    run: Run, few: Path, tmp_path: Path
) -> None:
    result = run("train", "--claims", few, "--base", "none", "-o", tmp_path / "mine")

    assert result.exit_code == 0, result.output
    model = load(tmp_path / "mine")
    assert model.name == "mine"
    assert model.claim_labels == ("prediction", "official_statement", "context")
    assert model.stance_labels == ()
    assert "claims    prediction, official_statement, context" in result.stdout
    assert "stances   no head" in result.stdout
    assert "relations no head" in result.stdout


def test_pairs_are_trained_and_evaluated_on(run: Run, tmp_path: Path) -> None:
    verbs = {"supportive": "praised", "neutral": "met", "critical": "blamed"}
    lines = ["text,holder_start,holder_end,target_start,target_end,stance"]
    for at, (stance, verb) in enumerate([*verbs.items()] * 8):
        start = 6 + len(verb) + 1
        lines.append(f"Kenya {verb} Togo {at} times.,0,5,{start},{start + 4},{stance}")
    path = tmp_path / "pairs.csv"
    path.write_text("\n".join(lines), encoding="utf-8")

    trained = run("train", "--relations", path, "--base", "none", "-o", tmp_path / "mine")
    words = ("evaluate", tmp_path / "mine", "--relations", path, "--samples", 0)
    scores = list(csv.DictReader(io.StringIO(run(*words).stdout)))

    assert trained.exit_code == 0, trained.output
    assert "relations supportive, neutral, critical" in trained.stdout
    assert load(tmp_path / "mine").relation_labels == ("supportive", "neutral", "critical")
    assert {score["task"] for score in scores} == {"relations"}


def test_a_head_without_a_table_comes_from_the_base(
    run: Run, few: Path, tmp_path: Path, model_path: Path
) -> None:
    words = ("train", "--claims", few, "--base", model_path, "--name", "ours")

    result = run(*words, "-o", tmp_path / "mine")

    assert result.exit_code == 0, result.output
    assert load(tmp_path / "mine").name == "ours"
    assert load(tmp_path / "mine").stance_labels == load(model_path).stance_labels


def test_a_model_is_replaced_only_when_asked(
    run: Run, few: Path, tmp_path: Path, model_path: Path
) -> None:
    place = Path(shutil.copytree(model_path, tmp_path / "mine"))
    words = ("train", "--claims", few, "--base", "none", "-o", place)

    refused = run(*words)
    kept = load(place).name
    replaced = run(*words, "--overwrite")

    assert refused.exit_code == 2
    assert "there is something already; --overwrite replaces a model" in refused.stderr
    assert kept == "golden"
    assert replaced.exit_code == 0, replaced.output
    assert load(place).name == "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "{here}/mine"], "expected --claims, --stances or --relations to train on"),
        (["--claims", "{here}/none.csv", "-o", "{here}/mine"], "none.csv: no such file"),
        (["--claims", "{few}", "-o", "{here}", "--overwrite"], "expected a saved model to replace"),
        (["--claims", "{few}", "--split", "train", "-o", "{here}/mine"], "column 'split'"),
        (["--stances", "{few}", "-o", "{here}/mine"], "missing columns"),
    ],
)
def test_what_cannot_be_trained_on_leaves_nothing(
    run: Run, few: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    words = [word.format(here=tmp_path, few=few) for word in arguments]

    result = run("train", *words, "--base", "none")

    assert result.exit_code == 2
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == [few]


def test_an_unknown_base_is_named(run: Run, few: Path, tmp_path: Path) -> None:
    result = run("train", "--claims", few, "--base", "nws", "-o", tmp_path / "mine")

    assert result.exit_code == 2
    assert "no model 'nws'" in result.stderr


def test_an_evaluation_is_written_in_every_format(
    run: Run, model_path: Path, tmp_path: Path
) -> None:
    words = ("evaluate", model_path, "--claims", CLAIMS, "--samples", 20)

    scores = list(csv.DictReader(io.StringIO(run(*words).stdout)))
    table = run(*words, "--format", "table").stdout
    for name in ("card.md", "all.json", "scores.csv"):
        assert run(*words, "-o", tmp_path / name).exit_code == 0

    f1 = next(s["value"] for s in scores if (s["label"], s["metric"]) == ("prediction", "f1"))
    whole = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    found = {(s["label"], s["metric"]): s["value"] for s in whole["scores"]}
    assert found["prediction", "f1"] == pytest.approx(float(f1))
    assert f"{float(f1):.3f}" in table
    assert "| prediction |" in (tmp_path / "card.md").read_text(encoding="utf-8")
    assert (tmp_path / "scores.csv").read_text(encoding="utf-8") == run(*words).stdout


def test_one_document_has_no_intervals_and_good_grammar(
    run: Run, model_path: Path, tmp_path: Path
) -> None:
    path = tmp_path / "one.csv"
    path.write_text("doc_id,sentence_id,text,claim_types\na,S1,It will rain.,prediction\n")

    text = " ".join(run("evaluate", model_path, "--claims", path, "-f", "table").stdout.split())

    assert "1 sentence of 1 document " in text
    assert "they need 5 documents; found 1 document." in text
    assert "In brackets" not in text
    assert "In brackets" in run("evaluate", model_path, "--claims", CLAIMS, "-f", "table").stdout


def test_two_models_are_compared(run: Run, model_path: Path) -> None:
    words = ("evaluate", model_path, "--stances", STANCES, "--samples", 20)

    result = run(*words, "--against", model_path, "--view", "differences")

    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert rows
    assert {float(row["difference"]) for row in rows if row["difference"]} == {0.0}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "expected --claims, --stances or --relations to evaluate on"),
        (["--claims", CLAIMS, "--split", "test"], "expected a column split"),
        (["--claims", CLAIMS, "--against", "nws"], "no model 'nws'"),
    ],
)
def test_what_cannot_be_evaluated_is_one_error(
    run: Run, model_path: Path, arguments: list[object], message: str
) -> None:
    result = run("evaluate", model_path, *arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr


def test_the_bundled_models_are_listed(run: Run) -> None:
    result = run("models")

    assert result.exit_code == 0
    names = [summary.name for summary in available()]
    assert all(name in result.stdout for name in names)
    assert ("no model came" in result.stderr) == (not names)


def test_a_listed_model_shows_what_it_tells_apart() -> None:
    from rich.console import Console

    console = Console(width=100, record=True, file=io.StringIO())
    console.print(
        _table([Summary("news-encoder", 2_340_000, ("prediction",), ("mixed",), "Fast.")])
    )

    text = console.export_text()
    for part in ("news-encoder", "(default)", "2.3 MB", "claims: prediction", "mixed", "Fast."):
        assert part in text
