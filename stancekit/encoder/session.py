"""Runs the encoder: only this file and `overflow` know onnxruntime, only this one tokenizers."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from stancekit.encoder.graph import INPUTS, OUTPUT, graph_facts
from stancekit.encoder.overflow import products_overflow
from stancekit.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Float32: TypeAlias = NDArray[np.float32]
Int32: TypeAlias = NDArray[np.int32]

GRAPH_FILE: Final = "encoder.onnx"
TOKENIZER_FILE: Final = "tokenizer.json"

_MARKS: Final = (("[CLS]", "[SEP]"), ("<s>", "</s>"))
"""What opens a window and what closes a sentence, as BERT and MPNet call them."""

_MAX_RUNNING: Final = 2
_SURROGATES = re.compile("[\ud800-\udfff]")
_RUNNING: dict[tuple[int, str], InferenceSession] = {}
"""Sessions by process and encoder: a forked one hangs, and one per unpickled copy is slow."""


class Tokens(NamedTuple):
    """The tokens of one text.

    Attributes
    ----------
    ids
        Of the tokens, without special ones.
    offsets
        Shape (n, 2): characters (code points) of the text, end exclusive.
    """

    ids: list[int]
    offsets: Int32


class Encoder:
    """A small network that reads windows of sentences.

    Parameters
    ----------
    graph, tokenizer
        Contents of ``encoder.onnx`` and ``tokenizer.json``; their hashes have been checked.
    folder
        Where they come from, for messages.

    Attributes
    ----------
    width
        Length of a token's vector.
    digest
        SHA-256 over both files, hexadecimal: names the encoder in caches.
    start, end
        Ids that open a window and close a sentence.

    Raises
    ------
    ModelError
        If a file is no such graph or tokenizer, or they don't belong together.
    """

    def __init__(self, graph: bytes, tokenizer: bytes, *, folder: str = "") -> None:
        self._graph = graph
        self._words = tokenizer
        self._folder = folder
        self._tokenizer: Tokenizer | None = None
        facts = graph_facts(graph, self._path(GRAPH_FILE))
        self.width = facts.width
        self.digest = hashlib.sha256(
            hashlib.sha256(graph).digest() + hashlib.sha256(tokenizer).digest()
        ).hexdigest()
        self._refuse_another(facts.n_words, facts.tokenizer)
        self.start, self.end = window_ids(self._splitter(), self._path(TOKENIZER_FILE))

    def __repr__(self) -> str:
        return f"<Encoder {self.digest[:12]}: width {self.width}>"

    @property
    def files(self) -> Mapping[str, bytes]:
        """Contents of the files that it consists of, by name."""
        return {GRAPH_FILE: self._graph, TOKENIZER_FILE: self._words}

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Split texts into tokens.

        Parameters
        ----------
        texts
            Any strings; what no token stands for, such as white space, gets none.

        Returns
        -------
        list of Tokens
            One per text.
        """
        return [self._tokens(text) for text in texts]

    def run(self, ids: Sequence[int]) -> Float32:
        """Read one window, alone and unpadded.

        Parameters
        ----------
        ids
            Of the window, special ones included.

        Returns
        -------
        float32 array of shape (len(ids), width)

        Raises
        ------
        ModelError
            If the graph can't be run.
        """
        window = np.asarray([ids], dtype=np.int64)
        feed = dict(zip(INPUTS, (window, np.ones_like(window)), strict=True))
        session = self._session()
        try:
            vectors: Float32 = session.run([OUTPUT], feed)[0][0]
        except Exception as error:  # onnxruntime's own errors share no base
            raise ModelError(f"{self._path(GRAPH_FILE)}: can't be run: {error}") from error
        if vectors.shape != (len(ids), self.width):
            raise ModelError(
                f"{self._path(GRAPH_FILE)}: expected vectors of shape {(len(ids), self.width)}; "
                f"found {vectors.shape}"
            )
        return vectors

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_tokenizer": None}

    def _tokens(self, text: str) -> Tokens:
        encoding = self._splitter().encode(
            _SURROGATES.sub("\ufffd", text), add_special_tokens=False
        )
        offsets = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
        return Tokens(encoding.ids, offsets)

    def _splitter(self) -> Tokenizer:
        if self._tokenizer is None:
            self._tokenizer = _read_tokenizer(self._words, self._path(TOKENIZER_FILE))
        return self._tokenizer

    def _session(self) -> InferenceSession:
        key = os.getpid(), self.digest
        session = _RUNNING.get(key)
        if session is None:
            session = _start(self._graph, self._path(GRAPH_FILE))
            while len(_RUNNING) >= _MAX_RUNNING:
                _RUNNING.pop(next(iter(_RUNNING)), None)
            _RUNNING[key] = session
        return session

    def _refuse_another(self, n_words: int, digest: str) -> None:
        """Refuse a tokenizer that isn't the graph's."""
        found = self._splitter().get_vocab_size()
        if found != n_words:
            raise ModelError(
                f"{self._path(TOKENIZER_FILE)}: expected the {n_words:,} words that {GRAPH_FILE} "
                f"has vectors for; found {found:,}: it belongs to another encoder"
            )
        if digest and digest != hashlib.sha256(self._words).hexdigest():
            raise ModelError(
                f"{self._path(TOKENIZER_FILE)}: expected the tokenizer that {GRAPH_FILE} was "
                "made with; found another"
            )

    def _path(self, name: str) -> str:
        return os.path.join(self._folder, name)  # noqa: PTH118 - a text for messages


def window_ids(tokenizer: Tokenizer, source: str) -> tuple[int, int]:
    """Find the ids that open a window and close a sentence.

    Parameters
    ----------
    tokenizer
        Of which they are special tokens: words of its vocabulary that look alike don't count.
    source
        What messages call its file.

    Raises
    ------
    ModelError
        If it has neither ``[CLS]`` and ``[SEP]`` nor ``<s>`` and ``</s>``.
    """
    tokens = tokenizer.get_added_tokens_decoder()
    known = {token.content: number for number, token in tokens.items() if token.special}
    for start, end in _MARKS:
        if start in known and end in known:
            return known[start], known[end]
    expected = " or ".join(" and ".join(pair) for pair in _MARKS)
    found = ", ".join(known) or "none"
    raise ModelError(f"{source}: expected the special tokens {expected}; found {found}")


def _start(graph: bytes, source: str) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        if products_overflow():
            options.add_session_config_entry("session.x64quantprecision", "1")
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors share no base
        raise ModelError(f"{source}: can't be run: {error}") from error


def _read_tokenizer(data: bytes, source: str) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        kind = json.loads(data)["model"]["type"]
        tokenizer: Tokenizer = Tokenizer.from_buffer(data)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the library is no Exception
        raise ModelError(
            f"{source}: expected a tokenizer; found a damaged file "
            f"({type(error).__name__}: {error}). Copy the model again, or train it again."
        ) from error
    if kind != "WordPiece":
        raise ModelError(f"{source}: expected a WordPiece tokenizer; found {kind}")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    # A text that says "[SEP]" means the letters.
    tokenizer.encode_special_tokens = True
    return tokenizer
