"""What the corpora are: where they come from, under which licence, how much is in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from stancekit.errors import InputError, did_you_mean

RAW_ADDRESS = "https://raw.githubusercontent.com"


@dataclass(frozen=True)
class Corpus:
    """A corpus of labelled news text.

    Attributes
    ----------
    name
        What the command line calls it.
    folder
        Its folder below the root of all corpora.
    repository
        Upstream, as ``owner/name`` on GitHub.
    commit
        The upstream commit that the registry's hashes belong to. An abbreviation is resolved by
        the server; should it ever refuse one, the full hash goes here.
    licence
        As upstream states it.
    use
        What the models take from it.
    counts
        What the readers find: unit and number.
    moved
        Files that upstream keeps elsewhere than ``folder`` does: path in the folder, path there.
    """

    name: str
    folder: str
    repository: str
    commit: str
    licence: str
    use: str
    counts: Mapping[str, int]
    moved: Mapping[str, str] = field(default_factory=dict)

    def address(self, file: str) -> str:
        """Return where a file is downloaded from; ``file`` is its path below the root.

        Examples
        --------
        >>> corpus("persent").address("PerSenT/dev.csv")
        'https://raw.githubusercontent.com/MHDBST/PerSenT/7e29e0f5.../dev.csv'
        """
        path = file.removeprefix(f"{self.folder}/")
        return f"{RAW_ADDRESS}/{self.repository}/{self.commit}/{quote(self.moved.get(path, path))}"


CORPORA = (
    Corpus(
        name="newsmtsc",
        folder="NewsMTSC",
        repository="fhamborg/NewsMTSC",
        commit="b9d9b797",
        licence="MIT",
        use="stance toward a target",
        counts={"sentences": 7_758, "targets": 8_739},
        moved={
            "train.jsonl": "NewsSentiment/controller_data/datasets/NewsMTSC-dataset/train.jsonl"
        },
    ),
    Corpus(
        name="directed",
        folder="directed_sentiment_analysis",
        repository="bywords/directed_sentiment_analysis",
        commit="6a1275f0",
        licence="none; use by citing the paper",
        use="relations between two actors",
        counts={"train pairs": 13_144, "dev pairs": 1_461, "leaked dev pairs": 394},
    ),
    Corpus(
        name="newsdiscourse",
        folder="Discourse_Profiling",
        repository="prafulla77/Discourse_Profiling",
        commit="2005fe33",
        licence="none; research",
        use="content types; text under our annotations",
        counts={"train articles": 502, "dev articles": 100, "sentences": 14_043},
    ),
    Corpus(
        name="polnear",
        folder="PolNeAR",
        repository="networkdynamics/PolNeAR",
        commit="c3eee833",
        licence="none; research",
        use="quotations and speakers",
        counts={"train articles": 840, "dev articles": 84, "attributions": 22_026},
    ),
    Corpus(
        name="crossner",
        folder="CrossNER",
        repository="zliucr/CrossNER",
        commit="2e7ba2a7",
        licence="MIT (repository)",
        use="actor mentions",
        counts={
            "conll2003 train sentences": 14_041,
            "conll2003 dev sentences": 3_250,
            "politics train sentences": 200,
            "politics dev sentences": 541,
        },
    ),
    Corpus(
        name="persent",
        folder="PerSenT",
        repository="MHDBST/PerSenT",
        commit="7e29e0f5b5a23a9b2269b8d37b788fd32ac94aea",
        licence="none",
        use="stance of a whole document",
        counts={"documents": 578},
    ),
    Corpus(
        name="wikinews",
        folder="wikinews",
        repository="vanatteveldt/wikinews",
        commit="347254178bf343f3801aac1d03c41cc09c35decb",
        licence="CC BY 2.5",
        use="text under our annotations",
        counts={"articles": 237},
    ),
)
"""Every corpus, in the order of the documentation."""


def corpus(name: str) -> Corpus:
    """Return the corpus of that name.

    Raises
    ------
    InputError
        When there is none, with the names that there are.
    """
    for known in CORPORA:
        if known.name == name:
            return known
    names = [known.name for known in CORPORA]
    raise InputError(
        f"corpus: expected one of {', '.join(names)}, found {name!r}{did_you_mean(name, names)}"
    )


def select(names: Iterable[str]) -> tuple[Corpus, ...]:
    """Return the corpora of these names, or all when none is named.

    Raises
    ------
    InputError
        When a name is unknown.

    Examples
    --------
    >>> [known.folder for known in select(["persent"])]
    ['PerSenT']
    """
    return tuple(corpus(name) for name in names) or CORPORA
