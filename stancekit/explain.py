"""Why a sentence of an article got its label."""

from __future__ import annotations

from stancekit.article import Article, Explanation
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.errors import InputError, NotTrainedError
from stancekit.features.context import sentence_rows, target_rows
from stancekit.parse import speech_of


def explain_article(
    article: Article,
    *,
    sentence: int,
    claim: str | None,
    actor: str | None,
    claims: ClaimClassifier | None,
    stances: StanceClassifier | None,
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
        return claims.explain(sentence_rows(article, speech_of(article))[sentence], claim)
    if stances is None:
        raise NotTrainedError("this model has no stance head to explain")
    return _explain_stance(article, sentence, actor, stances)


def _explain_stance(
    article: Article, sentence: int, actor: str | None, stances: StanceClassifier
) -> Explanation:
    """Explain the stance at the actor's first mention in the sentence."""
    for stance in article.stances_of(sentence):
        if actor in (stance.actor.name, stance.actor.id):
            mention = next(m for m in stance.actor.mentions if m.start == stance.start)
            row = target_rows(article, speech_of(article), [(mention, stance.actor)])[0]
            return stances.explain(row, stance.label)
    known = ", ".join(stance.actor.name for stance in article.stances_of(sentence)) or "none"
    raise InputError(f"expected an actor of sentence {sentence} ({known}); found {actor!r}")
