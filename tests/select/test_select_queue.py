from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers import CountingEncoder, encoder_model

from stancekit.errors import InputError, NotTrainedError
from stancekit.model import Model
from stancekit.select import queue
from stancekit.select.diversity import choose, sentence_vectors
from stancekit.select.unlabelled import find_pairs, find_targets, read_sentences
from stancekit.tables import CLAIMS, RELATIONS, STANCES_TABLE, read_table

CLAIM_COLUMNS = ["doc_id", "sentence_id", "text", "claim_types", "suggested", "uncertainty"]
STANCE_COLUMNS = [
    *("doc_id", "sentence_id", "text", "start", "end", "actor"),
    *("stance", "suggested", "uncertainty"),
]
RELATION_COLUMNS = [
    *("doc_id", "sentence_id", "text", "holder_start", "holder_end", "target_start"),
    *("target_end", "holder", "target", "stance", "suggested", "uncertainty"),
]
ARTICLE = """Peru and Chile sign a pact

LIMA - Peru praised Chile on Monday. The pact may end a long quarrel.

Related Posts
"""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    for name, text in {"b/two": "Kenya blamed Togo.\nTogo fell silent.", "one": ARTICLE}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).with_suffix(".txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_queue_of_claims_has_the_columns_that_training_reads(
    model: Model, claims: pd.DataFrame
) -> None:
    todo = queue(model, claims[["doc_id", "text"]], n=12)
    assert list(todo) == CLAIM_COLUMNS
    assert len(todo) == 12
    assert not todo["text"].duplicated().any()
    assert (todo["claim_types"] == "").all()
    assert todo["uncertainty"].between(0, 1).all()


def test_a_filled_in_queue_of_claims_can_be_trained_on(
    model: Model, claims: pd.DataFrame, tmp_path: Path
) -> None:
    todo = queue(model, claims[["doc_id", "text"]], n=10)
    todo.assign(claim_types=todo["suggested"]).to_csv(tmp_path / "todo.csv", index=False)
    assert len(read_table(tmp_path / "todo.csv", CLAIMS)) == 10


def test_a_filled_in_queue_of_stances_can_be_trained_on(
    model: Model, stances: pd.DataFrame, tmp_path: Path
) -> None:
    todo = queue(model, stances[["doc_id", "sentence_id", "text"]], n=10, kind="stances")
    assert list(todo) == STANCE_COLUMNS
    todo.assign(stance=todo["suggested"]).to_csv(tmp_path / "todo.csv", index=False)
    filled = read_table(tmp_path / "todo.csv", STANCES_TABLE)
    cut = [text[a:b] for text, a, b in filled[["text", "start", "end"]].itertuples(index=False)]
    assert cut == filled["actor"].tolist()
    assert set(todo["suggested"]) <= set(model.stance_labels)


def test_a_filled_in_queue_of_relations_can_be_trained_on(
    model: Model, stances: pd.DataFrame, tmp_path: Path
) -> None:
    todo = queue(model, stances[["doc_id", "sentence_id", "text"]], n=10, kind="relations")
    assert list(todo) == RELATION_COLUMNS
    todo.assign(stance=todo["suggested"]).to_csv(tmp_path / "todo.csv", index=False)
    filled = read_table(tmp_path / "todo.csv", RELATIONS)
    for who in ("holder", "target"):
        spans = filled[["text", f"{who}_start", f"{who}_end"]].itertuples(index=False)
        assert [text[a:b] for text, a, b in spans] == filled[who].tolist()
    assert (filled["holder"] != filled["target"]).all()
    assert set(todo["suggested"]) <= set(model.relation_labels)


def test_pairs_are_found_in_order_and_once(articles: Path) -> None:
    pairs = find_pairs(read_sentences(articles))
    cells = pairs[["doc_id", "sentence_id", "holder", "target"]].values.tolist()
    assert cells == [
        ["b/two", "S1", "Kenya", "Togo"],
        ["one", "H", "Chile", "Peru"],
        ["one", "H", "Peru", "Chile"],
        ["one", "S1", "Peru", "Chile"],
    ]
    blank = find_pairs(read_sentences(pd.DataFrame({"text": ["Rain fell."]})))
    assert len(blank) == 0
    assert list(blank) == list(pairs)


def test_without_a_kind_the_first_head_that_is_there_is_taught(
    model: Model, stances: pd.DataFrame
) -> None:
    bare = Model(relations=model.relations)
    todo = queue(bare, stances[["doc_id", "text"]], n=3)
    assert list(todo) == RELATION_COLUMNS


def test_the_same_seed_gives_the_same_queue(model: Model, claims: pd.DataFrame) -> None:
    source = claims[["doc_id", "text"]]
    first, second = (queue(model, source, n=8, seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_a_short_text_gives_fewer_rows(model: Model, articles: Path) -> None:
    todo = queue(model, articles / "one.txt", n=50)
    assert todo["sentence_id"].tolist() == ["H", "S1", "S2"]
    assert set(todo["doc_id"]) == {"one"}


def test_rows_come_in_text_order(model: Model, claims: pd.DataFrame) -> None:
    source = claims.drop_duplicates("text")[["doc_id", "sentence_id", "text"]]
    todo = queue(model, source, n=15)
    place = source["text"].tolist().index
    assert [place(text) for text in todo["text"]] == sorted(map(place, todo["text"]))


def test_a_text_without_sentences_gives_an_empty_queue(model: Model, tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_text(" \n", encoding="utf-8")
    assert list(queue(model, tmp_path / "blank.txt")) == CLAIM_COLUMNS
    empty = queue(model, tmp_path / "blank.txt", kind="stances")
    assert list(empty) == STANCE_COLUMNS
    assert empty.empty


def test_suggestions_are_those_in_context(model: Model, claims: pd.DataFrame) -> None:
    source = claims[["doc_id", "sentence_id", "text"]]
    labelled = model.label_claims(source).drop_duplicates("text").set_index("text")
    todo = queue(model, source, n=15)
    assert todo["suggested"].tolist() == labelled.loc[todo["text"], "claim_types"].tolist()


def test_targets_are_judged_in_their_article() -> None:
    encoder = CountingEncoder()
    model = Model(stances=encoder_model().stances, encoder=encoder)
    texts = ["Kenya condemned Togo.", "Peru praised Togo."]
    todo = queue(model, pd.DataFrame({"text": [" ".join(texts)]}), n=4, kind="stances")
    assert set(todo["text"]) == set(texts)
    assert encoder.asked == [texts]


def test_the_first_choice_is_the_least_sure(model: Model, stances: pd.DataFrame) -> None:
    source = stances[["doc_id", "sentence_id", "text"]]
    most = queue(model, source, n=1, kind="stances")["uncertainty"].item()
    everything = queue(model, source, n=10_000, kind="stances")["uncertainty"]
    assert most == everything.max()


def test_a_model_of_stances_is_asked_for_stances(model: Model, articles: Path) -> None:
    only_stances = Model(stances=model.stances)
    assert list(queue(only_stances, articles / "one.txt")) == STANCE_COLUMNS
    with pytest.raises(NotTrainedError, match="no claim head"):
        queue(only_stances, articles / "one.txt", kind="claims")


@pytest.mark.parametrize(("n", "kind"), [(0, "claims"), (-3, None), (5, "actors")])
def test_impossible_requests_are_refused(model: Model, articles: Path, n: int, kind: str) -> None:
    with pytest.raises(InputError, match=r"expected n of at least 1|expected kind out of claims"):
        queue(model, articles / "one.txt", n=n, kind=kind)  # type: ignore[arg-type]


def test_a_folder_is_read_article_by_article(articles: Path) -> None:
    sentences = read_sentences(articles)
    assert sentences["doc_id"].unique().tolist() == ["b/two", "one"]
    assert sentences["text"].iloc[-1] == "The pact may end a long quarrel."


def test_sentences_of_a_table_are_left_whole(tmp_path: Path) -> None:
    frame = pd.DataFrame({"doc_id": ["NA"], "sentence_id": ["S7"], "text": ["One. Two."]})
    frame.to_csv(tmp_path / "t.csv", index=False)
    assert read_sentences(tmp_path / "t.csv").values.tolist() == [["NA", "S7", "One. Two."]]


def test_rows_of_one_document_are_one_article() -> None:
    frame = pd.DataFrame({"doc_id": ["a", "b", "a"], "text": ["A title", "It is.", "One. Two."]})
    assert read_sentences(frame).values.tolist() == [
        ["a", "H", "A title"],
        ["a", "S1", "One."],
        ["a", "S2", "Two."],
        ["b", "S1", "It is."],
    ]


@pytest.mark.parametrize("name", ["missing.txt", "empty", "latin.txt"])
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin.txt").write_bytes("S\u00e3o Paulo".encode("latin-1"))
    with pytest.raises(InputError, match=r"no such file|found none|expected UTF-8 text; found b"):
        read_sentences(tmp_path / name)


def test_each_actor_of_a_sentence_is_a_target_once() -> None:
    text = "Peru praised Chile, and Peru thanked Kenya."
    targets = find_targets(read_sentences(pd.DataFrame({"text": [text]})))
    assert targets[["start", "actor"]].values.tolist() == [
        [0, "Peru"],
        [13, "Chile"],
        [37, "Kenya"],
    ]


@given(st.integers(1, 12), st.integers(0, 12), st.integers(0, 5))
def test_choices_are_distinct_and_as_many_as_asked(n_rows: int, n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(n_rows, 3))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    chosen = choose(vectors, random.random(n_rows), n)
    assert len(set(chosen)) == len(chosen) == min(n, n_rows)
    assert choose(vectors, np.zeros(n_rows), n) == list(range(min(n, n_rows)))


def test_choices_are_apart() -> None:
    texts = ["Wheat prices rose.", "Wheat prices rose again.", "The court acquitted her."]
    vectors = sentence_vectors(texts)
    assert choose(vectors, np.array([0.9, 0.89, 0.5]), 2) == [0, 2]


def test_a_text_without_words_has_a_place_too() -> None:
    assert sentence_vectors(["...", "Rates rose."]).shape == (2, 2)
    assert np.isfinite(sentence_vectors(["..."])).all()
