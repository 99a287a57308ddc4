from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import all_claims, all_stances, full_model

from training.lexical import (
    SOURCE_WEIGHTS,
    claims_table,
    stances_table,
    training_part,
    unlabelled_texts,
)

REPOSITORY = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("STANCEKIT_CORPORA", REPOSITORY.parent / "shared" / "corpora"))
needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here")

rows = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["train", "dev", "test"])), max_size=20
)


@given(rows)
def test_no_sentence_is_learned_that_is_held_out_anywhere(found: list[tuple[str, str]]) -> None:
    table = pd.DataFrame(found, columns=["text", "split"], index=range(3, 3 + len(found)))
    held_out = {text for text, split in found if split != "train"}
    expected = [text for text, split in found if split == "train" and text not in held_out]
    kept = training_part(table)
    assert kept["text"].tolist() == expected
    assert kept.index.tolist() == list(range(len(expected)))


def test_without_corpora_the_tables_are_the_projects_own() -> None:
    claims, stances = claims_table(None), stances_table(None)
    assert set(claims["source"]) == set(stances["source"]) == {"stancekit"}
    assert claims["text"].tolist() == all_claims()["text"].tolist()
    assert stances["text"].tolist() == all_stances()["text"].tolist()
    assert (stances["weight"] == 1).all()


def test_other_datasets_may_be_given(tmp_path: Path) -> None:
    for kind, table in (("claims", all_claims()), ("stances", all_stances())):
        table[table["doc_id"] == table["doc_id"].iloc[0]].to_csv(
            tmp_path / f"{kind}.csv", index=False
        )
    first = all_claims()["doc_id"].iloc[0]
    assert set(claims_table(None, datasets=tmp_path)["doc_id"]) == {first}
    assert set(stances_table(None, datasets=tmp_path)["doc_id"]) == {first}


def test_the_splits_of_the_datasets_share_no_document() -> None:
    for table in (all_claims(), all_stances()):
        assert not table[["doc_id", "split"]].drop_duplicates()["doc_id"].duplicated().any()
        assert set(table["split"]) == {"train", "dev", "test"}


@pytest.mark.slow
def test_the_model_is_built_from_the_datasets_alone() -> None:
    built = full_model()
    assert built.name == "news-lexical"
    assert built.claim_labels == ("prediction", "official_statement", "background_fact")
    assert built.stance_labels == ("supportive", "neutral", "critical")
    assert [entry["table"] for entry in built.about["data"]] == ["claims", "stances"]


@pytest.mark.slow
def test_it_tells_labels_in_articles_that_it_has_not_seen() -> None:
    claims = all_claims()[all_claims()["split"] == "dev"]
    found = full_model().label_claims(claims)["claim_types"].str.get_dummies("|").astype(bool)
    truth = claims["claim_types"].str.get_dummies("|").astype(bool)
    for name in full_model().claim_labels:
        hits = (found[name] & truth[name]).sum()
        assert 2 * hits / (found[name].sum() + truth[name].sum()) > 0.7
    stances = all_stances()[all_stances()["split"] == "dev"]
    labelled = full_model().label_stances(stances)["stance"]
    assert (labelled == stances["stance"]).mean() > stances["stance"].value_counts(
        normalize=True
    ).max()


@needs_corpora
@pytest.mark.slow
def test_with_the_corpora_the_tables_hold_every_source() -> None:
    claims, stances = claims_table(CORPORA), stances_table(CORPORA)
    assert {"stancekit", "newsdiscourse", "wikinews"} == set(claims["source"])
    assert {"newsmtsc", *SOURCE_WEIGHTS, "stancekit"} == set(stances["source"])
    for source, weight in SOURCE_WEIGHTS.items():
        assert (stances.loc[stances["source"] == source, "weight"] == weight).all()
    for table in (claims, stances):
        held_out = set(table.loc[table["split"] != "train", "text"])
        assert held_out.isdisjoint(training_part(table)["text"])


@needs_corpora
@pytest.mark.slow
def test_word_vectors_learn_from_no_held_out_document() -> None:
    held_out = claims_table(CORPORA).query("split != 'train' and source != 'stancekit'")
    sentences = {text for text in held_out["text"] if len(text) > 120}
    texts = "\n".join(unlabelled_texts(CORPORA))
    # A sentence may stand in two articles.
    assert sum(text in texts for text in sentences) < 0.01 * len(sentences)
