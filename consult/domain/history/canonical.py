"""One spelling for every record, so that a hash over it can be recomputed by anybody, anywhere, in ten years.

The spelling is JSON with the freedoms taken out: keys sorted by code point, no spaces, UTF-8, every string in
Unicode normal form C, whole numbers only, within the range every JSON reader keeps exactly. What has two
spellings or none (floats, moments, bytes, repeated keys, lone surrogates) is refused rather than guessed at.

Every record names its own format (``consult-change-1``), so that a later format can never be mistaken for an
earlier one, nor a change for a receipt. The idea is that of RFC 8785 (JSON Canonicalization Scheme); the order of
keys is by code point here, not by UTF-16 unit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

Canonical = str | int | bool | None | Sequence["Canonical"] | Mapping[str, "Canonical"]

FORMAT = "format"
"""The key under which a record names its format."""

LARGEST_INTEGER = 2**53 - 1
"""Beyond this a reader that keeps numbers as IEEE doubles would see another number."""

_FORMAT_TAG = re.compile(r"[a-z]+(-[a-z]+)*-[1-9][0-9]*")


class NotCanonical(ValueError):
    """The value has no single spelling; a mistake of the caller, never of a person typing."""


def canonical(value: Canonical) -> bytes:
    """The one UTF-8 spelling of `value`.

    Raises NotCanonical for anything but strings, whole numbers within ±LARGEST_INTEGER, booleans, None, lists
    (or tuples) and mappings with string keys that stay distinct after normalisation.
    """
    spelled = json.dumps(
        _plain(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    try:
        return spelled.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate has no UTF-8 spelling") from error


def tagged(tag: str, fields: Mapping[str, Canonical]) -> bytes:
    """The canonical spelling of a record: its `fields` and the format `tag` (words and a number by hyphens)."""
    if not _FORMAT_TAG.fullmatch(tag):
        raise NotCanonical(f"not a format tag: {tag!r}")
    if FORMAT in fields:
        raise NotCanonical("the format is given apart from the fields")
    return canonical({FORMAT: tag, **fields})


def _plain(value: object) -> object:
    match value:
        case None | bool():
            return value
        case int():
            if abs(value) > LARGEST_INTEGER:
                raise NotCanonical(f"a number beyond ±{LARGEST_INTEGER}")
            return int(value)
        case str():
            return normalize("NFC", value)
        case Mapping():
            return _plain_mapping(value)
        case list() | tuple():
            return [_plain(member) for member in value]
        case _:
            raise NotCanonical(f"no single spelling for {type(value).__name__}")


def _plain_mapping(mapping: Mapping[object, object]) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, member in mapping.items():
        if not isinstance(key, str):
            raise NotCanonical(f"a key that is not a string: {key!r}")
        name = normalize("NFC", key)
        if name in plain:
            raise NotCanonical(f"a key given twice: {name!r}")
        plain[name] = _plain(member)
    return plain
