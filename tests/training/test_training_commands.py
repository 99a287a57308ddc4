from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import typer.testing

import stancekit.store
import training.__main__ as commands
from stancekit.model import Model
from training import neural

RUNNER = typer.testing.CliRunner()


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """Build nothing, and note what would have been built from what."""
    noted: dict[str, Any] = {}
    scores = pd.DataFrame(columns=["data", "task", "label", "metric", "value", "low", "high", "n"])

    def build(encoder: Path, root: Path, **options: Any) -> Model:
        noted.update(encoder=encoder, root=root, name=options["name"])
        return Model(name=options["name"])

    def save(model: Model, target: Path, *, overwrite: bool) -> None:
        noted.update(target=target, overwrite=overwrite, description=model.about["description"])
        target.mkdir(parents=True)

    monkeypatch.setattr(neural, "read_encoder", lambda folder: folder)
    monkeypatch.setattr(neural, "build", build)
    monkeypatch.setattr(commands, "verify", lambda _: None)
    monkeypatch.setattr(commands, "score_model", lambda *_: scores)
    monkeypatch.setattr(stancekit.store, "save", save)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpora").mkdir()
    return noted


@pytest.mark.parametrize(
    ("name", "folder", "said", "target"),
    [
        ("news-encoder", "", "A small encoder", "bundled"),
        ("news-encoder-large", "large", "six of the teacher's twelve layers", "bundled"),
        ("news-teacher", "teacher", "The teacher of news-encoder", "runs"),
    ],
)
def test_an_encoder_that_is_there_is_taken(
    name: str,
    folder: str,
    said: str,
    target: str,
    built: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(commands, "BUNDLED", Path("bundled"))
    graph = Path("mine") / folder / neural.GRAPH
    graph.parent.mkdir(parents=True)
    graph.touch()
    options = ["build", name, "--corpora", "corpora", "--encoder", "mine"]
    result = RUNNER.invoke(commands.app, options)
    assert result.exit_code == 0, result.output
    assert built["encoder"] == graph.parent
    assert built["name"] == name
    assert built["target"] == Path(target) / name
    assert said in built["description"]


@pytest.mark.parametrize(
    ("name", "module", "exporter", "folder"),
    [
        ("news-teacher", "recipe", "export_teacher", "teacher"),
        ("news-encoder-large", "large", "export_large", "large"),
    ],
)
def test_an_encoder_that_is_not_there_is_made(
    name: str,
    module: str,
    exporter: str,
    folder: str,
    built: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("torch")
    made: list[tuple[Path, Path]] = []
    monkeypatch.setattr(commands, "BUNDLED", Path("nowhere"))
    monkeypatch.setattr(
        f"training.encoder.{module}.{exporter}", lambda root, run, **_: made.append((root, run))
    )
    result = RUNNER.invoke(commands.app, ["build", name, "--corpora", "corpora"])
    assert result.exit_code == 0, result.output
    assert made == [(Path("corpora"), Path("runs/encoder"))]
    assert built["encoder"] == Path("runs/encoder") / folder


@pytest.mark.parametrize("name", ["news-encoder", "news-encoder-large"])
def test_the_bundled_encoder_is_taken_for_the_bundled_model(
    name: str, built: dict[str, Any]
) -> None:
    options = ["build", name, "--corpora", "corpora", "--out", "elsewhere"]
    result = RUNNER.invoke(commands.app, options)
    assert result.exit_code == 0, result.output
    assert built["encoder"] == commands.BUNDLED / name
    assert built["target"] == Path("elsewhere")


@pytest.mark.parametrize(
    ("options", "message"),
    [(["news-teacher"], "is built with --corpora"), (["news-pupil"], "expected news-lexical or")],
)
def test_what_cannot_be_built_is_refused(
    built: dict[str, Any], options: list[str], message: str
) -> None:
    result = RUNNER.invoke(commands.app, ["build", *options])
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
    assert built == {}
