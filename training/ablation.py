"""What each signal of an article adds to the heads: they are fitted without it, and compared.

A signal is taken out of the described rows, before a head is fitted and again before it is
scored, so that nothing of it is left in any feature.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd
from sklearn.base import clone

from stancekit.encoder import CachedReader
from stancekit.evaluation.bootstrap import Sampling, interval
from stancekit.evaluation.compare import difference_rows
from stancekit.evaluation.scoring import Scoring, score
from stancekit.evaluation.tasks import CLAIMS_TASK, STANCES_TASK, Task
from stancekit.features.articles import both_ways
from stancekit.features.context import Row, as_rows
from stancekit.features.frames import describe_sentences, describe_targets
from stancekit.fit import Say
from stancekit.labels import join_types, split_types
from stancekit.model import Model
from stancekit.parse import Parser
from training.lexical import claims_table, stances_table
from training.neural import Tables
from training.score import development_parts

Hide: TypeAlias = Callable[[Row], Row]
Rows: TypeAlias = Sequence[Row]

FULL: Final = "nothing"
METRICS: Final = ("macro_f1", "macro_average_precision")

_STATUSES: Final = ("status", "status_before", "status_before2", "status_after")
_KNOWN: Final = frozenset(("official", "other"))
_SHARES: Final = {"quoted": 0.0, "reported": 0.0}
_SILENT: Final = {
    **dict.fromkeys(_STATUSES, "none"),
    **_SHARES,
    "in_quotation": False,
    "is_speaker": False,
    "of_rival": False,
}


def hide_official(row: Row) -> Row:
    """Leave it open whether a speaker speaks for an institution.

    Examples
    --------
    >>> hide_official({"status": "official", "cue": "say", "speaker_office": True})
    {'status': 'unknown', 'cue': 'say', 'speaker_office': False}
    """
    hidden = {key: "unknown" for key in _STATUSES if row.get(key) in _KNOWN}
    return {**row, **hidden, "speaker_office": False}


def _set(values: Mapping[str, Any]) -> Hide:
    """Make a function that puts values in the place of those that a row has."""
    return lambda row: {**row, **{key: values[key] for key in values.keys() & row.keys()}}


CLAIM_SIGNALS: Final[dict[str, Hide]] = {
    "speaker official": hide_official,
    "share of the sentence inside quotations": _set(_SHARES),
    "speakers of the neighbours": _set(dict.fromkeys(_STATUSES[1:], "none")),
    "all of speech": _set(_SILENT),
    "place in the article": _set({"n_sentences": 1, "role": ""}),
}
STANCE_SIGNALS: Final[dict[str, Hide]] = {
    "speaker official": hide_official,
    "share of the sentence inside quotations": _set({**_SHARES, "in_quotation": False}),
    "target is the speaker": _set({"is_speaker": False}),
    "speaker is a rival of the target": _set({"of_rival": False}),
    "all of speech": _set(_SILENT),
}
"""What is taken out, and how a row looks without it."""


@dataclass(frozen=True)
class Trial:
    """A head to fit, the rows it learns from, and the development parts it is scored on.

    Attributes
    ----------
    task, head
        Its kind, and a fitted head of the same settings.
    train, rows
        Checked table with its weights, and the same described.
    parts
        By name: checked table, and the same described.
    """

    task: Task
    head: Any
    train: pd.DataFrame
    rows: Rows
    parts: Mapping[str, tuple[pd.DataFrame, Rows]]

    def scores(self, hide: Hide, sampling: Sampling) -> dict[str, Scoring]:
        """Fit the head without a signal and score it on every part."""
        head = clone(self.head).fit(
            [hide(row) for row in self.rows],
            self._labels(),
            groups=self.train["doc_id"].tolist(),
            sample_weight=self._weights("weight"),
            calibration_weight=self._weights("calibration_weight"),
        )
        return {
            name: self._score(head, frame, [hide(row) for row in rows], sampling)
            for name, (frame, rows) in self.parts.items()
        }

    def _labels(self) -> list[Any]:
        cells = self.train[self.task.column].tolist()
        return cells if self.task.exclusive else [split_types(cell) for cell in cells]

    def _weights(self, column: str) -> Any:
        return self.train[column].to_numpy(dtype=float) if column in self.train else None

    def _score(self, head: Any, frame: pd.DataFrame, rows: Rows, sampling: Sampling) -> Scoring:
        probabilities, names = head.predict_proba(rows), head.classes_.tolist()
        answers = pd.DataFrame(probabilities, columns=names)
        answers[self.task.column] = (
            [names[at] for at in probabilities.argmax(axis=1)]
            if self.task.exclusive
            else [join_types(head.types(row)) for row in probabilities]
        )
        return score(self.task.outcome(frame, answers, tuple(names)), sampling)


def ablate(trial: Trial, signals: Mapping[str, Hide], sampling: Sampling, say: Say) -> pd.DataFrame:
    """Fit a head with all signals and without each, and compare.

    Parameters
    ----------
    trial
        The head and its rows.
    signals
        What is taken out.
    sampling
        Bootstrap samples of documents, the same for every fit.
    say
        Told what is being done.

    Returns
    -------
    DataFrame
        A row per part, signal and metric of `METRICS`: columns ``task, data, without, metric,
        value, low, high`` and ``adds, adds_low, adds_high``: what the full head has more, NaN
        for the full head itself.
    """
    say(f"{trial.task.name}: {len(trial.rows):,} rows, all signals")
    full = trial.scores(dict, sampling)
    rows = list(_rows(FULL, full, {}))
    for name, hide in signals.items():
        say(f"{trial.task.name}: without {name}")
        less = trial.scores(hide, sampling)
        rows += _rows(name, less, {part: difference_rows(full[part], less[part]) for part in full})
    return pd.DataFrame(rows).assign(task=trial.task.name)


def claim_trial(model: Model, root: Path, tables: Tables, parser: Parser) -> Trial:
    """Describe the sentences that claim types are learned from and scored on."""
    parts = {
        name: (frame, as_rows(describe_sentences(frame, parser)))
        for name, frame in development_parts(claims_table(root)).items()
    }
    rows = as_rows(describe_sentences(tables.claims, parser))
    return Trial(CLAIMS_TASK, model.claims, tables.claims, rows, parts)


def stance_trial(model: Model, root: Path, tables: Tables, parser: Parser) -> Trial:
    """Describe the targets that stances are learned from and scored on, in their articles."""
    articles = claims_table(root)
    parts = {
        name: (frame, as_rows(describe_targets(frame, parser, context=articles)))
        for name, frame in development_parts(stances_table(root)).items()
    }
    stances = both_ways(tables.stances, tables.context)
    rows = as_rows(describe_targets(stances, parser, context=tables.context))
    return Trial(STANCES_TASK, model.stances, stances, rows, parts)


def cached_parser(model: Model, cache: Path) -> Parser:
    """Return a model's parser, which keeps what it reads; as it is for one without encoder."""
    if model.encoder is None:
        return model.parser
    return replace(model.parser, encoder=CachedReader(model.encoder, cache))


def _rows(
    without: str, scores: Mapping[str, Scoring], differences: Mapping[str, pd.DataFrame]
) -> Iterator[dict[str, Any]]:
    for part, found in scores.items():
        for metric in METRICS:
            low, high = interval(found.drawn.get(("", metric), np.array([])))
            row: dict[str, Any] = {"data": part, "without": without, "metric": metric}
            row |= {"value": found.plain["", metric], "low": low, "high": high}
            yield {**row, **_adds(differences.get(part), metric)}


def _adds(differences: pd.DataFrame | None, metric: str) -> dict[str, float]:
    """Return what a full head has more, with its interval."""
    names = {"difference": "adds", "low": "adds_low", "high": "adds_high"}
    if differences is None:
        return dict.fromkeys(names.values(), float("nan"))
    row: Any = differences[(differences["label"] == "") & (differences["metric"] == metric)].iloc[0]
    return {new: float(row[old]) for old, new in names.items()}
