"""What an ONNX graph says of itself, read without running it and without the onnx package.

A graph comes from a file that somebody may have crafted, so what a sentence encoder doesn't
need is refused before the runtime sees it: weights in other files, operators of unknown
domains, functions, graphs within the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stancekit.errors import ModelError

INPUTS: Final = ("input_ids", "attention_mask")
OUTPUT: Final = "last_hidden_state"
DOMAINS: Final = frozenset({"", "ai.onnx", "com.microsoft"})
TOKENIZER_DIGEST: Final = "tokenizer_sha256"
"""Key of the graph's metadata that tells which tokenizer belongs to it."""

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_WIDTHS: Final = {_FIXED64: 8, _FIXED32: 4}
_MAX_VARINT: Final = 10
_INT64, _FLOAT = 7, 1
_EXTERNAL: Final = 1

Field = tuple[int, int | memoryview]


@dataclass(frozen=True)
class GraphFacts:
    """What is to be known of a graph before it runs.

    Attributes
    ----------
    width
        Length of a token's vector.
    n_words
        Rows of its embedding table: the size of the vocabulary.
    tokenizer
        SHA-256 of the tokenizer it was made with, hexadecimal; empty if it doesn't say.
    """

    width: int
    n_words: int
    tokenizer: str


def graph_facts(data: bytes, source: str) -> GraphFacts:
    """Read what a graph says of itself, and refuse one that is no sentence encoder.

    Parameters
    ----------
    data
        An ONNX model.
    source
        What messages call the file.

    Raises
    ------
    ModelError
        If it is truncated or no ONNX model, has other inputs or another output, or holds
        what a sentence encoder doesn't need.
    """
    try:
        return _facts(memoryview(data), source)
    except _DamagedError as error:
        raise ModelError(
            f"{source}: expected an ONNX graph; found a damaged file ({error}). "
            "Copy the model again, or train it again."
        ) from error


class _DamagedError(Exception):
    """Bytes that are no protocol buffer."""


def _facts(model: memoryview, source: str) -> GraphFacts:
    fields = list(_fields(model))
    _refuse_other_domains((_text(part, 1) for part in _parts(fields, 8)), source)
    for number, what in ((20, "training steps"), (25, "functions")):
        if any(found == number for found, _ in fields):
            raise _refused(source, what)
    graphs = list(_parts(fields, 7))
    if len(graphs) != 1:
        raise _DamagedError(f"{len(graphs)} graphs in it")
    graph = list(_fields(graphs[0]))
    tables = _tables(graph, source)
    told = {_text(entry, 1): _text(entry, 2) for entry in _parts(fields, 14)}
    return GraphFacts(
        width=_width(graph, source),
        n_words=_n_words(graph, tables, source),
        tokenizer=told.get(TOKENIZER_DIGEST, ""),
    )


def _tables(graph: list[Field], source: str) -> dict[str, tuple[int, ...]]:
    """Check all weights and nodes; return the shapes of the weights by name."""
    if any(number == 15 for number, _ in graph):
        raise _refused(source, "sparse weights")
    for node in _parts(graph, 1):
        _check_node(list(_fields(node)), source)
    shapes = {}
    for part in _parts(graph, 5):
        tensor = list(_fields(part))
        _check_tensor(tensor, source)
        shapes[_text(part, 8)] = tuple(_numbers(tensor, 1))
    return shapes


def _check_node(node: list[Field], source: str) -> None:
    _refuse_other_domains((_string(value) for value in _parts(node, 7)), source)
    for part in _parts(node, 5):
        attribute = list(_fields(part))
        if any(number in (6, 11) for number, _ in attribute):
            raise _refused(source, "a graph within the graph")
        if any(number in (22, 23) for number, _ in attribute):
            raise _refused(source, "sparse weights")
        for number in (5, 10):
            for tensor in _parts(attribute, number):
                _check_tensor(list(_fields(tensor)), source)


def _check_tensor(tensor: list[Field], source: str) -> None:
    if any(number == 13 for number, _ in tensor) or _EXTERNAL in _numbers(tensor, 14):
        raise _refused(source, "weights in another file")


def _refuse_other_domains(domains: Iterator[str], source: str) -> None:
    unknown = sorted(set(domains) - DOMAINS)
    if unknown:
        raise _refused(source, f"operators of {', '.join(map(repr, unknown))}")


def _refused(source: str, what: str) -> ModelError:
    return ModelError(f"{source}: holds {what}, which a saved model may not hold")


def _width(graph: list[Field], source: str) -> int:
    """Return the output's last dimension, once inputs and output are as they should be."""
    inputs = {_text(part, 1): _tensor_type(part) for part in _parts(graph, 11)}
    outputs = {_text(part, 1): _tensor_type(part) for part in _parts(graph, 12)}
    kinds = {name: kind for name, (kind, _) in inputs.items()}
    if kinds != dict.fromkeys(INPUTS, _INT64):
        raise ModelError(
            f"{source}: expected the inputs {', '.join(INPUTS)} (int64); "
            f"found {', '.join(inputs) or 'none'}"
        )
    kind, dimensions = outputs.get(OUTPUT, (0, ()))
    if len(outputs) != 1 or kind != _FLOAT or len(dimensions) != 3 or not dimensions[-1]:
        raise ModelError(
            f"{source}: expected one output, {OUTPUT}, float32 (1, n, width); "
            f"found {', '.join(outputs) or 'none'} of shape {dimensions}"
        )
    return dimensions[-1]


def _n_words(graph: list[Field], tables: dict[str, tuple[int, ...]], source: str) -> int:
    """Return the rows of the widest table that is looked up by ``input_ids``."""
    shapes = []
    for part in _parts(graph, 1):
        names = [_string(value) for value in _parts(list(_fields(part)), 1)]
        if _text(part, 4) == "Gather" and len(names) == 2 and names[1] == INPUTS[0]:
            shapes.append(tables.get(names[0], ()))
    n_rows = {shape[0] for shape in shapes if shape}
    if len(n_rows) != 1:
        raise ModelError(f"{source}: expected one table of word embeddings; found {len(n_rows)}")
    return n_rows.pop()


def _tensor_type(value_info: memoryview) -> tuple[int, tuple[int, ...]]:
    """Return element type and dimensions, 0 where a dimension is open."""
    for kind in _parts(list(_fields(value_info)), 2):
        for tensor in _parts(list(_fields(kind)), 1):
            fields = list(_fields(tensor))
            dimensions = (
                next(iter(_numbers(list(_fields(dimension)), 1)), 0)
                for shape in _parts(fields, 2)
                for dimension in _parts(list(_fields(shape)), 1)
            )
            return next(iter(_numbers(fields, 1)), 0), tuple(dimensions)
    return 0, ()


# Protocol buffers


def _fields(message: memoryview) -> Iterator[Field]:
    """Yield the fields of a message: number, and its number or bytes."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, at = _varint(message, at)
            yield number, value
            continue
        if wire == _BYTES:
            size, at = _varint(message, at)
        elif wire in _WIDTHS:
            size = _WIDTHS[wire]
        else:
            raise _DamagedError(f"unknown kind of field, {wire}")
        if number == 0 or at + size > len(message):
            raise _DamagedError("a field without end")
        yield number, message[at : at + size]
        at += size


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for shift, byte in enumerate(message[at : at + _MAX_VARINT]):
        value |= (byte & 127) << (7 * shift)
        if byte < 128:
            return value, at + shift + 1
    raise _DamagedError("a number without end")


def _parts(fields: list[Field], number: int) -> Iterator[memoryview]:
    """Yield the fields of a number that hold bytes: messages and texts."""
    for found, value in fields:
        if found == number:
            if isinstance(value, int):
                raise _DamagedError("a number where a message should be")
            yield value


def _numbers(fields: list[Field], number: int) -> list[int]:
    """Return the whole numbers of a field, packed or one by one."""
    found: list[int] = []
    for key, value in fields:
        if key != number:
            continue
        if isinstance(value, int):
            found.append(value)
            continue
        at = 0
        while at < len(value):
            one, at = _varint(value, at)
            found.append(one)
    return found


def _text(message: memoryview, number: int) -> str:
    """Return a text field of a message; the last one counts, none is empty."""
    found = list(_parts(list(_fields(message)), number))
    return _string(found[-1]) if found else ""


def _string(value: memoryview) -> str:
    return bytes(value).decode("utf-8", "replace")
