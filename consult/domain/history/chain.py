"""The hash chain: every change names the hash of the one before, so that none can be altered, dropped or inserted.

Three kinds of hash, all SHA-256 in lower-case hexadecimal:

* of a **record** (a change, a receipt): over its canonical spelling, which names its own format;
* of a **sealed value** (who acted, what a note says): over a random salt and the value. Only the digest enters the
  chain; value and salt are kept in rows that can be erased, after which the chain still verifies and nobody can
  guess the value back;
* of a **version**: the root of a Merkle tree with one leaf per section, so that a single section can be proved part
  of the published text without showing the rest.

The first record of a chain names no predecessor (`prev` is None).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Literal

from consult.domain.history.canonical import FORMAT, Canonical, NotCanonical, canonical, tagged
from consult.domain.history.merkle import leaf_hash, root

CHANGE_FORMAT = "consult-change-1"
RECEIPT_FORMAT = "consult-receipt-1"
SECTION_FORMAT = "consult-version-section-1"

SALT_BYTES = 16
"""The least length of a salt: 128 bits, beyond guessing even where the value itself is easily guessed."""

_CHANGE_FIELDS = {FORMAT, "document", "number", "at", "actor", "note", "cause", "operations", "prev"}


def moment(at: datetime) -> str:
    """How a record spells a moment: UTC with microseconds, ``2026-11-20T08:16:23.000000Z``."""
    if at.tzinfo is None:
        raise NotCanonical("a moment without a zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sealed(value: str, salt: bytes) -> str:
    """The digest that stands in the record for a value that may have to be erased: SHA-256 of salt ‖ UTF-8 value.

    `salt` is at least SALT_BYTES random bytes of its own for every value; raises ValueError for fewer.
    """
    if len(salt) < SALT_BYTES:
        raise ValueError(f"a salt of {len(salt)} bytes")
    return sha256(salt + value.encode("utf-8")).hexdigest()


def is_sealed_by(digest: str, value: str, salt: bytes) -> bool:
    """Whether `digest` seals exactly this value."""
    return compare_digest(digest, sealed(value, salt))


def text_digest(source: str) -> str:
    """The digest of a section's Markdown source, unsalted: published texts are there for everybody to recompute."""
    return sha256(source.encode("utf-8")).hexdigest()


# --- changes -----------------------------------------------------------------------------------------------------


def change_body(
    *,
    document: str,
    number: int,
    at: datetime,
    actor: str | None,
    note: str | None,
    cause: Mapping[str, Canonical] | None,
    operations: Sequence[Mapping[str, Canonical]],
    prev: str | None,
) -> dict[str, Canonical]:
    """The body of a change as it is hashed.

    `document` is the document's lasting identifier; `number` counts from 1 within it; `actor` and `note` are
    sealed digests (never a name or words); `cause` says what led to the change (``{"kind": "comment", "ref": …}``);
    `operations` are what it did, in order, with texts by digest; `prev` is the hash of the change before.
    """
    return {
        FORMAT: CHANGE_FORMAT,
        "document": document,
        "number": number,
        "at": moment(at),
        "actor": actor,
        "note": note,
        "cause": None if cause is None else dict(cause),
        "operations": [dict(operation) for operation in operations],
        "prev": prev,
    }


def change_hash(body: Mapping[str, Canonical]) -> str:
    """The hash of a change (see change_body); raises NotCanonical when the body is not exactly of that format."""
    if not is_change(body):
        raise NotCanonical("not the body of a change")
    return sha256(canonical(body)).hexdigest()


def is_change(body: Mapping[str, Canonical]) -> bool:
    """Whether a body has the fields of a change of the known format."""
    return body.get(FORMAT) == CHANGE_FORMAT and body.keys() == _CHANGE_FIELDS


@dataclass(frozen=True, slots=True)
class Link:
    """One change as it is kept: its body and the hash written beside it."""

    body: Mapping[str, Canonical]
    hash: str


Fault = Literal["unreadable", "altered", "out_of_order", "broken_link", "other_document"]


@dataclass(frozen=True, slots=True)
class BadRecord:
    """The first record of a chain that does not hold.

    `at` counts from 0 in the order given; `number` is what the record calls itself. Faults: `unreadable` (not a
    change of a known format), `altered` (its hash is not the hash of its body), `out_of_order` (a number is
    missing, repeated or swapped), `broken_link` (it does not name the hash before it), `other_document`.
    """

    at: int
    number: int | None
    fault: Fault


def verify_chain(records: Iterable[Link]) -> BadRecord | None:
    """The first record that does not hold, or None for a sound chain; `records` run from the first change on.

    A chain cut at its end is still sound: only a head printed elsewhere (a receipt, a report) shows what is missing.
    """
    prev: str | None = None
    document: Canonical = None
    for at, link in enumerate(records):
        named = link.body.get("number")
        number = named if isinstance(named, int) else None
        document = link.body.get("document") if at == 0 else document
        place = _Place(at + 1, prev, document)
        for fault, is_found in LINK_CHECKS.items():
            if is_found(link, place):
                return BadRecord(at, number, fault)
        prev = link.hash
    return None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record stands in its chain: its number, the hash before it, and whose chain it is."""

    number: int
    prev: str | None
    document: Canonical


def _is_unreadable(link: Link, _place: _Place) -> bool:
    return _recomputed(link) is None


def _is_altered(link: Link, _place: _Place) -> bool:
    return _recomputed(link) not in (None, link.hash)


def _is_of_another_document(link: Link, place: _Place) -> bool:
    return link.body.get("document") != place.document


def _is_out_of_order(link: Link, place: _Place) -> bool:
    return link.body.get("number") != place.number


def _is_broken_off(link: Link, place: _Place) -> bool:
    return link.body.get("prev") != place.prev


def _recomputed(link: Link) -> str | None:
    try:
        return change_hash(link.body)
    except NotCanonical:
        return None


LINK_CHECKS: Mapping[Fault, Callable[[Link, _Place], bool]] = {
    "unreadable": _is_unreadable,
    "altered": _is_altered,
    "other_document": _is_of_another_document,
    "out_of_order": _is_out_of_order,
    "broken_link": _is_broken_off,
}
"""What may be wrong with a record, in the order in which it is asked."""


# --- versions ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One section of a published version: its place, its label as printed, its heading, and the digest of its source."""

    ordinal: int
    section_id: str
    depth: int
    level: int
    label: str
    heading: str
    text_digest: str

    def leaf(self) -> bytes:
        """This row as a leaf hash of the version's tree."""
        return leaf_hash(
            tagged(
                SECTION_FORMAT,
                {
                    "ordinal": self.ordinal,
                    "section": self.section_id,
                    "depth": self.depth,
                    "level": self.level,
                    "label": self.label,
                    "heading": self.heading,
                    "text": self.text_digest,
                },
            )
        )


def version_checksum(rows: Iterable[ManifestRow]) -> str:
    """The checksum of a version: the Merkle root over its sections in reading order."""
    return root([row.leaf() for row in rows]).hex()


# --- receipts ----------------------------------------------------------------------------------------------------


def receipt_hash(
    *,
    register: str,
    receipt_no: str,
    received_at: datetime,
    comments: Sequence[str],
    prev: str | None,
) -> str:
    """The hash printed on a receipt.

    `register` is the identifier of the register of comments; `comments` are the sealed digests of the comments
    handed in, in order; `prev` is the hash of the register's receipt before. Whoever keeps the receipt can show
    later that those comments were in the register then.
    """
    body = {
        "register": register,
        "receipt": receipt_no,
        "received_at": moment(received_at),
        "comments": list(comments),
        "prev": prev,
    }
    return sha256(tagged(RECEIPT_FORMAT, body)).hexdigest()
