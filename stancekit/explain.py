"""Why a sentence of an article got its label."""

from __future__ import annotations

from stancekit.actors import Roster
from stancekit.article import Article, Explanation
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.encoder.session import Encoder
from stancekit.errors import InputError, NotTrainedError
from stancekit.features.context import sentence_rows, target_rows
from stancekit.parse import read_article, speech_of
from stancekit.records import Actor, Stance


def explain_article(
    article: Article,
    *,
    sentence: int,
    claim: str | None,
    actor: str | None,
    claims: ClaimClassifier | None,
    stances: StanceClassifier | None,
    encoder: Encoder | None = None,
) -> Explanation:
    """Explain a claim type of a sentence, or its stance toward an actor.

    Parameters
    ----------
    article
        Labelled by the same heads.
    sentence, claim, actor
        As in `stancekit.article.Article.explain`.
    claims, stances
        The heads.
    encoder
        Of the heads; it reads the article again.

    Raises
    ------
    InputError
        If the sentence, claim type or actor isn't there.
    NotTrainedError
        If the head isn't there.
    """
    if not 0 <= sentence < len(article.sentences):
        last = len(article.sentences) - 1
        raise InputError(f"expected a sentence from 0 to {last}; found {sentence}")
    if claim is not None:
        if claims is None:
            raise NotTrainedError("this model has no claim head to explain")
        rows = sentence_rows(article, speech_of(article), read_article(article, encoder))
        return claims.explain(rows[sentence], claim)
    if stances is None:
        raise NotTrainedError("this model has no stance head to explain")
    return _explain_stance(article, sentence, actor, stances, encoder)


def _explain_stance(
    article: Article,
    sentence: int,
    actor: str | None,
    stances: StanceClassifier,
    encoder: Encoder | None,
) -> Explanation:
    """Explain the stance at the actor's first mention in the sentence."""
    stance = _stance_toward(article, sentence, actor)
    mention = next(m for m in stance.actor.mentions if m.start == stance.start)
    readings = read_article(article, encoder)
    (row,) = target_rows(article, speech_of(article), [(mention, stance.actor)], readings)
    return stances.explain(row, stance.label)


def _stance_toward(article: Article, sentence: int, actor: str | None) -> Stance:
    """Find a stance by the actor's name or id, else by words that mean one actor alone."""
    found = article.stances_of(sentence)
    for stance in found:
        if actor in (stance.actor.name, stance.actor.id):
            return stance
    called = [stance for stance in found if actor in _names_of(stance.actor)]
    if len(called) == 1:
        return called[0]
    known = ", ".join(stance.actor.name for stance in found) or "none"
    raise InputError(f"expected an actor of sentence {sentence} ({known}); found {actor!r}")


def _names_of(actor: Actor) -> set[str]:
    """Return what the article, and the bundled roster, call an actor."""
    aliases = (alias for alias in Roster.bundled().aliases if alias.actor == actor.name)
    named = (alias.alias for alias in aliases if alias.relation in ("name", "abbreviation"))
    return {*named, *(mention.text for mention in actor.mentions)}
