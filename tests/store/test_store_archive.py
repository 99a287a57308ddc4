from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
import skops.io
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from stancekit.errors import ModelError
from stancekit.model import Model
from stancekit.saved import archive
from stancekit.saved.archive import pack, unpack
from stancekit.saved.trust import OBJECTS

MARKS = ("__loader__", "__module__", "__class__")
NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False), st.booleans(), st.none(), st.text())
ARRAYS = st.sampled_from(
    [np.arange(6).reshape(2, 3), np.array(["a", "é"]), np.zeros(0), np.float64(0.1), np.int64(3)]
)
VALUES = st.recursive(
    st.one_of(NUMBERS, ARRAYS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=5), inner, max_size=3),
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def packed(rebased: Model) -> bytes:
    return pack(rebased.stances)


def schema_of(data: bytes) -> dict[str, Any]:
    with ZipFile(BytesIO(data)) as zipped:
        found: dict[str, Any] = json.loads(zipped.read("schema.json"))
    return found


def with_schema(data: bytes, schema: Any) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, json.dumps(schema) if name == "schema.json" else old.read(name))
    return buffer.getvalue()


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "__loader__" in schema:
            yield schema
        for value in schema.values():
            yield from nodes(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from nodes(value)


def same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray | np.generic):
        return (
            type(one) is type(other) and one.dtype == other.dtype and one.tolist() == other.tolist()
        )
    if isinstance(one, list | tuple):
        return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and one == other


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_unpacking_gives_what_skops_gives(value: Any) -> None:
    data = pack(value)
    found = unpack(data, "x")
    assert same(found, value)
    assert same(found, skops.io.loads(data))


def test_heads_are_plain_skops_files(rebased: Model, packed: bytes) -> None:
    assert set(skops.io.get_untrusted_types(data=packed)) <= set(OBJECTS)
    theirs = skops.io.loads(packed, trusted=list(OBJECTS))
    ours = unpack(packed, "x")
    assert theirs.coef_.tolist() == ours.coef_.tolist() == rebased.stances.coef_.tolist()
    assert theirs.get_params().keys() == ours.get_params().keys()


def test_equal_arrays_are_stored_once() -> None:
    twins = [np.arange(5.0), np.arange(5.0)]
    with ZipFile(BytesIO(pack(twins))) as archive:
        arrays = [name for name in archive.namelist() if name.endswith(".npy")]
    assert len(arrays) == 1


def test_shared_parts_stay_shared() -> None:
    part = np.arange(3)
    found = unpack(pack({"a": [part], "b": (part, np.arange(3))}), "x")
    assert found["a"][0] is found["b"][0]
    assert found["b"][1] is not found["b"][0]


def test_another_version_of_scikit_learn_goes_without_a_warning(packed: bytes) -> None:
    text = json.dumps(schema_of(packed))
    version = json.dumps(json.dumps(sys.modules["sklearn"].__version__))
    assert version in text
    older = json.loads(text.replace(version, json.dumps(json.dumps("1.7.0"))))
    assert unpack(with_schema(packed, older), "x").coef_.any()


@pytest.mark.parametrize(
    ("loader", "module", "name", "told"),
    [
        ("ObjectNode", "os", "system", "os.system"),
        ("FunctionNode", "numpy", "exp", "numpy.exp"),
        ("MethodNode", "stancekit.classify.claims", "ClaimClassifier", "ClaimClassifier as Method"),
        ("TypeNode", "builtins", "eval", "builtins.eval"),
        ("ObjectNode", "sklearn.linear_model", "Ridge", "sklearn.linear_model.Ridge"),
        ("DictNode", "numpy", "ndarray", "numpy.ndarray as DictNode"),
        ("CachedNode", "builtins", "str", "builtins.str as CachedNode"),
    ],
)
@pytest.mark.parametrize("at", [0, 7, -1])
def test_foreign_types_are_refused_by_name(
    packed: bytes, at: int, loader: str, module: str, name: str, told: str
) -> None:
    schema = schema_of(packed)
    list(nodes(schema))[at] |= {"__loader__": loader, "__module__": module, "__class__": name}
    with pytest.raises(ModelError, match=f"may not hold: .*{told}"):
        unpack(with_schema(packed, schema), "stances.skops")


def test_nothing_is_imported_before_the_audit(packed: bytes) -> None:
    schema = schema_of(packed)
    schema |= {"__module__": "antigravity", "__class__": "fly"}
    with pytest.raises(ModelError, match=r"antigravity\.fly"):
        unpack(with_schema(packed, schema), "stances.skops")
    assert "antigravity" not in sys.modules


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_renamed_node_is_refused(packed: bytes, data: st.DataObject) -> None:
    schema = schema_of(packed)
    node = data.draw(st.sampled_from(list(nodes(schema))))
    mark = data.draw(st.sampled_from(MARKS))
    node[mark] = data.draw(st.text(max_size=8)) + "?"
    with pytest.raises(ModelError, match="may not hold"):
        unpack(with_schema(packed, schema), "stances.skops")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_mangled_node_is_an_error_of_ours_or_harmless(packed: bytes, data: st.DataObject) -> None:
    schema = schema_of(packed)
    places = [(node, key) for node in nodes(schema) for key in node if key not in MARKS]
    node, key = data.draw(st.sampled_from(places))
    node[key] = data.draw(st.one_of(NUMBERS, st.lists(NUMBERS, max_size=2)))
    try:
        unpack(with_schema(packed, schema), "stances.skops")
    except ModelError as error:
        assert "stances.skops: " in str(error)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_mangled_bytes_are_an_error_of_ours_or_harmless(packed: bytes, data: st.DataObject) -> None:
    spoilt = bytearray(packed)
    at = data.draw(st.integers(0, len(packed) - 1))
    spoilt[at] ^= data.draw(st.integers(1, 255))
    try:
        unpack(bytes(spoilt), "stances.skops")
    except ModelError as error:
        assert "stances.skops: " in str(error)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ModelError, match="expected a skops archive"):
        unpack(data, "claims.skops")


def test_a_pickle_is_never_read(model: Model) -> None:
    with pytest.raises(ModelError, match="found a pickle, which is never read"):
        unpack(pickle.dumps(model.claims), "claims.skops")


def test_a_pickle_inside_the_archive_is_never_read(packed: bytes) -> None:
    objects = BytesIO()
    np.save(objects, np.array([{}], dtype=object), allow_pickle=True)
    buffer = BytesIO()
    with ZipFile(BytesIO(packed)) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            is_array = name.endswith(".npy")
            new.writestr(name, objects.getvalue() if is_array else old.read(name))
    with pytest.raises(ModelError, match="allow_pickle=False"):
        unpack(buffer.getvalue(), "stances.skops")


def test_an_archive_that_swells_is_refused(packed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_MAX_UNPACKED", 1000)
    with pytest.raises(ModelError, match="expected at most 1,000 bytes when unpacked"):
        unpack(packed, "stances.skops")


def test_what_skops_cannot_write_is_named() -> None:
    with pytest.raises(ModelError, match="generator: can't be saved"):
        pack(one for one in ())


def test_foreign_transformers_are_written_but_not_read() -> None:
    data = pack({"features": TfidfVectorizer()})
    with pytest.raises(ModelError, match=r"TfidfVectorizer"):
        unpack(data, "claims.skops")
