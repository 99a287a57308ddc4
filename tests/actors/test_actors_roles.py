"""Roles beside a name: how far they reach, and whether they are held still."""

from __future__ import annotations

import pytest

from stancekit.actors.roles import role_before


@pytest.mark.parametrize(
    ("text", "words", "is_office"),
    [
        ("They met Minister of Ports ", "Minister of Ports", True),
        (
            "They met Deputy Minister for Ports and Lakes ",
            "Deputy Minister for Ports and Lakes",
            True,
        ),
        ("They met Prime Minister of Chile ", "Prime Minister of Chile", True),
        ("They met former Minister of Ports ", "Minister of Ports", False),
        ("They met ex-Minister of Ports ", "ex-Minister of Ports", False),
        ("They met the chair of the Reef Union ", "", False),
        ("", "", False),
    ],
)
def test_an_office_before_a_name(text: str, words: str, is_office: bool) -> None:
    role = role_before(text)
    assert (role.words, role.is_office) == (words, is_office)
