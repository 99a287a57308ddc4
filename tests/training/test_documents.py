from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from models import retrained_model, small_model
from readers import encoder_model
from rich.console import Console
from typer.testing import CliRunner

from stancekit.encoder import CachedReader
from stancekit.errors import ModelError
from stancekit.labels import STANCES
from stancekit.records import Actor, Mention
from training import documents
from training.__main__ import app
from training.corpora.persent import FILE
from training.document_scores import AGREED, HEAD, MAIN, MAJORITY, NAIVE, score_documents
from training.documents import (
    PRIORS,
    Case,
    actor_called,
    agreed_cases,
    cross_fitted,
    fit_cases,
    fit_documents,
    naive_mean,
    persent_cases,
)
from training.documents_command import documents_sheets

VERBS = {"Positive": "praised", "Neutral": "met", "Negative": "condemned"}
PEOPLE = ("Ana Silva", "Joe Bloggs", "Kofi Boateng", "Mei Tanaka")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpora folder with an invented PerSenT."""
    folder = tmp_path_factory.mktemp("corpora")
    columns = ["DOCUMENT_INDEX", "TITLE", "TARGET_ENTITY", "DOCUMENT", "TRUE_SENTIMENT"]
    rows = [
        (n, "NA", name, f"Kenya {verb} {name} on Monday.\nPeru  too  {verb} {name}.", label)
        for n, (name, (label, verb)) in enumerate(
            (name, pair) for name in PEOPLE for pair in VERBS.items()
        )
    ]
    rows.append((99, "Weather", "Max Muster", "Rain fell in the hills.", "Neutral"))
    path = folder / FILE
    path.parent.mkdir()
    pd.DataFrame(rows, columns=columns).to_csv(path, index=False)
    return folder


@pytest.fixture
def annotated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put an invented article in the place of the annotated ones."""
    texts = ["Kenya condemned Togo.", "Peru met Togo.", "Kenya condemned Togo again.", "Rain fell."]
    keys = {"doc_id": "a", "split": "dev"}
    claims = pd.DataFrame({"sentence_id": [f"S{n}" for n in range(4)], "text": texts, **keys})
    spans = [
        ("S0", 0, 5, "neutral"),
        ("S0", 16, 20, "critical"),
        ("S1", 0, 4, "neutral"),
        ("S1", 9, 13, "neutral"),
        ("S9", 0, 4, "critical"),
    ]
    stances = pd.DataFrame(spans, columns=["sentence_id", "start", "end", "stance"]).assign(**keys)
    unused = stances.assign(doc_id="b", split="train")
    monkeypatch.setattr(documents, "claims_table", lambda _: claims)
    monkeypatch.setattr(documents, "stances_table", lambda _: pd.concat([stances, unused]))


def test_main_persons_are_judged_by_their_sentences(root: Path) -> None:
    cases = list(persent_cases(small_model(), root))
    assert [one.stance for one in cases] == [*["supportive", "neutral", "critical"] * 4, "neutral"]
    assert [len(one.evidence) for one in cases] == [*[2] * 12, 0]
    balance = {
        stance: np.mean(
            [one.evidence[:, 0] - one.evidence[:, 1] for one in cases[:12] if one.stance == stance]
        )
        for stance in STANCES
    }
    assert balance["supportive"] > balance["critical"]


@pytest.mark.usefixtures("annotated")
def test_actors_on_whom_all_sentences_agree(root: Path) -> None:
    # Togo is condemned and met; one of Kenya's two sentences is labelled, Peru's only one is.
    cases = list(agreed_cases(small_model(), root))
    assert {one.stance for one in cases} == {"neutral"}
    assert [len(one.evidence) for one in cases] == [2, 1]
    assert {one.doc_id for one in cases} == {"a"}


@pytest.mark.usefixtures("annotated")
def test_the_head_is_fitted_on_both(root: Path) -> None:
    head = fit_documents(small_model(), root)
    assert head.classes_.tolist() == list(STANCES)
    assert head.priors == PRIORS
    # Twelve of PerSenT, four of each; two neutral ones more that count a fifth.
    shares = np.array([5, 5.4, 5]) / 15.4
    assert head.priors_ == pytest.approx(shares, abs=0.03)


def test_an_encoder_reads_through_its_cache(root: Path, tmp_path: Path) -> None:
    model = encoder_model()
    assert model.encoder is not None
    reader = CachedReader(model.encoder, tmp_path)
    cached = list(persent_cases(model, root, reader=reader))
    plain = list(persent_cases(model, root))
    assert list(tmp_path.iterdir())
    for one, other in zip(cached, plain, strict=True):
        assert one.evidence.tolist() == other.evidence.tolist()


def test_stances_of_other_names_are_refused(root: Path) -> None:
    with pytest.raises(ModelError, match="expected a model that tells supportive"):
        list(persent_cases(retrained_model(), root))


def named(name: str, n: int, kind: str = "person") -> Actor:
    mentions = [Mention(at, at + 1, "x", 0, name, kind) for at in range(n)]
    return Actor(f"{name} {n}", name, kind, mentions=tuple(mentions))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana Silva", "Ana Silva 2"),
        ("SILVA", "Silva 5"),
        ("Silva Ana Silva", "Ana Silva 2"),
        ("Duke of Orr", None),
        ("Lagos", None),
    ],
)
def test_whom_a_name_means(name: str, expected: str | None) -> None:
    actors = [
        named("Ana Silva", 2),
        named("Silva", 5),
        named("Bank of Peru", 9),
        named("Lagos", 3, "place"),
    ]
    found = actor_called(name, actors)
    assert (found.id if found else None) == expected


def made(n: int, prefix: str, seed: int) -> list[Case]:
    """Invent cases that sentences tell well, but not as shares."""
    drawing = np.random.default_rng(seed)
    sides = {"supportive": (0.35, 0.1), "neutral": (0.1, 0.1), "critical": (0.1, 0.35)}
    cases = []
    for at in range(n):
        stance = STANCES[at % 3]
        rows = np.zeros((int(drawing.integers(1, 9)), 6))
        rows[:, :2] = np.clip(sides[stance] + drawing.normal(0, 0.05, (len(rows), 2)), 0.01, 0.49)
        cases.append(Case(f"{prefix}{at}", stance, rows))
    return cases


def test_no_head_judges_an_article_that_it_has_seen() -> None:
    main = [*made(30, "m", 0), *made(30, "m", 1)]
    held_out = [at for _, rest in cross_fitted(main, made(30, "a", 2), n_folds=5) for at in rest]
    assert sorted(held_out) == list(range(90))
    for _, rest in cross_fitted(main, n_folds=5):
        # The same article twice is in one fold.
        assert {at % 30 for at in rest if at < 30} == {at % 30 for at in rest if at >= 30}


def test_scores_stand_beside_two_that_learn_nothing() -> None:
    missing = Case("gone", "neutral", np.zeros((0, 0)))
    scores = score_documents([*made(60, "m", 0), missing], made(30, "a", 1), n_bootstrap=50)
    value = {
        (row.data, row.judge, row.metric): row.value
        for row in scores[scores["label"] == ""].itertuples()
    }
    assert value[MAIN, HEAD, "macro_f1"] > 0.9
    # Support and criticism never reach a half: the mean calls all neutral.
    assert value[MAIN, NAIVE, "accuracy"] == pytest.approx(1 / 3)
    assert value[MAIN, MAJORITY, "macro_f1"] == pytest.approx(1 / 6)
    assert value[AGREED, HEAD, "accuracy"] > 0.9
    assert value[MAIN, HEAD, "coverage"] > 0.8
    assert set(scores.query("metric == 'accuracy' and data == @MAIN")["n"]) == {60}
    console = Console(width=200, file=io.StringIO())
    with console.capture() as shown:
        for sheet in documents_sheets(scores, "small"):
            console.print(sheet)
    assert "coverage" in shown.get()


def test_more_weight_on_main_articles_than_on_agreed_ones() -> None:
    main = made(30, "m", 0)
    plenty = [Case(f"n{at}", "neutral", main[0].evidence) for at in range(30)]
    alone, joined = fit_cases(main), fit_cases(main, plenty)
    assert joined.priors_[1] - alone.priors_[1] == pytest.approx(0.11, abs=0.03)


def test_the_naive_mean() -> None:
    assert naive_mean(np.array([[0.2, 0.4, 0, 0, 0, 0], [0.4, 0.6, 0, 0, 0, 0]])).tolist() == (
        pytest.approx([0.3, 0.2, 0.5])
    )


def test_the_command_wants_corpora() -> None:
    result = CliRunner().invoke(app, ["documents"])
    assert result.exit_code == 2
    assert "--corpora" in result.output
