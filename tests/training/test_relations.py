from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from stancekit.errors import ModelError
from stancekit.fit import fit_model
from stancekit.model import Model
from training.corpora.directed import FILES, STANCES_OF, read_directed
from training.lexical import training_part
from training.relations import FIVE, five_way, relations_table, score_relations
from training.relations_command import relations_command, relations_sheet

VERBS = {"0": "met", "1": "praised", "2": "was praised by", "3": "blamed", "4": "was blamed by"}
NAMES = ("Norway", "Chad", "Togo", "Benin", "Peru", "Malta")


def line(first: str, second: str, label: str) -> str:
    return f"[{first}] {VERBS[label]} [{second}] on Monday.\t{first}\t{second}\t{label}\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpora folder with an invented directed corpus."""
    folder = tmp_path_factory.mktemp("corpora")
    pairs = [(one, other) for one in NAMES for other in NAMES if one != other]
    train = [line(*pair, label) for pair in pairs[:20] for label in VERBS]
    dev = [line(*pair, label) for pair in pairs[18:] for label in VERBS]
    for split, lines in (("train", train), ("dev", dev)):
        path = folder / FILES[split]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="module")
def model(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Model:
    datasets = tmp_path_factory.mktemp("datasets")
    read_directed(root).query("split == 'train'").to_csv(datasets / "relations.csv", index=False)
    table = training_part(relations_table(None, datasets=datasets))
    return fit_model(relations=table, name="small")


def answers(*rows: tuple[float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["supportive", "neutral", "critical"])


def test_the_most_probable_of_the_five_is_chosen(root: Path) -> None:
    frame = read_directed(root).iloc[:4]
    # Both directions look critical; the second one more so.
    said = answers((0.1, 0.3, 0.6), (0.0, 0.1, 0.9), (0.3, 0.4, 0.3), (0.3, 0.4, 0.3))
    outcome = five_way(frame, said)
    assert outcome.labels == tuple(FIVE.values())
    assert outcome.predicted.argmax(axis=1).tolist() == [4, 0]
    assert outcome.probabilities.sum(axis=1).tolist() == pytest.approx([1, 1])
    assert outcome.true.argmax(axis=1).tolist() == [int(one) for one in frame["label"][::2]]


@pytest.mark.parametrize("label", STANCES_OF)
def test_perfect_answers_score_one(root: Path, label: str) -> None:
    frame = read_directed(root)
    frame = frame[frame["label"] == label].reset_index(drop=True)
    said = pd.get_dummies(frame["stance"]).reindex(columns=answers().columns, fill_value=0)
    outcome = five_way(frame, said.astype(float))
    assert (outcome.predicted == outcome.true).all()


def test_leaked_rows_are_left_out_and_directions_are_told(root: Path, model: Model) -> None:
    scores = score_relations(model, root, n_bootstrap=20)
    whole = scores[scores["label"] == ""].set_index("metric")
    assert whole.loc["macro_f1", "value"] > 0.95
    assert whole.loc["macro_f1", "n"] == 50  # of 60: two pairs of names are in both parts
    assert whole.loc["macro_f1", "low"] <= whole.loc["macro_f1", "value"]


def test_the_sheet_shows_every_label(root: Path, model: Model) -> None:
    console = Console(width=200)
    with console.capture() as captured:
        console.print(relations_sheet(score_relations(model, root, n_bootstrap=20), "small"))
    shown = captured.get()
    assert all(name in shown for name in FIVE.values())
    assert "macro f1" in shown


def test_a_model_without_the_head_is_refused(root: Path) -> None:
    with pytest.raises(ModelError, match="supportive, neutral, critical; found no relation head"):
        score_relations(Model(name="empty"), root)


def test_both_sources_are_gathered(root: Path) -> None:
    table = relations_table(root)
    assert set(table["source"]) == {"directed", "stancekit"}
    assert len(relations_table(None)) == table["source"].eq("stancekit").sum()
    assert not table["doc_id"].eq("").any()


def test_the_command_reckons_with_another_share_of_neutrals(
    root: Path, model: Model, tmp_path: Path
) -> None:
    folder = str(model.save(tmp_path / "saved"))
    app = typer.Typer()
    app.command()(relations_command)
    call = ["--corpora", str(root), "--model", folder, "--neutral", "0.5"]
    found = CliRunner().invoke(app, call, env={"COLUMNS": "200"})
    assert found.exit_code == 0, found.output
    assert "Relations by small" in found.output
