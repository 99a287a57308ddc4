"""Passages to the tensors that the network reads."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from training.encoder.passages import SIZE, Passage
from training.taggers import KINDS

ROLES = ("source", "cue", "content")
IGNORED = -100
_LONGEST = SIZE


@dataclass
class Spans:
    """Token places of many spans, flat, and the span that each place belongs to."""

    places: torch.Tensor
    owners: torch.Tensor
    n: int


@dataclass
class Batch:
    """Tensors of some passages; a token's place counts through all rows.

    Attributes
    ----------
    ids, mask
        Shape (n_passages, n_tokens).
    sentences, targets, holders, holders_targets
        Spans to pool.
    claims, discourse, speech
        Per sentence; NaN or `IGNORED` where unknown.
    stance, stance_weight, pair_stance
        Per target and per pair; shape (n, 3), NaN where unknown.
    of_target, of_pair
        Sentence of each target and each pair.
    entity_tags, quotation_tags
        Shapes (n_places,) and (n_roles, n_places): 0 outside, then B and I of each kind.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    sentences: Spans
    targets: Spans
    holders: Spans
    aims: Spans
    claims: torch.Tensor
    discourse: torch.Tensor
    speech: torch.Tensor
    stance: torch.Tensor
    stance_weight: torch.Tensor
    pair_stance: torch.Tensor
    of_target: torch.Tensor
    of_pair: torch.Tensor
    entity_tags: torch.Tensor
    quotation_tags: torch.Tensor


class Collator:
    """Makes batches.

    Parameters
    ----------
    tokenizer
        Without padding or truncation.
    n_claims
        Number of claim types.
    """

    def __init__(self, tokenizer: Tokenizer, n_claims: int = 3) -> None:
        self.tokenizer = tokenizer
        self.n_claims = n_claims
        first, last = tokenizer.encode("").ids
        self.first, self.last = first, last
        self._known: dict[str, tuple[list[int], list[tuple[int, int]]]] = {}

    def tokens(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Return ids and character offsets, kept for the next epoch."""
        if text not in self._known:
            found = self.tokenizer.encode(text, add_special_tokens=False)
            self._known[text] = (found.ids[: _LONGEST - 2], found.offsets[: _LONGEST - 2])
        return self._known[text]

    def count(self, text: str) -> int:
        """Count the tokens of a text."""
        return len(self.tokens(text)[0])

    def length(self, one: Passage) -> int:
        """Count the tokens of a passage."""
        return 1 + sum(self.count(text) + 1 for text in one.texts)

    def __call__(self, passages: Sequence[Passage]) -> Batch:
        """Lay passages side by side."""
        width = max(map(self.length, passages))
        ids = torch.zeros(len(passages), width, dtype=torch.long)
        mask = torch.zeros(len(passages), width, dtype=torch.long)
        n_places = len(passages) * width
        gather = _Gather(self.n_claims, n_places)
        for row, one in enumerate(passages):
            flat, starts = [self.first], []
            for text in one.texts:
                starts.append(len(flat))
                flat += [*self.tokens(text)[0], self.last]
            ids[row, : len(flat)] = torch.tensor(flat)
            mask[row, : len(flat)] = 1
            gather.add(
                one, [self.tokens(t)[1] for t in one.texts], [row * width + s for s in starts]
            )
        return gather.batch(ids, mask)


class _Gather:
    def __init__(self, n_claims: int, n_places: int) -> None:
        self.n_claims = n_claims
        self.entity_tags = torch.full((n_places,), IGNORED)
        self.quotation_tags = torch.full((len(ROLES), n_places), IGNORED)
        self.spans: dict[str, list[list[int]]] = {
            name: [] for name in ("sentences", "targets", "holders", "aims")
        }
        self.claims: list[tuple[float, ...]] = []
        self.discourse: list[int] = []
        self.speech: list[float] = []
        self.stance: list[tuple[float, ...]] = []
        self.weight: list[float] = []
        self.pair_stance: list[tuple[float, ...]] = []
        self.of_target: list[int] = []
        self.of_pair: list[int] = []

    def add(self, one: Passage, offsets: list[list[tuple[int, int]]], starts: list[int]) -> None:
        first = len(self.spans["sentences"])
        unknown = (float("nan"),) * self.n_claims
        for at, labels in enumerate(one.labels):
            n = len(offsets[at])
            self.spans["sentences"].append(list(range(starts[at], starts[at] + n)))
            self.claims.append(unknown if labels.claims is None else labels.claims)
            self.discourse.append(IGNORED if labels.discourse is None else labels.discourse)
            self.speech.append(float("nan") if labels.speech is None else float(labels.speech))
            if labels.entities is not None:
                tag(self.entity_tags, starts[at], offsets[at], labels.entities, KINDS)
            if labels.quotations is not None:
                for row, role in zip(self.quotation_tags, ROLES, strict=True):
                    spans = tuple(span for span in labels.quotations if span[2] == role)
                    tag(row, starts[at], offsets[at], spans, (role,))
        for target in one.targets:
            places = _covered(
                offsets[target.sentence], starts[target.sentence], target.start, target.end
            )
            if places and target.stance:
                self.spans["targets"].append(places)
                self.stance.append(target.stance)
                self.weight.append(target.weight)
                self.of_target.append(first + target.sentence)
        for pair in one.pairs:
            of = offsets[pair.sentence], starts[pair.sentence]
            holder, aim = _covered(*of, *pair.holder), _covered(*of, *pair.target)
            if holder and aim:
                self.spans["holders"].append(holder)
                self.spans["aims"].append(aim)
                self.pair_stance.append(pair.stance)
                self.of_pair.append(first + pair.sentence)

    def batch(self, ids: torch.Tensor, mask: torch.Tensor) -> Batch:
        spans = {name: _spans(found) for name, found in self.spans.items()}
        return Batch(
            ids,
            mask,
            spans["sentences"],
            spans["targets"],
            spans["holders"],
            spans["aims"],
            torch.tensor(self.claims),
            torch.tensor(self.discourse),
            torch.tensor(self.speech),
            torch.tensor(self.stance).reshape(-1, 3),
            torch.tensor(self.weight),
            torch.tensor(self.pair_stance).reshape(-1, 3),
            torch.tensor(self.of_target, dtype=torch.long),
            torch.tensor(self.of_pair, dtype=torch.long),
            self.entity_tags,
            self.quotation_tags,
        )


def batches(
    passages: Sequence[Passage], collate: Collator, *, n_tokens: int, rng: random.Random
) -> Iterator[tuple[str, list[Passage]]]:
    """Group passages of one source and like length, in random order.

    Parameters
    ----------
    passages
        Of any sources.
    collate
        Counts their tokens.
    n_tokens
        Of a batch at most, padding included.
    rng
        Decides the order.

    Yields
    ------
    source, passages
    """
    by_source: dict[str, list[Passage]] = {}
    for one in passages:
        by_source.setdefault(one.source, []).append(one)
    found: list[tuple[str, list[Passage]]] = []
    for source, members in by_source.items():
        keyed = sorted(members, key=lambda one: collate.length(one) * rng.uniform(0.85, 1.15))
        held: list[Passage] = []
        longest = 0
        for one in keyed:
            longest = max(longest, collate.length(one))
            if held and longest * (len(held) + 1) > n_tokens:
                found.append((source, held))
                held, longest = [], collate.length(one)
            held.append(one)
        if held:
            found.append((source, held))
    rng.shuffle(found)
    yield from found


def tag(
    tags: torch.Tensor,
    first: int,
    offsets: list[tuple[int, int]],
    spans: tuple[tuple[int, int, str], ...],
    kinds: tuple[str, ...],
) -> None:
    """Write BIO tags over the tokens of a sentence: 0 outside, 1 + 2k begins kind k."""
    tags[first : first + len(offsets)] = 0
    for start, end, kind in spans:
        places = _covered(offsets, first, start, end)
        tags[places] = 2 + 2 * kinds.index(kind)
        if places:
            tags[places[0]] = 1 + 2 * kinds.index(kind)


def _covered(offsets: list[tuple[int, int]], first: int, start: int, end: int) -> list[int]:
    return [first + at for at, (a, b) in enumerate(offsets) if a < end and start < b]


def _spans(places: list[list[int]]) -> Spans:
    flat = [place for one in places for place in one]
    owners = [owner for owner, one in enumerate(places) for _ in one]
    return Spans(
        torch.tensor(flat, dtype=torch.long), torch.tensor(owners, dtype=torch.long), len(places)
    )
