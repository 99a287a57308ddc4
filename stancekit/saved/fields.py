"""The fields of ``manifest.json``, and what each may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from stancekit.encoder.session import GRAPH_FILE, TOKENIZER_FILE
from stancekit.errors import ModelError, did_you_mean
from stancekit.saved.heads import CLAIMS, HEADS

CARD: Final = "README.md"
ENCODER: Final = (GRAPH_FILE, TOKENIZER_FILE)
"""The files of the encoder: both or none."""

FILES: Final = (CARD, *(head.file for head in HEADS), *ENCODER)
"""The files that a folder may hold beside the manifest."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAX_SHOWN = 80


@dataclass(frozen=True)
class Rule:
    """What a field may hold.

    Attributes
    ----------
    expected
        In words.
    holds
        Whether a value is that.
    """

    expected: str
    holds: Callable[[Any], bool]


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != "" and value.isprintable()


def _is_share(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= 1


def _are_lines(values: Iterable[Any]) -> bool:
    return all(map(_is_line, values))


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and _are_lines(value) and len(set(value)) == len(value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(record, dict) for record in value)


def _are_labels(value: Any) -> bool:
    return isinstance(value, dict) and all(_are_names(names) and names for names in value.values())


NAMES: Final = Rule("a list of different names", _are_names)

COMMON: Final[Mapping[str, Rule]] = {
    "format": Rule("a whole number", lambda value: type(value) is int),
    "name": Rule("one line of text", _is_line),
    "stancekit": Rule("a version", _is_line),
    "libraries": Rule(
        "a version by library", lambda value: isinstance(value, dict) and _are_lines(value.values())
    ),
    "thresholds": Rule(
        "a number from 0 to 1 by claim label",
        lambda value: isinstance(value, dict) and all(map(_is_share, value.values())),
    ),
    "files": Rule("size and digest by file", lambda value: isinstance(value, dict)),
    "description": Rule("a text", lambda value: isinstance(value, str)),
    "data": Rule("a list of records", _are_records),
    "scores": Rule("a list of records", _are_records),
    "limits": Rule("a list of texts", _are_texts),
    "more": Rule("an object", lambda value: isinstance(value, dict)),
}
"""The fields that every format has."""

_RULES: Final = {**COMMON, "labels": Rule("a list of different names by head", _are_labels)}


def fault(source: str, field: str, expected: str, found: object) -> ModelError:
    """Make the error for one wrong field.

    Examples
    --------
    >>> str(fault("manifest.json", "name", "one line of text", ""))
    "manifest.json: name: expected one line of text; found ''"
    """
    shown = repr(found)
    if len(shown) > _MAX_SHOWN:
        shown = shown[:_MAX_SHOWN] + "..."
    return ModelError(f"{source}: {field}: expected {expected}; found {shown}")


def check_fields(fields: Mapping[str, Any], source: str) -> None:
    """Refuse fields that aren't those of the present format.

    Parameters
    ----------
    fields
        As read from JSON.
    source
        What messages call the file.

    Raises
    ------
    ModelError
        For the first fault, naming file and field.
    """
    check_rules(fields, _RULES, source)
    check_files(fields["files"], FILES, source)
    _check_encoder(fields["files"], source)
    _check_labels(fields["labels"], fields["files"], source)
    check_thresholds(fields["thresholds"], fields["labels"].get(CLAIMS.name, []), source)


def check_rules(fields: Mapping[str, Any], rules: Mapping[str, Rule], source: str) -> None:
    """Refuse fields that aren't those of the rules, or hold something else."""
    for key in fields:
        if key not in rules:
            raise ModelError(f"{source}: {key}: unknown field{did_you_mean(key, rules)}")
    for key, rule in rules.items():
        if key not in fields:
            raise ModelError(f"{source}: {key}: missing, expected {rule.expected}")
        if not rule.holds(fields[key]):
            raise fault(source, key, rule.expected, fields[key])


def check_files(files: Mapping[str, Any], allowed: Iterable[str], source: str) -> None:
    """Refuse files that a folder may not hold, and records without size and digest."""
    for name, entry in files.items():
        if name not in allowed:
            raise fault(source, "files", f"only {', '.join(allowed)}", name)
        if not isinstance(entry, dict) or set(entry) != {"sha256", "bytes"}:
            raise fault(source, f"files: {name}", "sha256 and bytes", entry)
        if not isinstance(entry["sha256"], str) or not _SHA256.fullmatch(entry["sha256"]):
            raise fault(source, f"files: {name}: sha256", "64 hexadecimal digits", entry["sha256"])
        if type(entry["bytes"]) is not int or entry["bytes"] < 0:
            raise fault(source, f"files: {name}: bytes", "a size in bytes", entry["bytes"])


def check_thresholds(
    thresholds: Mapping[str, Any], claim_labels: Sequence[str], source: str
) -> None:
    """Refuse thresholds that aren't one for each claim label."""
    if set(thresholds) != set(claim_labels):
        expected = ", ".join(claim_labels) or "none"
        raise fault(source, "thresholds", f"one for each of {expected}", thresholds)


def _check_encoder(files: Mapping[str, Any], source: str) -> None:
    missing = [name for name in ENCODER if name not in files]
    if len(missing) == 1:
        raise ModelError(f"{source}: files: missing {missing[0]}, a part of the encoder")


def _check_labels(
    labels: Mapping[str, Sequence[str]], files: Mapping[str, Any], source: str
) -> None:
    if not labels:
        raise fault(source, "labels", "the labels of a head", labels)
    unknown = sorted(set(labels) - {head.name for head in HEADS})
    if unknown:
        raise fault(source, "labels", f"only {', '.join(head.name for head in HEADS)}", unknown[0])
    for head in HEADS:
        if head.name in labels and head.file not in files:
            raise ModelError(
                f"{source}: files: missing head {head.file}, which tells the {head.name}"
            )
        if head.file in files and head.name not in labels:
            raise fault(source, "labels", f"the labels of {head.file}", labels)
