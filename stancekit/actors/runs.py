"""Capitalised runs: the names in a sentence, whether a roster knows them or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from stancekit.actors.entries import Match
from stancekit.actors.lexicon import lexicon
from stancekit.actors.tokens import SUFFIXES, Candidate, Token, What

MAX_PERSON: Final = 5
"""Longest name of a person, in words."""

MAX_BODY: Final = 12
"""Longest name of an organisation, in words."""

_WHOLE = frozenset(("party", "organisation", "institution", "armed_group", "person"))


def read_runs(tokens: Sequence[Token], matches: Sequence[Match]) -> list[Candidate]:
    """Part the capitalised words of a sentence into candidates, in order, not overlapping.

    Parameters
    ----------
    tokens, matches
        The capitalised words and the roster matches of one plain sentence.
    """
    return list(_Reader(tokens, matches).read())


class _Reader:
    """Reads one sentence from left to right."""

    def __init__(self, tokens: Sequence[Token], matches: Sequence[Match]) -> None:
        self.tokens = tokens
        self.matches = {match.start: match for match in matches}
        self.words = lexicon()
        self.has_rank = self.has_title = False

    def read(self) -> Iterator[Candidate]:
        starts = {token.start for token in self.tokens}
        loose = [match for match in self.matches.values() if match.start not in starts]
        found = [Candidate(m.start, m.end, "roster", m) for m in loose]
        at = done = 0
        while at < len(self.tokens):
            at, candidate = self._step(at)
            if candidate:
                found.append(candidate)
        for candidate in sorted(found, key=lambda c: (c.start, -c.end)):
            if candidate.start >= done:
                yield candidate
                done = candidate.end

    def _step(self, at: int) -> tuple[int, Candidate | None]:
        token = self.tokens[at]
        if token.gap != " ":
            self.has_rank = self.has_title = False
        if token.is_first and token.low in self.words.openers and token.start not in self.matches:
            return at + 1, None
        match = self.matches.get(token.start)
        end = self._body(at)
        if end and not (match and self._stands(match, at, end)):
            return end, self._candidate(at, end, "body")
        if match and not self._is_given_name(at, match):
            return self._matched(at, match)
        if self._is_title(token):
            self.has_title = True
            self.has_rank = self.has_rank or token.text in self.words.ranks
            return at + 1, None
        return self._name(at)

    def _matched(self, at: int, match: Match) -> tuple[int, Candidate]:
        """Take a roster match, or the longer name that begins with it ("Gulf Marine Works")."""
        self.has_rank = self.has_title = False
        token, after = self.tokens[at], self._after(match)
        best = match.aliases[0]
        if best.kind in ("place", "country") and best.relation in ("name", "capital"):
            end = self._run(after) if self._extends(after) else after
            if end > after:
                return end, self._candidate(at, end, "word")
        return after, Candidate(token.start, match.end, "roster", match, is_first=token.is_first)

    def _candidate(self, at: int, end: int, what: What) -> Candidate:
        self.has_rank = self.has_title = False
        first, last = self.tokens[at], self.tokens[end - 1]
        return Candidate(first.start, last.end, what, is_first=first.is_first)

    def _after(self, match: Match) -> int:
        return sum(token.start < match.end for token in self.tokens)

    def _follows(self, at: int) -> Token | None:
        """Return the word that directly follows, if one does."""
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return after if after and after.gap == " " else None

    def _is_title(self, token: Token) -> bool:
        words = self.words
        if token.text.startswith("Ex-"):
            return True
        return token.text in words.ranks or (
            token.text in words.qualifiers and token.low not in words.given
        )

    # Bodies: "Bank of Zambia", "People's Granary Party", "Ministry of Youth and Sports".

    def _body(self, at: int) -> int:
        """Return the index after a body's name that begins here, or 0."""
        if self.tokens[at].is_first and not self._may_open(at):
            return 0
        end = 0
        in_object = False
        for i in range(at, min(len(self.tokens), at + MAX_BODY)):
            token = self.tokens[i]
            if i > at and not self._joins(i, has_head=bool(end)):
                break
            if self._ends_body(token) and not self._keyword_follows(i):
                break
            in_object = bool(end) and (token.gap == "of" or (in_object and i == end))
            if token.text in self.words.bodies:
                end = i + 1
            elif in_object:
                match = self.matches.get(token.start)
                end = self._after(match) if match else i + 1
                in_object = not match
        if end > at + 1 and self._is_campus(end):
            end += 1
        return end if end > at + 1 else 0

    def _is_campus(self, end: int) -> bool:
        """Whether a city goes on with the name of a college: "Imperial College London"."""
        after = self._follows(end - 1)
        match = self.matches.get(after.start) if after else None
        is_city = match is not None and match.aliases[0].relation in ("capital", "name")
        return is_city and self.tokens[end - 1].text in ("College", "University", "School")

    def _may_open(self, at: int) -> bool:
        """Whether a body's name may begin with a word whose capital says nothing."""
        token, after = self.tokens[at], self._follows(at)
        if token.low in self.words.openers or token.text in self.words.qualifiers:
            return False
        if token.low not in self.words.common or after is None:
            return True
        return after.start not in self.matches and not self._body(at + 1)

    def _ends_body(self, token: Token) -> bool:
        words = self.words
        return token.text in words.calendar or (
            token.text in words.ranks and token.text not in words.heads
        )

    def _joins(self, i: int, *, has_head: bool) -> bool:
        """Whether a word may go on with the name of a body."""
        token, before = self.tokens[i], self.tokens[i - 1]
        if token.gap in (" ", "particle"):
            return True
        if token.gap == "of":
            return has_head and (before.text in self.words.heads or before.low != token.low)
        if token.gap == "and":
            if self._keyword_follows(i):
                is_new = token.start not in self.matches and token.text not in self.words.ranks
                return (
                    is_new
                    and before.start not in self.matches
                    and token.low not in self.words.given
                )
            return has_head and self._is_plain(before) and self._is_plain(token)
        is_plural = before.low in self.words.common or before.low.endswith(("s", "men", "folk"))
        is_body = self._keyword_follows(i) or token.text in self.words.bodies
        return token.gap == "'s" and is_plural and is_body and before.start not in self.matches

    def _is_plain(self, token: Token) -> bool:
        words = self.words
        is_common = token.low in words.common or token.text in words.bodies
        return is_common and token.text not in words.ranks and token.start not in self.matches

    def _keyword_follows(self, at: int) -> bool:
        for i in range(at + 1, min(len(self.tokens), at + 4)):
            if self.tokens[i].gap not in (" ", "'s"):
                return False
            if self.tokens[i].text in self.words.bodies:
                return True
        return False

    def _stands(self, match: Match, at: int, end: int) -> bool:
        """Whether a roster match stands although a body's name begins with it."""
        if match.end >= self.tokens[end - 1].end:
            return True
        best = match.aliases[0]
        rest = {token.text for token in self.tokens[at:end]}
        is_ministry = not rest.isdisjoint(self.words.ministries)
        if best.kind in _WHOLE:
            return not (is_ministry and best.kind == "party")
        return best.kind == "country" and best.relation != "abbreviation" and is_ministry

    # People: "J. D. Vance", "Ursula von der Leyen", "Dr Falk".

    def _name(self, at: int) -> tuple[int, Candidate | None]:
        end, is_sure = self._person(at)
        if end and (is_sure or not self._extends(end)):
            is_long = end > at + 1
            if (is_sure and (is_long or self.has_rank)) or (is_long and self._may_be_weak(at, end)):
                return end, replace(self._candidate(at, end, "person"), is_sure=is_sure)
        end = max(self._run(at), at + 1)
        return end, self._candidate(at, end, "word")

    # Other runs: "Tasman Reach", "Coastal Shield", "World Cup".

    def _run(self, at: int) -> int:
        """Return the index after the capitalised words that go on from here."""
        end = at + 1
        while end < len(self.tokens) and end - at < MAX_PERSON and self._extends(end):
            end += 1
        return end

    def _extends(self, at: int) -> bool:
        """Whether a word goes on with a name that no list knows."""
        if at >= len(self.tokens) or self.tokens[at].gap != " ":
            return False
        token, words = self.tokens[at], self.words
        if token.text in words.calendar or token.text in words.ranks or token.start in self.matches:
            return False
        if token.text in words.qualifiers:
            after = self._follows(at)
            return after is None or not (self._is_title(after) or after.low in words.given)
        return not (token.low in words.given and self._is_named(at))

    def _person(self, at: int) -> tuple[int, bool]:
        """Return the index after a person's name that may begin here (0: none), and if sure."""
        first, words = self.tokens[at], self.words
        is_given = first.low in words.given or first.text.endswith(".")
        if first.text in words.calendar or first.text in words.bodies:
            is_given = False
        is_common = first.low in words.common or first.text in words.calendar
        if is_common and not ((is_given or self.has_rank) and self._is_named(at)):
            return 0, False
        if first.text in words.bodies:
            return 0, False
        end = at + 1
        while end < len(self.tokens) and end - at < MAX_PERSON and self._goes_on(at, end, is_given):
            end += 1
        has_particle = any(token.gap == "particle" for token in self.tokens[at + 1 : end])
        return end, is_given or self.has_title or has_particle or self._is_family_first(at, end)

    def _is_named(self, at: int) -> bool:
        """Whether an unknown word directly follows a given name that is a common word too."""
        after = self._follows(at)
        return after is not None and after.start not in self.matches and self._is_unknown(after)

    def _is_unknown(self, token: Token) -> bool:
        words = self.words
        return not (
            token.text in words.ranks
            or token.text in words.calendar
            or token.text in words.bodies
            or token.low in words.common
        )

    def _is_given_name(self, at: int, match: Match) -> bool:
        """Whether a match is the given name of a person that follows ("Jordan Henderson")."""
        token = self.tokens[at]
        is_given = match.end == token.end and token.low in self.words.given
        return is_given and match.aliases[0].kind != "person" and self._is_named(at)

    def _goes_on(self, at: int, end: int, is_given: bool) -> bool:
        token, words = self.tokens[end], self.words
        if token.gap not in (" ", "particle"):
            return False
        if token.text in SUFFIXES:
            return True
        if token.text in words.calendar or token.text in words.bodies or token.text in words.ranks:
            return False
        if token.text in words.grounds or token.text in words.things:
            return False
        match = self.matches.get(token.start)
        if match:
            is_word = match.end == token.end and match.aliases[0].relation in ("name", "capital")
            return is_given and is_word and match.aliases[0].kind != "party"
        if token.low in words.common or token.text in words.qualifiers:
            if self.tokens[at].text in words.families and not self.tokens[at].is_first:
                return len(token.text) < 7
            return is_given and end == at + 1 and self._follows(end) is None
        return True

    def _is_family_first(self, at: int, end: int) -> bool:
        run = self.tokens[at:end]
        is_short = 2 <= len(run) <= 3 and all(token.gap == " " for token in run[1:])
        return is_short and run[0].text in self.words.families

    def _may_be_weak(self, at: int, end: int) -> bool:
        """Whether words that no list knows look like a person's name."""
        run = self.tokens[at:end]
        return (
            len(run) <= 3
            and run[0].text not in self.words.place_starts
            and all(token.text == "O" or not token.text[-1].isupper() for token in run)
        )
