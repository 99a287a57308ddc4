"""The network that is trained: an encoder under small linear heads, pooled by plain means."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from transformers import AutoModel

from training.encoder.batches import IGNORED, ROLES, Batch, Spans
from training.encoder.tasks import DISCOURSE
from training.taggers import KINDS

WEIGHTS = {
    "claims": 1.5,
    "discourse": 0.3,
    "speech": 0.3,
    "stance": 1.0,
    "pairs": 1.0,
    "entities": 0.7,
    "quotations": 0.7,
}
"""Of each task's loss."""


class Network(nn.Module):
    """Encoder and heads.

    Parameters
    ----------
    base
        Folder of the weights to start from.
    """

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager")
        self.encoder.config.attention_probs_dropout_prob = 0.0
        for name, module in self.encoder.named_modules():
            if isinstance(module, nn.Dropout) and "attention.self" in name:
                module.p = 0.0
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.claims = nn.Linear(width, 3)
        self.discourse = nn.Linear(width, len(DISCOURSE))
        self.speech = nn.Linear(width, 1)
        self.stance = nn.Linear(2 * width, 3)
        self.pairs = nn.Linear(3 * width, 3)
        self.entities = nn.Linear(width, 1 + 2 * len(KINDS))
        self.quotations = nn.Linear(width, 3 * len(ROLES))

    def read(self, batch: Batch, *, bf16: bool = True) -> torch.Tensor:
        """Return the token vectors, shape (n_places, width)."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            hidden = self.encoder(input_ids=batch.ids, attention_mask=batch.mask).last_hidden_state
        return self.dropout(hidden.float().flatten(0, 1))

    def logits(self, batch: Batch) -> dict[str, torch.Tensor]:
        """Score all labels."""
        tokens = self.read(batch)
        sentences = pool(tokens, batch.sentences)
        found = {
            "claims": self.claims(sentences),
            "discourse": self.discourse(sentences),
            "speech": self.speech(sentences).squeeze(1),
        }
        if batch.targets.n:
            parts = [pool(tokens, batch.targets), sentences[batch.of_target]]
            found["stance"] = self.stance(torch.cat(parts, dim=1))
        if batch.holders.n:
            parts = [pool(tokens, batch.holders), pool(tokens, batch.aims)]
            found["pairs"] = self.pairs(torch.cat([*parts, sentences[batch.of_pair]], dim=1))
        if (batch.entity_tags != IGNORED).any():
            found["entities"] = self.entities(tokens)
        if (batch.quotation_tags != IGNORED).any():
            found["quotations"] = self.quotations(tokens)
        return found

    def losses(self, batch: Batch) -> dict[str, torch.Tensor]:
        """Return each task's loss, where the batch has labels for it."""
        found = self.logits(batch)
        losses = {
            "claims": _binary(found["claims"], batch.claims),
            "discourse": _classes(found["discourse"], batch.discourse),
            "speech": _binary(found["speech"], batch.speech),
        }
        if "stance" in found:
            loss = cross_entropy(found["stance"], batch.stance, reduction="none")
            losses["stance"] = (loss * batch.stance_weight).mean()
        if "pairs" in found:
            losses["pairs"] = cross_entropy(found["pairs"], batch.pair_stance)
        if "entities" in found:
            losses["entities"] = _classes(found["entities"], batch.entity_tags)
        if "quotations" in found:
            parts = found["quotations"].unflatten(1, (len(ROLES), 3)).unbind(1)
            losses["quotations"] = sum(
                (
                    _classes(part, tags)
                    for part, tags in zip(parts, batch.quotation_tags, strict=True)
                ),
                torch.zeros(()),
            )
        return {name: loss for name, loss in losses.items() if loss.requires_grad}


def pool(tokens: torch.Tensor, spans: Spans) -> torch.Tensor:
    """Return the mean vector of each span, shape (n_spans, width)."""
    total = tokens.new_zeros(spans.n, tokens.shape[1])
    total = total.index_add(0, spans.owners, tokens[spans.places])
    counts = torch.bincount(spans.owners, minlength=spans.n).clamp(min=1)
    return total / counts.unsqueeze(1)


def _binary(scores: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    known = ~truth.isnan()
    if not known.any():
        return torch.zeros(())
    return binary_cross_entropy_with_logits(scores[known], truth[known])


def _classes(scores: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    known = truth != IGNORED
    if not known.any():
        return torch.zeros(())
    return cross_entropy(scores[known], truth[known])
