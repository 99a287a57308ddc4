from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import InputError
from stancekit.records import Actor, Mention, Quotation, Relation, Sentence, Span, Stance

KENYA = Actor("kenya", "Kenya", "country", "Kenya", mentions=(Mention(4, 9, "Kenya", 0, "", ""),))
FALK = Actor("falk", "Ida Falk", "person", office="Minister of Harbours")
spans = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda p: Span(p[0], p[0] + p[1]))


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, 0)])
def test_a_span_checks_itself(start: int, end: int) -> None:
    with pytest.raises(InputError, match=rf"0 <= start < end; found {start}, {end}$"):
        Span(start, end)
    with pytest.raises(InputError, match="0 <= start < end"):
        Mention(start, end, "Kenya", 0, "Kenya", "country")
    with pytest.raises(InputError, match="0 <= start < end"):
        Sentence(start, end, 0, "Kenya won.", 0)
    with pytest.raises(InputError, match="0 <= start < end"):
        Quotation(start, end, direct=True)


@given(spans, spans)
def test_overlap_is_a_shared_character(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == bool(shared)


def test_records_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        KENYA.name = "Peru"  # type: ignore[misc]


def test_records_with_probabilities_can_be_in_sets() -> None:
    sentence = Sentence(0, 5, 0, "Kenya", 0, claims={"prediction": 0.5})
    stance = Stance(0, KENYA, "neutral", {"neutral": 1.0})
    assert len({sentence, sentence, stance, stance, KENYA, FALK}) == 4


def test_an_actor_is_the_same_wherever_it_is_mentioned() -> None:
    assert Actor("kenya", "Kenya", "country", "Kenya") == KENYA
    assert Actor("peru", "Peru", "country", "Peru") != KENYA
    assert "mentions" not in repr(KENYA)


def test_actor_row() -> None:
    assert KENYA.row() == {
        "actor": "Kenya",
        "id": "kenya",
        "kind": "country",
        "country": "Kenya",
        "office": "",
        "n_mentions": 1,
        "first": 4,
    }
    assert (FALK.row()["n_mentions"], FALK.row()["first"]) == (0, None)


def test_sentence_row() -> None:
    claims = {"prediction": 0.9, "official_statement": 0.8}
    sentence = Sentence(
        7, 17, 2, "Kenya won.", 1, claims=claims, claim_types=tuple(claims), speaker=FALK
    )
    assert sentence.row() == {
        "sentence": 2,
        "text": "Kenya won.",
        "start": 7,
        "end": 17,
        "paragraph": 1,
        "role": "body",
        "speaker": "Ida Falk",
        "claim_types": "prediction|official_statement",
        "prediction": 0.9,
        "official_statement": 0.8,
    }


def test_quotation_row() -> None:
    quotation = Quotation(1, 9, direct=True, speaker=FALK, source="she", cue="said", official=True)
    assert quotation.row() == {
        "speaker": "Ida Falk",
        "source": "she",
        "cue": "said",
        "direct": True,
        "official": True,
        "start": 1,
        "end": 9,
    }
    assert Quotation(1, 9, direct=False).row()["speaker"] == ""


def test_stance_row() -> None:
    probabilities = {"supportive": 0.7, "neutral": 0.2, "critical": 0.1}
    stance = Stance(3, KENYA, "supportive", probabilities, FALK, 40, 45)
    assert stance.row() == {
        "sentence": 3,
        "actor": "Kenya",
        "stance": "supportive",
        **probabilities,
        "holder": "Ida Falk",
        "start": 40,
        "end": 45,
    }
    assert Stance(None, KENYA, "neutral", {"neutral": 1.0}).row()["holder"] == ""


def test_relation_row() -> None:
    assert Relation(FALK, KENYA, "critical", 0.6, 1).row() == {
        "sentence": 1,
        "holder": "Ida Falk",
        "target": "Kenya",
        "stance": "critical",
        "probability": 0.6,
    }
