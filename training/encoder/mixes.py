"""What teacher and student read in each round: as often as a passage is in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from stancekit.actors import ActorFinder
from stancekit.errors import InputError
from training.encoder import tasks
from training.encoder.batches import Collator
from training.encoder.distil import Task, soften
from training.encoder.names import name_pool, swap_names
from training.encoder.network import Network
from training.encoder.passages import Passage, jumble, spread

SHARE_PAIRED: Final = 0.5
"""Share of the directed corpus that the teacher reads in its second pass."""

SHARES_JUDGED: Final = (0.6, 0.55)
"""Share of the directed corpus that the teacher judges in each round."""

SHARE_QUOTED: Final = 0.55
"""Share of PolNeAR that the student reads first: it is as long as all others together."""

SHARES_QUOTED_AGAIN: Final = (0.12, 0.4)
"""Share that the teacher judges in the second round, and of the rest, the share read besides."""

SHARE_QUOTED_LATER: Final = 0.22
"""Of that rest, the share that the teacher judges too, for the third round."""

SHARE_JUMBLED: Final = 0.5
"""Share of the single sentences that the student reads among strangers in the second round."""

_STANCE_WEIGHTS: Final = {True: 0.4, False: 1.2}
"""Of a neutral target and of any other, where four fifths are neutral."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Passages with the teacher's opinion, by corpus.

    Attributes
    ----------
    newsmtsc, directed
        Single sentences.
    ours, others
        Articles of NewsDiscourse and Wikinews: with our labels, and without.
    polnear, later
        Articles; and others, to be read in the next round.
    """

    newsmtsc: list[Passage]
    ours: list[Passage]
    others: list[Passage]
    directed: list[Passage]
    polnear: list[Passage] = field(default_factory=list)
    later: list[Passage] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Portion:
    """How much of each corpus the larger student reads in a pass.

    Attributes
    ----------
    seeds
        Of NewsMTSC: once as it is, and once for each seed with other names.
    ours
        How often it reads our annotations.
    directed, quoted, named
        Shares of the directed corpus, of PolNeAR without opinions, and of the tagged names.
    """

    seeds: tuple[int, ...]
    ours: int
    directed: float
    quoted: float
    named: float


def teacher_passages(root: Path, collate: Collator) -> list[list[Passage]]:
    """Gather what the teacher reads in each pass: stances, more of ours and pairs, all pairs."""
    sentences = tasks.newsmtsc(root)
    ours = [
        replace(one, targets=tuple(replace(t, weight=_weight(t.stance)) for t in one.targets))
        for one in _split(tasks.annotated(root, collate.count))[0]
    ]
    pairs = [replace(one, targets=()) for one in tasks.directed(root)]
    return [sentences + ours, sentences + ours * 2 + spread(pairs, SHARE_PAIRED), pairs]


def judge_stances(teacher: Network, collate: Collator, root: Path, _: Judged | None) -> Judged:
    """Let the teacher judge targets, for after one pass it knows no more than these."""
    ours, others = _split(tasks.annotated(root, collate.count))
    return Judged(
        newsmtsc=soften(teacher, collate, tasks.newsmtsc(root)),
        ours=soften(teacher, collate, ours),
        others=others,
        directed=soften(teacher, collate, spread(tasks.directed(root), SHARES_JUDGED[0])),
    )


def judge_all(teacher: Network, collate: Collator, root: Path, _: Judged | None) -> Judged:
    """Let the teacher judge targets, pairs and claim types, on unlabelled news too."""
    both: tuple[Task, ...] = ("stance", "claims")
    ours, others = _split(tasks.annotated(root, collate.count))
    quoted = tasks.polnear(root, collate.count, ActorFinder())
    paired = spread(tasks.directed(root), SHARES_JUDGED[1])
    now = spread(quoted, SHARES_QUOTED_AGAIN[0])
    later = spread(_unread(quoted, now), SHARE_QUOTED_LATER)
    return Judged(
        newsmtsc=soften(teacher, collate, tasks.newsmtsc(root)),
        ours=soften(teacher, collate, ours, tasks=both),
        others=soften(teacher, collate, others, tasks=["claims"]),
        directed=soften(teacher, collate, paired, tasks=("stance", "pairs")),
        polnear=soften(teacher, collate, now, tasks=both),
        later=soften(teacher, collate, later, tasks=both),
    )


def judge_pairs(teacher: Network, collate: Collator, root: Path, before: Judged | None) -> Judged:
    """Let the teacher, which has read nothing but pairs since, judge these anew."""
    if before is None:
        raise InputError("expected the opinions of the round before; found none")
    judged = soften(teacher, collate, tasks.directed(root), tasks=["pairs"])
    targets = {one.texts: one.targets for one in before.directed}
    directed = [replace(one, targets=targets.get(one.texts, one.targets)) for one in judged]
    return replace(before, directed=directed, polnear=before.polnear + before.later, later=[])


def first_reading(root: Path, collate: Collator, judged: Judged) -> list[Passage]:
    """Mix what the student reads first, NewsMTSC three times: twice with names exchanged."""
    pool = name_pool(judged.newsmtsc)
    return [
        *judged.newsmtsc,
        *swap_names(judged.newsmtsc, pool, share=0.5, seed=1),
        *swap_names(judged.newsmtsc, pool, share=0.5, seed=2),
        *(judged.ours * 4),
        *judged.others,
        *(judged.directed * 2),
        *_unread(tasks.directed(root), judged.directed),
        *spread(tasks.polnear(root, collate.count, ActorFinder()), SHARE_QUOTED),
        *(tasks.entities(root, collate.count) * 2),
    ]


def second_reading(root: Path, collate: Collator, judged: Judged) -> list[Passage]:
    """Mix what the student reads then: single sentences partly among strangers."""
    rest = _unread(tasks.directed(root), judged.directed)
    quoted = _unread(tasks.polnear(root, collate.count, ActorFinder()), judged.polnear)
    return [
        *_jumbled([*_renamed(judged.newsmtsc, (3, 4)), judged.directed, judged.directed, rest]),
        *(judged.ours * 4),
        *judged.others,
        *judged.polnear,
        *spread(quoted, SHARES_QUOTED_AGAIN[1]),
        *(tasks.entities(root, collate.count) * 2),
    ]


def third_reading(root: Path, collate: Collator, judged: Judged) -> list[Passage]:
    """Mix what the student reads last: all pairs as judged anew, and PolNeAR whole."""
    quoted = _unread(tasks.polnear(root, collate.count, ActorFinder()), judged.polnear)
    return [
        *_jumbled([*_renamed(judged.newsmtsc, (5, 6)), judged.directed, judged.directed]),
        *(judged.ours * 4),
        *judged.others,
        *judged.polnear,
        *quoted,
        *tasks.entities(root, collate.count),
    ]


def large_reading(root: Path, collate: Collator, judged: Judged, portion: Portion) -> list[Passage]:
    """Mix what the larger student reads in one pass: the same, but less often."""
    quoted = _unread(tasks.polnear(root, collate.count, ActorFinder()), judged.polnear)
    paired = spread(judged.directed, portion.directed)
    return [
        *_jumbled([*_renamed(judged.newsmtsc, portion.seeds), paired]),
        *(judged.ours * portion.ours),
        *judged.others,
        *judged.polnear,
        *spread(quoted, portion.quoted),
        *spread(tasks.entities(root, collate.count), portion.named),
    ]


def _renamed(passages: list[Passage], seeds: Sequence[int]) -> list[list[Passage]]:
    """Return passages as they are, and for each seed once more with names exchanged."""
    pool = name_pool(passages)
    return [passages, *(list(swap_names(passages, pool, share=0.5, seed=seed)) for seed in seeds)]


def _jumbled(parts: Sequence[list[Passage]]) -> list[Passage]:
    """Put some of the single sentences of each part among strangers."""
    return [
        one
        for seed, part in enumerate(parts, start=1)
        for one in jumble(part, share=SHARE_JUMBLED, seed=seed)
    ]


def _split(passages: Sequence[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Part the articles with our labels from those without."""
    ours = [one for one in passages if _is_ours(one)]
    return ours, [one for one in passages if not _is_ours(one)]


def _is_ours(one: Passage) -> bool:
    return any(labels.claims for labels in one.labels)


def _unread(passages: Sequence[Passage], read: Sequence[Passage]) -> list[Passage]:
    seen = {one.texts for one in read}
    return [one for one in passages if one.texts not in seen]


def _weight(stance: tuple[float, ...]) -> float:
    return _STANCE_WEIGHTS[stance[tasks.NEUTRAL] == 1]
