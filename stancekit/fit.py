"""Labelled tables to a fitted model; no files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.pipeline import FeatureUnion

from stancekit.classify.blocks import claim_features, stance_features
from stancekit.classify.claims import ClaimClassifier, types_to_learn
from stancekit.classify.relations import RelationClassifier, relation_features
from stancekit.classify.search import Score, best_settings, claim_score, stance_score
from stancekit.classify.stances import StanceClassifier, stances_to_learn
from stancekit.encoder.cache import CachedReader
from stancekit.encoder.session import Encoder
from stancekit.errors import InputError
from stancekit.features.articles import both_ways
from stancekit.features.base import BaseScores
from stancekit.features.context import as_rows
from stancekit.features.frames import describe_pairs, describe_sentences, describe_targets
from stancekit.features.wordvectors import MeanVectors, WordVectors
from stancekit.labels import split_types
from stancekit.model import HEADS, Model
from stancekit.parse import Parser

SEARCH = {"C": [0.05, 0.5, 2.0, 20.0, 60.0]}
"""Penalties tried when a model is trained from a user's tables."""

_WORDS_C = {"claims": 20.0, "stances": 2.0, "relations": 10.0}
_READINGS_C = {"claims": (2.0, 1930.0), "stances": (0.5, 1270.0), "relations": (10.0, 15900.0)}
"""C of a head on words; and on readings the highest C, and what rows share beyond that: the
encoder knows most rows of a large corpus already, which a loose head would learn by heart."""

_CALIBRATION = "calibration_weight"
_N_SHOWN = 5

Say = Callable[[str], None]


def fit_model(
    *,
    claims: pd.DataFrame | None = None,
    stances: pd.DataFrame | None = None,
    relations: pd.DataFrame | None = None,
    context: pd.DataFrame | None = None,
    base: Model | None = None,
    vectors: WordVectors | None = None,
    encoder: Encoder | CachedReader | None = None,
    search: Mapping[str, Sequence[Any]] | None = None,
    name: str = "custom",
    n_jobs: int | None = None,
    say: Say = lambda _: None,
) -> Model:
    """Fit a model to labelled tables.

    Parameters
    ----------
    claims, stances, relations
        Checked tables, see `stancekit.tables`; a head without a table is taken over from
        `base`, if there is one. A column ``weight``, where there is one, weighs the rows; a
        column ``calibration_weight`` weighs them in calibration alone.
    context
        What the rows of stances and relations are read in, see
        `stancekit.features.articles.sites`; a row that stands in nothing there is read alone.
        None takes `claims`.
    base
        A model whose scores the new heads start from; its labels may differ. Its taggers are
        taken over.
    vectors
        Word vectors; None takes those of `base`, or learns them from the tables' texts.
        Heads with an encoder need none.
    encoder
        Reads the sentences, perhaps through a cache; None takes that of `base`, if any.
    search
        Parameter grid, chosen from by cross-validation over documents; None takes the
        estimators' own settings.
    name
        Name of the new model.
    n_jobs
        Processes.
    say
        Told what is being done.

    Raises
    ------
    InputError
        If there is no table, too few labels to learn from, a weight that is no number
        of 0 or more, or an encoder that isn't that of `base`; nothing is trained then.
    TableError
        If a target covers nothing that the encoder reads.
    """
    tables = {"claims": claims, "stances": stances, "relations": relations}
    given = {kind: table for kind, table in tables.items() if table is not None}
    _check_labels(given)
    reader = _reader(encoder, base)
    if reader is None:
        vectors = vectors or _vectors_of(base) or _learn_vectors(given.values(), say)
    model = Model(
        **{name: getattr(base, name, None) for name in HEADS},
        encoder=reader.encoder if isinstance(reader, CachedReader) else reader,
        name=name,
        about={"base": base.name if base else None},
    )
    parser = replace(model.parser, encoder=reader)
    articles = claims if context is None else context
    setting = _Setting(base, vectors, parser, articles, search, n_jobs)
    if claims is not None:
        say(f"claim head: {len(claims):,} sentences")
        model.claims = _claim_head(claims, setting)
    if stances is not None:
        say(f"stance head: {len(stances):,} targets")
        model.stances = _stance_head(stances, setting)
    if relations is not None:
        say(f"relation head: {len(relations):,} pairs")
        model.relations = _relation_head(relations, setting)
    model.about["data"] = [
        {"table": kind, "rows": len(table), "sha256": frame_digest(table)}
        for kind, table in given.items()
    ]
    return model


def frame_digest(frame: pd.DataFrame) -> str:
    """Return a digest of a table's cells, the same on every machine."""
    cells = frame.to_csv(index=False, lineterminator="\n").encode("utf-8", "surrogatepass")
    return hashlib.sha256(cells).hexdigest()


def _check_labels(tables: Mapping[str, pd.DataFrame]) -> None:
    """Refuse what can't be learned from before anything is learned."""
    if not tables:
        raise InputError("expected claims, stances or relations to train on; found none")
    for kind, table in tables.items():
        _row_weights(table)
        _row_weights(table, _CALIBRATION)
        if kind == "claims":
            types_to_learn(_types(table))
        else:
            stances_to_learn(table["stance"].tolist())


def _reader(
    encoder: Encoder | CachedReader | None, base: Model | None
) -> Encoder | CachedReader | None:
    """Return what reads the sentences: all heads of a model share one encoder."""
    known = base.encoder if base else None
    given = encoder.encoder if isinstance(encoder, CachedReader) else encoder
    if known is not None and given is not None and given.digest != known.digest:
        raise InputError(
            f"expected the encoder of the base model ({known.digest[:12]}...); found another "
            f"({given.digest[:12]}...). Leave one of them out."
        )
    return encoder or known


def _types(claims: pd.DataFrame) -> list[tuple[str, ...]]:
    return [split_types(cell) for cell in claims["claim_types"]]


def _claim_head(frame: pd.DataFrame, setting: _Setting) -> ClaimClassifier:
    new = claim_features(setting.vectors, encoder=setting.parser.encoder is not None)
    features = setting.started_from(new, "claims")
    described = describe_sentences(frame, setting.parser)
    head: ClaimClassifier = setting.fitted(
        ClaimClassifier(features=features, C=setting.penalty("claims", len(frame))),
        described,
        _types(frame),
        frame,
        claim_score,
    )
    return head


def _stance_head(frame: pd.DataFrame, setting: _Setting) -> StanceClassifier:
    new = stance_features(setting.vectors, encoder=setting.parser.encoder is not None)
    features = setting.started_from(new, "stances")
    frame = setting.both_ways(frame)
    numbers = (frame.index + 1).tolist()
    described = describe_targets(frame, setting.parser, context=setting.articles, numbers=numbers)
    head: StanceClassifier = setting.fitted(
        StanceClassifier(features=features, C=setting.penalty("stances", len(frame))),
        described,
        frame["stance"].tolist(),
        frame,
        stance_score,
    )
    return head


def _relation_head(frame: pd.DataFrame, setting: _Setting) -> RelationClassifier:
    new = relation_features(setting.vectors, encoder=setting.parser.encoder is not None)
    features = setting.started_from(new, "relations")
    # Pairs need no document; those of one sentence belong together.
    frame = setting.both_ways(frame if "doc_id" in frame else frame.assign(doc_id=frame["text"]))
    numbers = (frame.index + 1).tolist()
    described = describe_pairs(frame, setting.parser, context=setting.articles, numbers=numbers)
    labels = frame["stance"].tolist()
    head: RelationClassifier = setting.fitted(
        RelationClassifier(features=features, C=setting.penalty("relations", len(frame))),
        described,
        labels,
        frame,
        stance_score,
    )
    return head


@dataclass(frozen=True)
class _Setting:
    """What the heads are fitted with."""

    base: Model | None
    vectors: WordVectors | None
    parser: Parser
    articles: pd.DataFrame | None
    search: Mapping[str, Sequence[Any]] | None
    n_jobs: int | None

    def penalty(self, head: str, n_rows: int) -> float:
        """Return C for the features at hand; readings are fewer and denser than words."""
        if self.parser.encoder is None:
            return _WORDS_C[head]
        highest, total = _READINGS_C[head]
        return min(highest, total / n_rows)

    def both_ways(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Give rows that stand in an article alone too, if an encoder reads: it reads otherwise."""
        if self.articles is None or self.parser.encoder is None:
            return frame.reset_index(drop=True)
        return both_ways(frame, self.articles)

    def started_from(self, features: FeatureUnion, head: str) -> FeatureUnion:
        """Add the scores of the base model's head as one more block."""
        classifier = getattr(self.base, head, None)
        if classifier is None:
            return features
        blocks = [*features.transformer_list, ("base", BaseScores(classifier))]
        weights = {**features.transformer_weights, "base": 1.0}
        return FeatureUnion(blocks, transformer_weights=weights)

    def fitted(
        self,
        estimator: Any,
        described: pd.DataFrame,
        labels: Sequence[Any],
        frame: pd.DataFrame,
        score: Score,
    ) -> Any:
        """Choose settings by cross-validation over documents, then fit."""
        groups, weight = frame["doc_id"].tolist(), _row_weights(frame)
        estimator.set_params(n_jobs=self.n_jobs)
        rows = as_rows(described)
        if self.search:
            found = best_settings(
                estimator, self.search, rows, labels, groups, score=score, n_jobs=self.n_jobs
            )
            estimator.set_params(**found)
        calibration = _row_weights(frame, _CALIBRATION) if _CALIBRATION in frame else None
        return estimator.fit(
            rows,
            labels,
            groups=groups,
            sample_weight=weight,
            calibration_weight=calibration,
        )


def _row_weights(frame: pd.DataFrame, column: str = "weight") -> npt.NDArray[np.float64]:
    if column not in frame:
        return np.ones(len(frame))
    weights = pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=np.float64)
    good = np.isfinite(weights) & (weights >= 0) & (weights > 0).any()
    if not good.all():
        found = ", ".join(map(repr, frame[column][~good].tolist()[:_N_SHOWN]))
        raise InputError(
            f"column {column}: expected numbers of 0 or more, not all 0; found {found}"
        )
    return weights


def _vectors_of(base: Model | None) -> WordVectors | None:
    heads = (base.claims, base.stances, base.relations) if base else ()
    blocks = (block for head in heads if head for _, block in head.features_.transformer_list)
    return next((block.vectors for block in blocks if isinstance(block, MeanVectors)), None)


def _learn_vectors(tables: Iterable[pd.DataFrame], say: Say) -> WordVectors:
    texts = [table["text"] for table in tables]
    unique = pd.concat(texts).drop_duplicates().tolist()
    say(f"word vectors: {len(unique):,} texts")
    return WordVectors.learn(unique)
