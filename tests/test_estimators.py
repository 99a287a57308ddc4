"""What scikit-learn expects of an estimator, asked of ours.

`sklearn.utils.estimator_checks.check_estimator` skips estimators that read text, so the
contract is written out here. What an estimator can't promise stands in `EXCEPTIONS` with
the reason.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
import pytest
from models import all_claims, all_stances, small_model, some
from numpy.testing import assert_allclose, assert_array_equal
from readers import tiny_encoder
from sklearn.base import BaseEstimator, clone, is_classifier
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, GroupKFold, KFold, cross_val_score
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.utils import get_tags
from sklearn.utils.estimator_checks import check_get_params_invariance, check_set_params

from stancekit.classify.blocks import claim_features, stance_features
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.relations import RelationClassifier, relation_features
from stancekit.classify.stances import StanceClassifier
from stancekit.features.base import BaseScores
from stancekit.features.context import as_rows
from stancekit.features.frames import describe_pairs, describe_sentences, describe_targets
from stancekit.features.vectorizer import ANALYZERS, PartVectorizer
from stancekit.features.vectors import ReadingVectors
from stancekit.features.wordvectors import WINDOWS, MeanVectors, WordVectors
from stancekit.labels import split_types
from stancekit.parse import Parser

pytestmark = pytest.mark.slow

TASKS = {"target": "stances", "mention": "stances", "pair": "relations", "roles": "relations"}
"""What the rows of an analyzer are about; the others read sentences."""

VECTORS = WordVectors.learn(some(all_claims())["text"], n_dims=4)


@dataclass(frozen=True)
class Case:
    """An estimator, and what to fit it on."""

    name: str
    make: Callable[[], Any]
    task: str

    def __str__(self) -> str:
        return self.name


CASES = (
    Case("ClaimClassifier", ClaimClassifier, "claims"),
    Case("ClaimClassifier(vectors)", lambda: ClaimClassifier(VECTORS), "claims"),
    Case("StanceClassifier", lambda: StanceClassifier(n_folds=2), "stances"),
    Case("StanceClassifier(vectors)", lambda: StanceClassifier(VECTORS, n_folds=0), "stances"),
    *(
        Case(
            f"PartVectorizer({name})",
            lambda name=name: PartVectorizer(analyzer=name, min_df=1),
            TASKS.get(name, "claims"),
        )
        for name in ANALYZERS
    ),
    *(
        Case(f"MeanVectors({name})", lambda name=name: MeanVectors(VECTORS, window=name), "stances")
        for name in WINDOWS
    ),
    Case("MeanVectors without vectors", MeanVectors, "claims"),
    *(
        Case(f"ReadingVectors({name})", lambda name=name: ReadingVectors(window=name), "stances")
        for name in ("sentence", "before", "after", "target", "near")
    ),
    *(
        Case(f"ReadingVectors({name})", lambda name=name: ReadingVectors(window=name), "relations")
        for name in ("holder", "onward", "back")
    ),
    Case("RelationClassifier", lambda: RelationClassifier(n_folds=2), "relations"),
    Case(
        "RelationClassifier(encoder)",
        lambda: RelationClassifier(features=relation_features(encoder=True), n_folds=2),
        "relations",
    ),
    Case(
        "ClaimClassifier(encoder)",
        lambda: ClaimClassifier(features=claim_features(encoder=True)),
        "claims",
    ),
    Case(
        "StanceClassifier(encoder)",
        lambda: StanceClassifier(features=stance_features(encoder=True), n_folds=2),
        "stances",
    ),
    Case("BaseScores", lambda: BaseScores(small_model().claims), "claims"),
    Case("claim features", lambda: claim_features(VECTORS), "claims"),
    Case("stance features", lambda: stance_features(VECTORS), "stances"),
)
CLASSIFIERS = tuple(case for case in CASES if "Classifier" in case.name)
TRANSFORMERS = tuple(case for case in CASES if case not in CLASSIFIERS)

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("BaseScores", "test_an_unfitted_estimator_says_so"): (
        "it wraps a fitted classifier and learns nothing of its own"
    ),
    ("BaseScores", "test_fit_returns_the_estimator_and_learns_with_a_trailing_underscore"): (
        "it wraps a fitted classifier and learns nothing of its own"
    ),
    ("claim features", "test_fit_returns_the_estimator_and_learns_with_a_trailing_underscore"): (
        "a FeatureUnion learns in its blocks"
    ),
    ("stance features", "test_fit_returns_the_estimator_and_learns_with_a_trailing_underscore"): (
        "a FeatureUnion learns in its blocks"
    ),
    ("ClaimClassifier", "test_default_folds"): (
        "scikit-learn can't stratify by sequences of labels: pass cv=KFold() or GroupKFold()"
    ),
    ("ClaimClassifier(encoder)", "test_default_folds"): (
        "scikit-learn can't stratify by sequences of labels: pass cv=KFold() or GroupKFold()"
    ),
    ("ClaimClassifier(vectors)", "test_default_folds"): (
        "scikit-learn can't stratify by sequences of labels: pass cv=KFold() or GroupKFold()"
    ),
}

Rows = Sequence[dict[str, Any]]


@pytest.fixture(autouse=True)
def known_exceptions(request: pytest.FixtureRequest) -> None:
    """Expect a test to fail, and tell if it no longer does, where it can't be kept."""
    found = getattr(request.node, "callspec", None)
    name = str(found.params.get("case", "")) if found else ""
    reason = EXCEPTIONS.get((name, request.function.__name__))
    if reason:
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))


def tables() -> dict[str, pd.DataFrame]:
    return {
        "claims": some(all_claims(), every=46),
        "stances": some(all_stances(), every=46),
        "relations": pairs(),
    }


def pairs() -> pd.DataFrame:
    """Each sentence twice: the doer toward the other, who is neutral toward the doer."""
    rows = []
    verbs = {"praised": "supportive", "met": "neutral", "condemned": "critical"}
    for at, (doer, other) in enumerate(permutations(("Kenya", "Togo", "Peru", "Chile"), 2)):
        for verb, stance in verbs.items():
            text = f"On Monday {doer} {verb} {other} again."
            starts = text.index(doer), text.index(other)
            doing, done = (starts[0], starts[0] + len(doer)), (starts[1], starts[1] + len(other))
            rows.append((f"d{at}", text, *doing, *done, stance))
            rows.append((f"d{at}", text, *done, *doing, "neutral"))
    spans = ("holder_start", "holder_end", "target_start", "target_end")
    return pd.DataFrame(rows, columns=["doc_id", "text", *spans, "stance"])


@pytest.fixture(scope="module")
def rows() -> dict[str, Rows]:
    finder = small_model().finder
    found = tables()
    return {
        "claims": as_rows(describe_sentences(found["claims"], Parser(finder, tiny_encoder()))),
        "stances": as_rows(describe_targets(found["stances"], Parser(finder, tiny_encoder()))),
        "relations": as_rows(describe_pairs(found["relations"], Parser(finder, tiny_encoder()))),
    }


@pytest.fixture(scope="module")
def labels() -> dict[str, Sequence[Any]]:
    found = tables()
    return {
        "claims": [split_types(cell) for cell in found["claims"]["claim_types"]],
        "stances": found["stances"]["stance"].tolist(),
        "relations": found["relations"]["stance"].tolist(),
    }


def outputs(estimator: Any, rows: Rows) -> list[np.ndarray]:
    if is_classifier(estimator):
        names = ("decision_function", "predict_proba", "predict")
        return [getattr(estimator, name)(rows) for name in names]
    return [estimator.transform(rows).toarray()]


def assert_same(one: Any, other: Any, rows: Rows) -> None:
    for left, right in zip(outputs(one, rows), outputs(other, rows), strict=True):
        assert_array_equal(left, right)


every_case = pytest.mark.parametrize("case", CASES, ids=str)
every_classifier = pytest.mark.parametrize("case", CLASSIFIERS, ids=str)
every_transformer = pytest.mark.parametrize("case", TRANSFORMERS, ids=str)


@every_case
def test_parameters_are_stored_and_nothing_is_learned(case: Case) -> None:
    estimator = case.make()
    learned = [name for name in vars(estimator) if name.endswith("_")]
    assert learned == []
    check_get_params_invariance(case.name, estimator)
    if not isinstance(estimator, FeatureUnion):
        assert set(vars(estimator)) == set(estimator.get_params(deep=False))
        check_set_params(case.name, estimator)


@every_case
def test_a_clone_is_unfitted_and_has_the_same_parameters(
    case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    estimator = case.make().fit(rows[case.task], labels[case.task])
    copy = clone(estimator)
    assert repr(copy.get_params()) == repr(estimator.get_params())
    assert not [name for name in vars(copy) if name.endswith("_")]


@every_case
def test_fit_returns_the_estimator_and_learns_with_a_trailing_underscore(
    case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    estimator = case.make()
    given = dict(vars(estimator))
    assert estimator.fit(rows[case.task], labels[case.task]) is estimator
    learned = {name for name in vars(estimator) if name not in given}
    assert any(name.endswith("_") for name in learned)
    assert all(name.endswith("_") or name.startswith("_") for name in learned)
    assert all(vars(estimator)[name] is value for name, value in given.items())


@every_case
def test_an_unfitted_estimator_says_so(case: Case, rows: dict[str, Rows]) -> None:
    method = "predict_proba" if case in CLASSIFIERS else "transform"
    with pytest.raises(NotFittedError, match="not fitted yet"):
        getattr(case.make(), method)(rows[case.task])


@every_case
def test_fitting_again_gives_the_same(
    case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    given, truth = rows[case.task], labels[case.task]
    one = case.make().fit(given, truth)
    assert_same(one, case.make().fit(given, truth), given)
    if isinstance(one, ClaimClassifier | StanceClassifier):
        before = one.coef_.copy()
        assert_array_equal(one.fit(given, truth).coef_, before)


@every_case
def test_frames_and_lists_of_rows_are_the_same(
    case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    given, truth = rows[case.task], labels[case.task]
    frame = pd.DataFrame(given, index=["same"] * len(given))
    from_frame = case.make().fit(frame, pd.Series(truth, index=range(7, 7 + len(truth))))
    assert_same(from_frame, case.make().fit(given, truth), given)
    for left, right in zip(outputs(from_frame, frame), outputs(from_frame, given), strict=True):
        assert_array_equal(left, right)


@every_case
def test_rows_do_not_depend_on_each_other(
    case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    given = rows[case.task]
    estimator = case.make().fit(given, labels[case.task])
    together = outputs(estimator, given[:20])
    backwards = outputs(estimator, given[:20][::-1])
    alone = [outputs(estimator, [row]) for row in given[:20]]
    for at, whole in enumerate(together):
        assert_array_equal(backwards[at][::-1], whole)
        assert_array_equal(np.concatenate([one[at] for one in alone]), whole)


@every_case
def test_rows_are_left_alone(
    case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    given = [dict(row) for row in rows[case.task]]
    before = [dict(row) for row in given]
    outputs(case.make().fit(given, labels[case.task]), given)
    assert given == before


@every_case
def test_copies_on_disk_give_the_same(
    case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]], tmp_path: Path
) -> None:
    given = rows[case.task]
    estimator = case.make().fit(given, labels[case.task])
    joblib.dump(estimator, tmp_path / "estimator.joblib", compress=3)
    assert_same(joblib.load(tmp_path / "estimator.joblib"), estimator, given)
    assert_same(pickle.loads(pickle.dumps(estimator)), estimator, given)


@every_case
def test_tags_tell_that_it_reads_text(case: Case) -> None:
    estimator: BaseEstimator = case.make()
    if isinstance(estimator, FeatureUnion):
        estimator = estimator.transformer_list[0][1]
    tags = get_tags(estimator)
    if not isinstance(estimator, BaseScores):
        assert tags.input_tags.string
        assert not tags.input_tags.two_d_array
    assert is_classifier(estimator) == (case in CLASSIFIERS)


@every_case
def test_it_shows_itself(case: Case) -> None:
    assert type(case.make()).__name__ in repr(case.make())


@every_classifier
def test_it_shows_itself_in_a_notebook(case: Case) -> None:
    assert type(case.make()).__name__ in case.make()._repr_html_()


@every_transformer
def test_every_column_has_a_name(
    case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    estimator = case.make()
    matrix = estimator.fit_transform(rows[case.task], labels[case.task])
    names = estimator.get_feature_names_out()
    assert matrix.shape == (len(rows[case.task]), len(names))
    assert len(set(names)) == len(names)
    assert_array_equal(matrix.toarray(), estimator.transform(rows[case.task]).toarray())


@every_classifier
def test_every_class_has_a_column(
    case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    given = rows[case.task]
    head = case.make().fit(given, labels[case.task])
    n_features = len(head.features_.get_feature_names_out())
    assert head.coef_.shape == (len(head.classes_), n_features)
    assert head.intercept_.shape == (len(head.classes_),)
    assert head.decision_function(given).shape == (len(given), len(head.classes_))
    assert head.predict_proba(given).shape == (len(given), len(head.classes_))
    assert 0 < head.score(given, labels[case.task]) <= 1


@every_classifier
def test_a_weight_of_two_is_a_row_twice(
    case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    given, truth = rows[case.task], labels[case.task]
    # Features that are there already: doubled rows would make a rare one frequent.
    features = FeatureUnion([("fixed", _Fitted(case.make().fit(given, truth).features_))])
    twice = np.arange(len(given)) % 3 == 0
    places = np.concatenate([np.arange(len(given)), np.flatnonzero(twice)])
    groups = [f"d{place % 5}" for place in range(len(given))]
    make = type(case.make())
    weighed = make(features=features, C=0.5).fit(
        given, truth, groups, sample_weight=np.where(twice, 2.0, 1.0)
    )
    doubled = make(features=features, C=0.5).fit(
        [given[at] for at in places], [truth[at] for at in places], [groups[at] for at in places]
    )
    assert_allclose(weighed.decision_function(given), doubled.decision_function(given), atol=0.05)
    assert_allclose(weighed.predict_proba(given), doubled.predict_proba(given), atol=0.02)


class _Fitted(BaseScores):
    """A fitted transformer that stays as it is when it is cloned or fitted again."""

    def transform(self, X: Any) -> Any:
        return self.classifier.transform(X)

    def get_feature_names_out(self, input_features: object = None) -> np.ndarray:
        return self.classifier.get_feature_names_out(input_features)


@every_classifier
def test_a_grid_search_by_document(
    case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    search = GridSearchCV(case.make().set_params(n_folds=0), {"C": [0.01, 1.0]}, cv=GroupKFold(2))
    groups = tables()[case.task]["doc_id"].tolist()
    search.fit(rows[case.task], labels[case.task], groups=groups)
    assert search.best_params_["C"] in {0.01, 1.0}
    assert np.isfinite(search.cv_results_["mean_test_score"]).all()
    assert len(search.predict(rows[case.task])) == len(rows[case.task])


@every_classifier
def test_default_folds(case: Case, rows: dict[str, Rows], labels: dict[str, Sequence[Any]]) -> None:
    head = case.make().set_params(n_folds=0)
    scores = cross_val_score(head, rows[case.task], labels[case.task], cv=2)
    assert np.isfinite(scores).all()


def test_label_sets_are_scored_with_plain_folds(
    rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    head = ClaimClassifier(n_folds=0)
    scores = cross_val_score(head, rows["claims"], labels["claims"], cv=KFold(2))
    assert np.all((scores > 0) & (scores < 1))


def test_blocks_are_set_by_their_names(
    rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    head = ClaimClassifier(features=claim_features())
    head.set_params(features__words__min_df=10**6).fit(rows["claims"], labels["claims"])
    blocks = dict(head.features_.transformer_list)
    assert len(blocks["words"].get_feature_names_out()) == 1
    assert len(blocks["speech"].get_feature_names_out()) > 1


@pytest.mark.parametrize(
    "make",
    [lambda: PartVectorizer(analyzer="target"), lambda: MeanVectors(VECTORS, window="near")],
    ids=["PartVectorizer", "MeanVectors"],
)
def test_transformers_work_in_a_pipeline(
    make: Callable[[], Any], rows: dict[str, Rows], labels: dict[str, Sequence[Any]]
) -> None:
    pipeline = make_pipeline(make(), LogisticRegression(max_iter=1000))
    pipeline.fit(rows["stances"], labels["stances"])
    assert pipeline.predict(rows["stances"][:3]).shape == (3,)
    names = pipeline[:-1].get_feature_names_out()
    assert len(names) == pipeline[-1].coef_.shape[1]


def test_every_exception_is_of_a_case_and_has_a_reason() -> None:
    assert {name for name, _ in EXCEPTIONS} <= {case.name for case in CASES}
    assert all(EXCEPTIONS.values())
