from __future__ import annotations

import zipfile

import pytest

from stancekit.errors import InputError
from training.corpora.newsdiscourse import FILES, read_newsdiscourse

TEXT = """URL http://example.org/ferry

DATE/ AUTHOR 2018-07-28

H Ferry strike ends
S1  The crews return on Monday .
S2 PORTO (Wire)

S3 "We are relieved," the harbour master said.
SHE left.
"""
ANNOTATION = (
    "T1\tMain 60 62\tS1\nE1\tMain:T1 \n"
    "T2\tNA 90 92\tS2\nE2\tNA:T2 \n"
    "T3\tDistant_Evaluation 110 112\tS3\nE3\tDistant_Evaluation:T3 \n"
    "T4\tSpeech 110 111\t3\nE4\tSpeech:T4 \n"
)


@pytest.fixture
def sentences(tmp_path):
    for split, top in (("train", "train 2"), ("dev", "validation")):
        path = tmp_path / FILES[split]
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w") as archive:
            folder = f"{top}/Business" if split == "train" else top
            archive.writestr(f"{folder}/Wire_1.txt", TEXT)
            archive.writestr(f"{folder}/Wire_1.ann", ANNOTATION)
            archive.writestr(f"__MACOSX/{folder}/._Wire_1.txt", b"\x80\x00")
            archive.writestr(f"{top}/.DS_Store", b"\x80\x00")
    return read_newsdiscourse(tmp_path)


def test_sentences_keep_the_order_of_the_article(sentences):
    train = sentences[sentences["split"] == "train"]
    assert train["sentence_id"].tolist() == ["H", "S1", "S2", "S3"]
    assert train["text"].tolist() == [
        "Ferry strike ends",
        "The crews return on Monday .",
        "PORTO (Wire)",
        '"We are relieved," the harbour master said.',
    ]


def test_articles_are_named_by_their_path_in_the_archive(sentences):
    assert sentences.drop_duplicates("doc_id")["doc_id"].tolist() == ["Business/Wire_1", "Wire_1"]
    assert sentences["split"].tolist() == ["train"] * 4 + ["dev"] * 4


def test_content_types_and_speech_even_where_the_marker_lost_its_letter(sentences):
    train = sentences[sentences["split"] == "train"]
    assert train["content_type"].tolist() == ["", "Main", "", "Distant_Evaluation"]
    assert train["speech"].tolist() == [False, False, False, True]


def test_a_missing_archive_is_named(tmp_path):
    with pytest.raises(InputError, match=r"train\.zip: expected a corpus file"):
        read_newsdiscourse(tmp_path)
