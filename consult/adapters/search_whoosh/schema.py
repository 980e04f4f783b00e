"""How a record lies in a Whoosh index.

The terms come ready from the port's `entries`, so the fields take them as they are and analyse nothing. No text is
stored: what a snippet shows is read from the database, where erased words are gone at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from consult.ports.search import Entries, Hit, SearchRecord, Stand

from .engine import W3Codec, columns, fields, formats

SCHEMA_VERSION = 3
"""Counted up with every change here that makes older indexes unreadable."""

WATERMARK_REF = "\x00watermark"
"""The ref of the one document that is no record but carries the watermark, so that both commit together."""

Posting = tuple[bytes, int, float, bytes]  # term, frequency, weight, value

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WeighedTerms(fields.FieldType):
    """Terms with a weight; the value is a mapping."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def index(self, value: Mapping[str, float], **_: object) -> Iterator[Posting]:
        return ((_bytes(term), 1, weight, b"") for term, weight in value.items())


class PlacedTerms(fields.FieldType):
    """Terms with their packed positions; the value is a mapping."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), None)

    def index(self, value: Mapping[str, bytes], **_: object) -> Iterator[Posting]:
        return ((_bytes(term), 1, 1.0, places) for term, places in value.items())


class Labels(fields.FieldType):
    """Terms a record has or has not; the value is any iterable of them."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def index(self, value: Iterable[str], **_: object) -> Iterator[Posting]:
        return ((_bytes(label), 1, 1.0, b"") for label in value)


class Length(fields.FieldType):
    """The length of a record in positions, in a column of its own."""

    indexed = False
    column_type = columns.NumericColumn("I")

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def set_sortable(self, sortable: object) -> None:
        """The column stands whatever the base class thinks of sorting."""

    def to_column_value(self, value: int) -> int:
        return value


class Card(fields.FieldType):
    """What a hit tells of a record, as JSON in a column: quicker to read than Whoosh's stored fields."""

    indexed = False
    column_type = columns.VarBytesColumn()

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def set_sortable(self, sortable: object) -> None:
        """The column stands whatever the base class thinks of sorting."""

    def to_column_value(self, value: object) -> bytes:
        return json.dumps(value, separators=(",", ":")).encode()


class WholeLists(W3Codec):
    """Whoosh's own format for lists that are read whole: large blocks, lightly compressed.

    Without statistics of lengths, for which Whoosh would ask the file system once per posting.
    """

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=1024, compression=1)


def schema() -> Any:
    return fields.Schema(
        ref=Labels(),
        words=WeighedTerms(),
        places=PlacedTerms(),
        labels=Labels(),
        length=Length(),
        card=Card(),
    )


def document(record: SearchRecord, written: Entries) -> dict[str, Any]:
    """A record as the keyword arguments of Whoosh's `add_document`."""
    return {
        "ref": (record.ref,),
        "words": written.weights,
        "places": written.places,
        "labels": written.labels,
        "length": written.length,
        "card": (
            record.ref,
            record.kind,
            record.document_id,
            _microseconds(record.at),
            record.place,
            record.stamp,
            tuple(
                (stand.from_no, stand.until_no, _microseconds(stand.from_at), _microseconds(stand.until_at))
                for stand in record.stands
            ),
        ),
    }


def watermark_document(watermark: int) -> dict[str, Any]:
    return {"ref": (WATERMARK_REF,), "length": 0, "card": watermark}


def hit_from(card: Sequence[Any], score: float) -> Hit:
    """What `document` stored of a record, as a hit."""
    ref, kind, document_id, at, place, stamp, stands = card
    return Hit(
        ref,
        kind,
        document_id,
        score,
        _moment(at),
        place,
        tuple(
            Stand(from_no, until_no, _moment(from_at) or _EPOCH, _moment(until_at))
            for from_no, until_no, from_at, until_at in stands
        ),
        stamp,
    )


def term_bytes(term: str) -> bytes:
    return _bytes(term)


def _bytes(term: str) -> bytes:
    """UTF-8; lone surrogates, which no text should hold, become question marks rather than an error."""
    return term.encode("utf-8", "replace")


def _microseconds(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)
