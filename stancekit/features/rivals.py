"""Who is set against whom in an article, by its words of blame and denial."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from stancekit.quotes.cues import NOUNS, cue_forms

if TYPE_CHECKING:
    from stancekit.article import Article
    from stancekit.records import Actor

IsRival: TypeAlias = "Callable[[Actor, Actor, int], bool]"

_AGAINST: Final = frozenset({"accuse", "deny"})
_WORD: Final = re.compile(r"[^\W\d_]+")


def rivals_in(article: Article) -> IsRival:
    """Make a look-up of whether two actors are at odds elsewhere in an article.

    They are at odds in a sentence that names one right after the other with a verb of blame
    or denial between ("Kenya accused Togo", "Togo was criticised by Kenya"), whichever of
    them it is that blames.

    Parameters
    ----------
    article
        With sentences and actors.

    Returns
    -------
    callable
        Two actors and the number of a sentence to whether another sentence sets the one
        against the other.

    Examples
    --------
    >>> from stancekit.actors import ActorFinder
    >>> from stancekit.parse import parse_article
    >>> text = "Kenya accused Togo of theft. Kenya met Togo. Peru met Togo."
    >>> article = parse_article(text, finder=ActorFinder())
    >>> kenya, togo, peru = article.actors
    >>> is_rival = rivals_in(article)
    >>> is_rival(togo, kenya, 1), is_rival(kenya, togo, 0), is_rival(peru, togo, 2)
    (True, False, False)
    """
    places: defaultdict[frozenset[str], set[int]] = defaultdict(set)
    named = sorted(
        ((mention, actor) for actor in article.actors for mention in actor.mentions),
        key=lambda pair: pair[0].start,
    )
    for (before, one), (after, other) in pairwise(named):
        if before.sentence == after.sentence and one.id != other.id:
            words = _WORD.findall(article.text[before.end : after.start].lower())
            if not _hostile_forms().isdisjoint(words):
                places[frozenset((one.id, other.id))].add(before.sentence)
    return lambda one, other, sentence: bool(
        places.get(frozenset((one.id, other.id)), set()) - {sentence}
    )


@cache
def _hostile_forms() -> frozenset[str]:
    forms = cue_forms()
    return frozenset(form for form, cue in forms.items() if cue.kind in _AGAINST) - NOUNS
