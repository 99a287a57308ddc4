"""Texts in other languages are told apart from news in English, however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from strategies import any_text

from stancekit.actors import ActorFinder
from stancekit.language import is_english
from stancekit.parse import parse_article

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
OTHERS = {
    "German": "Der Minister sagte am Montag in Berlin, dass die Regierung an dem Plan festhalten "
    "werde. Die Opposition war damit nicht zufrieden und warf dem Kanzler vor, er "
    "habe seit Jahren versagt und gelogen.",
    "French": "Le ministre a dit lundi que le gouvernement tiendrait son plan. On ne sait pas "
    "encore si les syndicats vont accepter la r\u00e9forme, mais les deux parties se "
    "parlent depuis lundi soir.",
    "Spanish": "El ministro dijo el lunes en Madrid que el gobierno no va a cambiar el plan. La "
    "oposici\u00f3n ha criticado la medida y los sindicatos convocaron a una huelga general.",
    "Italian": "Il ministro ha detto a Roma che il governo non cambia il piano. I sindacati sono "
    "in sciopero e la gente in piazza protesta per le riforme, secondo un portavoce del partito.",
    "Dutch": "De minister zei maandag dat het kabinet aan het plan vasthoudt. De oppositie is "
    "boos en we weten niet wat er over een week gebeurt, aldus een woordvoerder of zo van de raad.",
    "Danish": "Ministeren sagde mandag, at regeringen for alvor holder fast i planen. Her er der "
    "ikke mere at sige, men oppositionen vil have svar, siger en talsmand for partiet i et brev.",
    "Polish": "Minister powiedzia\u0142 w poniedzia\u0142ek w Warszawie, \u017ce rz\u0105d nie "
    "zmieni planu. Opozycja jest niezadowolona i to nie koniec sporu o reform\u0119, a o tym "
    "m\u00f3wi si\u0119 coraz wi\u0119cej w ca\u0142ym kraju.",
    "Russian": "\u041c\u0438\u043d\u0438\u0441\u0442\u0440 "
    "\u0441\u043a\u0430\u0437\u0430\u043b " * 6,
    "Korean": "\uc7a5\uad00\uc740 \uc815\ubd80\uac00 \uacc4\ud68d\uc744 " * 8,
    "Chinese, short": "\u653f\u5e9c\u8868\u793a\u660e\u5e74\u7ecf\u6d4e\u5c06\u589e\u957f\u3002",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_told(language: str) -> None:
    assert not is_english(OTHERS[language])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_news_is_english_whole_in_parts_and_in_capitals(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert all(map(is_english, [text, text.upper(), *text.split("\n")]))


@pytest.mark.parametrize(
    "text", ["", "Kim Jong Un", "1,234 5.6%", "\uae40\uc815\uc740", "x" * 5000]
)
def test_what_is_too_short_to_tell_is_english(text: str) -> None:
    assert is_english(text)


@given(any_text)
def test_any_text_can_be_asked(text: str) -> None:
    assert is_english(text) in (True, False)


def test_an_article_says_that_it_is_in_another_language_and_is_read_all_the_same() -> None:
    article = parse_article(OTHERS["German"], finder=ActorFinder())
    (note,) = article.notes
    assert "not to be in English" in note
    assert len(article.sentences) == 2
    assert [actor.name for actor in article.actors] == ["Berlin"]
    assert parse_article("Berlin said that it would wait.", finder=ActorFinder()).notes == ()
