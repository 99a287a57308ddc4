from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.corpora.conll import FOLDER, entity_spans, read_conll, tagged_texts

TRAIN = (
    "Port\tB-location\nLouis\tI-location\nwelcomed\tO\nNA\tB-organisation\n\n\nOslo\tB-location\n"
)
DEV = "Rain\tO\n.\tO\n\n"


@pytest.fixture
def tokens(put, tmp_path):
    put(f"{FOLDER}/politics/train.txt", TRAIN)
    put(f"{FOLDER}/politics/dev.txt", DEV)
    return read_conll(tmp_path, "politics")


def test_tokens_with_sentence_numbers_over_both_parts(tokens):
    assert tokens["sentence"].tolist() == [0, 0, 0, 0, 1, 2, 2]
    assert tokens["token"].tolist() == ["Port", "Louis", "welcomed", "NA", "Oslo", "Rain", "."]
    assert tokens["split"].tolist() == ["train"] * 5 + ["dev"] * 2
    assert set(tokens["source"]) == {"crossner_politics"}


def test_texts_and_entities(tokens):
    sentences, entities = tagged_texts(tokens)
    assert sentences["text"].tolist() == ["Port Louis welcomed NA", "Oslo", "Rain ."]
    assert entities.to_numpy().tolist() == [
        [0, 0, 10, "location"],
        [0, 20, 22, "organisation"],
        [1, 0, 4, "location"],
    ]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["B-person", "B-person"], [(0, 2, "person"), (3, 5, "person")]),
        (["I-person", "I-person"], [(0, 5, "person")]),
        (["B-person", "I-party"], [(0, 2, "person"), (3, 5, "party")]),
        (["O", "I-party"], [(3, 5, "party")]),
    ],
)
def test_where_entities_begin_and_end(tags, spans):
    assert entity_spans(["Li", "Bo"], tags) == spans


@given(
    st.lists(
        st.tuples(st.text("abc", min_size=1), st.sampled_from(["O", "B-x", "I-x", "B-y", "I-y"])),
        min_size=1,
    )
)
def test_spans_cover_exactly_the_tagged_tokens(pairs):
    tokens, tags = zip(*pairs, strict=True)
    text = " ".join(tokens)
    covered = [text[start:end].split() for start, end, _ in entity_spans(tokens, tags)]
    tagged = [token for token, tag in pairs if tag != "O"]
    assert [token for span in covered for token in span] == tagged
