from __future__ import annotations

import pickle
from itertools import pairwise, product
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from stancekit.errors import InputError
from stancekit.tagging import ReadText, TokenTagger, predict_together
from stancekit.tagging.batch import Batch
from stancekit.tagging.chain import NEVER
from stancekit.tagging.tagger import scores_of
from stancekit.tagging.words import word_offsets

WORDS = {"Ida": 1, "Falk": 2, "Oslo": 3, "Chad": 4, "left": 0, "near": 5, "and": 6, ",": 7}
WIDTH = 8


def read(text: str, marks: tuple[tuple[int, int, str], ...] = ()) -> ReadText:
    """Read a text with one vector for each word."""
    offsets = word_offsets(text)
    vectors = np.eye(WIDTH, dtype=np.float32)[[WORDS[text[a:b]] for a, b in offsets]]
    return ReadText(text, SimpleNamespace(offsets=offsets.astype(np.int32), vectors=vectors), marks)


TEXTS = [
    read("Ida Falk left Oslo"),
    read("near Chad , Falk and Ida left"),
    read("left and left"),
    read("Chad and Oslo , Ida Falk and Falk"),
]
SPANS = [
    [(0, 8, "person"), (14, 18, "place")],
    [(5, 9, "place"), (12, 16, "person"), (21, 24, "person")],
    [],
    [(0, 4, "place"), (9, 13, "place"), (16, 24, "person"), (29, 33, "person")],
]
TAGGER = TokenTagger(alpha=1e-4).fit(TEXTS, SPANS)
PEOPLE = [[span for span in spans if span[2] == "person"] for spans in SPANS]
ONE_KIND = TokenTagger(alpha=1e-4).fit(TEXTS, PEOPLE)
ONE_KIND_AND_NEIGHBOURS = TokenTagger(alpha=1e-4, reach=1).fit(TEXTS, PEOPLE)
texts = st.lists(st.sampled_from(list(WORDS)), max_size=4).map(" ".join).map(read)


def test_it_finds_what_it_was_taught() -> None:
    found = TAGGER.predict(TEXTS)
    assert [[span[:3] for span in spans] for spans in found] == SPANS


def test_it_finds_new_spans() -> None:
    (found,) = TAGGER.predict([read("and Ida Falk , near Oslo")])
    assert [span[:3] for span in found] == [(4, 12, "person"), (20, 24, "place")]
    assert all(span.probability > 0.5 for span in found)


@settings(deadline=None)
@given(texts)
def test_a_probability_is_the_share_of_all_paths_with_that_span(text: ReadText) -> None:
    offsets = word_offsets(text.text)
    (found,) = TAGGER.predict([text])
    (scores,) = scores_of([TAGGER], Batch([text]))
    moves = TAGGER.transitions_
    total, shares = 0.0, dict.fromkeys(found, 0.0)
    for path in product(range(5), repeat=len(offsets)):
        steps = [moves[-1, path[0]]] if path else []
        steps += [moves[a, b] for a, b in pairwise(path)]
        if NEVER in steps:
            continue
        weight = np.exp(sum(steps) + sum(scores[at, tag] for at, tag in enumerate(path)))
        total += weight
        for span in found:
            shares[span] += weight * ((span.start, span.end, span.kind) in spans_of(path, offsets))
    for span, share in shares.items():
        assert span.probability == pytest.approx(share / total, rel=1e-4)


def spans_of(path: tuple[int, ...], offsets: np.ndarray) -> list[tuple[int, int, str]]:
    found = []
    for at, tag in enumerate(path):
        if tag % 2:
            last = at
            while last + 1 < len(path) and path[last + 1] == tag + 1:
                last += 1
            kind = TAGGER.classes_[tag // 2]
            found.append((int(offsets[at, 0]), int(offsets[last, 1]), str(kind)))
    return found


@settings(deadline=None)
@given(st.lists(texts, max_size=4))
def test_texts_are_tagged_alone(some: list[ReadText]) -> None:
    together = TAGGER.predict(some)
    for text, spans in zip(some, together, strict=True):
        (alone,) = TAGGER.predict([text])
        assert [span[:3] for span in alone] == [span[:3] for span in spans]
        for one, other in zip(alone, spans, strict=True):
            assert one.probability == pytest.approx(other.probability, rel=1e-4)
        for before, after in pairwise(spans):
            assert before.end <= after.start


@settings(deadline=None)
@given(st.lists(texts, max_size=4))
def test_taggers_together_find_what_each_finds(some: list[ReadText]) -> None:
    taggers = [TAGGER, ONE_KIND, ONE_KIND_AND_NEIGHBOURS]
    alone = [[[span[:3] for span in spans] for spans in one.predict(some)] for one in taggers]
    assert predict_together(taggers, some) == alone


@pytest.mark.parametrize("leaning", [-1.5, 0.0, 2.5])
def test_tagging_again_is_tagging_with_a_higher_intercept(leaning):
    leaning_tagger = clone(TAGGER).fit(TEXTS, SPANS)
    leaning_tagger.intercept_[1::2] += leaning
    once, again = predict_together([TAGGER], TEXTS, again=[(0, leaning)])
    assert [once] == predict_together([TAGGER], TEXTS)
    assert [again] == predict_together([leaning_tagger], TEXTS)


def test_marks_can_decide() -> None:
    some = [read("Falk left"), read("Falk left", ((0, 4, "known"),))] * 3
    spans: list[list[tuple[int, int, str]]] = [[], [(0, 4, "person")]] * 3
    tagger = TokenTagger(marks=("known",)).fit(some, spans)
    assert [len(found) for found in tagger.predict(some[:2])] == [0, 1]


def test_neighbours_can_decide() -> None:
    some = [read("near , Falk"), read("left , Falk")]
    spans: list[list[tuple[int, int, str]]] = [[(5, 6, "comma")], []]
    blind = TokenTagger(alpha=1e-4).fit(some, spans)
    seeing = TokenTagger(alpha=1e-4, reach=1).fit(some, spans)
    assert [len(found) for found in seeing.predict(some)] == [1, 0]
    assert len(blind.predict(some)[0]) == len(blind.predict(some)[1])


def test_overlong_borders_are_widened_to_words_and_overlaps_left_out() -> None:
    spans = [[(2, 8, "person"), (4, 8, "person")], [], [], []]
    tagger = TokenTagger(alpha=1e-6).fit(TEXTS, spans)
    assert [span[:3] for span in tagger.predict(TEXTS[:1])[0]] == [(0, 8, "person")]


def test_word_probabilities() -> None:
    ((offsets, inside),) = TAGGER.predict_proba([read("near Ida Falk")])
    assert offsets.tolist() == [[0, 4], [5, 8], [9, 13]]
    assert (inside[1:, 0] > 0.5).all()
    assert inside[0].sum() < 0.5
    assert TAGGER.predict_proba([]) == []


def test_texts_without_words() -> None:
    assert TAGGER.predict([]) == []
    empty = ReadText(" ", SimpleNamespace(offsets=np.zeros((0, 2)), vectors=np.zeros((0, WIDTH))))
    assert TAGGER.predict([empty]) == [[]]


def test_it_is_an_estimator() -> None:
    copy = clone(TokenTagger(alpha=0.1, marks=("a",)))
    assert copy.get_params() == {"alpha": 0.1, "reach": 0, "marks": ("a",), "max_iter": 120}
    thawed = pickle.loads(pickle.dumps(TAGGER))
    assert thawed.predict(TEXTS) == TAGGER.predict(TEXTS)
    names = TAGGER.get_feature_names_out()
    assert len(names) == WIDTH + len(TAGGER.coef_columns_)
    assert {TAGGER.coef_.dtype, TAGGER.transitions_.dtype} == {np.dtype(np.float32)}


def test_errors_say_what_to_do() -> None:
    with pytest.raises(InputError, match="found no span"):
        TokenTagger().fit(TEXTS, [[], [], [], []])
    narrow = SimpleNamespace(offsets=np.array([[0, 3]]), vectors=np.zeros((1, 3), np.float32))
    with pytest.raises(InputError, match="one width; found 3, 8"):
        TAGGER.predict([ReadText("Ida", narrow)])
    with pytest.raises(InputError, match="one width; found 3, 8"):
        predict_together([TAGGER], [TEXTS[0], ReadText("Ida", narrow)])
