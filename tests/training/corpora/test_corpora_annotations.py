from __future__ import annotations

import zipfile

import pytest

from training.corpora import newsdiscourse, wikinews
from training.corpora.annotations import FOLDER, read_claims, read_stances
from training.corpora.files import read_cells, text_digest

HEAD = "Ferry strike ends"
FIRST = "Porto expects crews back."
ARTICLE = "Rain fell on Oslo. More is coming."
URL = "https://example.org/rain,_again"


@pytest.fixture
def root(put, tmp_path):
    for file in newsdiscourse.FILES.values():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w") as archive:
            if "train" in path.name:
                archive.writestr("train 2/Business/W_1.txt", f"H {HEAD}\nS1 {FIRST}\nS2 Bye.\n")
                archive.writestr("train 2/Business/W_1.ann", "T1\tMain 0 2\tS1\n")
    header = "url,date,title,text\n"
    put(wikinews.FILES[0], f'{header}"{URL}",2019-01-04,Rain in Oslo,{ARTICLE}\n')
    put(wikinews.FILES[1], header)
    return tmp_path


@pytest.fixture
def labels(put, tmp_path):
    claims = [
        f"Business/W_1,H,{text_digest(HEAD)},,train",
        f"Business/W_1,S1,{text_digest(FIRST)},prediction|official_statement,train",
    ]
    _put_claims(put, "newsdiscourse", claims)
    rows = ["Business/W_1,S1,0,5,supportive,train", "Business/W_1,S1,14,19,not_an_actor,train"]
    put("labels/newsdiscourse_stances.csv", _csv("doc_id,sentence_id,start,end,stance,split", rows))
    claims = [
        f'"{URL}",H,-1,-1,{text_digest("Rain in Oslo")},,dev',
        f'"{URL}",S1,0,18,{text_digest(ARTICLE[:18])},background_fact,dev',
    ]
    header = "doc_id,sentence_id,start,end,text_sha1,claim_types,split"
    put("labels/wikinews_claims.csv", _csv(header, claims))
    rows = [f'"{URL}",S1,13,17,critical,dev']
    put("labels/wikinews_stances.csv", _csv("doc_id,sentence_id,start,end,stance,split", rows))
    return tmp_path / "labels"


def _csv(header, rows):
    return "\n".join([header, *rows, ""])


def _put_claims(put, source, rows):
    put(
        f"labels/{source}_claims.csv",
        _csv("doc_id,sentence_id,text_sha1,claim_types,split", rows),
    )


def test_claims_come_with_their_text_in_the_order_of_the_article(root, labels):
    claims, report = read_claims(root, labels=labels)
    assert claims["text"].tolist() == [HEAD, FIRST, "Rain in Oslo", "Rain fell on Oslo."]
    types = ["", "prediction|official_statement", "", "background_fact"]
    assert claims["claim_types"].tolist() == types
    assert claims["source"].tolist() == ["newsdiscourse"] * 2 + ["wikinews"] * 2
    assert str(report) == "4 labels joined, 0 without their sentence"


def test_stances_name_the_actor_as_the_text_does(root, labels):
    stances, report = read_stances(root, labels=labels)
    assert stances["actor"].tolist() == ["Porto", "Oslo"]
    assert stances["stance"].tolist() == ["supportive", "critical"]
    assert stances["split"].tolist() == ["train", "dev"]
    assert (report.n_joined, report.n_missing) == (3, 0)


def test_candidates_that_are_no_actor_can_be_kept_without_a_stance(root, labels):
    stances, _ = read_stances(root, labels=labels, actors_only=False)
    assert stances["actor"].tolist() == ["Porto", "crews", "Oslo"]
    assert stances["is_actor"].tolist() == [True, False, True]
    assert stances["stance"].tolist() == ["supportive", "", "critical"]


def test_labels_without_their_sentence_are_reported_and_left_out(root, labels, put):
    rows = [
        f"Business/W_1,H,{text_digest('Ferry strike goes on')},,train",
        f"Business/W_1,S1,{text_digest(FIRST)},,train",
        f"Business/W_2,S1,{text_digest(FIRST)},,train",
    ]
    _put_claims(put, "newsdiscourse", rows)
    claims, report = read_claims(root, labels=labels, sources=("newsdiscourse",))
    assert claims["sentence_id"].tolist() == ["S1"]
    assert str(report).splitlines() == [
        "1 labels joined, 2 without their sentence",
        "  newsdiscourse Business/W_1 H: text differs",
        "  newsdiscourse Business/W_2 S1: no such sentence",
    ]


def test_a_span_outside_its_sentence_is_reported(root, labels, put):
    rows = ["Business/W_1,S1,20,99,neutral,train", "Business/W_1,S9,0,3,neutral,train"]
    put("labels/newsdiscourse_stances.csv", _csv("doc_id,sentence_id,start,end,stance,split", rows))
    stances, report = read_stances(root, labels=labels, sources=("newsdiscourse",))
    assert stances.empty
    reasons = ["span outside the sentence", "no such sentence"]
    assert report.missing["reason"].tolist() == reasons


def test_the_label_files_of_the_project_hold_no_text():
    tables = [read_cells(path) for path in FOLDER.glob("*.csv")]
    assert len(tables) == 4
    cells = [cell for table in tables for name in table for cell in table[name].unique()]
    assert not [cell for cell in cells if " " in cell]
