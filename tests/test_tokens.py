from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from strategies import any_text, paragraphs

from stancekit.features.tokens import NUMBER, YEAR, tokenize


def forms(text: str) -> str:
    return " ".join(token.form for token in tokenize(text))


@given(any_text)
def test_tokens_cover_all_but_white_space(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(text[token.start : token.end] for token in tokens) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(tokens))
    assert all(token.form and token.start < token.end for token in tokens)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks ended on Monday.", "talks ended on monday ."),
        ("On Monday Ida Falk met Kenya’s envoys.", "on monday Aa Aa met Aa envoys ."),
        ("She paid 2.5 or 3bn in 2019.", "she paid 0 . 0 or 0 in 0000 ."),
        ("It isn’t over, I'm told.", "it isn't over , i'm told ."),
        ("A well-known plan", "a well-known plan"),
        ("The union's plan", "the union plan"),
        ("HARBOUR TALKS FAIL AS FALK QUITS", "harbour talks fail as falk quits"),
        ("“We won’t,” Falk said.", '" we won\'t , " Aa said .'),
        ("He said: “Talks failed.”", 'he said : " talks failed . "'),
        ("Kenya thanked the bank.", "Aa thanked the bank ."),
        ('"We won\'t," Falk said.', '" we won\'t , " Aa said .'),
        ("He says I’m late.", "he says i'm late ."),
        ("Le Pays d’Été", "Aa Aa d'été"),
        ("", ""),
    ],
)
def test_forms(text: str, expected: str) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize("number", ["7", "1,000", "2.5", "40th", "5bn"])
def test_every_number_looks_alike(number: str) -> None:
    assert set(forms(f"of {number}").split()) <= {"of", NUMBER, ",", "."}


@pytest.mark.parametrize(("figure", "form"), [("1958", YEAR), ("2026", YEAR), ("3026", NUMBER)])
def test_years(figure: str, form: str) -> None:
    assert forms(figure) == form


@given(paragraphs)
def test_quote_style_does_not_matter(paragraph: str) -> None:
    straight = paragraph.translate(str.maketrans("“”’", '""\''))
    assert tokenize(straight) == tokenize(paragraph)
