"""A fine-tuned network as the two files that stancekit runs: one int8 graph and its tokenizer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stancekit.encoder.session import GRAPH_FILE, TOKENIZER_FILE
from stancekit.encoder.windows import pack
from stancekit.errors import InputError
from training.encoder.balance import balanced, input_peaks
from training.encoder.graph import Array, Shape, graph_bytes

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BertModel

_UNUSED: Final = ("truncation", "padding", "post_processor")


def export_encoder(
    network: BertModel | Path,
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
        A BERT in float32 with absolute positions and exact GELU, or the folder of one:
        ``config.json``, ``model.safetensors``, ``tokenizer.json``.
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
        If the network is no such BERT, or there is no tokenizer.
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
    factors: dict[str, Array] = {}
    if sentences:
        peaks = input_peaks(model, _windows(words, sentences))
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
    known = splitter.get_vocab()
    start, end = known["[CLS]"], known["[SEP]"]
    ids = [splitter.encode(text, add_special_tokens=False).ids for text in sentences]
    for window in pack([len(one) for one in ids]):
        pieces = ([*ids[piece.sentence][piece.start : piece.end], end] for piece in window)
        yield [start, *(number for piece in pieces for number in piece)]


def _loaded(network: BertModel | Path) -> BertModel:
    if not isinstance(network, Path):
        return network
    from transformers import BertModel

    return BertModel.from_pretrained(network, add_pooling_layer=False)


def _shape(config: Any) -> Shape:
    expected = {"model_type": "bert", "hidden_act": "gelu"}
    found = {key: getattr(config, key, None) for key in expected}
    if found != expected:
        raise InputError(f"expected a network with {expected}; found {found}")
    return Shape(config.num_hidden_layers, config.num_attention_heads, config.layer_norm_eps)
