from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import any_text

from stancekit.encoder import SIZE, CachedReader, Encoder, SentenceReading, read_sentences
from stancekit.encoder import cache as caching

TEXT = "The minister said talks may fall."


@settings(max_examples=40)
@given(st.lists(any_text, max_size=5))
def test_any_sentences_are_read(encoder: Encoder, texts: list[str]) -> None:
    readings = read_sentences(encoder, texts)
    tokens = encoder.tokenize(texts)
    assert [len(one.offsets) for one in readings] == [len(one.ids) for one in tokens]
    for reading in readings:
        assert reading.vectors.shape == (len(reading.offsets), encoder.width)
        assert reading.vectors.dtype == reading.mean.dtype == np.float32
        assert np.isfinite(reading.vectors).all()


@settings(max_examples=40)
@given(st.lists(st.sampled_from([TEXT, "Prices rise.", "", "한국 " * 30]), max_size=25))
def test_vectors_are_those_of_the_sentence_in_its_window(
    encoder: Encoder, texts: list[str]
) -> None:
    """A slow reader, which fills windows sentence by sentence, finds the same."""
    readings = read_sentences(encoder, texts)
    window: list[int] = []
    last: int | None = None
    tokens = [one.ids for one in encoder.tokenize(texts)]
    found: dict[int, np.ndarray] = {}

    def close() -> None:
        ids = [encoder.start] + [i for at in window for i in (*tokens[at], encoder.end)]
        vectors, place = encoder.run(ids), 1
        for at in window:
            found.setdefault(at, vectors[place : place + len(tokens[at])])
            place += len(tokens[at]) + 1

    for at, ids in enumerate(tokens):
        if not ids:
            continue
        if window and 1 + sum(len(tokens[n]) + 1 for n in [*window, at]) > SIZE:
            close()
            last = window[-1]
            window = [last] if 3 + len(tokens[last]) + len(ids) <= SIZE else []
        window.append(at)
    if window:
        close()
    for at, reading in enumerate(readings):
        assert np.array_equal(reading.vectors, found.get(at, reading.vectors[:0]))


def test_a_sentence_of_ten_thousand_words_is_read_whole(encoder: Encoder) -> None:
    text = "talk " * 10_000
    short, long, after = read_sentences(encoder, [TEXT, text, TEXT])
    assert len(long.vectors) == 10_000
    assert long.offsets[-1].tolist() == [49_995, 49_999]
    assert (np.abs(long.vectors).sum(axis=1) > 0).all()
    assert np.array_equal(short.vectors, after.vectors)


def test_context_changes_what_is_read(encoder: Encoder) -> None:
    alone = read_sentences(encoder, [TEXT])[0]
    second = read_sentences(encoder, ["Prices rise.", TEXT])[1]
    assert not np.allclose(alone.vectors, second.vectors)


# Spans


def reading_of(offsets: list[tuple[int, int]], width: int = 3) -> SentenceReading:
    vectors = np.random.default_rng(3).normal(size=(len(offsets), width)).astype(np.float32)
    return SentenceReading(np.array(offsets, dtype=np.int32).reshape(-1, 2), vectors)


@given(
    st.lists(st.integers(1, 4), max_size=9),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_a_span_is_the_mean_of_the_tokens_that_overlap_it(
    sizes: list[int], start: int, end: int
) -> None:
    ends = np.cumsum([size + 1 for size in sizes]).tolist()
    offsets = [(stop - size, stop) for size, stop in zip(sizes, ends, strict=True)]
    reading = reading_of(offsets)
    inside = [
        vector
        for (first, last), vector in zip(offsets, reading.vectors, strict=True)
        if set(range(first, last)) & set(range(start, end))
    ]
    expected = np.mean(inside, axis=0) if inside else np.zeros(3)
    if start < end:
        assert reading.covers(start, end) is bool(inside)
        assert np.allclose(reading.span(start, end), expected)


def test_logits_of_means_are_means_of_logits() -> None:
    reading = reading_of([(0, 2), (3, 4), (4, 9)])
    weights = np.array([0.5, -2.0, 1.0])
    assert reading.mean @ weights == pytest.approx((reading.vectors @ weights).mean())


def test_without_tokens_everything_is_zero() -> None:
    reading = reading_of([])
    assert reading.mean.tolist() == reading.span(0, 9).tolist() == [0, 0, 0]
    assert not reading.covers(0, 9)


# The cache


def test_what_was_read_is_not_read_again(
    encoder: Encoder, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def counted(one: Encoder, texts: tuple[str, ...]) -> list[SentenceReading]:
        calls.append(len(texts))
        return read_sentences(one, texts)

    monkeypatch.setattr(caching, "read_sentences", counted)
    folder = str(tmp_path)
    first = CachedReader(encoder, folder).read([TEXT, ""])
    again = CachedReader(encoder, folder).read((TEXT, ""))
    assert calls == [2]
    for one, two in zip(first, again, strict=True):
        assert np.array_equal(one.vectors, two.vectors)
        assert np.array_equal(one.offsets, two.offsets)
    CachedReader(encoder, folder).read([TEXT])
    assert calls == [2, 1]


def test_another_encoder_has_readings_of_its_own(
    encoder: Encoder, graph: bytes, words: bytes, tmp_path: object
) -> None:
    other = Encoder(graph.replace(b"tokenizer_sha256", b"tokenizer_nobody"), words)
    CachedReader(encoder, str(tmp_path)).read([TEXT])
    assert CachedReader(other, str(tmp_path)).is_cached([TEXT]) is False
    assert CachedReader(encoder, str(tmp_path)).is_cached([TEXT]) is True
