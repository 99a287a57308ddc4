"""The graph of a BERT or MPNet, written node by node with onnxruntime's fused operators.

It isn't traced: such a network has seven kinds of step, so nothing depends on what an exporter
and an optimiser recognise. Weights are int8 with a scale per column, activations are quantised
while running, and the embedding table is int8 with a scale per row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from stancekit.encoder.graph import TOKENIZER_DIGEST

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

Array: TypeAlias = NDArray[Any]
State: TypeAlias = Mapping[str, Array]

DISTANCES: Final = "encoder.distances"
"""Name of what the distance of two tokens adds to their score, see `training.encoder.mpnet`."""

OPSET: Final = 17
IR_VERSION: Final = 8
_STEPS: Final = 127
_NORM: Final = ("weight", "bias")


@dataclass(frozen=True)
class Shape:
    """What the weights alone don't tell.

    Attributes
    ----------
    n_layers, n_heads
        Of the network.
    epsilon
        Of the layer normalisation.
    """

    n_layers: int
    n_heads: int
    epsilon: float


def graph_bytes(
    state: State,
    shape: Shape,
    *,
    quantise: bool,
    tokenizer: bytes,
    factors: Mapping[str, Array] | None = None,
) -> bytes:
    """Write the graph.

    Parameters
    ----------
    state
        Float32 weights by the names of ``transformers.BertModel``; with `DISTANCES`, attention
        goes by the distance of tokens too.
    shape
        Of the network.
    quantise
        Int8 weights.
    tokenizer
        Whose digest the graph carries, so that another one is noticed.
    factors
        Input -> what its channels are multiplied by, see `training.encoder.balance`.

    Returns
    -------
    bytes
        An ONNX model: ``input_ids``, ``attention_mask`` int64 (1, n) to
        ``last_hidden_state`` float32 (1, n, width).
    """
    from onnx import TensorProto, checker, helper

    build = _Builder(state, shape, factors or {}, quantise=quantise)
    build.network()
    width = state["embeddings.word_embeddings.weight"].shape[1]
    ids = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [1, "n"])
        for name in ("input_ids", "attention_mask")
    ]
    vectors = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [1, "n", width])
    graph = helper.make_graph(build.nodes, "encoder", ids, [vectors], build.weights)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
    model.producer_name = "stancekit"
    helper.set_model_props(model, {TOKENIZER_DIGEST: hashlib.sha256(tokenizer).hexdigest()})
    checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def int8_columns(weights: Array) -> tuple[Array, Array]:
    """Round a matrix to int8 with a scale for each column.

    Returns
    -------
    int8, scales
        ``int8 * scales`` is near the matrix; a column of zeros has the scale 1.

    Examples
    --------
    >>> rounded, scales = int8_columns(np.array([[1.27, 0.0], [-0.5, 0.0]]))
    >>> rounded.tolist(), scales.shape
    ([[127, 0], [-50, 0]], (2,))
    """
    most = np.abs(weights).max(axis=0)
    scales = np.where(most > 0, most / _STEPS, 1).astype(np.float32)
    return np.rint(weights / scales).clip(-_STEPS, _STEPS).astype(np.int8), scales


class _Builder:
    """Gathers the nodes and weights of the graph."""

    def __init__(
        self, state: State, shape: Shape, factors: Mapping[str, Array], *, quantise: bool
    ) -> None:
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []
        self._state = state
        self._shape = shape
        self._factors = factors
        self._quantise = quantise
        self._near = ""

    def network(self) -> None:
        """Add every node, from ``input_ids`` to ``last_hidden_state``."""
        last = self._embeddings()
        mask = self._node("Cast", ["attention_mask"], "mask", to=_onnx_type("INT32"))
        self._near = self._distances() if DISTANCES in self._state else ""
        for layer in range(self._shape.n_layers):
            is_last = layer == self._shape.n_layers - 1
            last = self._layer(f"encoder.layer.{layer}", last, mask, is_last=is_last)

    def _embeddings(self) -> str:
        table = self._state["embeddings.word_embeddings.weight"]
        # Windows have one token type, so its vector is added to every position beforehand.
        positions = self._state["embeddings.position_embeddings.weight"]
        positions = positions + self._state["embeddings.token_type_embeddings.weight"][0]
        words = self._looked_up("words", table, "Gather", ["input_ids"])
        places = self._looked_up("positions", positions, "Slice", self._first_places())
        summed = self._node("Add", [words, places], "embedded")
        norm = self._norm("embeddings.LayerNorm")
        return self._node(
            "LayerNormalization", [summed, *norm], "read.0", epsilon=self._shape.epsilon, axis=-1
        )

    def _first_places(self) -> list[str]:
        """Bounds and axis of as many rows as there are tokens."""
        zero, one = (self._weight(f"number.{n}", np.array([n], np.int64)) for n in (0, 1))
        shape = self._node("Shape", ["input_ids"], "shape")
        return [zero, self._node("Gather", [shape, one], "n_tokens"), zero]

    def _looked_up(self, name: str, table: Array, operator: str, rows: list[str]) -> str:
        """Take rows of a table, and only then make them float32."""
        if not self._quantise:
            return self._node(operator, [self._weight(f"{name}.table", table), *rows], name)
        rounded, scales = int8_columns(table.T)
        parts = {"table": rounded.T, "scales": scales[:, None]}
        taken = [
            self._node(
                operator, [self._weight(f"{name}.{part}", value), *rows], f"{name}.{part}.taken"
            )
            for part, value in parts.items()
        ]
        whole = self._node("Cast", taken[:1], f"{name}.whole", to=_onnx_type("FLOAT"))
        return self._node("Mul", [whole, taken[1]], name)

    def _layer(self, name: str, before: str, mask: str, *, is_last: bool) -> str:
        state = self._state
        attended = self._attention(
            f"{name}.attention", self._scaled(f"{name}.attention", before), mask
        )
        joined = self._product(f"{name}.attention.output.dense", attended)
        middle = self._skip(f"{name}.attention.output", joined, before, f"{name}.middle")
        wide = self._product(f"{name}.intermediate.dense", middle)
        bias = self._weight(f"{name}.intermediate.bias", state[f"{name}.intermediate.dense.bias"])
        bent = self._node("BiasGelu", [wide, bias], f"{name}.bent", domain="com.microsoft")
        narrow = self._product(f"{name}.output.dense", bent)
        out = "last_hidden_state" if is_last else f"{name}.read"
        return self._skip(f"{name}.output", narrow, middle, out)

    def _attention(self, name: str, before: str, mask: str) -> str:
        parts = [f"{name}.self.{part}" for part in ("query", "key", "value")]
        matrix = np.concatenate([self._state[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self._state[f"{part}.bias"] for part in parts])
        said: dict[str, Any] = {"domain": "com.microsoft", "num_heads": self._shape.n_heads}
        bias_at = self._weight(f"{name}.bias", bias)
        if self._near:
            # The fused operator for int8 knows no distances, that for three inputs does.
            joined = self._times(f"{name}.self", matrix, before)
            self._nodes_of("Split", [joined], parts, axis=-1)
            return self._node(
                "MultiHeadAttention", [*parts, bias_at, mask, self._near], name, **said
            )
        if not self._quantise:
            weight = self._weight(f"{name}.weight", matrix)
            return self._node("Attention", [before, weight, bias_at, mask], name, **said)
        rounded, scales = int8_columns(matrix)
        whole, scale, zero = (f"{name}.input{end}" for end in ("", ".scale", ".zero"))
        self._nodes_of("DynamicQuantizeLinear", [before], [whole, scale, zero])
        weight = self._weight(f"{name}.weight", rounded)
        weight_scale = self._weight(f"{name}.scales", scales)
        inputs = [whole, weight, bias_at, scale, weight_scale, mask, zero]
        return self._node("QAttention", inputs, name, **said)

    def _distances(self) -> str:
        """Look up what distances add to the scores of all pairs, (1, n_heads, n, n)."""
        table = self._state[DISTANCES][None]
        zero, one, most = (
            self._weight(f"scalar.{n}", np.array(n, np.int64)) for n in (0, 1, table.shape[2] // 2)
        )
        n_tokens = self._node("Squeeze", ["n_tokens"], "n_tokens.scalar")
        places = self._node("Range", [zero, n_tokens, one], "places")
        shifted = self._node("Add", [places, most], "places.shifted")
        column = self._node("Unsqueeze", [places, "number.1"], "places.column")
        rows = self._node("Sub", [shifted, column], "distances.rows")
        looked_up = [self._weight("distances.table", table), rows]
        return self._node("Gather", looked_up, "distances", axis=2)

    def _product(self, name: str, before: str) -> str:
        return self._times(name, self._state[f"{name}.weight"].T, self._scaled(name, before))

    def _times(self, name: str, matrix: Array, before: str) -> str:
        if not self._quantise:
            return self._node("MatMul", [before, self._weight(f"{name}.weight", matrix)], name)
        rounded, scales = int8_columns(matrix)
        weight = self._weight(f"{name}.weight", rounded)
        scale = self._weight(f"{name}.scales", scales)
        return self._node(
            "DynamicQuantizeMatMul", [before, weight, scale], name, domain="com.microsoft"
        )

    def _scaled(self, name: str, before: str) -> str:
        if name not in self._factors:
            return before
        factor = self._weight(f"{name}.factor", self._factors[name].astype(np.float32))
        return self._node("Mul", [before, factor], f"{name}.scaled")

    def _skip(self, name: str, new: str, old: str, out: str) -> str:
        """Add the bias and what came before, and normalise."""
        bias = self._weight(f"{name}.dense.bias", self._state[f"{name}.dense.bias"])
        return self._node(
            "SkipLayerNormalization",
            [new, old, *self._norm(f"{name}.LayerNorm"), bias],
            out,
            domain="com.microsoft",
            epsilon=self._shape.epsilon,
        )

    def _norm(self, name: str) -> list[str]:
        return [self._weight(f"{name}.{end}", self._state[f"{name}.{end}"]) for end in _NORM]

    def _node(self, operator: str, inputs: list[str], out: str, **said: Any) -> str:
        self._nodes_of(operator, inputs, [out], **said)
        return out

    def _nodes_of(self, operator: str, inputs: list[str], out: list[str], **said: Any) -> None:
        from onnx import helper

        self.nodes.append(helper.make_node(operator, inputs, out, name=f"{out[0]}.node", **said))

    def _weight(self, name: str, value: Array) -> str:
        from onnx import numpy_helper

        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name


def _onnx_type(name: str) -> int:
    from onnx import TensorProto

    return int(TensorProto.DataType.Value(name))
