"""A walk through one article, as Markdown: who is meant and why, who says what, who is for whom.

python -m training walkthrough > docs/walkthrough.md
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

import stancekit.store
from stancekit.article import Article, Explanation
from stancekit.model import Model
from stancekit.records import Stance
from training.markdown import markdown_table

SAMPLE: Final = Path(__file__).parents[1] / "samples" / "strait-talks.txt"
DATE: Final = "2026-03-18"
COMMAND: Final = "python -m training walkthrough > docs/walkthrough.md"

_LONGEST = 90
_N_WORDS = 8
_N_SIGNS = 6

_HEAD = """\
# A walk through an article

What `{name}` makes of `samples/{sample}`, an article that was written for this project. Every
table is the model's answer, mistakes included, as this command writes it:

```console
$ {command}
```

```python
import stancekit

model = stancekit.load("{name}")
article = model.analyze(text, date="{date}")
```
"""
_SENTENCES = """\
## 1. What kind of claim is each sentence?

The types whose probability is above their calibrated threshold; a sentence may have several or
none. Captions and links are set aside. Each sentence is read among those before it.
"""
_ACTORS = """\
## 2. Who is in the text?

`article.actors`. Mere places are found, but nobody's side is judged toward them.
"""
_MENTIONS = """\
## 3. Who is meant, and why?

`mention.why` of every mention in other words than the actor's name: cities that stand for a
government, surnames, roles, abbreviations. Where somebody else might have been meant, it says who.
"""
_QUOTATIONS = """\
## 4. Who says what?

`article.quotations`. *Official* is the probability that the speaker speaks for a state, an
organisation or a company; the source is in the text's own words.
"""
_STANCES = """\
## 5. How does each sentence stand toward each actor?

`article.stances` where neutral isn't the most probable. The holder is the speaker of the sentence.
"""
_RELATIONS = """\
## 6. Who is for or against whom?

`article.to_frame("relations")`: the weight adds up the probabilities of support, less those of
criticism, over the sentences that show it.
"""
_DOCUMENTS = """\
## 7. How does the whole article stand toward each actor?

`article.document_stances`: support less criticism from -1 to 1, with the interval in which it
would lie nine times in ten.
"""
_WHY = """\
## {number}. Why this label?

`article.explain(...)` shares the score of a label out over the words and other signs; the parts add
up to it exactly. A word's share is that of its vector, in which the encoder has put what stands
around it. Those that weigh most:
"""


def walk_command(
    model: Annotated[
        str, typer.Option(help="A bundled model's name, or a folder.")
    ] = stancekit.store.DEFAULT,
) -> None:
    """Write docs/walkthrough.md to standard output."""
    typer.echo(walk(stancekit.store.load(model)), nl=False)


def walk(model: Model, sample: Path = SAMPLE, date: str = DATE) -> str:
    """Walk through an article.

    Parameters
    ----------
    model
        With a head for claims and one for stances.
    sample
        A text file.
    date
        Of the article.

    Returns
    -------
    str
        Markdown: a section and a table for each step.
    """
    article = model.analyze(sample.read_text(encoding="utf-8"), date=date)
    name = {"name": model.name, "sample": sample.name, "date": date, "command": COMMAND}
    parts = [
        _HEAD.format(**name),
        _SENTENCES,
        _table("# sentence claims", _sentences(article)),
        _ACTORS,
        _table("actor kind country office mentions", _actors(article)),
        _MENTIONS,
        _table("# words meant why", _mentions(article)),
        _QUOTATIONS,
        _table("# content speaker source cue direct official", _quotations(article)),
        _STANCES,
        _table("# mention actor stance probability holder", _stances(article)),
        _RELATIONS,
        _table("holder target stance weight sentences", _relations(article)),
    ]
    if article.document_stances:
        columns = "actor stance probability score low high sentences"
        parts += [_DOCUMENTS, _table(columns, _documents(article))]
    return "\n".join([*parts, *_why(article, number=7 + bool(article.document_stances))])


def _sentences(article: Article) -> Iterator[Sequence[Any]]:
    for one in article.sentences:
        if one.role != "boilerplate":
            types = (f"{name} {one.claims[name]:.2f}" for name in one.claim_types)
            yield one.index, _short(one.text), ", ".join(types)


def _actors(article: Article) -> Iterator[Sequence[Any]]:
    for one in article.actors:
        if one.kind != "place":
            yield one.name, one.kind, one.country, one.office, len(one.mentions)


def _mentions(article: Article) -> Iterator[Sequence[Any]]:
    for one in article.mentions:
        if one.text != one.name and one.kind != "place":
            yield one.sentence, one.text, one.name, one.why


def _quotations(article: Article) -> Iterator[Sequence[Any]]:
    for one in article.quotations:
        at = next(s.index for s in article.sentences if one.start < s.end)
        speaker = one.speaker.name if one.speaker else ""
        chance = one.official_probability
        official = f"{chance:.2f}" if chance is not None else _yes(one.official)
        content = _short(article.text[one.start : one.end])
        yield at, content, speaker, one.source, one.cue, _yes(one.direct), official


def _stances(article: Article) -> Iterator[Sequence[Any]]:
    for one in _sides(article):
        holder = one.holder.name if one.holder else ""
        words = article.text[one.start : one.end] if one.start is not None else ""
        probability = f"{one.probabilities[one.label]:.2f}"
        yield one.sentence, words, one.actor.name, one.label, probability, holder


def _sides(article: Article) -> list[Stance]:
    return [one for one in article.stances if one.label != "neutral"]


def _relations(article: Article) -> Iterator[Sequence[Any]]:
    for row in article.to_frame("relations").to_dict("records"):
        places = row["sentences"].replace("|", ", ")
        yield row["holder"] or "(narrator)", row["target"], row["stance"], _signed(row), places


def _signed(row: dict[Any, Any]) -> str:
    return f"{row['weight']:+.2f}"


def _documents(article: Article) -> Iterator[Sequence[Any]]:
    for one in article.document_stances:
        bounds = (f"{value:+.2f}" for value in (one.score, one.low, one.high))
        evidence = ", ".join(map(str, one.evidence))
        yield one.actor.name, one.label, f"{one.confidence:.2f}", *bounds, evidence


def _why(article: Article, number: int) -> Iterator[str]:
    """Explain the surest claim and the surest stance."""
    yield _WHY.format(number=number)
    claims = [
        (one.claims[name], one, name) for one in article.sentences for name in one.claim_types
    ]
    sides = [(one.probabilities[one.label], one) for one in _sides(article)]
    if claims:
        _, sentence, name = max(claims, key=lambda found: found[0])
        told = article.explain(sentence=sentence.index, claim=name)
        yield f"Sentence {sentence.index}, *{name}*: {sentence.text}\n"
        yield _table("words weight signs weight", _weights(told))
    if sides:
        _, stance = max(sides, key=lambda found: found[0])
        at = stance.sentence or 0
        told = article.explain(sentence=at, actor=stance.actor.name)
        text = article.sentences[at].text
        yield f"Sentence {at}, *{stance.label}* toward {stance.actor.name}: {text}\n"
        yield _table("words weight signs weight", _weights(told))


def _weights(told: Explanation) -> Iterator[Sequence[Any]]:
    """Put the words and the other signs that weigh most side by side."""
    words = sorted(((word, value) for word, _, _, value in told.tokens), key=lambda one: -one[1])
    signs = sorted(told.context.items(), key=lambda one: -abs(one[1]))
    words, signs = words[:_N_WORDS], signs[:_N_SIGNS]
    for at in range(max(len(words), len(signs))):
        yield [cell for found in (words, signs) for cell in _weight(found, at)]


def _weight(found: Sequence[tuple[str, float]], at: int) -> tuple[str, str]:
    return (found[at][0], f"{found[at][1]:+.2f}") if at < len(found) else ("", "")


def _table(columns: str, rows: Iterable[Sequence[Any]]) -> str:
    return markdown_table(columns.split(), rows)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " ..."


def _yes(value: bool) -> str:
    return "yes" if value else "no"
