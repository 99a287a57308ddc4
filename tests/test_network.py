from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.article import Article
from stancekit.errors import StancekitError
from stancekit.network import SIGNS, add_up
from stancekit.records import Actor, Relation, Sentence

KENYA, TOGO, PERU = (Actor(name[:2], name, "country") for name in ("Kenya", "Togo", "Peru"))
TEXTS = ("Kenya blamed Togo.", "Togo hit back.", "Kenya thanked Togo.")
SENTENCES = tuple(
    Sentence(at * 30, at * 30 + len(text), at, text, 0) for at, text in enumerate(TEXTS)
)
RELATIONS = (
    Relation(KENYA, TOGO, "critical", 0.75, 0),
    Relation(TOGO, KENYA, "critical", 0.5, 1),
    Relation(None, KENYA, "critical", 0.5, 1),
    Relation(KENYA, TOGO, "supportive", 0.5, 2),
    Relation(KENYA, TOGO, "supportive", 0.5, 2),
)
ARTICLE = Article(
    " ".join(TEXTS), sentences=SENTENCES, actors=(KENYA, TOGO, PERU), relations=RELATIONS
)


def test_a_row_per_holder_and_target_with_its_evidence() -> None:
    frame = ARTICLE.to_frame("relations")
    assert frame[["holder", "target", "stance", "weight", "n_sentences"]].values.tolist() == [
        ["Kenya", "Togo", "supportive", 0.25, 2],
        ["Togo", "Kenya", "critical", -0.5, 1],
        ["", "Kenya", "critical", -0.5, 1],
    ]
    assert frame["sentences"].tolist() == ["0|2", "1", "1"]
    assert frame["evidence"][0] == "Kenya blamed Togo.\nKenya thanked Togo."


def test_the_graph_has_every_actor_and_no_narrator() -> None:
    pytest.importorskip("networkx")
    graph = ARTICLE.relations_graph()
    assert set(graph.nodes) == {"Ke", "To", "Pe"}
    assert graph.nodes["Pe"] == {"name": "Peru", "kind": "country", "country": "", "n_mentions": 0}
    assert set(graph.edges) == {("Ke", "To"), ("To", "Ke")}
    assert graph.edges["Ke", "To"]["weight"] == pytest.approx(0.25)
    assert graph.edges["To", "Ke"]["evidence"] == "Togo hit back."


def test_without_networkx_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(StancekitError, match=r"pip install 'stancekit\[network\]'"):
        ARTICLE.relations_graph()


def test_an_empty_article_has_an_empty_graph() -> None:
    pytest.importorskip("networkx")
    assert len(Article("").relations_graph()) == 0


def test_labels_of_the_users_own_weigh_nothing() -> None:
    (edge,) = add_up([Relation(KENYA, TOGO, "mixed", 0.9, 0)])
    assert (edge.weight, edge.label) == (0, "mixed")


holders = st.sampled_from((KENYA, TOGO, PERU, None))
relations = st.lists(
    st.builds(
        Relation,
        holders,
        st.sampled_from((KENYA, TOGO, PERU)),
        st.sampled_from(("supportive", "critical", "mixed")),
        st.floats(0.34, 1),
        st.integers(0, 2),
    )
)


@given(relations)
def test_no_relation_is_lost_or_counted_twice(found: list[Relation]) -> None:
    edges = add_up(found)
    assert sorted(map(repr, found)) == sorted(repr(one) for edge in edges for one in edge.relations)
    assert len({(edge.holder, edge.target) for edge in edges}) == len(edges)
    total = sum(SIGNS.get(one.label, 0) * one.probability for one in found)
    assert sum(edge.weight for edge in edges) == pytest.approx(total)
