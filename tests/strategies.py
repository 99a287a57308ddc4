"""Hypothesis strategies that several test modules share. Every line is invented."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

from stancekit.labels import CLAIM_TYPES, STANCES, in_order, join_types

NAMES = ("Ida Falk", "President Orla", "Kenya", "the Harbour Union", "Acme Inc.", "Dr. Ruiz")
SENTENCES = (
    "Talks on the harbour ended without a deal.",
    "President Ida Falk praised Kenya on Monday.",
    "The U.S. Treasury sold 2.5 percent of it at 9 a.m. on Jan. 12.",
    "Will the ministers meet again?",
    "“We will not move,” Falk said.",
    '"We will not move," Falk said. "Not this year."',
    "The union, founded in 1958, has 40,000 members.",
    "Mr.\xa0Orla and J. K. Ruiz could leave St. Brendan next month.",
    "Critics (who are many) called the plan “reckless”.",
    "한국은 회담을 환영했다.",
    "رحبت كينيا بالاتفاق.",
)
HEADLINES = ("Harbour talks end without a deal", "WILL FALK GO?", "Live: Orla’s long night")
DATELINES = ("BERLIN, Jan 12 (Agency) - ", "NEW PORT (Agency) — ", "Port Ida (Agency) – ", "")
FURNITURE = (
    "By Ida Falk and Ana Ruiz",
    "Photo: Ida Falk/Agency",
    "Related Posts",
    "Five things to know about harbours",
    "Advertisement",
    "Updated 3:15 p.m., March 4, 2026",
    "* * *",
)
ODD_PIECES = (
    *("\x00", "\ud800", "\udfff", "😂", "\u200b", "\ufeff", "\xa0", "\t", "\n", "\r\n", "\u2028"),
    *(".", "!", "?", "…", '"', "“", "”", "’", "(", ")", "[", "]", "«", "»", ",", "- ", "— ", " "),
    *("U.S.", "Mr.", "Falk", "said", "BERLIN", "2.5", "한국", "كينيا", "中国。", "ﬁ", "İ"),
)

odd_text = st.one_of(
    st.text(max_size=80),
    st.text(st.characters(codec=None), max_size=40),
    st.lists(st.sampled_from(ODD_PIECES), max_size=40).map("".join),
)
"""Any string: lone surrogates, NUL, emoji, right-to-left letters, stray marks."""

paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)
"""One to four sentences on a line."""


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Draw a page of news as it comes from the web: headline, dateline, body, furniture."""
    lines = [draw(st.sampled_from(HEADLINES))] if draw(st.booleans()) else []
    lines += draw(st.lists(st.sampled_from(FURNITURE), max_size=2))
    body = draw(st.lists(paragraphs, min_size=1, max_size=5))
    lines += [draw(st.sampled_from(DATELINES)) + body[0], *body[1:]]
    lines += draw(st.lists(st.sampled_from(FURNITURE), max_size=3))
    return draw(st.sampled_from(("\n", "\n\n", "\r\n", " \n\xa0\n"))).join(lines)


any_text = st.one_of(articles(), odd_text)
"""An article, or any string."""

_cells = st.text(max_size=12).filter(str.strip)
_words = st.one_of(st.sampled_from(SENTENCES), odd_text.filter(str.strip))
_type_cells = st.sets(st.sampled_from(CLAIM_TYPES)).map(
    lambda found: join_types(in_order(found, CLAIM_TYPES))
)


@st.composite
def claim_frames(draw: st.DrawFn, *, min_size: int = 0) -> pd.DataFrame:
    """Draw a valid claims table; sentences of one ``doc_id`` follow each other."""
    rows = []
    for doc_id in draw(st.lists(_cells, min_size=min_size, max_size=3, unique=True)):
        for number, text in enumerate(draw(st.lists(_words, min_size=1, max_size=4))):
            rows.append((doc_id, f"S{number}", text, draw(_type_cells)))
    return pd.DataFrame(rows, columns=["doc_id", "sentence_id", "text", "claim_types"], dtype=str)


@st.composite
def stance_frames(draw: st.DrawFn, *, min_size: int = 0) -> pd.DataFrame:
    """Draw a valid stances table, each with a target that covers a word of its text."""
    rows = []
    for number in range(draw(st.integers(min_size, 5))):
        before, actor, after = draw(odd_text), draw(st.sampled_from(NAMES)), draw(odd_text)
        start = len(before)
        cells = ("d", f"S{number}", before + actor + after, start, start + len(actor), actor)
        rows.append((*cells, draw(st.sampled_from(STANCES))))
    columns = ["doc_id", "sentence_id", "text", "start", "end", "actor", "stance"]
    return pd.DataFrame(rows, columns=columns).astype({"start": int, "end": int})


@st.composite
def pair_frames(draw: st.DrawFn, *, min_size: int = 0) -> pd.DataFrame:
    """Draw a valid relations table: a holder and a target that stand apart in their text."""
    rows = []
    for _ in range(draw(st.integers(min_size, 4))):
        before, first, between, second, after = draw(
            st.tuples(odd_text, st.sampled_from(NAMES), odd_text, st.sampled_from(NAMES), odd_text)
        )
        text = before + first + between + second + after
        start = len(before) + len(first) + len(between)
        spans = [(len(before), len(before) + len(first)), (start, start + len(second))]
        (holder, target) = draw(st.permutations(spans))
        rows.append((text, *holder, *target, draw(st.sampled_from(STANCES))))
    columns = ["text", "holder_start", "holder_end", "target_start", "target_end", "stance"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:5], int))
