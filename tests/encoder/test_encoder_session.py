from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text

from stancekit.encoder import Encoder
from stancekit.encoder import session as running
from stancekit.encoder.overflow import PROBE, products_overflow
from stancekit.errors import ModelError

DATA = Path(__file__).parent / "data"
MARKS = ("e\u0301", "é", "İ", "ﬁ", "😂", "👨‍👩‍👧", "🇰🇪", "한", "ﷺ", "\u0301", "ß", "[SEP]", "a")
MARKED = st.lists(st.sampled_from((*MARKS, " ", "talk", "."))).map("".join)


# Against PyTorch


def windows() -> list[tuple[list[int], Any]]:
    with np.load(DATA / "expected.npz") as found:
        return [
            (found[f"ids{at}"].tolist(), found[f"vectors{at}"]) for at in range(len(found) // 2)
        ]


@pytest.mark.parametrize(("name", "most"), [("encoder.onnx", 0.08), ("float32.onnx", 1e-5)])
def test_the_graph_gives_what_the_network_gives(name: str, most: float, words: bytes) -> None:
    encoder = Encoder((DATA / name).read_bytes(), words)
    for ids, expected in windows():
        found = encoder.run(ids)
        assert found.shape == expected.shape
        assert found.dtype == np.float32
        assert np.abs(found - expected).max() < most
        cosines = (found * expected).sum(axis=1) / np.linalg.norm(found, axis=1)
        assert (cosines / np.linalg.norm(expected, axis=1)).min() > 0.999


def test_a_window_gives_the_same_whatever_was_read_before(encoder: Encoder) -> None:
    first = [encoder.run(ids) for ids, _ in windows()]
    again = [encoder.run(ids) for ids, _ in reversed(windows())]
    assert all(map(np.array_equal, first, reversed(again)))


# Tokens


def simple(text: str) -> str:
    """Lower case without accents, as the tokenizer sees a text."""
    from tokenizers.normalizers import BertNormalizer

    return str(BertNormalizer(lowercase=True).normalize_str(text))


@given(st.one_of(any_text, MARKED))
def test_offsets_are_characters_of_the_text(encoder: Encoder, text: str) -> None:
    (tokens,) = encoder.tokenize([text])
    assert tokens.offsets.shape == (len(tokens.ids), 2)
    assert tokens.offsets.dtype == np.int32
    starts, ends = tokens.offsets.T
    assert (starts < ends).all()
    assert (ends <= len(text)).all()
    assert (np.diff(starts) >= 0).all()


@given(MARKED)
def test_a_token_is_the_simple_form_of_what_it_stands_for(encoder: Encoder, text: str) -> None:
    names = vocabulary()
    (tokens,) = encoder.tokenize([text])
    for number, (start, end) in zip(tokens.ids, tokens.offsets.tolist(), strict=True):
        name = names[number].removeprefix("##")
        if name != "[UNK]":
            assert name in simple(text[start:end])


@given(MARKED)
def test_no_letter_is_without_a_token(encoder: Encoder, text: str) -> None:
    (tokens,) = encoder.tokenize([text])
    covered = {at for start, end in tokens.offsets.tolist() for at in range(start, end)}
    assert {at for at, letter in enumerate(text) if letter.isalpha()} <= covered


def vocabulary() -> dict[int, str]:
    found = json.loads((DATA / "tokenizer.json").read_text())["model"]["vocab"]
    return {number: name for name, number in found.items()}


def test_accents_and_emoji_leave_the_offsets_of_what_follows() -> None:
    encoder = Encoder((DATA / "encoder.onnx").read_bytes(), (DATA / "tokenizer.json").read_bytes())
    text = "É e\u0301 😂 İ talks"
    (tokens,) = encoder.tokenize([text])
    found = [text[start:end] for start, end in tokens.offsets.tolist()]
    assert found == ["É", "e", "😂", "İ", "talk", "s"]


def test_names_of_special_tokens_are_letters_in_a_text(encoder: Encoder) -> None:
    (tokens,) = encoder.tokenize(["[SEP] [CLS]"])
    assert not {encoder.start, encoder.end} & set(tokens.ids)


def test_truncation_and_padding_of_the_file_are_off(words: bytes) -> None:
    on = json.loads(words) | {"padding": None, "truncation": {**TRUNCATION, "max_length": 3}}
    graph = without_digest((DATA / "encoder.onnx").read_bytes())
    (tokens,) = Encoder(graph, json.dumps(on).encode()).tokenize(["talk " * 50])
    assert len(tokens.ids) == 50


TRUNCATION = {"direction": "Right", "strategy": "LongestFirst", "stride": 0}


def without_digest(graph: bytes) -> bytes:
    return graph.replace(b"tokenizer_sha256", b"tokenizer_nobody")


# Processes


def read_width(encoder: Encoder) -> int:
    return encoder.run([2, 5, 3]).shape[1] if os.getpid() else 0


def test_a_pickled_encoder_reads_the_same(encoder: Encoder) -> None:
    again = pickle.loads(pickle.dumps(encoder))
    assert np.array_equal(again.run([2, 7, 8, 3]), encoder.run([2, 7, 8, 3]))
    assert (again.digest, again.width) == (encoder.digest, encoder.width)
    assert again.tokenize(["A talk."])[0].ids == encoder.tokenize(["A talk."])[0].ids


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_another_process_makes_a_session_of_its_own(encoder: Encoder, method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} on this system")
    encoder.run([2, 3])
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert pool.apply_async(read_width, (encoder,)).get(timeout=60) == encoder.width


def test_copies_share_a_session(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder.run([2, 3])

    def fail(*_: object) -> None:
        raise AssertionError("a second session")

    monkeypatch.setattr(running, "_start", fail)
    pickle.loads(pickle.dumps(encoder)).run([2, 3])


def test_few_sessions_are_kept(graph: bytes, words: bytes) -> None:
    other = Encoder((DATA / "float32.onnx").read_bytes(), words)
    third = Encoder(without_digest(graph), words)
    for encoder in (Encoder(graph, words), other, third):
        encoder.run([2, 3])
        assert len(running._RUNNING) <= running._MAX_RUNNING


def test_importing_the_room_imports_no_runtime() -> None:
    code = (
        "import sys, stancekit.encoder; "
        "sys.exit(bool({'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Files that don't fit


def test_a_digest_names_both_files(graph: bytes, words: bytes, encoder: Encoder) -> None:
    assert Encoder(graph, words).digest == encoder.digest
    assert Encoder(without_digest(graph), words).digest != encoder.digest
    assert Encoder(without_digest(graph), words + b"\n").digest not in {
        encoder.digest,
        Encoder(without_digest(graph), words).digest,
    }


def edited(words: bytes, edit: Callable[[dict[str, Any]], object]) -> bytes:
    fields = json.loads(words)
    edit(fields)
    return json.dumps(fields).encode()


def test_a_tokenizer_of_another_vocabulary_is_refused(graph: bytes, words: bytes) -> None:
    larger = edited(words, lambda f: f["model"]["vocab"].update(zebra=len(f["model"]["vocab"])))
    told = rf"m{os.sep}tokenizer\.json: expected the [\d,]+ words .*another encoder"
    with pytest.raises(ModelError, match=told):
        Encoder(graph, larger, folder="m")


def test_a_tokenizer_with_the_words_in_another_order_is_refused(graph: bytes, words: bytes) -> None:
    def swap(fields: dict[str, Any]) -> None:
        found = fields["model"]["vocab"]
        found["talk"], found["price"] = found["price"], found["talk"]

    with pytest.raises(ModelError, match=r"tokenizer\.json: expected the tokenizer that encoder"):
        Encoder(graph, edited(words, swap))


def test_a_tokenizer_of_another_kind_is_refused(graph: bytes, words: bytes) -> None:
    def bpe(fields: dict[str, Any]) -> None:
        fields["model"] = {"type": "BPE", "vocab": {"a": 0}, "merges": []}

    with pytest.raises(ModelError, match=r"tokenizer\.json: expected a WordPiece .*found BPE"):
        Encoder(graph, edited(words, bpe))


@pytest.mark.parametrize("name", ["[CLS]", "[SEP]"])
def test_a_tokenizer_without_special_tokens_is_refused(
    graph: bytes, words: bytes, name: str
) -> None:
    renamed = words.replace(name.encode(), b"[ODD]")
    with pytest.raises(ModelError, match=r"tokenizer\.json: expected the special tokens \[CLS\]"):
        Encoder(without_digest(graph), renamed)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b'{"model": 1}', b'{"model": {"type": "WordPiece"}}', b"\xff"],
)
def test_a_damaged_tokenizer_is_refused(graph: bytes, data: bytes) -> None:
    with pytest.raises(ModelError, match=r"^tokenizer\.json: .*found a damaged file"):
        Encoder(graph, data)


@given(st.floats(0, 1, exclude_max=True), st.binary(max_size=6))
def test_a_spoilt_tokenizer_is_refused_or_read(
    graph: bytes, words: bytes, place: float, put: bytes
) -> None:
    at = int(place * len(words))
    spoilt = words[:at] + put + words[at + len(put) :]
    if spoilt != words:
        with pytest.raises(ModelError, match=r"^tokenizer\.json: "):
            Encoder(graph, spoilt)


def test_a_panic_of_the_tokenizer_is_a_model_error(
    graph: bytes, words: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tokenizers

    class PanicError(BaseException):
        pass

    class Panics:
        @staticmethod
        def from_buffer(_: bytes) -> None:
            raise PanicError("index out of bounds")

    monkeypatch.setattr(tokenizers, "Tokenizer", Panics)
    with pytest.raises(ModelError, match=r"tokenizer\.json: .*PanicError: index out of bounds"):
        Encoder(graph, words)


def test_a_graph_that_cannot_be_run_is_named(graph: bytes, words: bytes) -> None:
    odd = graph.replace(b"QAttention", b"ZAttention")
    with pytest.raises(ModelError, match=rf"^m{os.sep}encoder\.onnx: can't be run: "):
        Encoder(odd, words, folder="m").run([2, 3])


def test_ids_that_the_graph_does_not_know_are_an_error(encoder: Encoder) -> None:
    with pytest.raises(ModelError, match=r"^encoder\.onnx: can't be run: "):
        encoder.run([2, 10**6, 3])


def test_a_window_of_too_many_tokens_is_an_error(encoder: Encoder) -> None:
    with pytest.raises(ModelError, match=r"^encoder\.onnx: can't be run: "):
        encoder.run([2] * 300)


# Int8 products


def precision(graph: bytes, monkeypatch: pytest.MonkeyPatch, *, overflow: bool) -> str:
    """Start a session as on a processor where products overflow or not; what it was asked for."""
    asked: list[Any] = []
    monkeypatch.setattr(running, "products_overflow", lambda: overflow)
    monkeypatch.setattr(
        "onnxruntime.InferenceSession", lambda _, options, **__: asked.append(options)
    )
    running._start(graph, "encoder.onnx")
    (options,) = asked
    try:
        return str(options.get_session_config_entry("session.x64quantprecision"))
    except RuntimeError:
        return ""


def test_slow_products_are_asked_for_only_where_fast_ones_overflow(
    graph: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert precision(graph, monkeypatch, overflow=True) == "1"
    assert precision(graph, monkeypatch, overflow=False) == ""


@pytest.mark.parametrize("wrong", [True, False])
def test_products_overflow_where_one_is_not_the_sum(
    wrong: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Saturating:
        def run(self, _: None, feed: dict[str, Any]) -> list[Any]:
            exact = feed["a"].astype(np.int32) @ feed["b"].astype(np.int32)
            return [np.minimum(exact, exact.max() - 1) if wrong else exact]

    monkeypatch.setattr("onnxruntime.InferenceSession", lambda *_, **__: Saturating())
    assert products_overflow.__wrapped__() == wrong


def test_the_probe_multiplies() -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(PROBE, providers=["CPUExecutionProvider"])
    first = np.arange(12, dtype=np.uint8).reshape(3, 4)
    second = np.arange(-4, 4, dtype=np.int8).reshape(4, 2)
    found = session.run(None, {"a": first, "b": second})[0]
    assert np.array_equal(found, first.astype(int) @ second.astype(int))


def test_fast_products_give_the_vectors_of_slow_ones(
    graph: bytes, words: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    if products_overflow():
        pytest.skip("fast products overflow on this processor")
    ids, _ = windows()[0]
    fast = Encoder(graph, words).run(ids)
    monkeypatch.setattr(running, "products_overflow", lambda: True)
    monkeypatch.setattr(running, "_RUNNING", {})
    assert np.array_equal(Encoder(graph, words).run(ids), fast)
