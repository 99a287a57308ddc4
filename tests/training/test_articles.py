"""Reading marked articles and the passes that label them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.articles import (
    STANCE_SIGNS,
    ArticleError,
    MarkedArticle,
    parse_official,
    parse_sentence,
    parse_stances,
    parse_types,
    read_article,
    read_pass,
    write_stance,
)

HEADER = """\
# title: Ministers meet
# split: train
# actor: Norway | country |
# actor: Ingrid Solheim | person | Norway
---
"""
BODY = """\
[Norway] says no

[Minister Solheim=Ingrid Solheim] met [Oslo=Norway]'s critics.
"We tried."

It rained.
"""
WORDS = st.text(st.characters(exclude_characters="[]=\n\r", exclude_categories=["Cs"]), min_size=1)


def article(tmp_path: Path, text: str = HEADER + BODY) -> MarkedArticle:
    path = tmp_path / "a01-norway.txt"
    path.write_text(text, encoding="utf-8")
    return read_article(path)


def labels(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "a01-norway.tsv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_an_article_keeps_header_actors_sentences_and_paragraphs(tmp_path: Path) -> None:
    read = article(tmp_path)
    assert read.doc_id == "a01-norway"
    assert read.header == {"title": "Ministers meet", "split": "train"}
    assert read.actors == (("Norway", "country", ""), ("Ingrid Solheim", "person", "Norway"))
    assert [(s.sentence_id, s.paragraph) for s in read.sentences] == [
        ("H", 0),
        ("S1", 1),
        ("S2", 1),
        ("S3", 2),
    ]
    assert read.text == (
        'Norway says no\n\nMinister Solheim met Oslo\'s critics. "We tried."\n\nIt rained.'
    )


def test_mentions_slice_to_the_marked_words(tmp_path: Path) -> None:
    sentence = article(tmp_path).sentences[1]
    found = [(sentence.text[m.start : m.end], m.actor) for m in sentence.mentions]
    assert found == [("Minister Solheim", "Ingrid Solheim"), ("Oslo", "Norway")]


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1))
def test_taking_out_brackets_loses_no_word(parts: list[tuple[str, str]]) -> None:
    sentence = parse_sentence("".join(f"{text}[{name}=X]" for text, name in parts), "S1", 1)
    assert sentence.text == "".join(text + name for text, name in parts)
    found = [sentence.text[m.start : m.end] for m in sentence.mentions]
    assert found == [name for _, name in parts]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BODY, "expected a line '---' after the header; found none"),
        ("# actor: Norway | realm |\n---\n[Norway] wins", r"txt:1: expected '# actor: .*realm"),
        ("# actor: Norway | country\n---\n[Norway] wins", r"txt:1: expected '# actor: "),
        (HEADER + "Rates rose [in May", r"txt:6: a bracket that marks no mention"),
        (HEADER + "[Sweden] wins", "H: no '# actor:' line for 'Sweden'"),
    ],
)
def test_a_broken_article_is_named_with_its_fault(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ArticleError, match=message):
        article(tmp_path, text)


@given(st.sampled_from(list(STANCE_SIGNS.values())), st.sampled_from(["narrator", "Ana Mata"]))
def test_a_written_stance_is_read_back(label: str, holder: str) -> None:
    assert parse_stances(write_stance((label, holder))) == ((label, holder),)


def test_stances_stand_in_the_order_of_the_mentions() -> None:
    assert parse_stances("0; -@Iran ;+@narrator") == (
        ("neutral", ""),
        ("critical", "Iran"),
        ("supportive", "narrator"),
    )
    assert parse_stances("") == ()


@pytest.mark.parametrize(
    ("cell", "message"),
    [("*@Iran", "expected 0, . or -, with @holder; found"), ("0; -", "a holder is missing")],
)
def test_a_broken_stance_is_refused(cell: str, message: str) -> None:
    with pytest.raises(ArticleError, match=message):
        parse_stances(cell)


def test_claim_types_have_one_order() -> None:
    assert parse_types("official_statement|prediction") == parse_types(
        "prediction|official_statement"
    )
    with pytest.raises(ArticleError, match=r"expected claim types .*; found 'forecast'"):
        parse_types("forecast")


def test_official_is_yes_no_or_nothing() -> None:
    assert [parse_official(cell) for cell in ("yes", "no", "")] == ["yes", "no", ""]
    with pytest.raises(ArticleError, match="expected official yes, no or empty; found 'maybe'"):
        parse_official("maybe")


def test_a_pass_fills_the_cells_that_are_left_out(tmp_path: Path) -> None:
    path = labels(tmp_path, "H\tofficial_statement\tNorway\tyes\t0", "S1\t\t\t\t0; 0", "S2", "S3")
    read = read_pass(path, article(tmp_path))
    assert read[0].claim_types == ("official_statement",)
    assert (read[0].speaker, read[0].official) == ("Norway", "yes")
    assert read[2].claim_types == ()
    assert read[2].stances == ()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["H\t\t\t\t0", "S1\t\t\t\t0; 0", "S3"], r"expected the sentences \['H', 'S1', 'S2'"),
        (["H\t\t\t\t0", "S1\t\t\t\t0", "S2", "S3"], r"S1: 2 marked mentions .* but 1 stances"),
        (["H\trumour\t\t\t0"], r"a01-norway.tsv:1: expected claim types"),
        (["H\t\t\tperhaps\t0"], r"a01-norway.tsv:1: expected official"),
    ],
)
def test_a_pass_that_does_not_fit_is_refused(
    tmp_path: Path, lines: list[str], message: str
) -> None:
    with pytest.raises(ArticleError, match=message):
        read_pass(labels(tmp_path, *lines), article(tmp_path))
