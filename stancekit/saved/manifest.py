"""What ``manifest.json`` says of a saved model.

Steps for raising the format number, due when folders that the new code writes can't be read
by the old code, or the other way round:

1. Keep reading the old number: move its fields and checks to ``fields_N.py``, as
   ``fields_1.py`` has those of format 1, with a function that turns them into those of a new
   `Manifest`, and choose by number in `Manifest.from_json`.
2. Raise `FORMAT`, and tell in the change log what differs and which version began it.
3. Leave ``tests/golden/format-N`` alone and make one of the new number with the new code:
   every format number stays tested.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from stancekit.errors import ModelError
from stancekit.saved.fields import ENCODER, check_fields, fault
from stancekit.saved.fields_1 import check_fields_1, from_format_1
from stancekit.saved.heads import CLAIMS, HEADS, STANCES, HeadKind

FORMAT: Final = 2
"""The format number that this version writes; it reads this one and all before."""

MANIFEST: Final = "manifest.json"

_SAID = ("description", "data", "scores", "limits")
_TUPLES = ("data", "scores", "limits")


@dataclass(frozen=True)
class FileRecord:
    """Size and digest of one file.

    Attributes
    ----------
    sha256
        Hexadecimal.
    n_bytes
        Size of the file.
    """

    sha256: str
    n_bytes: int

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Measure a file's contents.

        Examples
        --------
        >>> FileRecord.of(b"Rates rose.").n_bytes
        11
        """
        return cls(hashlib.sha256(data).hexdigest(), len(data))


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a saved model is, and what its folder holds.

    Attributes
    ----------
    format
        The format number; an older one is turned into the present one when it is read.
    name
        Of the model.
    stancekit
        The version that wrote it.
    libraries
        Library -> the version that it was written with.
    labels
        Head -> its labels, in column order.
    thresholds
        Claim type -> least probability, 0 to 1, at which a sentence has the type.
    files
        File name -> size and digest; the manifest itself is not among them.
    description
        What the model is, in a few sentences.
    data
        One record per training table: its digest, who made the labels, the licence.
    scores
        One record per score: task, label, metric, value, low, high.
    limits
        What the model is not good at, a sentence each.
    more
        Whatever else the model says about itself.
    """

    format: int = FORMAT
    name: str
    stancekit: str
    libraries: Mapping[str, str]
    labels: Mapping[str, tuple[str, ...]]
    thresholds: Mapping[str, float]
    files: Mapping[str, FileRecord]
    description: str = ""
    data: tuple[Mapping[str, Any], ...] = ()
    scores: tuple[Mapping[str, Any], ...] = ()
    limits: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def heads(self) -> tuple[HeadKind, ...]:
        """The heads that the folder holds, in the order of `HEADS`."""
        return tuple(head for head in HEADS if head.file in self.files)

    @property
    def has_encoder(self) -> bool:
        """Whether the folder holds an encoder."""
        return all(name in self.files for name in ENCODER)

    @property
    def claim_labels(self) -> tuple[str, ...]:
        """In column order; empty without a claim head."""
        return self.labels.get(CLAIMS.name, ())

    @property
    def stance_labels(self) -> tuple[str, ...]:
        """In column order; empty without a stance head."""
        return self.labels.get(STANCES.name, ())

    @property
    def n_bytes(self) -> int:
        """Size of all files but the manifest."""
        return sum(record.n_bytes for record in self.files.values())

    @property
    def about(self) -> dict[str, Any]:
        """What the model says about itself: the other way round, see `said_of`."""
        said = {key: getattr(self, key) for key in _SAID}
        told = {key: list(value) if key in _TUPLES else value for key, value in said.items()}
        return {**{key: value for key, value in told.items() if value}, **self.more}

    def to_json(self) -> str:
        """Write the manifest, with a digest of its own fields.

        Raises
        ------
        ModelError
            If a field holds what a manifest can't, such as an infinite score.
        """
        files = {name: {"sha256": r.sha256, "bytes": r.n_bytes} for name, r in self.files.items()}
        try:
            fields = json.loads(json.dumps({**vars(self), "files": files}, allow_nan=False))
        except (TypeError, ValueError, RecursionError) as error:
            raise ModelError(f"{MANIFEST}: `about` holds what JSON can't: {error}") from error
        check_fields(fields, MANIFEST)
        return json.dumps({**fields, "sha256": _digest(fields)}, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: bytes, source: str) -> Self:
        """Read a manifest.

        Parameters
        ----------
        text
            The file's contents.
        source
            What messages call the file.

        Raises
        ------
        ModelError
            If it is no manifest of a known format, a field is wrong, or it was changed after
            it was written.
        """
        fields = _parsed(text, source)
        number = _format(fields.get("format"), source)
        digest = fields.pop("sha256", None)
        (check_fields_1 if number == 1 else check_fields)(fields, source)
        if digest != _digest(fields):
            raise fault(
                source, "sha256", "the digest of the other fields, which were changed since", digest
            )
        if number == 1:
            fields = from_format_1(fields)
        fields |= {key: tuple(fields[key]) for key in _TUPLES}
        fields["labels"] = {head: tuple(names) for head, names in fields["labels"].items()}
        fields["files"] = {
            name: FileRecord(entry["sha256"], entry["bytes"])
            for name, entry in fields["files"].items()
        }
        return cls(**fields)


def said_of(about: Mapping[str, Any]) -> dict[str, Any]:
    """Turn what a model says about itself into fields of a manifest.

    Examples
    --------
    >>> said_of({"description": "For tests.", "base": "news-lexical"})
    {'description': 'For tests.', 'more': {'base': 'news-lexical'}}
    """
    said = {key: value for key, value in about.items() if key in _SAID and value}
    return {**said, "more": {key: value for key, value in about.items() if key not in _SAID}}


def _parsed(text: bytes, source: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{source}: expected JSON; found a damaged file: {error}") from error
    if not isinstance(fields, dict):
        raise fault(source, "its contents", "a JSON object", fields)
    return fields


def _format(number: object, source: str) -> int:
    if type(number) is int and 1 <= number <= FORMAT:
        return number
    newer = type(number) is int and number > FORMAT
    step = ": saved by a newer stancekit, upgrade to load it" if newer else ""
    expected = f"1 to {FORMAT}, the formats that this stancekit reads{step}"
    raise fault(source, "format", expected, number)


def _digest(fields: Mapping[str, Any]) -> str:
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
