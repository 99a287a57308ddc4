from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.encoder.graph import INPUTS, OUTPUT, GraphFacts, graph_facts
from stancekit.errors import ModelError

INT64, FLOAT = 7, 1


def varint(value: int) -> bytes:
    head, rest = value & 127, value >> 7
    return bytes([head | 128]) + varint(rest) if rest else bytes([head])


def field(number: int, value: Any) -> bytes:
    """Write one field of a protocol buffer."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def value_info(name: str, kind: int, dimensions: tuple[int, ...]) -> bytes:
    shape = b"".join(field(1, field(1, n) if n else field(2, "n")) for n in dimensions)
    tensor = field(1, kind) + field(2, shape)
    return field(1, name) + field(2, field(1, tensor))


def tensor(name: str, dimensions: tuple[int, ...], more: bytes = b"") -> bytes:
    return b"".join(field(1, n) for n in dimensions) + field(2, 3) + field(8, name) + more


def node(operator: str, inputs: tuple[str, ...], more: bytes = b"") -> bytes:
    return b"".join(field(1, name) for name in inputs) + field(4, operator) + more


GATHER = node("Gather", ("table", INPUTS[0]))
IDS = tuple(value_info(name, INT64, (1, 0)) for name in INPUTS)
VECTORS = value_info(OUTPUT, FLOAT, (1, 0, 8))


def model(
    *,
    nodes: tuple[bytes, ...] = (GATHER,),
    tensors: tuple[bytes, ...] = (tensor("table", (30, 8)),),
    inputs: tuple[bytes, ...] = IDS,
    outputs: tuple[bytes, ...] = (VECTORS,),
    graph: bytes = b"",
    more: bytes = b"",
    domain: str = "",
) -> bytes:
    parts = ((1, nodes), (5, tensors), (11, inputs), (12, outputs))
    graph += b"".join(field(number, value) for number, values in parts for value in values)
    opset = field(1, domain) + field(2, 17)
    return field(1, 8) + field(7, graph) + field(8, opset) + more


def test_facts_of_a_graph() -> None:
    told = field(1, "tokenizer_sha256") + field(2, "abc")
    assert graph_facts(model(), "g") == GraphFacts(width=8, n_words=30, tokenizer="")
    assert graph_facts(model(more=field(14, told)), "g").tokenizer == "abc"


def test_facts_of_the_exported_graph(graph: bytes) -> None:
    found = graph_facts(graph, "g")
    assert (found.width, found.n_words) == (32, 128)
    assert re.fullmatch("[0-9a-f]{64}", found.tokenizer)


OTHER_FILE = field(13, field(1, "location") + field(2, "../weights"))
ATTRIBUTE = field(1, "then_branch")


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (model(domain="evil.ops"), "holds operators of 'evil.ops'"),
        (model(nodes=(node("Run", (), field(7, "evil.ops")),)), "holds operators of 'evil.ops'"),
        (model(more=field(25, field(1, "f"))), "holds functions"),
        (model(more=field(20, b"")), "holds training steps"),
        (model(graph=field(15, b"")), "holds sparse weights"),
        (model(tensors=(tensor("table", (30, 8), OTHER_FILE),)), "holds weights in another file"),
        (model(tensors=(tensor("table", (30, 8), field(14, 1)),)), "holds weights in another file"),
        (
            model(nodes=(node("If", (), field(5, ATTRIBUTE + field(6, field(1, GATHER)))),)),
            "holds a graph within the graph",
        ),
        (
            model(nodes=(node("If", (), field(5, ATTRIBUTE + field(11, field(1, GATHER)))),)),
            "holds a graph within the graph",
        ),
        (
            model(nodes=(node("Constant", (), field(5, field(5, tensor("", (1,), OTHER_FILE)))),)),
            "holds weights in another file",
        ),
        (
            model(nodes=(node("Constant", (), field(5, field(22, b""))),)),
            "holds sparse weights",
        ),
        (model(inputs=IDS[:1]), "expected the inputs input_ids, attention_mask .*found input_ids"),
        (
            model(inputs=(*IDS, value_info("token_type_ids", INT64, (1, 0)))),
            "found input_ids, attention_mask, token_type_ids",
        ),
        (
            model(inputs=tuple(value_info(name, FLOAT, (1, 0)) for name in INPUTS)),
            "expected the inputs input_ids, attention_mask",
        ),
        (model(inputs=()), "found none"),
        (model(outputs=()), "expected one output, last_hidden_state.*found none"),
        (model(outputs=(VECTORS, VECTORS[:-1])), "a field without end"),
        (model(outputs=(value_info("pooled", FLOAT, (1, 8)),)), "expected one output.*pooled"),
        (model(outputs=(value_info(OUTPUT, FLOAT, (1, 8)),)), r"of shape \(1, 8\)"),
        (model(outputs=(value_info(OUTPUT, FLOAT, (1, 0, 0)),)), "expected one output"),
        (model(outputs=(value_info(OUTPUT, INT64, (1, 0, 8)),)), "expected one output"),
        (model(nodes=()), "expected one table of word embeddings; found 0"),
        (model(tensors=()), "expected one table of word embeddings; found 0"),
        (model() + model(), "2 graphs in it"),
        (b"", "0 graphs in it"),
        (field(7, 3), "a number where a message should be"),
        (b"\x0b\x0b", "unknown kind of field, 3"),
        (b"\xff" * 20, "a number without end"),
        (b"\x3a\xff\xff\x03", "a field without end"),
    ],
)
def test_what_is_no_encoder_is_refused(made: bytes, told: str) -> None:
    with pytest.raises(ModelError, match=f"^g: .*{told}"):
        graph_facts(made, "g")


@settings(max_examples=200)
@given(st.floats(0, 1, exclude_max=True))
def test_a_truncated_graph_is_refused(graph: bytes, place: float) -> None:
    end = graph.rindex(b"last_hidden_state")
    with pytest.raises(ModelError, match=r"^g: expected an ONNX graph; found a damaged file"):
        graph_facts(graph[: int(place * end)], "g")


@settings(max_examples=300)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_a_changed_byte_never_raises_anything_else(graph: bytes, place: float, mask: int) -> None:
    data = bytearray(graph)
    data[int(place * len(data))] ^= mask
    try:
        graph_facts(bytes(data), "g")
    except ModelError as error:
        assert str(error).startswith("g: ")


@given(st.binary(max_size=80))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ModelError, match=r"^g: "):
        graph_facts(data, "g")
