"""The bundled default model, loaded once, behind ``stancekit.analyze``."""

from __future__ import annotations

from collections.abc import Sequence

from stancekit.article import Article
from stancekit.store import load


def analyze(text: str, *, date: str | None = None, actors: Sequence[str] | None = None) -> Article:
    """Read one article with the bundled default model.

    Parameters
    ----------
    text
        The article, headline first.
    date
        ISO date, such as ``"2026-01-12"``: decides who held an office.
    actors
        Names: only these actors are judged.

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
    return load().analyze(text, date=date, actors=actors)
