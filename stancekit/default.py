"""The bundled default model, loaded once, behind ``stancekit.analyze``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stancekit.article import Article
from stancekit.store import load


def analyze(
    text: str,
    *,
    date: str | None = None,
    actors: Sequence[str] | None = None,
    priors: Mapping[str, float] | None = None,
) -> Article:
    """Read one article with the bundled default model.

    Parameters
    ----------
    text
        The article, headline first.
    date
        ISO date, such as ``"2026-01-12"``: decides who held an office.
    actors
        Names: only these actors are judged.
    priors
        Stance -> how common it is in texts like this one, adding up to 1.

    Returns
    -------
    Article

    Examples
    --------
    >>> import stancekit
    >>> article = stancekit.analyze("Officials in Paris warned that prices could rise.")
    >>> article.sentences[0].claim_types
    ('prediction', 'official_statement')
    """
    return load().analyze(text, date=date, actors=actors, priors=priors)
