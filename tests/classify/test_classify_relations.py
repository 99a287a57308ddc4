from __future__ import annotations

from functools import cache
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose
from readers import tiny_encoder
from sklearn.base import clone
from strategies import pair_frames

from stancekit.actors import ActorFinder
from stancekit.classify.relations import RelationClassifier, relation_features
from stancekit.encoder.reading import SentenceReading, read_sentences
from stancekit.features.context import Row, as_rows
from stancekit.features.frames import describe_pairs
from stancekit.parse import Parser

VERBS = {
    "supportive": ("praised", "thanked"),
    "neutral": ("met", "visited"),
    "critical": ("condemned", "blamed"),
}
NAMES = ("Kenya", "Togo", "Peru", "Chile")
FINDER = ActorFinder()


def table() -> pd.DataFrame:
    """Each sentence twice: the doer toward the other, who is neutral toward the doer."""
    rows = []
    for stance, verbs in VERBS.items():
        for verb in verbs:
            for doer, other in permutations(NAMES, 2):
                text = f"{doer} {verb} {other} on Monday."
                doing = 0, len(doer)
                done = text.index(other), text.index(other) + len(other)
                rows.append((text, *doing, *done, stance))
                rows.append((text, *done, *doing, "neutral"))
    spans = ("holder_start", "holder_end", "target_start", "target_end")
    return pd.DataFrame(rows, columns=["text", *spans, "stance"])


TABLE = table()


@cache
def fitted(*, encoder: bool) -> RelationClassifier:
    rows = as_rows(describe_pairs(TABLE, Parser(FINDER, tiny_encoder() if encoder else None)))
    head = RelationClassifier(features=relation_features(encoder=encoder))
    return head.fit(rows, TABLE["stance"].tolist(), TABLE["text"].tolist())


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Drop the pairs of which the encoder sees nothing."""
    kept = [
        all(reading.covers(*span) for span in ((row[1], row[2]), (row[3], row[4])))
        for row in frame.itertuples(index=False)
        for reading in read_sentences(tiny_encoder(), [row[0]])
    ]
    return frame[kept]


def test_it_tells_who_holds_the_stance() -> None:
    rows = as_rows(describe_pairs(TABLE, FINDER))
    assert fitted(encoder=False).predict(rows).tolist() == TABLE["stance"].tolist()


def test_the_default_features_are_those_without_an_encoder() -> None:
    rows = as_rows(describe_pairs(TABLE, FINDER))
    head = RelationClassifier(n_folds=0).fit(rows, TABLE["stance"].tolist())
    names = [name for name, _ in head.features_.transformer_list]
    assert names == [name for name, _ in relation_features().transformer_list]
    assert head.classes_.tolist() == ["supportive", "neutral", "critical"]


def test_vectors_alone_know_the_direction() -> None:
    # The tiny network's vectors are random, but hold the place of a token.
    rows = as_rows(describe_pairs(TABLE, Parser(FINDER, tiny_encoder())))
    head = fitted(encoder=True)
    assert head.score(rows, TABLE["stance"].tolist()) > 0.9


@pytest.mark.parametrize("encoder", [False, True])
def test_probabilities_add_up_whatever_the_batch(encoder: bool) -> None:
    head, rows = fitted(encoder=encoder), TABLE[:7]
    described = as_rows(describe_pairs(rows, Parser(FINDER, tiny_encoder() if encoder else None)))
    together = head.predict_proba(described)
    assert_allclose(together.sum(axis=1), 1)
    alone = np.vstack([head.predict_proba([row]) for row in reversed(described)])[::-1]
    assert_allclose(alone, together, atol=1e-6)


def test_it_is_an_estimator_of_its_own() -> None:
    head = clone(fitted(encoder=False)).set_params(C=3.0)
    assert head.get_params()["C"] == 3
    assert RelationClassifier().C == 10
    assert not hasattr(head, "coef_")


def with_reading(row: Row) -> Row:
    """Put the tokens back that a table's rows give up."""
    (reading,) = read_sentences(tiny_encoder(), [row["text"]])
    assert isinstance(reading, SentenceReading)
    return {key: value for key, value in row.items() if key != "vectors"} | {"reading": reading}


@settings(max_examples=25)
@given(pair_frames(min_size=1))
def test_an_explanation_adds_up_to_the_logit(frame: pd.DataFrame) -> None:
    seen = readable(frame)
    cases = [(fitted(encoder=False), row) for row in as_rows(describe_pairs(frame, FINDER))]
    described = as_rows(describe_pairs(seen, Parser(FINDER, tiny_encoder())))
    cases += [(fitted(encoder=True), with_reading(row)) for row in described]
    for head, row in cases:
        for label, score in zip(head.classes_, head.decision_function([row])[0], strict=True):
            why = head.explain(row, label)
            shares = [value for _, _, _, value in why.tokens] + list(why.context.values())
            assert why.bias + sum(shares) == pytest.approx(why.logit)
            assert why.logit == pytest.approx(score, abs=1e-3)
