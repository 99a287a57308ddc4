"""The recipe of the bundled model ``news-encoder``: every head on one encoder's readings."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from stancekit.encoder import CachedReader, Encoder
from stancekit.fit import Say, fit_model
from stancekit.model import Model
from training.lexical import claims_table, stances_table, training_part
from training.officialness import fit_official
from training.quotations import fit_quotation_taggers
from training.relations import relations_table
from training.taggers import fit_entity_tagger

NAME = "news-encoder"
GRAPH, TOKENIZER = "encoder.onnx", "tokenizer.json"

UNSEEN = "stancekit"
"""Source of the rows that the encoder never saw: whole articles, calibration's yardstick."""

SEEN_WEIGHT = 0.15
"""Weight in calibration of the rows that the encoder learned from: real news, but too easy."""


def read_encoder(folder: Path) -> Encoder:
    """Read an exported encoder."""
    return Encoder((folder / GRAPH).read_bytes(), (folder / TOKENIZER).read_bytes())


def build(
    encoder: Encoder,
    root: Path,
    *,
    cache: Path,
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
        official=fit_official(root),
        encoder=encoder,
    )
    stances = training_part(stances_table(root))
    return fit_model(
        claims=_calibrated(training_part(claims_table(root))),
        stances=_calibrated(stances),
        relations=training_part(relations_table(root)),
        base=taggers,
        encoder=reader,
        name=NAME,
        n_jobs=n_jobs,
        say=say,
    )


def _calibrated(table: pd.DataFrame) -> pd.DataFrame:
    weight = table["source"].map({UNSEEN: 1.0}).fillna(SEEN_WEIGHT)
    return table.assign(calibration_weight=weight)
