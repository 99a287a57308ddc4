from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.quotes.attributions import NOWHERE, Attribution
from stancekit.quotes.find import attributions, paragraph_spans
from stancekit.quotes.linking import Tags
from stancekit.quotes.spans import Quote, direct_quotes
from stancekit.quotes.splitting import split_sentences
from stancekit.quotes.tagged import attribute_by_tags
from stancekit.quotes.voices import Voices
from stancekit.records import Actor, Sentence
from stancekit.text import split_article

MARKUP = re.compile(r"(\[[SQC] )|(\])")


def marked(markup: str) -> tuple[str, Tags]:
    """Read "[S Kim] [Q said] [C that Lee left]"; contents may hold sources and cues."""
    text, spans, opened = "", {"S": [], "Q": [], "C": []}, []
    at = 0
    for match in MARKUP.finditer(markup):
        text += markup[at : match.start()]
        at = match.end()
        if match[1]:
            opened.append((match[1][1], len(text)))
        else:
            role, start = opened.pop()
            spans[role].append((start, len(text)))
    text += markup[at:]
    return text, Tags(*(sorted(spans[role]) for role in "SQC"))


def heard(text: str, body: Sequence[Sentence], quotes: Sequence[Quote], *actors: Actor) -> Voices:
    words = [one.words for one in split_sentences(text, body, quotes)]
    return Voices(text, words, actors)


def assemble(text: str, tags: Tags, *actors: Actor) -> list[Attribution]:
    body = [one for one in split_article(text) if one.role != "boilerplate"]
    quotes = direct_quotes(text, paragraph_spans(body))
    return attribute_by_tags(text, body, quotes, tags, [], heard(text, body, quotes, *actors))


def with_rules(markup: str, likely: str = "") -> list[tuple[str, str]]:
    """Return (content, source), with what rules find and with words that are likely a source."""
    text, tags = marked(markup)
    at = text.find(likely)
    tags = replace(tags, likely=[(at, at + len(likely))] if likely else [])
    body = split_article(text)
    quotes, ruled = direct_quotes(text, paragraph_spans(body)), attributions(text, body)
    found = attribute_by_tags(text, body, quotes, tags, ruled, heard(text, body, quotes))
    return [(text[one.start : one.end], text[slice(*one.source)]) for one in found]


def said(markup: str) -> list[tuple[str, str, str, bool]]:
    text, tags = marked(markup)
    return [
        (text[q.start : q.end], text[slice(*q.source)], text[slice(*q.owner.cue)], q.direct)
        for q in assemble(text, tags)
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "[S The port] [Q said] [C that the ferry was late].",
            [("that the ferry was late", "The port", "said", False)],
        ),
        (
            "[C The ferry was late], [S the port] [Q said].",
            [("The ferry was late", "the port", "said", False)],
        ),
        (
            "[C The ferry was late], [Q according to] [S the port].",
            [("The ferry was late", "the port", "according to", False)],
        ),
        (
            "[C “The ferry,”] [S Silva] [Q said], [C “is late again.”]",
            [("The ferry,", "Silva", "said", True), ("is late again.", "Silva", "said", True)],
        ),
        (
            "[S Silva] [Q called] [C the plan “silly and late”].",
            [
                ("the plan “silly and late”", "Silva", "called", False),
                ("silly and late", "Silva", "called", True),
            ],
        ),
        (
            "[S Silva] [Q said] [C it rained], while [S Berg] [Q denied] [C any delay].",
            [("it rained", "Silva", "said", False), ("any delay", "Berg", "denied", False)],
        ),
        (
            "[S Silva] [Q said] [C it rained], [Q adding] [C that the ferry was late].",
            [
                ("it rained", "Silva", "said", False),
                ("that the ferry was late", "Silva", "adding", False),
            ],
        ),
        ("[C The ferry was late], it was said.", [("The ferry was late", "", "", False)]),
    ],
)
def test_contents_find_their_source_and_cue(markup, expected):
    assert said(markup) == expected


def test_nested_attribution():
    found = said("[S Kim] [Q said] [C [S Lee] had [Q promised] help].")
    assert found == [
        ("Lee had promised help", "Kim", "said", False),
        ("help", "Lee", "promised", False),
    ]


def test_quotation_without_a_tag_is_found_by_its_marks():
    found = said("[S Silva] [Q said] on Monday: “We are ready to sail today.”")
    assert found == [("We are ready to sail today.", "Silva", "said", True)]


def test_scare_quotes_without_a_tag_are_none():
    assert said("The “frozen” talks went on.") == []


def test_quotation_over_paragraphs_keeps_its_speaker():
    found = said(
        "[S Silva] [Q said]: [C “We are ready to sail.]\n\n[C “The ships are all here today.”]"
    )
    assert [(source, direct) for _, source, _, direct in found] == [("Silva", True)] * 2


def test_later_quotation_far_from_any_speaker_stays_unknown():
    text = "[S Silva] [Q said] [C it rained]. The port closed. Ships left. “We are all ready now.”"
    assert said(text)[-1] == ("We are all ready now.", "", "", True)


def test_clause_after_a_cue_with_a_source_is_said():
    found = said("[S The port] [Q echoed calls for] a later ferry, and rain fell.")
    assert found == [("a later ferry", "The port", "echoed calls for", False)]


def test_that_clause_ends_where_the_next_words_begin():
    found = said("[S Berg] [Q backed] the plan that [S Silva] [Q said] [C was silly].")
    assert found == [
        ("the plan that", "Berg", "backed", False),
        ("was silly", "Silva", "said", False),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "Ferries [Q echoed calls for] more rain.",
        "[S Silva], whose ferry was late on every day of May, [Q echoed] it.",
        "[S Silva] [Q agreed].",
    ],
)
def test_cue_without_a_source_near_or_words_after_it_says_nothing(markup):
    assert said(markup) == []


def test_cue_next_to_the_content_wins_over_one_next_to_the_source():
    found = said("[S Silva] [Q responded] to the mayor on Monday by [Q saying] [C it rained].")
    assert ("it rained", "Silva", "saying", False) in found


def test_speaker_leads_to_the_quotation_of_the_next_paragraph():
    found = said("[S Silva] [Q added]:\n\n[C The port is shut for the whole day].")
    assert found == [("The port is shut for the whole day", "Silva", "added", False)]


def test_speaker_signs_the_quotation_of_the_paragraph_before():
    found = said("[C “We are all ready to sail.”]\n\n― [S Ana Silva]")
    assert found == [("We are all ready to sail.", "Ana Silva", "", True)]
    # A paragraph that opens without a dash signs nothing.
    found = said("[C “We are all ready to sail.”]\n\n[S Ana Silva] waved.")
    assert found == [("We are all ready to sail.", "", "", True)]


def test_source_that_is_less_sure_speaks_for_what_has_none():
    text, tags = marked("The port [Q said] [C that the ferry was late].")
    likely = replace(tags, likely=[(0, 8)])
    assert [one.source for one in assemble(text, tags)] == [NOWHERE]
    assert [one.source for one in assemble(text, likely)] == [(0, 8)]


def test_sure_sources_come_before_less_sure_ones():
    text, tags = marked("The mayor of [S Lund] [Q said] [C it rained].")
    (found,) = assemble(text, replace(tags, likely=[(0, 17)]))
    assert text[slice(*found.source)] == "Lund"


@pytest.mark.parametrize("joint", [", [Q accusing]", " and [Q accusing]"])
def test_participle_has_the_subject_of_its_sentence(joint):
    found = said(f"[S Silva] came out for [S the strikers]{joint} [C the mayor of lies].")
    assert found == [("the mayor of lies", "Silva", "accusing", False)]


def test_participle_has_no_subject_that_a_content_holds():
    found = said("[C [S Silva] fell], [S Berg] [Q said] of [S Lund], [Q accusing] [C the mayor].")
    assert found[-1] == ("the mayor", "Berg", "accusing", False)


def test_content_that_holds_its_own_words_says_nothing_else():
    found = said("[C [S Silva] [Q praises] the port, faults the mayor].")
    assert found == [("the port, faults the mayor", "Silva", "praises", False)]


@pytest.mark.parametrize(
    "markup",
    [
        "[C “[S Silva] [Q said] it rained.”]",
        "[C [S Silva] [Q said] it rained], [S Berg] [Q added].",
    ],
)
def test_content_with_words_of_its_own_stays_if_quoted_or_spoken(markup):
    assert said(markup)[0][0].startswith("Silva said it rained")


def test_likely_source_is_read_as_far_as_rules_read_it():
    markup = "[C The ferry was late], said the mayor of Lund."
    assert with_rules(markup, "Lund") == [("The ferry was late", "the mayor of Lund")]
    assert with_rules(markup) == [("The ferry was late", "the mayor of Lund")]


def test_rules_say_nothing_more_of_what_is_tagged():
    plain = "Silva came, and the officials said it rained."
    assert with_rules(plain) == [("it rained", "the officials")]
    assert with_rules(plain.replace("the officials", "[C the officials]")) == [
        ("the officials", "")
    ]


def test_pronoun_means_the_last_speaker(actor_in: Callable[..., Actor]):
    text, tags = marked(
        "[S Ms Silva] [Q said] [C it rained]. [C The port closed], [S she] [Q added]."
    )
    silva = actor_in(text, "Silva")
    assert [one.owner.voice.actor for one in assemble(text, tags, silva)] == [silva, silva]


SPANS = st.lists(st.integers(0, 90), unique=True, max_size=10).map(sorted)
TEXTS = st.lists(
    st.sampled_from(["“We wait,” ", "Silva ", "said ", "that ", "rain. ", "He ", "\n", "’", "😀 "]),
    min_size=1,
    max_size=25,
).map("".join)


@given(TEXTS, SPANS, SPANS, SPANS)
def test_any_tags_give_sorted_spans_of_the_text(text, sources, cues, contents):
    def pairs(edges: list[int]) -> list[tuple[int, int]]:
        kept = [min(edge, len(text)) for edge in edges]
        return [(a, b) for a, b in zip(kept[::2], kept[1::2], strict=False) if a < b]

    body = [one for one in split_article(text) if one.role != "boilerplate"]
    if not body:
        return
    found = assemble(text, Tags(pairs(sources), pairs(cues), pairs(contents)))
    assert [(q.start, -q.end) for q in found] == sorted((q.start, -q.end) for q in found)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert len({(q.start, q.end, q.direct) for q in found}) <= len(found)
    for q in found:
        source = q.source
        assert text[slice(*source)] == q.owner.voice.source


def test_cue_that_reports_something_after_it_reports_nothing_before():
    found = said(
        "[S Silva] [Q said] at noon [C it rained], a day after [S Berg] [Q hid] [C it all]."
    )
    assert [one[1:3] for one in found] == [("Silva", "said"), ("Berg", "hid")]


def test_that_clause_belongs_to_the_cue_before_it():
    found = said(
        "[S Silva] [Q defended] [C Berg], rested and [Q said] [C that all was well], "
        "as [S others] [Q agreed]."
    )
    assert [one[1] for one in found if one[0] == "that all was well"] == ["Silva"]


def test_content_is_said_by_the_speaker_in_its_midst():
    (found, *_) = said("[C Mills will shut, [S he] [Q forecast], and the work will go].")
    assert found[1:3] == ("he", "forecast")


def test_content_that_begins_with_its_speaker_is_his():
    markup = "[C [S She] thanked the crew], told Ms Silva [C that it rained] and [Q left]."
    assert with_rules(markup, "Ms Silva")[0][1] == "She"


def test_rules_name_the_speaker_where_a_tagged_one_is_far():
    markup = (
        "[S Few in the gallery of the old town] [Q expect] [C rain], and Ida Falk, "
        "who has watched it for years, [Q thinks] [C that the roof will go]."
    )
    assert with_rules(markup)[-1][1].startswith("Ida Falk")


def test_likely_participle_has_the_subject_of_its_sentence():
    text, tags = marked("Lund asked the crew to sail and [Q calling] [C the port “a sieve”].")
    likely = replace(tags, likely=[(0, 4), (11, 19)])
    assert {text[slice(*one.source)] for one in assemble(text, likely)} == {"Lund"}


def test_whoever_is_told_something_does_not_say_it():
    markup = "The mill [Q has told] [S the judge] [C that it was paid]."
    assert with_rules(markup)[-1] == ("that it was paid", "The mill")


def test_a_cue_at_the_very_start_leaves_content_without_a_source():
    found = assemble("Silva ", Tags([], [(0, 1), (2, 3)], [(0, 1), (2, 3), (4, 5)]))
    assert {one.source for one in found} == {NOWHERE}
