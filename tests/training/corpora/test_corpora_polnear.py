from __future__ import annotations

import pytest

from stancekit.errors import InputError
from training.corpora.polnear import FOLDERS, read_polnear

TEXT = 'The mayor said the bridge is "safe", she added.\nNobody replied.\n'
FIRST = (
    "T1\tSource 0 9\tThe mayor\n"
    "T2\tCue 10 14\tsaid\n"
    'T3\tContent 15 28;29 35\tthe bridge is "safe"\n'
    "T4\tAttribution 10 14\tsaid\n"
    "a line broken\n"
    "#1\tAnnotatorNotes T2\tunsure\n"
    "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1 \n"
    "T5\tCue 41 46\tadded\n"
    "E2\tAttribution-no-source:T9 Cue:T5 Content2:T3 Source:T8 \n"
)
SECOND = "T1\tSource 0 3\tThe\nT2\tCue 10 14\tsaid\nE1\tCue:T2 Source:T1\n"


@pytest.fixture
def corpus(put, tmp_path):
    folder = FOLDERS["dev"]
    put(f"{folder}/text/wire_2016-01-05_bridge_.txt", TEXT)
    put(f"{folder}/attributions/wire_2016-01-05_bridge__b22b.ann", SECOND)
    put(f"{folder}/attributions/wire_2016-01-05_bridge__a11a.ann", FIRST)
    return read_polnear(tmp_path, "dev")


def test_an_article_is_read_once_whatever_the_number_of_annotators(corpus):
    assert corpus.articles.to_dict("records") == [
        {"doc_id": "wire_2016-01-05_bridge_", "text": TEXT, "split": "dev", "source": "polnear"}
    ]


def test_roles_of_the_first_annotator_with_one_row_per_piece(corpus):
    rows = corpus.attributions
    pieces = [
        (row.attribution_id, row.role, TEXT[row.start : row.end]) for row in rows.itertuples()
    ]
    assert pieces == [
        ("E1", "content", "the bridge is"),
        ("E1", "content", '"safe"'),
        ("E1", "cue", "said"),
        ("E1", "source", "The mayor"),
        ("E2", "cue", "added"),
        ("E2", "content", "the bridge is"),
        ("E2", "content", '"safe"'),
    ]


def test_broken_lines_and_dangling_references_are_counted_and_notes_are_not(corpus):
    assert corpus.n_skipped == 2


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(InputError, match="attributions: expected a corpus file or folder"):
        read_polnear(tmp_path, "train")
