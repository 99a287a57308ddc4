from __future__ import annotations

from training.corpora.persent import FILE, read_persent

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
