"""The fields of ``manifest.json`` in format 1, and what each may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from stancekit.errors import ModelError, did_you_mean

CARD: Final = "README.md"
CLAIMS_HEAD: Final = "claims.skops"
STANCES_HEAD: Final = "stances.skops"
FILES: Final = (CARD, CLAIMS_HEAD, STANCES_HEAD)
"""The files that a folder of format 1 may hold beside the manifest."""

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


_RULES: Final[Mapping[str, Rule]] = {
    "format": Rule("a whole number", lambda value: type(value) is int),
    "name": Rule("one line of text", _is_line),
    "stancekit": Rule("a version", _is_line),
    "libraries": Rule(
        "a version by library", lambda value: isinstance(value, dict) and _are_lines(value.values())
    ),
    "claim_labels": Rule("a list of different names", _are_names),
    "stance_labels": Rule("a list of different names", _are_names),
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
    """Refuse fields that aren't those of format 1.

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
    for key in fields:
        if key not in _RULES:
            raise ModelError(f"{source}: {key}: unknown field{did_you_mean(key, _RULES)}")
    for key, rule in _RULES.items():
        if key not in fields:
            raise ModelError(f"{source}: {key}: missing, expected {rule.expected}")
        if not rule.holds(fields[key]):
            raise fault(source, key, rule.expected, fields[key])
    _check_files(fields["files"], source)
    _check_labels(fields, source)


def _check_files(files: Mapping[str, Any], source: str) -> None:
    for name, entry in files.items():
        if name not in FILES:
            raise fault(source, "files", f"only {', '.join(FILES)}", name)
        if not isinstance(entry, dict) or set(entry) != {"sha256", "bytes"}:
            raise fault(source, f"files: {name}", "sha256 and bytes", entry)
        if not isinstance(entry["sha256"], str) or not _SHA256.fullmatch(entry["sha256"]):
            raise fault(source, f"files: {name}: sha256", "64 hexadecimal digits", entry["sha256"])
        if type(entry["bytes"]) is not int or entry["bytes"] < 0:
            raise fault(source, f"files: {name}: bytes", "a size in bytes", entry["bytes"])


def _check_labels(fields: Mapping[str, Any], source: str) -> None:
    if not fields["claim_labels"] and not fields["stance_labels"]:
        raise fault(source, "claim_labels, stance_labels", "the labels of a head", [])
    for key, head in (("claim_labels", CLAIMS_HEAD), ("stance_labels", STANCES_HEAD)):
        if fields[key] and head not in fields["files"]:
            raise ModelError(f"{source}: files: missing head {head}, which tells the {key}")
        if head in fields["files"] and not fields[key]:
            raise fault(source, key, f"the labels of {head}", [])
    if set(fields["thresholds"]) != set(fields["claim_labels"]):
        expected = ", ".join(fields["claim_labels"]) or "none"
        raise fault(source, "thresholds", f"one for each of {expected}", fields["thresholds"])
