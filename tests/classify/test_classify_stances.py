from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import softmax

from stancekit.classify.stances import StanceClassifier
from stancekit.errors import InputError

VERBS = {
    "supportive": ("praised", "thanked", "hailed"),
    "neutral": ("met", "visited", "called"),
    "critical": ("condemned", "blamed", "accused"),
}
PAIRS = [(verb, stance) for stance, verbs in VERBS.items() for verb in verbs] * 5


def row(verb: str) -> dict[str, Any]:
    start = len(f"They {verb} ")
    return {"text": f"They {verb} Togo on Monday.", "start": start, "end": start + 4}


X = [row(verb) for verb, _ in PAIRS]
Y = [stance for _, stance in PAIRS]
DOCUMENTS = [f"d{row // 9}" for row in range(len(X))]


def test_it_tells_praise_from_blame() -> None:
    assert StanceClassifier().fit(X, Y, DOCUMENTS).predict(X).tolist() == Y


def test_columns_are_in_the_fixed_order_with_own_stances_after() -> None:
    own = {"supportive": "mixed", "neutral": "neutral", "critical": "critical"}
    head = StanceClassifier().fit(X, [own[stance] for stance in Y], DOCUMENTS)
    assert head.classes_.tolist() == ["neutral", "critical", "mixed"]


def test_probabilities_are_a_tempered_softmax() -> None:
    head = StanceClassifier().fit(X, Y, DOCUMENTS)
    probabilities = head.predict_proba(X)
    assert_allclose(probabilities.sum(axis=1), 1)
    assert_allclose(probabilities, softmax(head.decision_function(X) / head.temperature_, axis=1))


def test_without_folds_nothing_is_calibrated() -> None:
    assert StanceClassifier(n_folds=0).fit(X, Y, DOCUMENTS).temperature_ == 1


def test_noise_is_less_sure_after_calibration() -> None:
    y = np.random.default_rng(0).permutation(Y).tolist()
    assert StanceClassifier().fit(X, y, DOCUMENTS).temperature_ > 3


def test_two_stances() -> None:
    keep = [at for at, stance in enumerate(Y) if stance != "neutral"]
    rows, y = [X[at] for at in keep], [Y[at] for at in keep]
    head = StanceClassifier().fit(rows, y)
    assert head.predict(rows).tolist() == y
    assert_allclose(head.predict_proba(rows).sum(axis=1), 1)


def test_a_stance_that_a_fold_lacks() -> None:
    y = [stance if at < 9 or stance != "critical" else "neutral" for at, stance in enumerate(Y)]
    head = StanceClassifier().fit(X, y, DOCUMENTS)
    assert head.coef_.shape[0] == 3
    assert np.isfinite(head.predict_proba(X)).all()


def test_a_fold_with_one_stance_alone() -> None:
    y = ["critical" if at < 9 else "neutral" for at in range(len(X))]
    head = StanceClassifier().fit(X, y, DOCUMENTS)
    assert np.isfinite(head.predict_proba(X)).all()


@pytest.mark.parametrize("n_documents", [1, 2])
def test_tiny_tables(n_documents: int) -> None:
    rows, y = X[: 9 * n_documents], Y[: 9 * n_documents]
    head = StanceClassifier().fit(rows, y, DOCUMENTS[: 9 * n_documents])
    assert head.predict(rows).shape == (9 * n_documents,)


def test_a_heavier_row_wins() -> None:
    rows, y = [X[0]] * 40, ["supportive", "critical"] * 20
    for heavy, expected in ((0, "supportive"), (1, "critical")):
        weight = np.array([9.0 if at % 2 == heavy else 1.0 for at in range(40)])
        head = StanceClassifier().fit(rows, y, sample_weight=weight)
        assert head.predict(rows[:1]).tolist() == [expected]


@pytest.mark.parametrize(("y", "found"), [([], "none"), (["neutral"] * 2, "neutral")])
def test_nothing_to_tell_apart(y: list[str], found: str) -> None:
    with pytest.raises(InputError, match=f"at least two stances to tell apart; found {found}"):
        StanceClassifier().fit(X[: len(y)], y)


def test_rows_and_labels_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        StanceClassifier().fit(X, Y[:-1])


def test_an_unknown_stance_cannot_be_explained() -> None:
    with pytest.raises(
        InputError, match="expected one of supportive, neutral, critical; found 'x'"
    ):
        StanceClassifier().fit(X, Y).explain(X[0], "x")
