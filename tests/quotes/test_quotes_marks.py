from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.quotes import find_quotations
from stancekit.quotes.find import read_for_tagging
from stancekit.quotes.marks import MARKS, ROLES, joined, tag_roles
from stancekit.tagging import TokenTagger
from stancekit.text import split_article

SOURCES = ("Silva", "Berg", "Ito", "Falk", "Ruiz")
FIT = [
    "{0} whispered rain fell soon.",
    "Rain fell soon, {0} whispered.",
    "Nobody came to the port in {0}.",
]


def reading_of(sentence):
    """Give each word a vector that tells names, one odd verb and the weather."""
    words = [(m, sentence.index(m)) for m in sentence.split()]
    offsets, vectors, at = [], [], 0
    for word, _ in words:
        start = sentence.index(word, at)
        at = start + len(word)
        offsets.append((start, at))
        low = word.strip(".,").lower()
        weather = float(low in {"rain", "fell", "soon", "snow"})
        vectors.append([float(word.strip(".,") in SOURCES), float(low == "whispered"), weather])
    shape = np.array(vectors, dtype=np.float32).reshape(-1, 3)
    return SimpleNamespace(offsets=np.array(offsets, np.int32).reshape(-1, 2), vectors=shape)


def read(text):
    sentences = split_article(text)
    return sentences, [reading_of(one.text) for one in sentences]


def role_spans(text, name, role):
    if text.startswith("Nobody"):
        return []
    words = {"source": name, "cue": "whispered", "content": "ain fell soon"}[role]
    at = text.index(words) - (role == "content")
    return [(at, text.index(words) + len(words), role)]


@pytest.fixture(scope="module")
def taggers():
    texts, spans = [], {role: [] for role in ROLES}
    for name in SOURCES:
        for form in FIT:
            text = form.format(name)
            texts += read_for_tagging(text, *read(text))
            for role in ROLES:
                spans[role].append(role_spans(text, name, role))
    return {role: TokenTagger(1e-3, marks=MARKS).fit(texts, spans[role]) for role in ROLES}


def test_tags_find_a_verb_that_rules_do_not_know(taggers):
    text = "Berg whispered snow fell soon. The port is open."
    sentences, readings = read(text)
    assert find_quotations(text, sentences) == ()
    (found,) = find_quotations(text, sentences, (), readings, taggers)
    assert (text[found.start : found.end], found.source, found.cue, found.direct) == (
        "snow fell soon",
        "Berg",
        "whispered",
        False,
    )


def test_what_rules_are_sure_of_stays_where_no_tag_is(taggers):
    text = "The ferry is late, officials said on Monday."
    sentences, readings = read(text)
    ruled = find_quotations(text, sentences)
    assert [(q.start, q.end) for q in ruled] == [(0, 17)]
    assert find_quotations(text, sentences, (), readings, taggers) == ruled


def test_without_readings_rules_alone_speak(taggers):
    text = "Berg whispered snow fell soon."
    assert find_quotations(text, split_article(text), (), None, taggers) == ()


def test_marks_are_in_characters_of_the_sentence():
    text = "It rained. “We wait,” Berg said."
    _, second = read_for_tagging(text, *read(text))
    marked = {name: second.text[start:end] for start, end, name in second.marks}
    assert marked == {"quote": "“We wait,”", "source": "Berg", "cue": "said", "verb": "said"} | {
        "content": "We wait,"
    }


def test_content_that_is_the_whole_next_sentence_goes_on(taggers):
    text = "Berg whispered rain fell soon. Snow fell soon. Nobody came to the port."
    sentences, readings = read(text)
    tags = tag_roles(sentences, read_for_tagging(text, sentences, readings), taggers)
    assert [text[start:end] for start, end in tags.contents] == ["rain fell soon. Snow fell soon"]


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda s: (s[0], sum(s))))


@given(SPANS)
def test_joined_spans_cover_the_same_characters_and_never_overlap(spans):
    found = joined(spans)
    assert {at for a, b in found for at in range(a, b)} == {
        at for a, b in spans for at in range(a, b)
    }
    assert all(a[1] <= b[0] for a, b in pairwise(found))
