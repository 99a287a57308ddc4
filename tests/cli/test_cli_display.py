from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from rich.console import Console
from strategies import any_text
from typer.testing import Result

from stancekit.article import Article
from stancekit.cli.display import plain, show_article
from stancekit.cli.rows import View, rows_of
from stancekit.cli.views import show_view
from stancekit.model import Model
from stancekit.records import Actor, Mention, Sentence, Stance

Run = Callable[..., Result]


def shown(
    article: Article, *, width: int = 80, encoding: str = "utf-8", color: bool = False
) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=stream, width=width, color_system="standard" if color else None)
    show_article(console, "rain", article)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)


@pytest.fixture
def judged() -> Article:
    text = "Ostava thanks Kenya."
    ostava, kenya = (
        Actor(
            name.lower(),
            name,
            "country",
            mentions=(Mention(at, at + len(name), name, 0, name, ""),),
        )
        for name, at in (("Ostava", 0), ("Kenya", 14))
    )
    probabilities = {"supportive": 0.7, "neutral": 0.2, "critical": 0.1}
    return Article(
        text,
        (
            Sentence(
                *(0, len(text), 0, text, 0),
                claims={"prediction": 0.999, "my_own": 0.42},
                claim_types=("prediction", "my_own"),
                speaker=ostava,
            ),
        ),
        (ostava, kenya, Actor("oslo", "Oslo", "place")),
        stances=(
            Stance(0, ostava, "critical", probabilities, None, 0, 6),
            Stance(0, kenya, "supportive", probabilities, None, 14, 19),
        ),
    )


@pytest.mark.parametrize("width", [80, 120])
def test_a_sentence_shows_claims_speaker_and_stances(judged: Article, width: int) -> None:
    text = shown(judged, width=width)

    for part in ("prediction >99%", "my own 42%", "by Ostava", "Kenya +", "Ostava -"):
        assert part in text
    assert "Places: Oslo" in text


@pytest.mark.parametrize("width", [60, 80, 99, 100, 120, 300])
def test_no_line_is_wider_than_the_terminal(model: Model, width: int) -> None:
    samples = Path(__file__).parents[2] / "samples"
    for path in samples.glob("*.txt"):
        text = shown(model.analyze(path.read_text(encoding="utf-8")), width=width)
        assert max(map(len, text.splitlines())) <= min(width, 132)


def test_every_word_of_the_article_is_shown(model: Model, article: Path) -> None:
    words = article.read_text(encoding="utf-8").split()

    text = shown(model.analyze(" ".join(words[:8]) + "\n" + " ".join(words[8:])))

    assert all(word in text for word in words)


def test_stances_are_coloured_chips_and_boilerplate_is_dim(judged: Article, model: Model) -> None:
    text = shown(judged, color=True)
    furniture = shown(model.analyze("Rates rose.\nRelated Posts"), color=True)

    assert "\x1b[30;42m Kenya + " in text
    assert "\x1b[1;37;41m Ostava - " in text
    assert "\x1b[2mRelated Posts" in furniture


def test_actors_have_bars_of_their_counts(judged: Article) -> None:
    lines = {line.split()[0]: line for line in shown(judged).splitlines() if " country " in line}

    assert lines["Ostava"].split() == ["Ostava", "country", "1", "1", "■"]
    assert lines["Kenya"].split() == ["Kenya", "country", "1", "■", "1"]


def test_a_poor_encoding_gets_plain_signs(judged: Article) -> None:
    text = shown(judged, encoding="ascii")

    assert "1 #" in text
    assert "rain | 1 sentence" in text


@given(any_text)
def test_any_text_can_be_shown(text: str) -> None:
    made = plain(text)

    assert made.encode("utf-8").decode("utf-8") == made
    assert all(character.isprintable() or ord(character) > 0x9F for character in made)


@given(any_text)
def test_any_article_can_be_shown(model: Model, text: str) -> None:
    assert "rain" in shown(model.analyze(text))


def viewed(model: Model, view: View, article: Article, width: int) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width)
    show_view(console, view, "rain", rows_of(view, "rain", article, model), model)
    return stream.getvalue()


@pytest.mark.parametrize("view", [view for view in View if view is not View.SENTENCES])
@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_views_fit_the_terminal_and_break_no_word(model: Model, view: View, width: int) -> None:
    samples = Path(__file__).parents[2] / "samples"
    for path in samples.glob("*.txt"):
        article = model.analyze(path.read_text(encoding="utf-8"))
        text = viewed(model, view, article, width)
        assert max(map(len, text.splitlines())) <= min(width, 132)
        words = set(text.split())
        for row in rows_of(view, "rain", article, model):
            shown = [row.get(name) for name in ("content", "actor", "holder", "target")]
            assert words.issuperset(" ".join(filter(None, shown)).split())


def test_quotations_are_a_table_in_80_columns(model: Model, article: Path) -> None:
    text = viewed(model, View.QUOTATIONS, model.analyze(article.read_text(encoding="utf-8")), 80)

    lines = text.splitlines()
    assert lines[0] == "rain"
    assert lines[2].split() == ["id", "quotation", "speaker", "cue", "how"]
    assert len(lines) < 20


def test_a_view_without_rows_says_so(model: Model) -> None:
    assert viewed(model, View.RELATIONS, model.analyze("It rained."), 80) == "rain: no relations\n"


@given(any_text)
def test_any_view_can_be_shown(model: Model, text: str) -> None:
    for view in (View.ACTORS, View.QUOTATIONS):
        assert "rain" in viewed(model, view, model.analyze(text), 60)


def test_a_chosen_view_is_a_plain_table(run: Run, model_path: Path, article: Path) -> None:
    result = run(
        *("label", article, "--model", model_path, "--format", "table", "--view", "actors")
    )

    assert result.exit_code == 0
    assert result.stdout.split()[:2] == ["rain", "actor"]
