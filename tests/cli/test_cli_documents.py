from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import Result

from stancekit.classify.documents import DocumentClassifier
from stancekit.labels import STANCES
from stancekit.model import Model

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def judge(model: Model) -> Model:
    """A model that judges whole articles too."""
    sides = {"supportive": (0.6, 0.1), "neutral": (0.1, 0.1), "critical": (0.1, 0.6)}
    rows = [np.array([[*sides[name], 0, 0, 0, 1]] * n) for n in range(1, 9) for name in STANCES]
    head = DocumentClassifier(n_draws=20).fit(rows, list(STANCES) * 8)
    return Model(claims=model.claims, stances=model.stances, documents=head, name="judge")


@pytest.fixture(scope="module")
def path(judge: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return judge.save(tmp_path_factory.mktemp("saved") / "judge")


def test_a_row_per_actor_with_its_evidence(
    run: Run, path: Path, judge: Model, article: Path
) -> None:
    result = run("label", article, "--model", path, "--view", "documents", "--format", "csv")

    found = list(csv.DictReader(io.StringIO(result.stdout)))
    expected = judge.analyze(article.read_text("utf-8"))
    assert [row["actor"] for row in found] == [one.actor.name for one in expected.document_stances]
    for row, one in zip(found, expected.document_stances, strict=True):
        assert float(row["low"]) <= float(row["score"]) <= float(row["high"])
        assert row["evidence"].split("\n") == [expected.sentences[at].text for at in one.evidence]
        assert all(name == "H" or name.startswith("S") for name in row["sentences"].split("|"))


def test_as_a_table(run: Run, path: Path, article: Path) -> None:
    shown = run(
        "label", article, "--model", path, "--view", "documents", "--format", "table"
    ).stdout

    assert "France" in shown
    assert " to " in shown


def test_json_has_them(run: Run, path: Path, judge: Model, article: Path) -> None:
    (line,) = run("label", article, "--model", path, "--format", "json").stdout.splitlines()

    found = json.loads(line)["document_stances"]
    expected = judge.analyze(article.read_text("utf-8")).document_stances
    assert [one["actor"] for one in found] == [one.actor.name for one in expected]
    for one in found:
        assert sum(one["probabilities"].values()) == pytest.approx(1, abs=1e-3)


def test_a_model_without_the_head_shows_no_rows(run: Run, model_path: Path, article: Path) -> None:
    result = run("label", article, "--model", model_path, "--view", "documents", "-f", "csv")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("doc_id,actor,stance,confidence")
    assert len(result.stdout.splitlines()) == 1
    assert "has no head for documents: the view is empty" in result.stderr
