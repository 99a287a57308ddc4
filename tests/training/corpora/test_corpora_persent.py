from __future__ import annotations

import pytest

from training.corpora.persent import FILE, read_persent, restored

LINES = (
    "DOCUMENT_INDEX,TITLE,TARGET_ENTITY,DOCUMENT,MASKED_DOCUMENT,TRUE_SENTIMENT,"
    "Paragraph0,Paragraph1\n"
    '7,NEW KEEPER,Ana Silva,"The zoo chose well.\n Silva starts.",x,Positive,Positive,Neutral\n'
    "8,NA,Joe Bloggs,He lost again.,x,Negative,Negative,\n"
)


def test_documents_with_stances_for_every_paragraph(put, tmp_path):
    put(FILE, LINES)
    documents = read_persent(tmp_path)
    assert documents["doc_id"].tolist() == ["7", "8"]
    assert documents["title"].tolist() == ["NEW KEEPER", "NA"]
    assert documents["target"].tolist() == ["Ana Silva", "Joe Bloggs"]
    assert documents["stance"].tolist() == ["supportive", "critical"]
    assert documents["paragraph_0"].tolist() == ["supportive", "critical"]
    assert documents["paragraph_1"].tolist() == ["neutral", ""]
    assert documents["text"][0].split("\n") == ["The zoo chose well.", " Silva starts."]


@pytest.mark.parametrize(
    ("lost", "mended"),
    [
        ("Rain fell  and 12 500 stayed. Ana won.", "Rain fell, and 12,500 stayed. Ana won."),
        ('"We lost " she said.\n Ana left.', '"We lost," she said.\n Ana left.'),
        ("Ana Silva  won. Then  she  left  of course.", "Ana Silva won. Then she left, of course."),
        (
            "He said Minister Silva  won  too.  Silva  left.",
            "He said Minister Silva won, too. Silva left.",
        ),
        ("The zoo\u00e2\u0080\u0099s keeper", "The zoo\u2019s keeper"),
        ("caf\u00e9\u00e9 \u00e2\u00e2", "caf\u00e9\u00e9 \u00e2\u00e2"),
    ],
)
def test_commas_come_back_and_marks_go(lost: str, mended: str) -> None:
    assert restored(lost, "Ana Silva") == mended


@pytest.mark.parametrize("target", ["", "(", "Silva"])
def test_lines_stay_whatever_the_target(target: str) -> None:
    text = "One  two.\n\n Three  Silva  four. \n"
    assert restored(text, target).count("\n") == text.count("\n")
