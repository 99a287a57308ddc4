from __future__ import annotations

import pytest
from models import small_model

from stancekit.errors import InputError

NEWS = "The European Union praised Kenya.\nBrussels blamed Nairobi and Togo."


@pytest.mark.parametrize(
    ("sentence", "alias", "name"),
    [
        (0, "EU", "European Union"),
        (0, "Brussels", "European Union"),
        (1, "EU", "European Union"),
        (1, "Nairobi", "Kenya"),
    ],
)
def test_an_actor_may_be_asked_for_by_an_alias(sentence: int, alias: str, name: str) -> None:
    article = small_model().analyze(NEWS)
    assert article.explain(sentence=sentence, actor=alias) == article.explain(
        sentence=sentence, actor=name
    )


@pytest.mark.parametrize("actor", ["Kenyan", "Lome", "eu ", ""])
def test_what_nobody_is_called_is_an_error(actor: str) -> None:
    with pytest.raises(InputError, match=r"of sentence 1 \(European Union, Kenya, Togo\)"):
        small_model().analyze(NEWS).explain(sentence=1, actor=actor)
