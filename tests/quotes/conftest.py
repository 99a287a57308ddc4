from __future__ import annotations

from collections.abc import Callable

import pytest

from stancekit.records import Actor, Mention


@pytest.fixture
def actor_in() -> Callable[..., Actor]:
    """Build an actor whose mentions are all occurrences of some words."""

    def build(text: str, name: str, *words: str, kind: str = "person", office: str = "") -> Actor:
        spans = sorted(
            (i, i + len(word))
            for word in words or (name,)
            for i in range(len(text))
            if text.startswith(word, i)
        )
        mentions = tuple(
            Mention(start, end, text[start:end], 0, name, kind) for start, end in spans
        )
        return Actor(name, name, kind, office=office, mentions=mentions)

    return build
