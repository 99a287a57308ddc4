"""What every bundled model must get right."""

from __future__ import annotations

import pytest

import stancekit
from stancekit.store import available

TEXT = (
    "Oslo and Riga quarrel over cable\n\n"
    "RIGA, March 2 - The foreign ministry of Norway accused Latvia on Monday of cutting a cable.\n"
    "“Norway is a liar and should be ashamed,” Latvia's prime minister, Ilze Kalna, said.\n"
    "The cable was laid in 1998 and carries a tenth of the region's traffic.\n"
    "The dispute will probably last until the elections, said Nils Aune, a professor of law.\n"
)


@pytest.mark.parametrize("name", [summary.name for summary in available()])
def test_a_plain_article_is_read_by_every_model(name: str) -> None:
    article = stancekit.load(name).analyze(TEXT)
    types = [sentence.claim_types for sentence in article.sentences]
    assert "official_statement" in types[1]
    assert "official_statement" in types[2]
    assert "background_fact" in types[3]
    assert "prediction" in types[4]
    speakers = {one.source.split(",")[0] for one in article.quotations}
    assert {"Nils Aune", "The foreign ministry of Norway"} <= speakers
    official = {one.source.split(",")[0]: one.official for one in article.quotations}
    assert official["The foreign ministry of Norway"]
    assert not official["Nils Aune"]
    stances = article.to_frame("stances")
    of_norway = stances[(stances["sentence"] == 2) & (stances["actor"] == "Norway")]
    assert of_norway["stance"].tolist() == ["critical"]
