"""Tags for the words of a text, from their vectors: spans of actors, speakers, quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stancekit.tagging.texts import Mark, ReadText, TaggedSpan, TokenVectors

if TYPE_CHECKING:
    from stancekit.tagging.tagger import TokenTagger
    from stancekit.tagging.together import predict_together

__all__ = ["Mark", "ReadText", "TaggedSpan", "TokenTagger", "TokenVectors", "predict_together"]


def __getattr__(name: str) -> Any:
    # Taggers bring scikit-learn along, which rules alone do without.
    if name == "TokenTagger":
        from stancekit.tagging.tagger import TokenTagger

        return TokenTagger
    if name == "predict_together":
        from stancekit.tagging.together import predict_together

        return predict_together
    raise AttributeError(f"module 'stancekit.tagging' has no attribute {name!r}")
