from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stancekit.actors import ActorFinder, resolve
from stancekit.actors.spelling import fold
from stancekit.records import Actor
from stancekit.text import split_article

FINDER = ActorFinder()

PIECES = st.sampled_from(
    [
        *("Lee", "Kim Jong Un", "President", "Mr", "Ms Falk", "Ida Falk", "van der", "al-", "J."),
        *("Japan", "Japanese", "Georgia", "UN", "U.S.", "China's", "Tokyo", "Brussels", "Jordan"),
        *("the president", "the company", "its ministry", "prime minister", "Foreign Ministry"),
        *(
            "Bank",
            "of",
            "the",
            "and",
            "Union",
            "Party",
            "Front",
            "in",
            "said",
            "who leads",
            "(",
            ")",
        ),
        *(
            ")",
            ".",
            ",",
            "\n",
            "\n\n",
            "  ",
            "\u00a0",
            "’s",
            "'",
            "“",
            "”",
            "é",
            "e\u0301",
            "\u200b",
        ),
        *("\ud800", "\x00", "🙂", "한국", "ﬁ", "İ", "THE", "US$", "-", "–"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=40).map(" ".join),
    st.lists(PIECES, max_size=40).map("".join),
)

PARAGRAPHS = (
    "France praised Kenya on Monday, and Paris sent an envoy.",
    "The Coastal Fishers' Guild rejected the plan of the Harbour Union.",
    "Shares of Norrland Timber Corp rose after Dr Oona Virtala resigned.",
    "Peru and the European Union signed an agreement on fish.",
    "“We are ready,” said Hemi Tautari, the mayor of Port Quill.",
)


def actors_of(text: str) -> tuple[Actor, ...]:
    sentences = split_article(text)
    return resolve(FINDER.find(sentences), sentences)


def names_of(text: str) -> set[tuple[str, str]]:
    return {(actor.name, actor.kind) for actor in actors_of(text)}


@given(TEXTS)
def test_mentions_are_slices_in_order_and_apart(text: str) -> None:
    mentions = FINDER.find(split_article(text))
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@given(TEXTS)
def test_every_mention_belongs_to_one_actor(text: str) -> None:
    sentences = split_article(text)
    found = FINDER.find(sentences)
    actors = resolve(found, sentences)
    spans = [(m.start, m.end) for actor in actors for m in actor.mentions]
    assert len(spans) == len(set(spans))
    # A demonym may be part of a longer mention: "the Chilean minister".
    parts = [m for m in found if (m.start, m.end) not in spans]
    assert all(m.why.startswith("demonym") for m in parts)
    assert all(any(start <= m.start and m.end <= end for start, end in spans) for m in parts)
    ordered = sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(ordered))
    assert len({actor.id for actor in actors}) == len(actors)
    for actor in actors:
        assert actor.mentions
        assert all(text[m.start : m.end] == m.text for m in actor.mentions)


@given(st.permutations(PARAGRAPHS))
def test_order_of_unrelated_paragraphs_changes_no_actor(order: list[str]) -> None:
    assert names_of("\n\n".join(order)) == names_of("\n\n".join(PARAGRAPHS))


@given(st.lists(st.sampled_from([" ", "  ", "\u00a0", " \u200b"]), min_size=1, max_size=5))
def test_white_space_changes_no_actor(spaces: list[str]) -> None:
    text = "\n\n".join(PARAGRAPHS)
    words = text.split(" ")
    mixed = "".join(word + spaces[i % len(spaces)] for i, word in enumerate(words[:-1])) + words[-1]
    assert names_of(mixed) == names_of(text)


def test_quote_style_changes_no_actor() -> None:
    text = "\n\n".join(PARAGRAPHS)
    straight = text.translate({ord("“"): '"', ord("”"): '"', ord("’"): "'", ord("‘"): "'"})
    curly = text.replace("'", "’")
    assert names_of(text) == names_of(straight) == names_of(curly)


@given(TEXTS)
def test_plain_spelling_keeps_its_offsets(text: str) -> None:
    folded = fold(text)
    for start in range(0, len(folded.text), 7):
        first, last = folded.span(start, min(start + 3, len(folded.text)))
        assert 0 <= first < last <= len(text)
