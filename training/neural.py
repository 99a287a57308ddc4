"""The recipe of the bundled model ``news-encoder``: every head on one encoder's readings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from stancekit.encoder import CachedReader, Encoder
from stancekit.features.articles import READ_WITH, SHARE_ALONE
from stancekit.fit import Say, fit_model
from stancekit.model import Model
from training.documents import fit_documents
from training.lexical import claims_table, stances_table, training_part
from training.officialness import fit_official
from training.packing import packed
from training.quotations import fit_quotation_taggers
from training.relations import relations_table
from training.taggers import fit_entity_tagger

NAME = "news-encoder"
LARGE = "news-encoder-large"
TEACHER = "news-teacher"
GRAPH, TOKENIZER = "encoder.onnx", "tokenizer.json"

UNSEEN = "stancekit"
"""Source of the rows that the encoder never saw: whole articles, calibration's yardstick."""

SEEN_WEIGHT = 0.15
"""Weight in calibration of the rows that the encoder learned from: real news, but too easy."""

SHARES = {"supportive": 0.25, "neutral": 0.45, "critical": 0.30}
"""Of stances, which the head reckons with: between NewsMTSC's thirds and newswire, four fifths
of which are neutral."""

RELATION_SHARES = {"supportive": 0.10, "neutral": 0.73, "critical": 0.17}
"""The same of relations: between the directed corpus and our articles, of whose pairs 82 % and
50 % are neutral."""

ALONE = {"newsmtsc": 0.8, "directed": 0.5}
"""Share of a row's weight that it has when read alone, by source: these have no article."""

ALONE_IN_ARTICLE = 0.5
"""The same for rows that stand in an article: `analyze` is meant for articles, tables are not."""


@dataclass(frozen=True)
class Tables:
    """What the heads are fitted to, see `stancekit.fit.fit_model`."""

    claims: pd.DataFrame
    stances: pd.DataFrame
    relations: pd.DataFrame
    context: pd.DataFrame


def read_encoder(folder: Path) -> Encoder:
    """Read an exported encoder."""
    return Encoder((folder / GRAPH).read_bytes(), (folder / TOKENIZER).read_bytes())


def build(
    encoder: Encoder,
    root: Path,
    *,
    cache: Path,
    name: str = NAME,
    n_jobs: int = 2,
    say: Say = lambda _: None,
) -> Model:
    """Fit every head on an encoder's readings.

    The encoder has seen most of the rows: their vectors are a little too good. So the
    probabilities are calibrated above all on our own articles, which it has not seen, and
    always by scores of heads that were fitted without the document.

    Parameters
    ----------
    encoder
        As `training.encoder` exports it.
    root
        The corpora folder.
    cache
        Folder of readings, to fit again in less time.
    name
        Of the model.
    n_jobs
        Processes.
    say
        Told what is being done.
    """
    reader = CachedReader(encoder, cache)
    say("tagger of names")
    actors = fit_entity_tagger(reader, root)
    say("taggers of quotations")
    quotations = fit_quotation_taggers(encoder, root, read=reader.read)
    taggers = Model(
        actor_tagger=actors,
        **{f"{role}_tagger": tagger for role, tagger in quotations.items()},
        encoder=encoder,
    )
    say("who is official")
    taggers.official = fit_official(root, parser=replace(taggers.parser, encoder=reader))
    found = tables(root)
    model = fit_model(
        claims=found.claims,
        stances=found.stances,
        relations=found.relations,
        context=found.context,
        base=taggers,
        encoder=reader,
        name=name,
        n_jobs=n_jobs,
        say=say,
    )
    if model.stances is not None:
        model.stances.reckon_with(SHARES)
    if model.relations is not None:
        model.relations.reckon_with(RELATION_SHARES)
    model.documents = fit_documents(model, root, reader=reader, say=say)
    return model


def tables(root: Path) -> Tables:
    """Gather what the heads are fitted to.

    The context has the articles, and other sentences in packs, see `training.packing`.

    Parameters
    ----------
    root
        The corpora folder.
    """
    claims = _calibrated(training_part(claims_table(root)))
    stances = _calibrated(training_part(stances_table(root)))
    relations = training_part(relations_table(root))
    lone = pd.concat([table[table["source"].isin(ALONE)] for table in (stances, relations)])
    articles = claims.assign(**{READ_WITH: claims["doc_id"]})
    return Tables(
        claims=claims,
        stances=_shared(stances),
        relations=_shared(relations),
        context=pd.concat([articles, packed(lone)], ignore_index=True),
    )


def _shared(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(**{SHARE_ALONE: table["source"].map(ALONE).fillna(ALONE_IN_ARTICLE)})


def _calibrated(table: pd.DataFrame) -> pd.DataFrame:
    weight = table["source"].map({UNSEEN: 1.0}).fillna(SEEN_WEIGHT)
    return table.assign(calibration_weight=weight)
