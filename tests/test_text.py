from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import any_text, articles, odd_text, paragraphs

from stancekit.text import MAX_SENTENCE, dateline, paragraph_spans, sentence_spans, split_article


def words(text: str) -> str:
    return " ".join(text.split())


def roles(text: str) -> list[tuple[str, str]]:
    return [(sentence.role, sentence.text) for sentence in split_article(text)]


@given(any_text)
def test_offsets_are_exact(text: str) -> None:
    for number, sentence in enumerate(split_article(text)):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert sentence.index == number


@given(any_text)
def test_only_white_space_is_between_sentences(text: str) -> None:
    edges = [0, *(edge for span in sentence_spans(text) for edge in span), len(text)]
    assert edges == sorted(edges)
    assert not "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).strip()


@given(any_text)
def test_sentences_never_cross_paragraphs(text: str) -> None:
    spans = paragraph_spans(text)
    assert all(0 <= a < b <= c < d for (a, b), (c, d) in pairwise([*spans, (10**9, 10**9 + 1)]))
    for sentence in split_article(text):
        start, end = spans[sentence.paragraph]
        assert start <= sentence.start < sentence.end <= end
    assert {sentence.paragraph for sentence in split_article(text)} == set(range(len(spans)))


@given(any_text)
def test_spans_are_those_of_the_article(text: str) -> None:
    assert sentence_spans(text) == [(s.start, s.end) for s in split_article(text)]


@given(odd_text)
def test_every_short_line_is_a_paragraph(text: str) -> None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assume(all(len(line) < 50 for line in lines))
    assert [text[start:end] for start, end in paragraph_spans(text)] == lines


@given(articles())
def test_windows_line_ends_change_no_sentence(text: str) -> None:
    unix = text.replace("\r\n", "\n")
    assert roles(unix.replace("\n", "\r\n")) == roles(unix)


@given(st.lists(paragraphs, min_size=1, max_size=4), st.sampled_from([60, 72, 80]))
def test_hard_wrapped_text_reads_as_if_unwrapped(lines: list[str], width: int) -> None:
    lead = "The harbour talks, which had begun in the spring of that year and were meant to last"
    lines = [f"{lead} until the summer, ended without any deal between the two unions.", *lines]
    wrapped = "\n\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in lines)
    found = [words(wrapped[start:end]) for start, end in sentence_spans(wrapped)]
    assert found == [words(line[a:b]) for line in lines for a, b in sentence_spans(line)]


def test_lines_of_like_length_are_not_wrapped_text() -> None:
    lines = [
        "Harbour talks between Kenya and Peru end without a deal",
        "The talks between the two governments ended on Monday.",
        "Falk said she would call the ministers again in April.",
        "The union has been on strike since the end of January.",
        "al-Harbouri, its leader, said that it would not be long.",
    ]
    assert [text for _, text in roles("\n".join(lines))] == lines


@pytest.mark.parametrize("unit", ["word ", "한국 ", "x", "?", "\xa0x", "\ud800", "😂", "U.S. "])
def test_a_megabyte_without_a_full_stop(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    spans = sentence_spans(text)
    assert max(end - start for start, end in spans) <= MAX_SENTENCE
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_long_sentences_are_cut_at_white_space() -> None:
    text = "harbours\xa0" * 1_000
    assert {text[end - 9 : end] for _, end in sentence_spans(text)} == {"\xa0harbours"}


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\r\n", "\xa0\u2003\u2028"])
def test_blank_text_has_no_sentence(text: str) -> None:
    assert split_article(text) == ()
    assert paragraph_spans(text) == []


def test_a_page_of_news() -> None:
    page = """Harbour talks end without a deal

        By Ida Falk and Ana Ruiz
        Updated 3:15 p.m., March 4, 2026
        BERLIN, March 4 (Agency) -
        “We will not move,” Orla said. The talks had begun in May.
        Photo: Ida Falk/Agency
        Related Posts
        Who owns the harbour?
        Five strikes that changed Kenya
        The talks go on in April.
        * * *
        © 2026 Acme"""
    assert roles(page) == [
        ("headline", "Harbour talks end without a deal"),
        ("boilerplate", "By Ida Falk and Ana Ruiz"),
        ("boilerplate", "Updated 3:15 p.m., March 4, 2026"),
        ("boilerplate", "BERLIN, March 4 (Agency) -"),
        ("body", "“We will not move,” Orla said."),
        ("body", "The talks had begun in May."),
        ("boilerplate", "Photo: Ida Falk/Agency"),
        ("boilerplate", "Related Posts"),
        ("boilerplate", "Who owns the harbour?"),
        ("boilerplate", "Five strikes that changed Kenya"),
        ("body", "The talks go on in April."),
        ("boilerplate", "* * *"),
        ("boilerplate", "© 2026 Acme"),
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Harbour talks end", "headline"),
        ("Harbour talks end\nThey began in May.", "headline"),
        ("Will Falk go?\nThey began in May.", "headline"),
        ("“We won’t move”\nThey began in May.", "headline"),
        ("Will Falk go?", "body"),
        ("Will Falk go? She won’t. Or will she?\nThey began in May.", "body"),
        ("Harbour talks ended.", "body"),
        ("BERLIN (Agency) - Harbour talks ended.\nThey began in May.", "body"),
        ("Photo: Ida Falk\nHarbour talks end", "boilerplate"),
        ("12:50\nHarbour talks ended.", "boilerplate"),
        ("long " * 50 + "\nThey began in May.", "body"),
    ],
)
def test_role_of_the_first_line(text: str, role: str) -> None:
    assert split_article(text)[0].role == role


def test_only_the_first_paragraph_is_a_headline() -> None:
    assert [role for role, _ in roles("Talks end\nNo deal in sight\nThey began in May.")] == [
        "headline",
        "body",
        "body",
    ]


@pytest.mark.parametrize(
    ("sentence", "place", "date", "rest"),
    [
        ("BERLIN - Talks failed.", "BERLIN", "", "Talks failed."),
        ("BERLIN, Jan 12 (Agency) - Talks failed.", "BERLIN", "Jan 12 ", "Talks failed."),
        ("BERLIN, Jan. 12, 2026 — Talks failed.", "BERLIN", "Jan. 12 2026", "Talks failed."),
        ("NEW PORT, Iowa (Agency) -- “No.”", "NEW PORT, Iowa", "", "“No.”"),
        ("ST. BRENDAN, May 3 /Wire/ -- Acme won.", "ST. BRENDAN", "May 3 ", "Acme won."),
        ("PARIS/BERLIN (Agency) – 3,000 left.", "PARIS/BERLIN", "", "3,000 left."),
        ("SÃO PAULO, March 3 — Peru won.", "SÃO PAULO", "March 3 ", "Peru won."),
        ("Port Ida (Agency) – Peru won.", "Port Ida", "", "Peru won."),
        ("(Agency) - Peru won.", "", "", "Peru won."),
        ("BERLIN, Jan 12 (Agency) -", "BERLIN", "Jan 12 ", ""),
    ],
)
def test_datelines(sentence: str, place: str, date: str, rest: str) -> None:
    found = dateline(sentence)
    assert found is not None
    assert (found.place, f"{found.month} {found.day} {found.year}".lstrip()) == (place, date)
    assert sentence[found.end :] == rest


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Talks failed in Berlin.",
        "US - China ties worsen.",
        "OPEC - the oil club - met.",
        "TALKS FAIL - MINISTER QUITS",
        "FILE - In this photo, Falk waves.",
        "Falk (Labour) - who won - left.",
        "A" + " " * 1_900 + "b",
        "A" * 1_900,
    ],
)
def test_no_dateline(sentence: str) -> None:
    assert dateline(sentence) is None


@given(any_text)
def test_dateline_is_a_beginning(text: str) -> None:
    found = dateline(text)
    if found:
        assert 0 < found.end <= len(text)
        assert text.startswith(found.place)
        assert text[: found.end].rstrip()[-1] in "-–—"
