from __future__ import annotations

import pytest

from stancekit.quotes import find_quotations
from stancekit.quotes.views import find_view
from stancekit.quotes.words import read_words
from stancekit.text import split_article


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The ferry is late, in the view of Ana Silva, a pilot.", "Ana Silva, a pilot"),
        ("By the port's own reckoning the ferry is late.", "the port's"),
        ("The ferry is late, on the harbour office’s figures.", "the harbour office’s"),
        ("By his estimate the ferry is late.", "his"),
        ("According to the port, the ferry is late.", "the port"),
    ],
)
def test_speakers_in_adverbials_are_found(text, source):
    (found,) = find_quotations(text, split_article(text))
    assert found.source == source
    assert "the ferry is late" in text[found.start : found.end].replace("The", "the")


@pytest.mark.parametrize(
    "text",
    [
        "The view of the port is fine.",
        "The ferry lost its count.",
        "Estimates rose.",
        "In view of the rain, the ferry waits.",
        "In May the ferry, late as ever, raised the port's figures.",
        "The fare lay in the pilot's account.",
        "The ferry was hit by the port's forecasts.",
        "Sales are based on the port's figures.",
    ],
)
def test_plain_nouns_are_no_views(text):
    words = read_words(text, 0, len(text))
    assert [at for at in range(len(words)) if find_view(words, at)] == []


@pytest.mark.parametrize("mark", "?!…")
def test_mark_after_a_view_is_not_said(mark):
    text = f"Is the ferry late, according to the port{mark}"
    found = find_quotations(text, split_article(text))
    assert [text[one.start : one.end] for one in found] == ["Is the ferry late"]
