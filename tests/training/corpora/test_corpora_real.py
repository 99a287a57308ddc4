"""All readers over the real corpora, where this machine has them."""

from __future__ import annotations

import pytest

from training.corpora.annotations import read_claims, read_stances
from training.corpora.catalogue import CORPORA
from training.corpora.conll import DOMAINS, read_conll, tagged_texts
from training.corpora.counts import check_counts
from training.corpora.directed import read_directed
from training.corpora.fetch import kept_articles
from training.corpora.files import text_digest
from training.corpora.newsmtsc import read_newsmtsc
from training.corpora.polnear import read_polnear
from training.corpora.registry import verify
from training.corpora.wikinews import read_wikinews

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda corpus: corpus.name)
def test_files_and_counts_are_as_catalogued(corpora_root, corpus):
    verify(corpora_root, [corpus])
    check_counts(corpora_root, corpus)


def test_our_labels_join_completely(corpora_root):
    claims, claims_report = read_claims(corpora_root)
    stances, stances_report = read_stances(corpora_root, actors_only=False)
    assert (claims_report.n_missing, stances_report.n_missing) == (0, 0)
    types = claims["claim_types"].str.get_dummies("|").sum()
    assert len(claims) == 9_576
    assert types["prediction"] == 860
    assert types["official_statement"] == 3_155
    assert types["background_fact"] == 2_580
    assert (claims["claim_types"] == "").sum() == 3_391
    assert claims.groupby("source")["doc_id"].nunique().to_list() == [314, 168]
    numbers = stances["stance"].value_counts()
    assert (numbers["neutral"], numbers["critical"], numbers["supportive"]) == (10_892, 1_446, 512)
    assert (~stances["is_actor"]).sum() == 3_061


def test_articles_lie_in_one_split_and_in_one_piece(corpora_root):
    for table in (read_claims(corpora_root)[0], read_newsmtsc(corpora_root)):
        assert table.groupby("doc_id")["split"].nunique().max() == 1
    claims = read_claims(corpora_root)[0]
    assert (claims["doc_id"] != claims["doc_id"].shift()).sum() == claims["doc_id"].nunique()


def test_spans_lie_in_their_texts(corpora_root):
    targets = read_newsmtsc(corpora_root)
    slices = [row.text[row.start : row.end] for row in targets.itertuples()]
    assert slices == targets["actor"].to_list()
    pairs = read_directed(corpora_root)
    assert (pairs["holder_start"] < pairs["holder_end"]).all()
    assert (pairs["holder_end"] <= pairs["text"].str.len()).all()
    part = read_polnear(corpora_root, "dev")
    lengths = part.attributions["doc_id"].map(part.articles.set_index("doc_id")["text"].str.len())
    assert (part.attributions["end"] <= lengths).all()
    for domain in DOMAINS:
        sentences, entities = tagged_texts(read_conll(corpora_root, domain))
        lengths = entities["sentence"].map(sentences.set_index("sentence")["text"].str.len())
        assert (entities["end"] <= lengths).all()


def test_the_kept_articles_are_those_of_the_corpus(corpora_root):
    urls = read_wikinews(corpora_root)["doc_id"]
    assert set(map(text_digest, urls)) == kept_articles()
