"""The bundled encoder: a teacher is trained, judges more text, and teaches the student."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from tokenizers import Tokenizer

from stancekit.actors import ActorFinder
from training.encoder import tasks
from training.encoder.batches import Collator
from training.encoder.distil import soften
from training.encoder.export import export_encoder
from training.encoder.loop import Plan, Say, train
from training.encoder.names import name_pool, swap_names
from training.encoder.network import Network
from training.encoder.passages import Passage, spread
from training.encoder.weights import STUDENT, TEACHER, unpack_weights
from training.lexical import claims_table

TEACHER_PLAN: Final = Plan(rate=4e-5, n_tokens=1100, n_frozen=4, n_epochs=1)
STUDENT_PLAN: Final = Plan(rate=1.2e-4, n_tokens=1200, decay=0.95, n_epochs=1)

SHARE_JUDGED: Final = 0.6
"""Share of the directed corpus that the teacher judges."""

SHARE_QUOTED: Final = 0.55
"""Share of PolNeAR that the student reads: it is as long as all others together."""

N_SENTENCES: Final = 400

_STANCE_WEIGHTS: Final = {True: 0.4, False: 1.2}
"""Of a neutral target and of any other, where four fifths are neutral."""


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
    teacher = out / "teacher"
    network, collate = _start(unpack_weights(TEACHER, out / "mpnet"))
    _finish(network, collate, _teacher_passages(root, collate), TEACHER_PLAN, teacher, say)
    say("the teacher judges")
    judged = [
        soften(network, collate, passages)
        for passages in (
            tasks.newsmtsc(root),
            _ours(tasks.annotated(root, collate.count)),
            spread(tasks.directed(root), SHARE_JUDGED),
        )
    ]
    base = unpack_weights(STUDENT, out / "minilm")
    network, collate = _start(base)
    passages = _student_passages(root, collate, *judged)
    _finish(network, collate, passages, STUDENT_PLAN, out / "student", say)
    export_encoder(
        network.encoder, out, tokenizer=base / "tokenizer.json", sentences=some_sentences(root)
    )


def some_sentences(root: Path) -> list[str]:
    """Gather consecutive sentences of whole articles, from which int8 learns its ranges."""
    return (
        claims_table(root)
        .query("source == 'newsdiscourse' and split == 'train'")["text"]
        .tolist()[:N_SENTENCES]
    )


def _start(base: Path) -> tuple[Network, Collator]:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Network(base), Collator(tokenizer)


def _finish(
    network: Network,
    collate: Collator,
    passages: list[Passage],
    plan: Plan,
    folder: Path,
    say: Say,
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    say(f"{folder.name}: {sum(map(collate.length, passages)):,} tokens")
    train(network, collate, passages, plan, folder=folder, say=say)
    network.eval()


def _teacher_passages(root: Path, collate: Collator) -> list[Passage]:
    ours = [
        replace(one, targets=tuple(replace(t, weight=_weight(t.stance)) for t in one.targets))
        for one in _ours(tasks.annotated(root, collate.count))
    ]
    return tasks.newsmtsc(root) + ours


def _student_passages(
    root: Path,
    collate: Collator,
    newsmtsc: list[Passage],
    ours: list[Passage],
    directed: list[Passage],
) -> list[Passage]:
    """Mix the tasks: how often a passage is in the list is how often it is read."""
    pool = name_pool(newsmtsc)
    judged = {one.texts for one in directed}
    return [
        *newsmtsc,
        *swap_names(newsmtsc, pool, share=0.5, seed=1),
        *swap_names(newsmtsc, pool, share=0.5, seed=2),
        *(ours * 4),
        *(one for one in tasks.annotated(root, collate.count) if not _is_ours(one)),
        *(directed * 2),
        *(one for one in tasks.directed(root) if one.texts not in judged),
        *spread(tasks.polnear(root, collate.count, ActorFinder()), SHARE_QUOTED),
        *(tasks.entities(root, collate.count) * 2),
    ]


def _ours(passages: list[Passage]) -> list[Passage]:
    return [one for one in passages if _is_ours(one)]


def _is_ours(one: Passage) -> bool:
    return any(labels.claims for labels in one.labels)


def _weight(stance: tuple[float, ...]) -> float:
    return _STANCE_WEIGHTS[stance[tasks.NEUTRAL] == 1]
