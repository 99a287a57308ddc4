from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

pytest.importorskip("transformers")

import torch
from transformers import MPNetConfig, MPNetModel

from stancekit.encoder import Encoder
from stancekit.errors import InputError
from training.encoder import large, mixes, recipe
from training.encoder.passages import Labels, Line, Pair, Passage, Target, passage

SPECIAL = ("<s>", "<pad>", "</s>", "[UNK]", "<mask>")
TEXT = "Peru thanked Togo."
FOR, NEUTRAL = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Save a tiny MPNet with its tokenizer, as the packages carry the large one."""
    letters = [*string.ascii_lowercase, *(f"##{c}" for c in string.ascii_lowercase), "."]
    vocabulary = {word: number for number, word in enumerate([*SPECIAL, *letters])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a word
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(list(SPECIAL))
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    torch.manual_seed(3)
    sizes = {"hidden_size": 16, "num_hidden_layers": 6, "num_attention_heads": 2}
    config = MPNetConfig(vocab_size=len(vocabulary), intermediate_size=24, **sizes)
    MPNetModel(config).save_pretrained(tmp_path / "base")
    tokenizer.save(str(tmp_path / "base" / "tokenizer.json"))
    return tmp_path / "base"


@pytest.fixture
def root(base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Put some sentences in the place of the corpora."""

    def sentences(source: str, stance: tuple[float, ...], **labels: Any) -> list[Passage]:
        line = Line(TEXT, Labels(**labels), (Target(0, 13, 17, stance),))
        return [passage(source, [line])] * 4

    pair = Pair(0, (0, 4), (13, 17), FOR)
    paired = [replace(one, pairs=(pair,)) for one in sentences("directed", ())]
    ours = sentences("annotated", NEUTRAL, claims=(0.0, 1.0, 0.0))
    monkeypatch.setattr(mixes.tasks, "newsmtsc", lambda _: sentences("newsmtsc", FOR))
    monkeypatch.setattr(mixes.tasks, "annotated", lambda *_: ours)
    monkeypatch.setattr(mixes.tasks, "directed", lambda _: paired)
    quoted = sentences("polnear", (), quotations=((0, 4, "source"),))
    monkeypatch.setattr(mixes.tasks, "polnear", lambda *_: quoted)
    named = sentences("entities", (), entities=((0, 4, "location"),))
    monkeypatch.setattr(mixes.tasks, "entities", lambda *_: named)
    monkeypatch.setattr(recipe, "unpack_weights", lambda *_: base)
    monkeypatch.setattr(recipe, "some_sentences", lambda _: [TEXT, "Rain fell."])
    return tmp_path


def test_the_teacher_is_trained_once_and_read_as_an_encoder(root: Path) -> None:
    told: list[str] = []
    out = root / "run"
    network, _ = recipe.train_teacher(root, out, say=told.append)
    assert len(told) == len(recipe.ROUNDS) - 1
    checkpoints = sorted(path.parent.name for path in out.rglob("checkpoint.pt"))
    assert checkpoints == ["pass1", "pass2"]
    recipe.export_teacher(root, out)
    folder = out / "teacher"
    encoder = Encoder(
        *((folder / name).read_bytes() for name in ("encoder.onnx", "tokenizer.json"))
    )
    assert (encoder.width, encoder.start, encoder.end) == (16, 0, 2)
    ids = [encoder.start, *encoder.tokenize([TEXT])[0].ids, encoder.end]
    with torch.no_grad():
        expected = network.encoder(torch.tensor([ids])).last_hidden_state[0].numpy()
    vectors = encoder.run(ids)
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(expected, axis=1)
    # Trained again, it would differ: the export found the weights of before.
    assert ((vectors * expected).sum(axis=1) / lengths).min() > 0.99


def test_each_pass_moves_the_weights_that_are_not_frozen(root: Path, base: Path) -> None:
    network, collate = recipe.start(base)
    before = {name: value.clone() for name, value in network.encoder.state_dict().items()}
    recipe.finish(
        network,
        collate,
        mixes.teacher_passages(root, collate)[0],
        recipe.ROUNDS[0].teacher,
        root / "one",
        lambda _: None,
    )
    after = network.encoder.state_dict()
    moved = {
        int(name.split(".")[2])
        for name in after
        if "layer" in name.split(".")[1:2] and not torch.equal(before[name], after[name])
    }
    assert moved == set(range(recipe.ROUNDS[0].teacher.n_frozen, 6))


def test_the_last_pass_reads_pairs_and_no_targets_of_theirs(root: Path, base: Path) -> None:
    _, collate = recipe.start(base)
    first, *_, last = mixes.teacher_passages(root, collate)
    assert not any(one.pairs for one in first)
    assert len(last) == 4
    assert all(one.pairs and not one.targets for one in last)
    weights = {one.source: {t.weight for t in one.targets} for one in first}
    assert weights == {"newsmtsc": {1.0}, "annotated": {0.4}}


def test_the_student_learns_in_three_rounds_and_is_exported(root: Path) -> None:
    told: list[str] = []
    out = root / "run"
    recipe.train_encoder(root, out, say=told.append)
    passes = [name.split(":")[0].removeprefix(f"{out}/") for name in told if ":" in name]
    assert passes == [f"{who}/pass{n}" for n in (1, 2, 3) for who in ("teacher", "student")]
    encoder = Encoder(*((out / name).read_bytes() for name in ("encoder.onnx", "tokenizer.json")))
    assert encoder.width == 16


def test_the_larger_student_is_six_layers_of_the_teacher_and_exported(
    root: Path, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "unpack_weights", lambda *_: base)
    monkeypatch.setattr(large, "LAYERS", (0, 2, 5))
    told: list[str] = []
    out = root / "run"
    large.export_large(root, out, say=told.append)
    passes = [str(out / "large" / f"pass{number}") for number in (1, 2)]
    assert [line.split(":")[0] for line in told][-2:] == passes
    checkpoint = torch.load(out / "large" / "pass2" / "checkpoint.pt", weights_only=True)["network"]
    layers = {name.split(".")[3] for name in checkpoint if name.startswith("encoder.encoder.layer")}
    assert layers == {"0", "1", "2"}
    files = ((out / "large" / name).read_bytes() for name in ("encoder.onnx", "tokenizer.json"))
    assert Encoder(*files).run([0, 5, 2]).shape == (3, 16)


def test_layers_are_copied_from_the_lowest(base: Path) -> None:
    whole, _ = recipe.start(base)
    part = large.with_layers(whole, (1, 4))
    for kept, at in zip(part.encoder.encoder.layer, (1, 4), strict=True):
        own, theirs = kept.state_dict(), whole.encoder.encoder.layer[at].state_dict()
        assert all(torch.equal(own[name], theirs[name]) for name in theirs)
    assert (len(whole.encoder.encoder.layer), part.encoder.config.num_hidden_layers) == (6, 2)


def test_the_mean_of_two_passes_is_halfway(base: Path, tmp_path: Path) -> None:
    network, other = (recipe.start(base)[0] for _ in range(2))
    for parameter in other.parameters():
        torch.nn.init.normal_(parameter)
    torch.save({"network": other.state_dict()}, tmp_path / "checkpoint.pt")
    before = {name: value.clone() for name, value in network.state_dict().items()}
    recipe.average(network, tmp_path)
    for name, value in network.state_dict().items():
        assert torch.allclose(value * 2, before[name] + other.state_dict()[name], atol=1e-6)
    recipe.average(network, tmp_path, share=1)
    assert all(torch.equal(v, other.state_dict()[k]) for k, v in network.state_dict().items())


def test_in_the_second_round_the_teacher_judges_everything(root: Path, base: Path) -> None:
    teacher, collate = recipe.start(base)
    stances = mixes.judge_stances(teacher, collate, root, None)
    assert not stances.polnear
    assert {labels.claims for one in stances.ours for labels in one.labels} == {(0.0, 1.0, 0.0)}
    judged = mixes.judge_all(teacher, collate, root, stances)
    for labels in (labels for one in judged.ours for labels in one.labels):
        assert labels.claims not in (None, (0.0, 1.0, 0.0))
    assert all(0 < value < 1 for one in judged.directed for p in one.pairs for value in p.stance)
    assert sum(len(one.texts) > 1 for one in mixes.second_reading(root, collate, judged)) > 0


def test_in_the_third_round_the_teacher_judges_all_pairs_anew_and_nothing_else(
    root: Path, base: Path
) -> None:
    teacher, collate = recipe.start(base)
    before = mixes.judge_all(teacher, collate, root, None)
    torch.nn.init.normal_(teacher.pairs.weight)
    judged = mixes.judge_pairs(teacher, collate, root, before)
    assert len(judged.directed) == 4
    old = {one.texts: one for one in before.directed}
    for one in judged.directed:
        same = old.get(one.texts, one)
        assert one.targets == same.targets
        assert same is one or one.pairs != same.pairs
    assert (judged.newsmtsc, judged.ours, judged.others) == (
        before.newsmtsc,
        before.ours,
        before.others,
    )
    assert judged.polnear == before.polnear + before.later
    with pytest.raises(InputError, match="round before"):
        mixes.judge_pairs(teacher, collate, root, None)
