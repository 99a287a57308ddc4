"""The types that a saved head may consist of: a short list, and nothing else is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
from sklearn.pipeline import FeatureUnion

from stancekit.features.base import BaseScores
from stancekit.features.vectorizer import PartVectorizer
from stancekit.features.vectors import ReadingVectors
from stancekit.features.wordvectors import MeanVectors, WordVectors
from stancekit.saved.heads import HEADS


def _by_name(*types: type) -> Mapping[str, type]:
    return {f"{one.__module__}.{one.__qualname__}": one for one in types}


OBJECTS: Final = _by_name(
    *(head.kind for head in HEADS),
    FeatureUnion,
    PartVectorizer,
    MeanVectors,
    ReadingVectors,
    WordVectors,
    BaseScores,
)
"""Objects: made without calling them, then given their attributes."""

ARRAYS: Final = _by_name(np.ndarray, np.float64, np.float32, np.int64, np.bool_)
"""Arrays and single numbers of NumPy."""

TRUSTED: Final[Mapping[str, Mapping[str, type]]] = {
    "ObjectNode": OBJECTS,
    "NdArrayNode": ARRAYS,
    "DictNode": _by_name(dict),
    "ListNode": _by_name(list),
    "TupleNode": _by_name(tuple),
    "JsonNode": _by_name(str),
    "TypeNode": _by_name(str),
}
"""Kind of node in a skops schema -> the types that it may stand for."""

_MARKS = ("__loader__", "__module__", "__class__")


def unknown_types(schema: object) -> list[str]:
    """Name the types in a skops schema that aren't trusted; nothing is imported or built.

    Parameters
    ----------
    schema
        As read from ``schema.json``.

    Returns
    -------
    list of str
        Sorted; the kind of node is added where that is what isn't trusted.

    Examples
    --------
    >>> unknown_types({"__loader__": "ObjectNode", "__module__": "os", "__class__": "system"})
    ['os.system']
    """
    return sorted({name for node in _nodes(schema) for name in _unknown(node)})


def _nodes(schema: object) -> Iterator[dict[str, Any]]:
    waiting = [schema]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting.extend(one.values())
            if any(mark in one for mark in _MARKS):
                yield one
        elif isinstance(one, list):
            waiting.extend(one)


def _unknown(node: dict[str, Any]) -> Iterator[str]:
    kind, module, name = (str(node.get(mark)) for mark in _MARKS)
    if f"{module}.{name}" not in TRUSTED.get(kind, {}):
        trusted_elsewhere = any(f"{module}.{name}" in types for types in TRUSTED.values())
        yield f"{module}.{name}" + (f" as {kind}" if trusted_elsewhere else "")
