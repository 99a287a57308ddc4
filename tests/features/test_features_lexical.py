from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text

from stancekit.features.lexical import (
    TARGET,
    modals_in,
    neighbour_parts,
    sentence_parts,
    target_parts,
)
from stancekit.features.tokens import phrase_forms, tokenize


def row(text: str, target: str = "") -> dict[str, object]:
    if not target:
        return {"text": text}
    return {"text": text, "start": text.index(target), "end": text.index(target) + len(target)}


def names(parts: object) -> list[str]:
    return [part[0] for part in parts]  # type: ignore[attr-defined]


@given(any_text)
def test_a_part_ends_with_the_word_that_it_ends_at(text: str) -> None:
    forms = {token.end: token.form for token in tokenize(text)}
    starts = {token.start for token in tokenize(text)} | {0}
    for name, value, start, end in sentence_parts({"text": text}):
        assert value == 1.0
        assert name.endswith(forms[end])
        assert start in starts


@given(any_text, any_text, st.sampled_from(["Peru", "Zimbabwe", "Falk", "Mali"]))
def test_no_part_tells_the_target(before: str, after: str, name: str) -> None:
    found = [
        names(target_parts(row(f"{before} \x00{one} {after}", f"\x00{one}")))
        for one in ("Togo", name)
    ]
    assert found[0] == found[1]


@given(any_text, st.integers(0, 60), st.integers(1, 9))
def test_parts_of_a_target_lie_in_the_text(text: str, start: int, length: int) -> None:
    for _, value, first, last in target_parts(
        {"text": text, "start": start, "end": start + length}
    ):
        assert value > 0
        assert 0 <= first < last <= max(len(text), start + length)


def test_words_and_pairs_of_words() -> None:
    found = names(sentence_parts(row("Rates rose.")))
    assert found == ["rates", "<s> rates", "rose", "rates rose", ".", "rose ."]


def test_modals_are_paired_with_what_follows() -> None:
    found = names(sentence_parts(row("Rates may soon fall by half again.")))
    assert {"may~soon", "may~fall", "may~by", "may~half"} <= set(found)
    assert "may~again" not in found


def test_negation_reaches_four_words() -> None:
    found = names(target_parts(row("She did not blame or even once name Togo today.", "Togo")))
    assert {"not blame", "not or", "not even", "not once"} <= set(found)
    assert "not name" not in found


def test_sides_of_the_target_weigh_less_with_distance() -> None:
    parts = target_parts(row("Critics of the bank blamed Togo for it.", "Togo"))
    weights = {name: value for name, value, _, _ in parts if "=" in name}
    assert weights["left=blamed"] > weights["left=bank"] > weights["left=critics"]
    assert weights["right=for"] == pytest.approx(0.8)
    assert "left3=blamed" in weights
    assert "left3=critics" not in weights


def test_trigrams_hold_the_target() -> None:
    found = names(target_parts(row("They did praise Togo for that.", "Togo")))
    assert {f"did praise {TARGET}", f"praise {TARGET} for", f"{TARGET} for that"} <= set(found)


def test_neighbours_are_sets_of_words() -> None:
    parts = names(neighbour_parts({"before": "No, no, no.", "after": ""}))
    assert sorted(parts) == ["before=,", "before=.", "before=no"]


def test_modals_in() -> None:
    assert modals_in("It will, or may, not end.") == {"will", "may"}


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("Foreign Minister Ida Falk", "foreign minister Aa Aa"),
        ("Falk", "Aa"),
        ("the Kenyan spokeswoman", "the Aa spokeswoman"),
        ("She", "she"),
        ("the bank’s chief", "the bank chief"),
        ("", ""),
    ],
)
def test_phrases_keep_roles_and_hide_names(phrase: str, forms: str) -> None:
    assert " ".join(phrase_forms(phrase)) == forms
