"""Weights of signs, fitted from phrases whose meaning is known."""

from __future__ import annotations

import tomllib
from pathlib import Path

from stancekit.actors import ActorFinder
from training.articles import MarkedArticle, parse_sentence
from training.pointers import LEANING, examples, fit_weights, share_right, write_weights

FOUND = [([{"named": 1.0}, {"kind": 1.0}, {"nobody": 1.0}], 0)] * 12 + [
    ([{"kind": 1.0}, {"nobody": 1.0}], 1)
] * 12


def test_signs_of_right_choices_weigh_more() -> None:
    weights = fit_weights(FOUND)
    assert weights["named"] > weights["nobody"] - LEANING > weights["kind"]
    assert share_right(FOUND, weights) == 1.0
    assert share_right(FOUND, {"kind": 1.0}) == 0.0


def test_a_stronger_penalty_makes_smaller_weights() -> None:
    assert abs(fit_weights(FOUND, 50.0)["named"]) < abs(fit_weights(FOUND, 1.0)["named"])


def test_rare_signs_are_left_out() -> None:
    assert "rare" not in fit_weights([*FOUND, ([{"rare": 1.0}, {"nobody": 1.0}], 0)])


def test_weights_are_written_as_they_are_read(tmp_path: Path) -> None:
    file = tmp_path / "pointers.toml"
    write_weights({"last 's": 0.25, "kind": -1.5, "none": 0.0}, file)
    assert tomllib.loads(file.read_text(encoding="utf-8")) == {"last 's": 0.25, "kind": -1.5}


def test_labels_say_whom_a_phrase_means() -> None:
    lines = (
        "Judge [Ida Falk] met the [Kelp Company].",
        "[The judge=Ida Falk] smiled.",
        "The company fell.",
    )
    sentences = tuple(parse_sentence(line, f"S{at}", 0) for at, line in enumerate(lines, 1))
    one = MarkedArticle(
        "one", {}, (("Ida Falk", "person", ""), ("Kelp Company", "company", "")), sentences
    )
    marked, unmarked = list(examples([one], ActorFinder(), None))
    assert marked[1] == 0
    assert unmarked[1] == len(unmarked[0]) - 1
