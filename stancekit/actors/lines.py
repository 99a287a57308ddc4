"""Read one sentence into candidates, minding datelines, headlines and tables of results."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Protocol

from stancekit.actors.entries import Match
from stancekit.actors.lexicon import lexicon
from stancekit.actors.roles import apposition, role_after, role_before
from stancekit.actors.roster import Roster
from stancekit.actors.runs import read_runs
from stancekit.actors.spelling import Folded, fold
from stancekit.actors.tokens import Candidate, tokens_of
from stancekit.records import Sentence
from stancekit.text import dateline

_CAPITAL_WORDS = re.compile(r"\b[A-Z][A-Za-z]{3,}")
_SMALL_WORDS = re.compile(r"\b(?!(?:the|and|for|but|via|nor|with|from|into|over|s)\b)[a-z]{3,}")
_FILED = re.compile(
    r"[A-Z][A-Z.'/ -]{2,40}(?:, [A-Z][\w. ]{2,40})?(?:, [^-–—\n]{3,30}\d|\s*\([^()]*\))"
)
_DASH = re.compile(r" ?(?:\([^()]{2,40}\))? ?[-–—]{1,2} ")
_NAME = r"[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*){0,3}"
_NUMBERS = r"(?: (?:\(?\.?\d[\d.,:/+]*\)?|-))+"
_RESULTS = re.compile(
    rf"(?=.*\d)(?:{_NAME}{_NUMBERS}[,.]? ?)+[\d .,:+()-]*|{_NAME} (?:v|vs|AT) {_NAME}"
)
_SAID = frozenset(("said", "says", "added", "asked", "replied"))
_MAX_RESULTS = 90
_OPENING = "\"'“‘«(["
_CLOSED = frozenset(".!?\"”’'")


class Stretch(Protocol):
    """Anything with offsets in the plain sentence."""

    @property
    def start(self) -> int: ...  # noqa: D102

    @property
    def end(self) -> int: ...  # noqa: D102


@dataclass(frozen=True)
class Line:
    """A sentence with its plain spelling and what was read in it.

    Attributes
    ----------
    sentence, folded
        The sentence and its plain spelling.
    candidates
        In order, never overlapping.
    is_cased
        Whether capitals tell names here.
    filed
        Length of the dateline that it begins with, in plain spelling.
    """

    sentence: Sentence
    folded: Folded
    candidates: tuple[Candidate, ...]
    is_cased: bool = True
    filed: int = 0

    def words(self, candidate: Stretch) -> str:
        """Return the words of a stretch, in plain spelling."""
        return self.folded.text[candidate.start : candidate.end]

    def before(self, candidate: Stretch) -> str:
        """Return the word before a candidate, in lower case; empty for none."""
        found = self.folded.text[max(0, candidate.start - 24) : candidate.start].split()
        return found[-1].lower().lstrip(_OPENING) if found else ""

    def noun(self, candidate: Stretch) -> str:
        """Return the kind of body that a noun beside a candidate tells; empty for none.

        "The airline Tasman Reach" and "Tasman Reach, an airline" both tell a company.
        """
        kind = lexicon().nouns.get(self.before(candidate), "")
        after = self.folded.text[candidate.end : candidate.end + 100]
        if kind or not after.startswith(", ") or after.startswith(", who"):
            return kind
        _, words = apposition(after)
        return lexicon().nouns.get(words[-1], "") if words else ""

    def is_said_by(self, candidate: Candidate) -> bool:
        """Whether a candidate surely speaks or lives: "said Hill.", "Hill, who ..."."""
        after = self.folded.text[candidate.end : candidate.end + 8]
        return after.lstrip().startswith(", who ") or (
            self.before(candidate) in _SAID and re.match(r"\s*[.,;\"']|$", after) is not None
        )

    def is_described(self, candidate: Stretch) -> bool:
        """Whether an apposition tells a role: "Ato Benn, the head of ..."."""
        return bool(role_after(self.folded.text[candidate.end : candidate.end + 100]).noun)

    def is_titled(self, candidate: Stretch) -> bool:
        """Whether an office in capitals stands right before: "Governor Ato Benn"."""
        role = role_before(self.folded.text[max(0, candidate.start - 40) : candidate.start])
        return role.is_office and role.words[:1].isupper()

    def after(self, candidate: Stretch) -> str:
        """Return the word after a candidate, in lower case; empty for none."""
        found = self.folded.text[candidate.end : candidate.end + 24].split()
        return found[0].lower() if found else ""


def read_line(sentence: Sentence, roster: Roster) -> Line:
    """Read a sentence.

    Parameters
    ----------
    sentence
        Any; a dateline at its start names nobody.
    roster
        Whom to know.
    """
    folded = fold(sentence.text)
    text = folded.text
    start = _filed(text)
    matches = [
        _trimmed(match)
        for match in roster.matches(text)
        if match.start >= start and is_spelt_so(match, folded, sentence.text)
    ]
    has_results = len(text) < _MAX_RESULTS and _RESULTS.fullmatch(text) is not None
    if not is_cased(text):
        candidates = [Candidate(m.start, m.end, "roster", m, is_first=True) for m in matches]
        if has_results:
            candidates = [_as_team(candidate, text) for candidate in candidates]
        return Line(sentence, folded, tuple(candidates), is_cased=False, filed=start)
    tokens = [token for token in tokens_of(text) if token.start >= start]
    candidates = [_placed(c, text) for c in read_runs(tokens, matches)]
    if has_results:
        candidates = [_as_team(candidate, text) for candidate in candidates]
    return Line(sentence, folded, tuple(candidates), filed=start)


def is_cased(text: str) -> bool:
    """Whether capitals tell names in a sentence: not in headlines in capitals or Title Case.

    Examples
    --------
    >>> is_cased("Ministers Warn Of More Trouble Ahead")
    False
    """
    capitals = _CAPITAL_WORDS.findall(text)
    if not capitals:
        return True
    small = len(_SMALL_WORDS.findall(text))
    if sum(map(str.isupper, capitals)) > len(capitals) / 2 and small < len(capitals):
        return False
    common = sum(word.lower() in lexicon().common for word in capitals[1:])
    is_closed = text[-1:] in _CLOSED and small > 0
    return common < 2 or is_closed or common < 2 * small


def _filed(text: str) -> int:
    """Return the length of the dateline that a sentence begins with, or 0."""
    found = dateline(text[:120])
    if found:
        return found.end
    place = _FILED.match(text[:120])
    dash = _DASH.match(text, place.end()) if place else None
    return dash.end() if dash else 0


def _trimmed(match: Match) -> Match:
    """Leave "the" out of an alias that begins with it."""
    if match.aliases[0].alias.startswith("the "):
        return replace(match, start=match.start + 4)
    return match


def is_spelt_so(match: Match, folded: Folded, text: str) -> bool:
    """Say whether accents agree where they must: "Thaís" is no Thai; a sum in "US$" no state."""
    if folded.text[match.end : match.end + 1] == "$":
        return False
    start, end = folded.span(match.start, match.end)
    best = match.aliases[0]
    return (
        best.relation not in ("demonym", "people")
        or text[start:end].isascii()
        or not best.alias.isascii()
    )


def _placed(candidate: Candidate, text: str) -> Candidate:
    """Take back what looks like a person where "in" or "the" stands before it."""
    if candidate.what != "person":
        return candidate
    before = "".join(text[max(0, candidate.start - 20) : candidate.start].lower().split()[-1:])
    first = text[candidate.start : candidate.end].split()[0].lower()
    is_place = before == "in" and first not in lexicon().given
    is_doubtful = not candidate.is_sure and before in (*lexicon().locatives, "the")
    return replace(candidate, what="word") if is_place or is_doubtful else candidate


def _as_team(candidate: Candidate, text: str) -> Candidate:
    """Take a name in a table of results for a team, unless it's a person's or a state's."""
    if candidate.match and candidate.match.aliases[0].kind != "place":
        return candidate
    words = text[candidate.start : candidate.end]
    if " AT " in text[: candidate.start]:
        return candidate
    if words in lexicon().calendar or (candidate.what == "person" and candidate.is_sure):
        return candidate
    return replace(candidate, what="body", match=None)
