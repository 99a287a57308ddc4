"""An article as tables for people: claims in colour, stances as chips, a line per actor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from stancekit.cli.rows import stance_counts, stances_by_sentence
from stancekit.errors import plural

if TYPE_CHECKING:
    from stancekit.article import Article
    from stancekit.records import Sentence, Stance

_WIDE: Final = 100
_MAX_WIDTH: Final = 132
_LONGEST_BAR: Final = 10
_CLAIM_STYLES: Final = ("magenta", "cyan", "yellow", "green", "blue")
_CHIPS: Final = {"supportive": ("+", "black on green"), "critical": ("-", "bold white on red")}
_BARS: Final = {"supportive": "green", "critical": "red"}
_ALMOST_SURE: Final = 0.995
_OTHER_CHIP: Final = "black on cyan"
_QUIET: Final = "neutral"
# Control characters could steer the terminal, half surrogates can't be written to it.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def show_article(console: Console, name: str, article: Article) -> None:
    """Print an article: its sentences with their labels, then its actors.

    Parameters
    ----------
    console
        Where to; its width decides the layout.
    name
        What the article is called.
    article
        Analysed.
    """
    width = min(console.width, _MAX_WIDTH)
    for part in _parts(name, article, width, ascii_only=console.options.ascii_only):
        console.print(part, width=width)


def plain(text: str) -> str:
    r"""Make text fit for one place in a terminal.

    Examples
    --------
    >>> plain("Rates\n  rose\x1b[31m")
    'Rates rose\ufffd[31m'
    """
    return _UNSHOWABLE.sub("\ufffd", " ".join(text.split()))


def _parts(
    name: str, article: Article, width: int, *, ascii_only: bool
) -> Iterator[RenderableType]:
    headline = next((s.text for s in article.sentences if s.role == "headline"), name)
    yield ""
    yield Text(plain(headline), style="bold")
    yield Text((" | " if ascii_only else " \u00b7 ").join(_facts(name, article)), style="dim")
    yield from (Text(f"Note: {plain(note)}", style="yellow") for note in article.notes)
    if article.sentences:
        yield _sentence_table(article, wide=width >= _WIDE)
    if article.actors:
        yield _actor_table(article, "#" if ascii_only else "\u25a0")
        yield from _places(article)


def _facts(name: str, article: Article) -> Iterator[str]:
    yield plain(name)
    if article.date:
        yield article.date
    yield plural(len(article.sentences), "sentence")
    yield plural(len(article.actors), "actor")
    yield plural(len(article.quotations), "quotation")


def _sentence_table(article: Article, *, wide: bool) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, header_style="dim")
    table.add_column("", justify="right", style="dim", no_wrap=True)
    table.add_column("sentence", ratio=1, min_width=30)
    for title in ("claims, speaker", "stances") if wide else ("claims, speaker, stances",):
        table.add_column(title, max_width=30)
    groups = stances_by_sentence(article)
    following = (*article.sentences[1:], None)
    for sentence, after in zip(article.sentences, following, strict=True):
        cells = [_told(sentence), _stack(_chips(sentence, groups[sentence.index]))]
        text = Text(plain(sentence.text), style="" if sentence.role == "body" else "dim")
        table.add_row(
            str(sentence.index),
            text,
            *(cells if wide else [_stack(cells)]),
            end_section=_ends_paragraph(sentence, after),
        )
    return table


def _ends_paragraph(sentence: Sentence, after: Sentence | None) -> bool:
    if after is None or sentence.role == after.role == "boilerplate":
        return False
    return sentence.paragraph != after.paragraph


def _told(sentence: Sentence) -> Text:
    speaker = f"by {plain(sentence.speaker.name)}" if sentence.speaker else ""
    return _stack([*_claims(sentence), Text(speaker, style="italic")])


def _claims(sentence: Sentence) -> Iterator[Text]:
    styles = _styles(sentence.claims)
    for name in sentence.claim_types:
        yield Text(f"{_words(name)} {_percent(sentence.claims[name])}", style=styles[name])


def _percent(probability: float) -> str:
    return ">99%" if probability > _ALMOST_SURE else f"{probability:.0%}"


def _styles(labels: Iterable[str]) -> Mapping[str, str]:
    return {name: _CLAIM_STYLES[at % len(_CLAIM_STYLES)] for at, name in enumerate(labels)}


def _chips(sentence: Sentence, stances: Sequence[Stance]) -> Iterator[Text]:
    for stance in stances:
        if stance.label != _QUIET:
            sign, style = _CHIPS.get(stance.label, (_words(stance.label), _OTHER_CHIP))
            yield Text(f" {plain(stance.actor.name)} {sign} ", style=style)
    quiet = [stance.actor for stance in stances if stance.label == _QUIET]
    names = [plain(actor.name) for actor in quiet if actor != sentence.speaker]
    yield Text(", ".join(names), style="dim")


def _stack(lines: Iterable[Text]) -> Text:
    return Text("\n").join(line for line in lines if line)


def _actor_table(article: Article, block: str) -> Table:
    counts = stance_counts(article)
    # Critical left, supportive right: the bars grow from the middle.
    labels = sorted(dict.fromkeys(s.label for s in article.stances if s.label != _QUIET))
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    table.add_column("actor", max_width=34)
    table.add_column("kind", style="dim")
    table.add_column("mentions", justify="right")
    for label in labels:
        table.add_column(_words(label), justify="right" if label == "critical" else "left")
    highest = max((max(of.values()) for of in counts.values()), default=0)
    for actor in sorted(article.actors, key=lambda actor: -len(actor.mentions)):
        if actor.kind != "place":
            bars = [_bar(counts[actor.id][label], highest, label, block) for label in labels]
            name = Text(plain(actor.name))
            table.add_row(name, _words(actor.kind), str(len(actor.mentions)), *bars)
    return table


def _bar(count: int, highest: int, label: str, block: str) -> Text:
    if not count:
        return Text()
    blocks = block * max(1, round(count * min(1, _LONGEST_BAR / highest)))
    parts = [str(count), " ", (blocks, _BARS.get(label, "cyan"))]
    return Text.assemble(*(parts if label == "critical" else reversed(parts)))


def _places(article: Article) -> Iterator[Text]:
    places = [plain(actor.name) for actor in article.actors if actor.kind == "place"]
    if places:
        yield Text(f"Places: {', '.join(places)}\n", style="dim")


def _words(label: str) -> str:
    return plain(label).replace("_", " ")
