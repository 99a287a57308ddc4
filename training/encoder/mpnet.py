"""MPNet told as a BERT: its weights by BERT's names, its biases by distance as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from training.encoder.graph import DISTANCES

Array: TypeAlias = NDArray[Any]

_NAMES: Final = (
    (".attention.attn.q", ".attention.self.query"),
    (".attention.attn.k", ".attention.self.key"),
    (".attention.attn.v", ".attention.self.value"),
    (".attention.attn.o", ".attention.output.dense"),
    (".attention.LayerNorm", ".attention.output.LayerNorm"),
)
_WORDS: Final = "embeddings.word_embeddings.weight"
_PLACES: Final = "embeddings.position_embeddings.weight"
_TYPES: Final = "embeddings.token_type_embeddings.weight"
_BUCKETS: Final = "encoder.relative_attention_bias.weight"
_FIRST_PLACE: Final = 2
"""Place of the first token: the ones before it are for padding."""


def bert_name(name: str) -> str:
    """Name a layer or weight of MPNet as BERT does.

    Examples
    --------
    >>> bert_name("encoder.layer.3.attention.attn.q.weight")
    'encoder.layer.3.attention.self.query.weight'
    """
    for own, of_bert in _NAMES:
        name = name.replace(own, of_bert)
    return name


def as_bert(state: Mapping[str, Array]) -> dict[str, Array]:
    """Bring the weights of an MPNet into the form of a BERT's.

    Parameters
    ----------
    state
        Float32 weights by the names of ``transformers.MPNetModel``.

    Returns
    -------
    dict
        By the names of ``transformers.BertModel``: tokens have one type, whose vector is
        zeros. `training.encoder.graph.DISTANCES` holds what the distance of two tokens adds
        to their score, shape (n_heads, 2 n_places - 1): the key's place less the query's,
        from the least to the greatest.
    """
    new = {bert_name(name): value for name, value in state.items() if name != _BUCKETS}
    new[_PLACES] = state[_PLACES][_FIRST_PLACE:]
    new[_TYPES] = np.zeros((1, state[_WORDS].shape[1]), np.float32)
    new[DISTANCES] = state[_BUCKETS][_buckets(len(new[_PLACES]))].T
    return new


def _buckets(n_places: int) -> Array:
    """Return the bucket of each distance, shape (2 n_places - 1,)."""
    import torch
    from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

    distances = torch.arange(1 - n_places, n_places)
    found: Array = MPNetEncoder.relative_position_bucket(distances).numpy()
    return found
