"""What the bundled model's manifest and card say of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

_CORPORA = (
    {
        "name": "NewsMTSC",
        "origin": "github.com/fhamborg/NewsMTSC at b9d9b797",
        "licence": "MIT",
        "labels": "stance toward marked targets, by crowd workers (upstream)",
    },
    {
        "name": "annotations of NewsDiscourse and Wikinews articles",
        "origin": "datasets/annotations; texts: github.com/prafulla77/Discourse_Profiling at "
        "2005fe33, github.com/vanatteveldt/wikinews at 34725417",
        "licence": "labels: Apache-2.0; texts: no licence stated (research) and CC BY 2.5",
        "labels": "claim types and stances, by a language model that followed the guidelines, "
        "not by human annotators",
    },
    {
        "name": "unlabelled text for word vectors",
        "origin": "the training parts of the above, of PolNeAR (github.com/networkdynamics/"
        "PolNeAR at c3eee833) and of github.com/bywords/directed_sentiment_analysis at 6a1275f0",
        "licence": "no licence stated; no text is stored, only statistics of single words",
        "labels": "none",
    },
)
_OWN = {
    "name": "datasets/",
    "origin": "articles written for this project by a language model; invented events",
    "licence": "Apache-2.0",
    "labels": "claim types and stances in two passes by a language model, not by human annotators",
}
_LIMITS = (
    "Words, not meaning: irony, sarcasm and stances that need knowledge of the world are missed.",
    "NewsMTSC is US policy news of 2016 to 2020; other regions rest on far fewer labels.",
    "Names are hidden from the model, but what is typically said around some names is not.",
    "Probabilities are calibrated on the training mix. In newswire about four fifths of mentions "
    "are neutral, and there the probability of neutral is too low: see its expected calibration "
    "error (ece) on our annotations.",
    "Support is found worst: a third of the supportive mentions of newswire, with a third right.",
    "English only. Other scripts give an article without actors and with unreliable claims.",
)


def describe(scores: pd.DataFrame, *, with_corpora: bool) -> dict[str, Any]:
    """Gather what a reader must know of the model.

    Parameters
    ----------
    scores
        From `training.score.score_model`.
    with_corpora
        Whether it was trained on the corpora, or on ``datasets/`` alone.
    """
    command = "python -m training evaluate news-lexical" + (
        " --corpora DIR" if with_corpora else ""
    )
    return {
        "description": (
            "Linear heads over words, word vectors, speech and context features: fast, and "
            "explained exactly, word by word."
        ),
        "sources": [*(_CORPORA if with_corpora else ()), _OWN],
        "limits": list(_LIMITS),
        "scores_command": command,
        "scores": [
            {key: _plain(value) for key, value in row.items()} for row in scores.to_dict("records")
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    return None if pd.isna(value) else round(float(value), 4)
