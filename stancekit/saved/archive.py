"""One head as a skops archive.

skops writes it; `pack` then gives the archive fixed names, order and times, so that the same
head gives the same bytes. `unpack` reads it without skops: a head consists of seven kinds of
nodes, all types are known beforehand, and importing skops takes longer than loading a model.
What `unpack` gives is what ``skops.io.loads`` gives.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import PurePath
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
from sklearn.exceptions import InconsistentVersionWarning

from stancekit.errors import ModelError
from stancekit.saved.trust import ARRAYS, OBJECTS, unknown_types

_SCHEMA: Final = "schema.json"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MAX_UNPACKED: Final = 2**30
_PICKLE: Final = b"\x80"


def pack(head: object) -> bytes:
    """Write a head as a skops archive, the same bytes for the same head.

    Parameters
    ----------
    head
        A fitted classifier.

    Raises
    ------
    ModelError
        If it holds what skops can't write.
    """
    import skops.io
    from skops.io.exceptions import UnsupportedTypeException

    try:
        written = skops.io.dumps(head)
    except (UnsupportedTypeException, TypeError, ValueError) as error:
        raise ModelError(f"{type(head).__name__}: can't be saved: {error}") from error
    with ZipFile(BytesIO(written)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    schema = json.loads(members.pop(_SCHEMA))
    names = {name: _content_name(name, data) for name, data in members.items()}
    text = json.dumps(_renamed(schema, names, {})).encode()
    return _zipped({_SCHEMA: text, **{names[name]: data for name, data in members.items()}})


def unpack(data: bytes, source: str) -> Any:
    """Read a head from a skops archive, building trusted types alone.

    Parameters
    ----------
    data
        The archive.
    source
        What messages call the file.

    Raises
    ------
    ModelError
        If it is no skops archive, is damaged, or holds a type that isn't trusted.
    """
    if data.startswith(_PICKLE):
        raise ModelError(f"{source}: expected a skops archive; found a pickle, which is never read")
    try:
        with ZipFile(BytesIO(data)) as archive:
            _refuse_large(archive, source)
            schema = json.loads(archive.read(_SCHEMA))
            _refuse_unknown(schema, source)
            return _Builder(archive).build(schema)
    except ModelError:
        raise
    except Exception as error:  # what a crafted archive sets off can't be foreseen
        raise ModelError(
            f"{source}: expected a skops archive; found a damaged one "
            f"({type(error).__name__}: {error})"
        ) from error


class _Builder:
    """Builds the values that the nodes of a checked schema stand for."""

    def __init__(self, archive: ZipFile) -> None:
        self._read = cache(archive.read)
        self._built: dict[int, Any] = {}

    def build(self, node: dict[str, Any]) -> Any:
        """Build a node's value; nodes of one ``__id__`` share it."""
        number = node.get("__id__")
        if number is None:
            return self._value(node)
        if number not in self._built:
            self._built[number] = self._value(node)
        return self._built[number]

    def _value(self, node: dict[str, Any]) -> Any:
        content = node.get("content")
        match node["__loader__"], content:
            case "JsonNode", str():
                return json.loads(content)
            case "ListNode", list():
                return [self.build(item) for item in content]
            case "TupleNode", list():
                return tuple(self.build(item) for item in content)
            case "DictNode", dict():
                return {key: self.build(value) for key, value in content.items()}
            case "NdArrayNode", None:
                return self._array(node)
            case "ObjectNode", dict():
                return self._object(node)
        raise ValueError(f"{node['__loader__']} of a form that heads don't have")

    def _array(self, node: dict[str, Any]) -> Any:
        array = np.load(BytesIO(self._read(node["file"])), allow_pickle=False)
        made_of = ARRAYS[_type_name(node)]
        return array if made_of is np.ndarray else made_of(array)

    def _object(self, node: dict[str, Any]) -> Any:
        made_of: Any = OBJECTS[_type_name(node)]
        instance = made_of.__new__(made_of)
        state = self.build(node["content"])
        if not hasattr(instance, "__setstate__"):
            instance.__dict__.update(state)
            return instance
        with warnings.catch_warnings():
            # scikit-learn's only part in a head, FeatureUnion, learns nothing of its own.
            warnings.simplefilter("ignore", InconsistentVersionWarning)
            instance.__setstate__(state)
        return instance


def _refuse_large(archive: ZipFile, source: str) -> None:
    size = sum(member.file_size for member in archive.infolist())
    if size > _MAX_UNPACKED:
        raise ModelError(
            f"{source}: expected at most {_MAX_UNPACKED:,} bytes when unpacked; found {size:,}"
        )


def _refuse_unknown(schema: object, source: str) -> None:
    unknown = unknown_types(schema)
    if unknown:
        raise ModelError(
            f"{source}: holds types that a saved model may not hold: {', '.join(unknown)}"
        )


def _type_name(node: Mapping[str, Any]) -> str:
    return f"{node['__module__']}.{node['__class__']}"


def _content_name(name: str, data: bytes) -> str:
    """Name a member after its contents, so that equal arrays are stored once."""
    return hashlib.sha256(data).hexdigest()[:32] + PurePath(name).suffix


def _renamed(node: Any, names: Mapping[str, str], numbers: dict[int, int]) -> Any:
    """Put fixed names and numbers in place of the memory addresses in a schema."""
    if isinstance(node, list):
        return [_renamed(item, names, numbers) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: _renamed(value, names, numbers) for key, value in node.items()}
    if isinstance(node.get("file"), str):
        found["file"] = names[node["file"]]
    if isinstance(node.get("__id__"), int):
        if node["__loader__"] in ("JsonNode", "TypeNode"):
            # Whether equal constants are one object in memory says nothing of the head.
            del found["__id__"]
        else:
            found["__id__"] = numbers.setdefault(node["__id__"], len(numbers) + 1)
    return found


def _zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in sorted(members):
            member = ZipInfo(name, _EPOCH)
            member.compress_type = ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, members[name], compresslevel=9)
    return buffer.getvalue()
