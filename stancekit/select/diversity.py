"""How far sentences are from each other, and a choice that keeps them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

Floats: TypeAlias = npt.NDArray[np.float64]

_N_WORDS = 2**15
_N_DIMS = 50
_TIE = 1e-6


def sentence_vectors(texts: Sequence[str], *, seed: int = 0) -> Floats:
    """Place sentences so that those about the same things are near each other.

    Parameters
    ----------
    texts
        At least one.
    seed
        Of the decomposition.

    Returns
    -------
    ndarray
        Shape (n_texts, at most 50), rows of unit length (of zeros for a text without a word).

    Notes
    -----
    Latent semantic analysis: words weighted by tf-idf, reduced by a singular value
    decomposition.
    """
    vectorizer = HashingVectorizer(n_features=_N_WORDS, alternate_sign=False)
    weighted = make_pipeline(vectorizer, TfidfTransformer(sublinear_tf=True)).fit_transform(texts)
    n_dims = min(_N_DIMS, len(texts))
    left, scale, _ = randomized_svd(weighted, n_dims, random_state=seed)
    return np.asarray(normalize(left * scale), dtype=np.float64)


def choose(vectors: Floats, uncertainty: Floats, n: int) -> list[int]:
    """Choose rows that are uncertain and unlike those chosen before.

    Parameters
    ----------
    vectors
        Shape (n_rows, n_dims), rows of unit length.
    uncertainty
        Shape (n_rows,), not negative.
    n
        How many; all where there are fewer.

    Returns
    -------
    list of int
        Positions, best first: each has the highest product of its uncertainty and its
        cosine distance to the nearest row chosen before.

    Examples
    --------
    >>> vectors = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    >>> choose(vectors, np.array([0.9, 0.8, 0.5]), 2)
    [0, 2]
    """
    distance = np.ones(len(vectors))
    left = np.ones(len(vectors), dtype=bool)
    chosen: list[int] = []
    for _ in range(min(n, len(vectors))):
        # What repeats a chosen row comes last, still by its uncertainty.
        score = uncertainty * (distance + _TIE)
        best = int(np.where(left, score, -1.0).argmax())
        chosen.append(best)
        left[best] = False
        distance = np.minimum(distance, np.clip(1 - vectors @ vectors[best], 0, None))
    return chosen
