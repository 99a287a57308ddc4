"""Which sentences to label next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from stancekit.errors import InputError
from stancekit.model import Model
from stancekit.select.diversity import Floats, choose, sentence_vectors
from stancekit.select.unlabelled import find_pairs, find_targets, read_sentences
from stancekit.tables import RELATIONS, Source

Kind: TypeAlias = Literal["claims", "stances", "relations"]

_KINDS: Final[tuple[Kind, ...]] = ("claims", "stances", "relations")
_DECIMALS = 4


def queue(
    model: Model, source: Source, *, n: int = 50, kind: Kind | None = None, seed: int = 0
) -> pd.DataFrame:
    """Choose the sentences whose labels would teach a model most.

    A sentence ranks high when the model is unsure of it and it is unlike those that rank
    higher: the product of both.

    Parameters
    ----------
    model
        What is to be improved.
    source
        Unlabelled text: a ``.txt`` article, a folder of them, or a table with a column
        ``text`` and maybe ``doc_id``; see `stancekit.select.unlabelled.read_sentences`.
    n
        How many rows; all where there are fewer.
    kind
        ``"claims"``, ``"stances"`` or ``"relations"``; None is the first of them that the
        model has.
    seed
        Of the decomposition behind the vectors.

    Returns
    -------
    DataFrame
        Distinct rows in text order, with the columns that training reads, the label
        (``claim_types`` or ``stance``) left empty for you, ``suggested`` (what the model
        says) and ``uncertainty`` (entropy of its probabilities, 0 to 1; for claims, of the
        type it is least sure of).

    Raises
    ------
    InputError
        If `n` or `kind` is not as above, or the text can't be read.
    NotTrainedError
        If the model lacks that head.

    Notes
    -----
    The model judges every row in its article; once filled in, the rows stand among those
    chosen from the same document alone.

    Examples
    --------
    >>> import stancekit
    >>> model = stancekit.load("news-lexical")
    >>> texts = pd.DataFrame({"text": ["Rates may rise. Kenya praised Togo."]})
    >>> list(queue(model, texts, n=1, kind="stances"))
    ['doc_id', 'sentence_id', 'text', 'start', 'end', 'actor', 'stance', 'suggested',
     'uncertainty']
    """
    if n < 1:
        raise InputError(f"expected n of at least 1; found {n}")
    if kind not in (*_KINDS, None):
        raise InputError(f"expected kind out of {', '.join(_KINDS)}; found {kind!r}")
    kind = kind or next((one for one in _KINDS if getattr(model, one) is not None), "claims")
    sentences = read_sentences(source)
    if kind == "stances":
        rows = _distinct(find_targets(sentences), ["text", "start", "end"])
        labelled = model.label_stances(rows, context=sentences)
        doubt = _side_doubt(model.stance_labels, labelled)
        return _filled(rows, labelled, "stance", doubt, n, seed)
    if kind == "relations":
        rows = _distinct(find_pairs(sentences), ["text", *RELATIONS.integers])
        labelled = model.label_relations(rows, context=sentences)
        doubt = _side_doubt(model.relation_labels, labelled)
        return _filled(rows, labelled, "stance", doubt, n, seed)
    labelled = _distinct(model.label_claims(sentences), ["text"])
    rows = labelled[sentences.columns]
    return _filled(rows, labelled, "claim_types", _claim_doubt(model, labelled), n, seed)


def _distinct(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return rows.drop_duplicates(columns).reset_index(drop=True)


def _filled(
    rows: pd.DataFrame, labelled: pd.DataFrame, label: str, doubt: Floats, n: int, seed: int
) -> pd.DataFrame:
    todo = rows.assign(suggested=labelled[label], uncertainty=doubt.round(_DECIMALS))
    todo.insert(len(rows.columns), label, "")
    if todo.empty:
        return todo
    chosen = choose(sentence_vectors(rows["text"].tolist(), seed=seed), doubt, n)
    return todo.iloc[sorted(chosen)].reset_index(drop=True)


def _claim_doubt(model: Model, labelled: pd.DataFrame) -> Floats:
    probabilities = labelled[list(model.claim_labels)].to_numpy(dtype=np.float64)
    both = np.stack([probabilities, 1 - probabilities], axis=2)
    return np.asarray(_entropy(both).max(axis=1))


def _side_doubt(labels: Sequence[str], labelled: pd.DataFrame) -> Floats:
    return _entropy(labelled[list(labels)].to_numpy(dtype=np.float64))


def _entropy(probabilities: Floats) -> Floats:
    """Return the entropy along the last axis, divided by its highest value."""
    logs = np.log(np.where(probabilities > 0, probabilities, 1.0))
    entropy = -(probabilities * logs).sum(axis=-1)
    return np.asarray(entropy / np.log(probabilities.shape[-1]))
