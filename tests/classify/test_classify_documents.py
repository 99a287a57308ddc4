from __future__ import annotations

import pickle
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import cross_val_score

from stancekit.classify.documents import DocumentClassifier
from stancekit.errors import InputError
from stancekit.features.documents import COLUMNS
from stancekit.labels import STANCES
from stancekit.saved.archive import pack, unpack

Floats = npt.NDArray[np.float64]

SIDES = {"supportive": (0.6, 0.1), "neutral": (0.15, 0.15), "critical": (0.1, 0.6)}


def evidence(support: float, criticism: float, n: int = 3, lead: float = 1.0) -> Floats:
    return np.array([[support, criticism, 0, 0, lead, 1]] * n, dtype=np.float64)


@cache
def cases(n: int = 120, seed: int = 0) -> tuple[list[Floats], list[str]]:
    """Invent noisy articles, some with a single sentence."""
    drawing = np.random.default_rng(seed)
    labels = [STANCES[at % 3] for at in range(n)]
    found = []
    for label in labels:
        rows = evidence(*SIDES[label], n=int(drawing.integers(1, 9)), lead=0.0)
        rows[:, :2] = np.clip(rows[:, :2] + drawing.normal(0, 0.2, (len(rows), 2)), 0.01, 0.49)
        rows[:, 2:5] = drawing.integers(0, 2, (len(rows), 3))
        found.append(rows)
    return found, labels


@cache
def head() -> DocumentClassifier:
    return DocumentClassifier().fit(*cases())


some_evidence = st.integers(1, 12).flatmap(
    lambda n: arrays.arrays(np.float64, (n, len(COLUMNS)), elements=st.floats(0, 0.5))
)


@settings(max_examples=50, deadline=None)
@given(st.lists(some_evidence, max_size=4))
def test_probabilities_add_up_and_intervals_hold_the_score(rows: list[Floats]) -> None:
    probabilities, scores, limits = (
        of(rows) for of in (head().predict_proba, head().scores, head().intervals)
    )
    assert probabilities.shape == (len(rows), 3)
    assert probabilities.sum(axis=1) == pytest.approx(1.0)
    assert scores == pytest.approx(probabilities[:, 0] - probabilities[:, 2])
    assert limits.shape == (len(rows), 2)
    assert np.all((limits[:, 0] >= -1) & (limits[:, 0] <= scores))
    assert np.all((scores <= limits[:, 1]) & (limits[:, 1] <= 1))


@settings(max_examples=25, deadline=None)
@given(some_evidence, st.lists(some_evidence, max_size=3))
def test_neither_other_articles_nor_the_order_of_sentences_matter(
    rows: Floats, others: list[Floats]
) -> None:
    alone, together = head().predict_proba([rows]), head().predict_proba([*others, rows])
    assert together[-1] == pytest.approx(alone[0])
    assert head().predict_proba([rows[::-1]]) == pytest.approx(alone)
    assert head().intervals([*others, rows])[-1] == pytest.approx(head().intervals([rows])[0])


def test_unseen_articles_are_judged_better_than_by_chance() -> None:
    assert cross_val_score(DocumentClassifier(n_draws=2), *cases(), cv=4).mean() > 0.7


@pytest.mark.parametrize(("label", "sides"), SIDES.items())
def test_more_sentences_make_the_interval_narrower(label: str, sides: tuple[float, float]) -> None:
    few, many = np.diff(head().intervals([evidence(*sides, n=1), evidence(*sides, n=40)]))[:, 0]
    assert many < few
    assert head().predict([evidence(*sides, n=8)]).tolist() == [label]


def test_little_evidence_stays_nearer_to_the_typical() -> None:
    strong = DocumentClassifier(strength=50.0).fit(*cases())
    rows = [evidence(0.05, 0.9, n=2)]
    assert abs(strong.scores(rows)[0]) < abs(head().scores(rows)[0])


def test_influence_is_what_a_sentence_adds() -> None:
    rows = np.vstack([evidence(0.05, 0.85, n=1), evidence(0.2, 0.1, n=3)])
    found = head().influence(rows, "critical")
    assert found.shape == (4,)
    assert found.argmax() == 0
    assert found[0] > 0 > found[1]
    assert found[1:] == pytest.approx(found[1])
    with pytest.raises(ValueError, match="mixed"):
        head().influence(rows, "mixed")


def test_priors_move_the_probabilities_and_nothing_else() -> None:
    priors = {"supportive": 0.1, "neutral": 0.8, "critical": 0.1}
    shifted = DocumentClassifier(priors=priors).fit(*cases())
    rows = [evidence(0.3, 0.1)]
    odds = shifted.predict_proba(rows)[0] / head().predict_proba(rows)[0]
    asked = np.array([priors[name] for name in STANCES]) / head().priors_
    assert odds / odds[0] == pytest.approx(asked / asked[0])
    assert shifted.coef_ == pytest.approx(head().coef_)


def test_weights_count_articles_more() -> None:
    rows, labels = cases()
    weight = np.where(np.array(labels) == "critical", 5.0, 1.0)
    weighed = DocumentClassifier(n_draws=2).fit(rows, labels, weight)
    plain = DocumentClassifier(n_draws=2).fit(rows, labels)
    at = STANCES.index("critical")
    doubtful = [evidence(0.3, 0.3)]
    assert weighed.predict_proba(doubtful)[0, at] > plain.predict_proba(doubtful)[0, at]


def test_the_same_data_give_the_same_head() -> None:
    again = clone(head()).fit(*cases())
    rows = [evidence(0.4, 0.2)]
    assert again.intervals(rows).tolist() == head().intervals(rows).tolist()
    assert again.predict_proba(rows).tolist() == head().predict_proba(rows).tolist()


@pytest.mark.parametrize("copy", [lambda one: pickle.loads(pickle.dumps(one)), None])
def test_a_copy_says_the_same(copy: object) -> None:
    copied = copy(head()) if callable(copy) else unpack(pack(head()), "documents.skops")
    rows, _ = cases()
    assert copied.predict_proba(rows).tolist() == head().predict_proba(rows).tolist()
    assert copied.intervals(rows[:5]).tolist() == head().intervals(rows[:5]).tolist()


def test_features_have_names() -> None:
    assert len(head().get_feature_names_out()) == head().coef_.shape[1]


def test_unfitted() -> None:
    with pytest.raises(NotFittedError):
        DocumentClassifier().predict_proba([evidence(0.1, 0.1)])


@pytest.mark.parametrize(
    ("labels", "found"), [(["supportive", "neutral"], "neutral"), ([*STANCES, "mixed"], "mixed")]
)
def test_every_stance_must_be_there_and_no_other(labels: Sequence[str], found: str) -> None:
    with pytest.raises(InputError, match=f"expected articles of each of .* found .*{found}"):
        DocumentClassifier().fit([evidence(0.2, 0.2)] * len(labels), labels)


@pytest.mark.parametrize("rows", [np.zeros((0, len(COLUMNS))), np.zeros((2, 3)), np.zeros(6)])
def test_evidence_of_another_shape(rows: Floats) -> None:
    with pytest.raises(InputError, match=r"expected evidence of shape .* found \("):
        head().predict_proba([rows])


def test_evidence_may_be_lists() -> None:
    rows, labels = cases()
    fitted = DocumentClassifier().fit([one.tolist() for one in rows], labels)
    assert fitted.predict_proba(rows).tolist() == head().predict_proba(rows).tolist()


def test_an_interval_needs_draws() -> None:
    with pytest.raises(InputError, match="n_draws: expected at least 1; found 0"):
        DocumentClassifier(n_draws=0).fit(*cases())


def test_priors_must_be_shares() -> None:
    with pytest.raises(InputError, match="priors: expected a share"):
        DocumentClassifier(priors={"supportive": 1.0}).fit(*cases())
