"""Tag texts with several taggers at once: what they see alike is worked out once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stancekit.tagging.batch import Batch
from stancekit.tagging.chain import Floats, best_paths
from stancekit.tagging.tagger import AT_ONCE, Span, TokenTagger, scores_of, span_of
from stancekit.tagging.texts import ReadText


def predict_together(
    taggers: Sequence[TokenTagger],
    X: Sequence[ReadText],
    *,
    again: Sequence[tuple[int, float]] = (),
) -> list[list[list[Span]]]:
    """Find the spans of each text with each tagger.

    Parameters
    ----------
    taggers
        Fitted.
    X
        Texts as the encoder reads them.
    again
        Taggers, by number, that tag a second time, and the log odds by which spans begin
        more readily then.

    Returns
    -------
    list
        For each tagger, then for each in `again`, the spans of each text: start, end, kind.
        How likely they are isn't worked out, which takes as long again; see
        `TokenTagger.predict`.
    """
    found: list[list[list[Span]]] = [[] for _ in (*taggers, *again)]
    for at in range(0, len(X), AT_ONCE):
        parts = _spans(taggers, X[at : at + AT_ONCE], again)
        for spans, part in zip(found, parts, strict=True):
            spans += part
    return found


def _spans(
    taggers: Sequence[TokenTagger], X: Sequence[ReadText], again: Sequence[tuple[int, float]]
) -> list[list[list[Span]]]:
    batch = Batch(X)
    scores = scores_of(taggers, batch)
    chains = [*zip(taggers, scores, strict=True)]
    chains += [(taggers[at], _leaning(scores[at], leaning)) for at, leaning in again]
    found: list[list[list[Span]]] = [[[] for _ in X] for _ in chains]
    sizes = [score.shape[1] for _, score in chains]
    for size in dict.fromkeys(sizes):
        alike = [at for at, one in enumerate(sizes) if one == size]
        emissions = np.stack([chains[at][1] for at in alike], axis=1)
        moves = np.stack([chains[at][0].transitions_ for at in alike]).astype(np.float64)
        tags = batch.in_text_order(best_paths(emissions, moves, batch.walk))
        for at, column in zip(alike, tags.T, strict=True):
            kinds = chains[at][0].classes_.tolist()
            for run in batch.runs(column):
                found[at][run.text].append(span_of(run, batch, kinds))
    return found


def _leaning(scores: Floats, leaning: float) -> Floats:
    """Raise the scores of the tags that begin a span."""
    raised = scores.copy()
    raised[:, 1::2] += leaning
    return raised
