"""A fine-tuned network as the two files that stancekit runs: one int8 graph and its tokenizer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stancekit.encoder.session import GRAPH_FILE, TOKENIZER_FILE, window_ids
from stancekit.encoder.windows import pack
from stancekit.errors import InputError
from training.encoder.balance import balanced, input_peaks
from training.encoder.graph import Array, Shape, graph_bytes
from training.encoder.mpnet import as_bert, bert_name

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BertModel, MPNetModel

_KINDS: Final = ("bert", "mpnet")
_BEND: Final = "gelu"
_UNUSED: Final = ("truncation", "padding", "post_processor")


def export_encoder(
    network: BertModel | MPNetModel | Path,
    out: Path,
    *,
    tokenizer: Path | None = None,
    sentences: Sequence[str] = (),
    quantise: bool = True,
) -> None:
    """Write ``encoder.onnx`` and ``tokenizer.json``.

    Parameters
    ----------
    network
        A BERT or MPNet in float32 with exact GELU, or the folder of one: ``config.json``,
        ``model.safetensors``, ``tokenizer.json``.
    out
        Folder to write to; made if missing.
    tokenizer
        A ``tokenizer.json``; by default the one in the network's folder.
    sentences
        Consecutive sentences of news, some hundred: they show which channels are large, so
        that int8 follows the network more closely. Without any, less closely.
    quantise
        Int8 weights; False keeps float32, for comparison.

    Raises
    ------
    InputError
        If the network is another one, or there is no tokenizer.
    """
    model = _loaded(network)
    shape = _shape(model.config)
    source = tokenizer or (network / TOKENIZER_FILE if isinstance(network, Path) else None)
    if source is None or not source.is_file():
        raise InputError(
            f"expected the network's {TOKENIZER_FILE}; found {source}. Pass tokenizer="
        )
    words = plain_tokenizer(source.read_bytes())
    state = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    is_mpnet = model.config.model_type == "mpnet"
    state = as_bert(state) if is_mpnet else state
    factors: dict[str, Array] = {}
    if sentences:
        found = input_peaks(model, _windows(words, sentences))
        peaks = {bert_name(name) if is_mpnet else name: peak for name, peak in found.items()}
        state, factors = balanced(state, peaks, shape.n_layers)
    graph = graph_bytes(state, shape, quantise=quantise, tokenizer=words, factors=factors)
    out.mkdir(parents=True, exist_ok=True)
    (out / TOKENIZER_FILE).write_bytes(words)
    (out / GRAPH_FILE).write_bytes(graph)


def plain_tokenizer(data: bytes) -> bytes:
    """Drop truncation, padding and special tokens: windows are put together elsewhere."""
    fields = json.loads(data)
    return json.dumps(
        {**fields, **dict.fromkeys(_UNUSED)}, ensure_ascii=False, separators=(",", ":")
    ).encode()


def _windows(tokenizer: bytes, sentences: Sequence[str]) -> Iterator[list[int]]:
    """Yield the ids of windows as the encoder will read them."""
    from tokenizers import Tokenizer

    splitter: Tokenizer = Tokenizer.from_buffer(tokenizer)
    start, end = window_ids(splitter, TOKENIZER_FILE)
    ids = [splitter.encode(text, add_special_tokens=False).ids for text in sentences]
    for window in pack([len(one) for one in ids]):
        pieces = ([*ids[piece.sentence][piece.start : piece.end], end] for piece in window)
        yield [start, *(number for piece in pieces for number in piece)]


def _loaded(network: BertModel | MPNetModel | Path) -> BertModel | MPNetModel:
    if not isinstance(network, Path):
        return network
    from transformers import AutoConfig, AutoModel

    _shape(AutoConfig.from_pretrained(network))
    return AutoModel.from_pretrained(network, add_pooling_layer=False)


def _shape(config: Any) -> Shape:
    kind, bend = (getattr(config, name, None) for name in ("model_type", "hidden_act"))
    if kind not in _KINDS or bend != _BEND:
        raise InputError(
            f"expected a network of type {' or '.join(_KINDS)} with {_BEND}; "
            f"found {kind} with {bend}"
        )
    return Shape(config.num_hidden_layers, config.num_attention_heads, config.layer_norm_eps)
