"""The bundled encoder: a teacher is trained, judges more text, and teaches the student, thrice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from tokenizers import Tokenizer

from stancekit.encoder import TOKENIZER_FILE
from training.encoder import mixes
from training.encoder.batches import Collator
from training.encoder.export import export_encoder
from training.encoder.loop import CHECKPOINT_FILE, Plan, Say, train
from training.encoder.network import WEIGHTS, Network
from training.encoder.passages import Passage
from training.encoder.weights import STUDENT, TEACHER, unpack_weights
from training.lexical import claims_table

N_SENTENCES: Final = 400


@dataclass(frozen=True, kw_only=True)
class Round:
    """A pass of the teacher, what it then judges, and a pass of the student on that.

    Attributes
    ----------
    teacher, student
        How each learns.
    judge
        Makes the teacher's opinions, perhaps from those of the round before.
    read
        Mixes them with labels, to what the student reads.
    """

    teacher: Plan
    student: Plan
    judge: Callable[[Network, Collator, Path, mixes.Judged | None], mixes.Judged]
    read: Callable[[Path, Collator, mixes.Judged], list[Passage]]


ROUNDS: Final = (
    Round(
        teacher=Plan(rate=4e-5, n_tokens=1100, n_frozen=4, n_epochs=1),
        student=Plan(rate=1.2e-4, n_tokens=1200, decay=0.95, n_epochs=1),
        judge=mixes.judge_stances,
        read=mixes.first_reading,
    ),
    Round(
        teacher=Plan(rate=3.5e-5, n_tokens=1100, n_frozen=4, n_epochs=1, warm_up=0.05, seed=1),
        student=Plan(rate=9e-5, n_tokens=1200, decay=0.95, n_epochs=1, seed=2),
        judge=mixes.judge_all,
        read=mixes.second_reading,
    ),
    Round(
        teacher=Plan(rate=3.5e-5, n_tokens=1100, n_frozen=4, n_epochs=1, warm_up=0.05, seed=2),
        student=Plan(
            rate=8e-5,
            n_tokens=1200,
            decay=0.95,
            n_epochs=1,
            seed=3,
            weights={**WEIGHTS, "quotations": 1.0},
        ),
        judge=mixes.judge_pairs,
        read=mixes.third_reading,
    ),
)


def train_encoder(root: Path, out: Path, *, say: Say = lambda _: None) -> None:
    """Train and export the encoder; goes on from the checkpoints in the folder.

    Parameters
    ----------
    root
        The corpora folder.
    out
        Gets ``encoder.onnx`` and ``tokenizer.json``, and keeps weights and checkpoints.
    say
        Told what is being done.
    """
    base = unpack_weights(STUDENT, out / "minilm")
    student, of_student = start(base)
    taught = zip(ROUNDS, opinions(root, out, say), strict=True)
    for number, (turn, (_, judged)) in enumerate(taught, start=1):
        passages = turn.read(root, of_student, judged)
        finish(student, of_student, passages, turn.student, out / "student" / f"pass{number}", say)
    average(student, out / "student" / f"pass{len(ROUNDS) - 1}")
    export(student, base, out, root)


def opinions(root: Path, out: Path, say: Say) -> Iterator[tuple[Network, mixes.Judged]]:
    """Train the teacher pass by pass; yield it, and what it judges, after each.

    Parameters
    ----------
    root, out, say
        As in `train_encoder`.
    """
    teacher, collate = start(unpack_weights(TEACHER, out / "mpnet"))
    lessons = mixes.teacher_passages(root, collate)
    judged: mixes.Judged | None = None
    for number, (turn, lesson) in enumerate(zip(ROUNDS, lessons, strict=True), start=1):
        finish(teacher, collate, lesson, turn.teacher, out / "teacher" / f"pass{number}", say)
        say("the teacher judges")
        judged = turn.judge(teacher, collate, root, judged)
        yield teacher, judged


def train_teacher(root: Path, out: Path, *, say: Say = lambda _: None) -> tuple[Network, Collator]:
    """Train the teacher of all tasks; goes on from the checkpoints in the folder.

    Parameters
    ----------
    root
        The corpora folder.
    out
        As in `train_encoder`: weights go into ``mpnet``, a checkpoint of each pass into
        ``teacher``.
    say
        Told what is being done.

    Returns
    -------
    network, collate
        The teacher, ready to judge, and what makes its batches.
    """
    network, collate = start(unpack_weights(TEACHER, out / "mpnet"))
    # The last pass, over pairs alone, is there to judge pairs: it forgets some of the rest.
    lessons = mixes.teacher_passages(root, collate)[:-1]
    for number, (turn, lesson) in enumerate(zip(ROUNDS, lessons, strict=False), start=1):
        finish(network, collate, lesson, turn.teacher, out / "teacher" / f"pass{number}", say)
    return network, collate


def export_teacher(root: Path, out: Path, *, say: Say = lambda _: None) -> None:
    """Train the teacher and export it as an encoder, twelve layers x 768.

    Parameters
    ----------
    root
        The corpora folder.
    out
        As in `train_encoder`: ``teacher`` gets ``encoder.onnx`` and ``tokenizer.json``. A
        teacher that was trained there is not trained again.
    say
        Told what is being done.
    """
    network, _ = train_teacher(root, out, say=say)
    say("the teacher is exported")
    export(network, unpack_weights(TEACHER, out / "mpnet"), out / "teacher", root)


def average(network: Network, folder: Path, *, share: float = 0.5) -> None:
    """Move a network's weights some of the way to those of an earlier pass.

    Two passes over different mixes err differently: their mean is about as good as the better at
    each task (Wortsman et al. 2022, "Model soups").

    Parameters
    ----------
    network
        Is changed.
    folder
        Of the earlier pass's checkpoint.
    share
        How far: 0 leaves them, 1 takes the earlier ones.
    """
    earlier = torch.load(folder / CHECKPOINT_FILE, weights_only=True)["network"]
    state = network.state_dict()
    network.load_state_dict(
        {
            name: torch.lerp(value, earlier[name], share) if value.is_floating_point() else value
            for name, value in state.items()
        }
    )


def some_sentences(root: Path) -> list[str]:
    """Gather consecutive sentences of whole articles, from which int8 learns its ranges."""
    return (
        claims_table(root)
        .query("source == 'newsdiscourse' and split == 'train'")["text"]
        .tolist()[:N_SENTENCES]
    )


def export(network: Network, base: Path, out: Path, root: Path) -> None:
    """Write a network as an encoder, with the tokenizer of the weights that it came from."""
    words, sentences = base / TOKENIZER_FILE, some_sentences(root)
    export_encoder(network.encoder, out, tokenizer=words, sentences=sentences)


def start(base: Path) -> tuple[Network, Collator]:
    """Make a network from unpacked weights, and what makes its batches."""
    tokenizer = Tokenizer.from_file(str(base / TOKENIZER_FILE))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Network(base), Collator(tokenizer)


def finish(
    network: Network,
    collate: Collator,
    passages: list[Passage],
    plan: Plan,
    folder: Path,
    say: Say,
) -> None:
    """Train a network as planned; goes on from the checkpoint in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    say(f"{folder}: {sum(map(collate.length, passages)):,} tokens")
    train(network, collate, passages, plan, folder=folder, say=say)
    network.eval()
