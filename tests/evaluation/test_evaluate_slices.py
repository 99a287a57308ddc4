from __future__ import annotations

import pandas as pd

from stancekit.actors import ActorFinder
from stancekit.evaluation.slices import Slice, claim_slices, stance_slices


def numbers(slices: list[Slice]) -> dict[tuple[str, str], list[int]]:
    return {(one.name, one.group): one.rows.nonzero()[0].tolist() for one in slices}


def sentences(*texts: str, **columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"text": texts, **columns})


def test_sentences_are_divided_by_what_is_quoted() -> None:
    frame = sentences(
        "Rain fell all night.",
        '"We will never accept this treaty in any form," said Peru\'s president.',
        'He called the treaty, which both houses passed last week by a wide margin, "weak".',
    )
    found = numbers([*claim_slices(frame, ActorFinder())])
    assert found["quotation", "outside"] == [0]
    assert found["quotation", "mostly inside"] == [1]
    assert found["quotation", "partly inside"] == [2]


def test_sentences_are_divided_by_who_speaks() -> None:
    frame = sentences("Rain fell all night.", "Peru said that it would sign.")
    found = numbers([*claim_slices(frame, ActorFinder())])
    assert found["speaker", "country"] == [1]
    assert found["speaker", "none known"] == [0]


def test_rows_are_divided_by_length() -> None:
    frame = sentences(" ".join(["word"] * 15), " ".join(["word"] * 16), " ".join(["word"] * 31))
    found = numbers([*claim_slices(frame, ActorFinder())])
    assert found["length", "1 to 15 words"] == [0]
    assert found["length", "16 to 30 words"] == [1]
    assert found["length", "over 30 words"] == [2]


def test_a_division_that_leaves_the_table_whole_is_left_out() -> None:
    frame = sentences("Rain fell.", "Snow fell.", source=["wire", "wire"])
    assert numbers([*claim_slices(frame, ActorFinder())]) == {}


def test_mentions_are_divided_by_place_and_kind() -> None:
    quoted = 'The mayor said: "Peru has let us down badly," and left.'
    plain = "The Zorbane Institute met on Friday."
    frame = pd.DataFrame({"text": [quoted, plain, quoted], "start": [17, 4, 4], "end": [21, 21, 9]})
    found = numbers([*stance_slices(frame, ActorFinder())])
    assert found["quotation", "inside"] == [0]
    assert found["quotation", "outside"] == [1, 2]
    assert 0 in found["actor", "country"]


def test_the_kinds_of_a_table_are_believed() -> None:
    frame = pd.DataFrame(
        {
            "text": ["Peru won.", "Chile won.", "Someone won."],
            "start": [0, 0, 0],
            "end": [4, 5, 7],
            "kind": ["party", "country", ""],
        }
    )
    found = [(s.group, s.rows.nonzero()[0].tolist()) for s in stance_slices(frame, ActorFinder())]
    assert found == [("country", [1]), ("party", [0]), ("not known", [2])]


def test_small_sources_are_scored_together() -> None:
    sources = [f"paper {at:02}" for at in range(12) for _ in range(2)] + ["tiny", "small", ""]
    frame = sentences(*["Rain fell."] * len(sources), source=sources)
    found = numbers([*claim_slices(frame, ActorFinder())])
    assert len(found) == 13
    assert found["source", "all other sources"] == [24, 25, 26]
    assert found["source", "paper 03"] == [6, 7]
