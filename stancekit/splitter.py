"""Where the sentences of a paragraph end: nupunkt's breaks, mended for news."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import pairwise

import nupunkt

LONGEST = 2_000
"""Longest sentence that is mended, in characters: nobody writes a longer one."""

_ENDING = 40
_ABBREVIATIONS = frozenset(
    "adm al ald amb approx assn assoc asst atty ave blvd brig bros ca capt cent cf cmdr co col"
    " comdr corp cos cpl ct dep dept det dir dist dr drs ed eds esq est etc ext fig fr ft gen gens"
    " geo gov govs hon hr hrs hwy inc insp inst jr lbs lieut lt ltd maj messrs mgr min mlle mme mr"
    " mrs ms msgr mt mts natl no nos oz ph pp pres prof pt pvt rd rep reps rev revs rte sec sen"
    " sens sgt sq sr st sta ste supt tel treas univ viz vol vols vs wm"
    " jan feb mar apr jun jul aug sep sept oct nov dec tue tues thu thur thurs fri"
    " ala ariz ark cal calif colo conn del fla ga ind kan kans ky la md mich minn miss mo mont neb"
    " nev okla ore pa penn tenn tex va vt wis wyo".split()
)
_BEFORE_NUMBERS = frozenset(("no", "nos"))
_NO_BREAKS = str.maketrans("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " " * 10)
_LONG_RUN = re.compile(r"\S{300,}")
_NO_OPENING = re.compile(r"[\W_]*$|[)\]]*[,;:]|\([a-z]")
_OPENED = re.compile(r"(?:^|\s)[\"'\u201c\u2018\u201e\u00ab(\[]+(\w+)\.$")
_BREAKS_OFF = re.compile(r"(?:\w\.\w|-\w+|\u2026|\.\.)\.$|\u2026$")
_EXCLAIMED = re.compile(r"[?!][\"\u201d\u2019]+$")
_SAID = re.compile(r"(?:[A-Z]\S+ ){1,4}(?:said|says|asked|asks|added|told|wrote|replied)\b")


def sentence_ends(paragraph: str) -> Iterator[int]:
    """Find where the sentences of a paragraph end.

    Parameters
    ----------
    paragraph
        Any string; a line break in it is white space.

    Yields
    ------
    int
        Offsets, rising; the last is the paragraph's length. The white space between
        two sentences may be on either side.

    Examples
    --------
    >>> list(sentence_ends("Rates rose. Markets fell."))
    [12, 25]
    """
    # The splitter's time grows with the square of a run; no word or address is so long.
    plain = _LONG_RUN.sub(lambda run: "x" * len(run.group()), paragraph.translate(_NO_BREAKS))
    breaks = [end for _, (_, end) in _splitter().tokenize_with_spans(plain)]
    first = 0
    for last, after in pairwise([*breaks, len(paragraph)]):
        ending = paragraph[max(first, last - _ENDING) : last]
        if last - first > LONGEST or not _goes_on(ending, paragraph[last:after]):
            yield last
            first = last


@functools.cache
def _splitter() -> nupunkt.PunktSentenceTokenizer:
    """Load nupunkt's model with the abbreviations of news.

    Its own list was learned from scanned law texts and holds "bank", "month" and "York".
    """
    splitter = nupunkt.load_default_model()
    for word in splitter.abbreviations - _ABBREVIATIONS:
        if len(word) > 1 and "." not in word:
            splitter.remove_abbreviation(word)
    splitter.add_abbreviations(sorted(_ABBREVIATIONS))
    splitter.EXCL_QUEST_LOWERCASE_CONTINUES = True
    return splitter


def _goes_on(ending: str, rest: str) -> bool:
    """Tell whether a sentence goes on in what the splitter took for the next one."""
    ending, rest = ending.rstrip(), rest.lstrip()
    if not rest:
        return False
    if _BREAKS_OFF.search(ending) and rest[0].islower():
        return True
    if _EXCLAIMED.search(ending) and _SAID.match(rest):
        return True
    # The splitter does not know an abbreviation behind an opening mark.
    if (opened := _OPENED.search(ending)) and opened[1].lower() in _ABBREVIATIONS:
        return opened[1].lower() not in _BEFORE_NUMBERS or rest[0].isdigit()
    return _NO_OPENING.match(rest) is not None
