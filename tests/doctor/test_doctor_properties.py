"""What holds of every table: nothing safe is left after a fix, and spans keep their words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.doctor import examine, fix
from stancekit.doctor.leaks import minhash, near_duplicates
from stancekit.doctor.offsets import is_wrong
from stancekit.doctor.sheet import read_sheet

SPACE = st.text(" \n\u00a0", max_size=2)
WORD = st.sampled_from(["Peru", "Chile", "met", "\U0001f389", "caf\u00e9", "S\u00e3o"])


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, int, int]:
    words = draw(st.lists(WORD, min_size=1, max_size=6))
    text = draw(SPACE) + " ".join(words) + draw(SPACE)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start, len(text) + 1))


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    cells = draw(st.lists(spans(), min_size=1, max_size=8))
    frame = pd.DataFrame(cells, columns=["text", "start", "end"])
    columns = {
        "doc_id": st.sampled_from(["a", "b", " a", ""]),
        "sentence_id": st.sampled_from(["H", "S1", "S2"]),
        "actor": st.sampled_from(["Peru", "Chile"]),
        "stance": st.sampled_from(
            ["neutral", "neutral ", "nuetral", "critcl", "Critical", "mixed"]
        ),
        "split": st.sampled_from(["train", "test"]),
    }
    for name, values in columns.items():
        frame[name] = [draw(values) for _ in cells]
    return frame


@given(tables())
@settings(max_examples=50, deadline=None)
def test_a_fixed_table_needs_no_fixing(frame: pd.DataFrame) -> None:
    fixed = fix(frame, examine(frame, likely_mislabels=False)).frame
    again = examine(fixed, likely_mislabels=False)
    assert again.fixable == ()
    assert fix(fixed, again).changes.empty


@given(tables())
@settings(max_examples=50, deadline=None)
def test_spans_keep_their_words(frame: pd.DataFrame) -> None:
    fixed = fix(frame, examine(frame, likely_mislabels=False)).frame
    before = {one.row: one for one in read_sheet(frame).targets() if one.is_sound}
    # Rows are told apart by their index, which a fix keeps.
    after = read_sheet(fixed)
    for position, one in zip(fixed.index, after.targets(), strict=True):
        if position in before:
            was = before[position]
            assert one.found == was.found if is_wrong(one) else one.found.strip() == one.found
            assert one.found in (was.found, was.found.strip(), was.words)


@given(st.lists(WORD, min_size=1, max_size=8), st.integers(0, 7))
@settings(max_examples=40, deadline=None)
def test_utf16_offsets_become_characters(words: list[str], place: int) -> None:
    words.insert(place, "Zanzibar")
    text = " ".join(words)
    start = text.index("Zanzibar")
    before = len(text[:start].encode("utf-16-le")) // 2
    frame = pd.DataFrame(
        {
            "doc_id": ["a"],
            "text": [text],
            "start": [before],
            "end": [before + 8],
            "actor": ["Zanzibar"],
            "stance": ["neutral"],
        }
    )
    fixed = fix(frame, examine(frame, likely_mislabels=False)).frame
    assert fixed[["start", "end"]].values.tolist() == [[str(start), str(start + 8)]]


def _variants(seed: int) -> list[str]:
    """Sentences of random words, each with copies that have more and more words changed."""
    random = np.random.default_rng(seed)
    syllables = np.array("ka lo mi ne pu ra so ti vu we ya zo".split())
    words = ["".join(random.choice(syllables, 3)) for _ in range(200)]
    sentences = []
    for _ in range(15):
        sentence = list(random.choice(words, 12))
        for changes in range(6):
            copy = list(sentence)
            for at in random.choice(12, changes, replace=False):
                copy[at] = str(random.choice(words))
            sentences.append(" ".join(copy))
    return sentences


def _shingles(text: str) -> set[str]:
    return {text[at : at + 5] for at in range(len(text) - 4)}


def test_hashing_finds_what_comparing_all_pairs_finds() -> None:
    texts = _variants(seed=0)
    rows = pd.DataFrame({"text": texts, "row": range(len(texts)), "table": ""})
    rows["doc_id"] = rows["row"].map("d{}".format)
    rows["split"] = np.where(rows["row"] % 2, "test", "train")
    found = {finding.rows for finding in near_duplicates(rows)}
    slow = {
        (a, b): len(_shingles(texts[a]) & _shingles(texts[b]))
        / len(_shingles(texts[a]) | _shingles(texts[b]))
        for a in range(len(texts))
        for b in range(a + 1, len(texts))
        if a % 2 != b % 2
    }
    near = {pair for pair, similarity in slow.items() if similarity >= 0.8}
    assert near
    assert found <= near
    assert {row for pair in near for row in pair} == {row for pair in found for row in pair}


def test_sketches_estimate_similarity() -> None:
    from scipy import sparse

    sets = np.zeros((2, 400))
    sets[0, :300] = sets[1, 100:] = 1
    sketches = minhash(sparse.csr_matrix(sets), seed=0)
    assert abs((sketches[0] == sketches[1]).mean() - 0.5) < 0.15
