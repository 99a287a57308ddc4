"""The heads that a model may have: a new one is one more line of `HEADS`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.documents import DocumentClassifier
from stancekit.classify.relations import RelationClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.quotes.official import OfficialHead
from stancekit.tagging import TokenTagger


@dataclass(frozen=True)
class HeadKind:
    """A head that a saved model may have.

    Attributes
    ----------
    name
        Attribute of the model and argument of its constructor; also the key of its labels
        in the manifest.
    kind
        The only type it may be: fitted, its labels are in ``classes_``.
    labels_what
        What its labels are given to, for the card.
    """

    name: str
    kind: type[Any]
    labels_what: str

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.name}.skops"


CLAIMS: Final = HeadKind("claims", ClaimClassifier, "sentence")
STANCES: Final = HeadKind("stances", StanceClassifier, "sentence and actor")
RELATIONS: Final = HeadKind("relations", RelationClassifier, "sentence, holder and target")
DOCUMENTS: Final = HeadKind("documents", DocumentClassifier, "article and actor")

ACTORS: Final = HeadKind("actor_tagger", TokenTagger, "span of words")
SOURCES: Final = HeadKind("source_tagger", TokenTagger, "span of words")
CUES: Final = HeadKind("cue_tagger", TokenTagger, "span of words")
CONTENTS: Final = HeadKind("content_tagger", TokenTagger, "span of words")
OFFICIAL: Final = HeadKind("official", OfficialHead, "speaker")

HEADS: Final = (
    *(CLAIMS, STANCES, RELATIONS, DOCUMENTS),
    *(ACTORS, SOURCES, CUES, CONTENTS, OFFICIAL),
)
"""In the order in which they are saved."""
