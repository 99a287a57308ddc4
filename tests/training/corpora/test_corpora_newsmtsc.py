from __future__ import annotations

import json

import pytest

from stancekit.errors import InputError
from training.corpora.files import hashed_split
from training.corpora.newsmtsc import FILE, article_of, read_newsmtsc


def _target(gid, text, mention, polarity, further=()):
    start = text.index(mention)
    target = {"Input.gid": gid, "from": start, "to": start + len(mention)}
    return target | {"mention": mention, "polarity": polarity, "further_mentions": list(further)}


@pytest.fixture
def root(put, tmp_path):
    first = "The mayor praised Ms Okoro, and she thanked him."
    second = "Okoro declined to comment."
    she = {"from": first.index("she"), "to": first.index("she") + 3, "mention": "she"}
    her = {"from": 0, "to": 3, "mention": "The"}
    items = [
        {
            "primary_gid": "allsides_12_7_3_The_mayor_0_9",
            "sentence_normalized": first,
            "targets": [
                _target("allsides_12_7_3_The_mayor_0_9", first, "The mayor", 6.0),
                _target("allsides_12_7_3_Ms Okoro_18_26", first, "Ms Okoro", 4.0, [she, her]),
            ],
        },
        {
            "primary_gid": "polusa_v1_99_-1_5_Okoro_0_5",
            "sentence_normalized": second,
            "targets": [_target("polusa_v1_99_-1_5_Okoro_0_5", second, "Okoro", 2.0)],
        },
    ]
    put(FILE, "".join(json.dumps(item) + "\n" for item in items))
    return tmp_path


def test_one_row_per_target_with_our_stance_names(root):
    targets = read_newsmtsc(root)
    assert targets["stance"].tolist() == ["supportive", "neutral", "critical"]
    assert targets["actor"].tolist() == ["The mayor", "Ms Okoro", "Okoro"]
    slices = [row.text[row.start : row.end] for row in targets.itertuples()]
    assert slices == targets["actor"].tolist()


def test_rows_are_grouped_by_article_and_sentence(root):
    targets = read_newsmtsc(root)
    assert targets["doc_id"].tolist() == ["allsides_12_7", "allsides_12_7", "polusa_v1_99_-1"]
    assert targets["sentence_id"].nunique() == 2
    assert targets["split"].tolist() == [hashed_split(doc_id) for doc_id in targets["doc_id"]]


def test_further_mentions_are_sorted_spans_in_one_cell(root):
    assert read_newsmtsc(root)["further_mentions"].tolist() == ["", "0-3;32-35", ""]


def test_sentences_of_one_article_share_its_name_and_others_do_not():
    assert article_of("allsides_12_7_3_A_0_1") == article_of("allsides_12_7_40_B_C_2_3")
    assert article_of("allsides_12_7_3_A_0_1") != article_of("allsides_13_7_3_A_0_1")


def test_a_missing_file_names_the_command_that_fetches_it(tmp_path):
    with pytest.raises(InputError, match=r"train\.jsonl.*\n.*training\.corpora fetch"):
        read_newsmtsc(tmp_path)


def test_about_a_tenth_of_documents_is_held_out():
    splits = [hashed_split(f"allsides_{number}_1") for number in range(2_000)]
    assert 0.08 < splits.count("dev") / len(splits) < 0.12
