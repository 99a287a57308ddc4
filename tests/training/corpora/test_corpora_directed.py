from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import InputError
from training.corpora.directed import FILES, read_directed, unbracket

TRAIN = (
    "[Norwa]y praised [Chad].\tNorwa\tChad\t1\n"
    "[Togo] met [Benin].\tTogo\tBenin\t0\n"
    '"[Lima] said ""no"" to [Quito]."\tLima\tQuito\t4\n'
)
DEV = "[Togo] met [Benin].\tTogo\tBenin\t3\n[Oslo] left [Riga].\tOslo\tRiga\t2\n"


@pytest.fixture
def relations(put, tmp_path):
    put(FILES["train"], TRAIN)
    put(FILES["dev"], DEV)
    return read_directed(tmp_path)


def _edges(relations):
    return [
        (
            row.text[row.holder_start : row.holder_end],
            row.text[row.target_start : row.target_end],
            row.stance,
        )
        for row in relations.itertuples()
    ]


def test_each_pair_gives_both_directions_and_one_carries_the_label(relations):
    assert _edges(relations) == [
        ("Norway", "Chad", "supportive"),
        ("Chad", "Norway", "neutral"),
        ("Togo", "Benin", "neutral"),
        ("Benin", "Togo", "neutral"),
        ("Lima", "Quito", "neutral"),
        ("Quito", "Lima", "critical"),
        ("Togo", "Benin", "critical"),
        ("Benin", "Togo", "neutral"),
        ("Oslo", "Riga", "neutral"),
        ("Riga", "Oslo", "supportive"),
    ]
    assert relations["pair_id"].tolist()[:4] == ["train-1", "train-1", "train-2", "train-2"]
    assert relations["label"].tolist()[::2] == ["1", "0", "4", "3", "2"]


def test_quoted_lines_lose_their_doubled_quotes(relations):
    assert relations["text"][4] == 'Lima said "no" to Quito.'


def test_only_dev_rows_whose_sentence_is_in_train_are_leaked(relations):
    assert relations["leaked"].tolist() == [False] * 6 + [True, True, False, False]


@pytest.mark.parametrize(
    ("sentence", "mentions"),
    [
        ("[Congre]ss and [Chad]", ("Congress", "Chad")),
        ("[Congo’]s envoy left [th]e Hague", ("Congo’s", "the")),
        ("A top s[ecret] of [U. S.] troops", ("secret", "U. S.")),
        ("It told [Chad]'s man and last week[’s Budget Office]", ("Chad", "’s Budget Office")),
    ],
)
def test_brackets_that_cut_a_word_are_completed(sentence, mentions):
    text, *spans = unbracket(sentence)
    assert tuple(text[start:end] for start, end in spans) == mentions


@given(st.lists(st.text("ab '.", max_size=6), min_size=5, max_size=5))
def test_a_span_holds_its_bracket_and_never_cuts_a_word(parts):
    before, first, between, second, after = parts
    first, second = first + "a", second + "b"
    text, *spans = unbracket(f"{before}[{first}]{between}[{second}]{after}")
    assert text == before + first + between + second + after
    for (start, end), mention in zip(spans, (first, second), strict=True):
        assert mention in text[start:end]
        assert not text[end - 1 : end + 1].isalnum() or end == len(text)


@pytest.mark.parametrize(
    "line", ["[Togo] met Benin.\tTogo\tBenin\t0", "[Togo] met [Oslo].\ta\tb\t9"]
)
def test_a_damaged_line_is_named(put, tmp_path, line):
    put(FILES["train"], "[Togo] met [Benin].\tTogo\tBenin\t0\n" + line + "\n")
    with pytest.raises(InputError, match=r"train\.txt: line 2: expected a sentence with two"):
        read_directed(tmp_path)
