"""One thing that can be found, as the database knows it: what it is fed as, may be seen as, and is shown as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from consult.ports.search import Facets, SearchRecord
from consult.storage.queries.search.refs import ref_of

HOME = ZoneInfo("Europe/Warsaw")
"""Years end at midnight there."""


def stamp_of(*words: object) -> str:
    """A mark of what a record is made of; another one means that an index made before does not tell the truth."""
    return blake2b(repr(words).encode(errors="replace"), digest_size=8).hexdigest()


def sorted_by(
    kind: str,
    *,
    document_id: int | None,
    host_id: int | None,
    at: datetime | None,
    capacity: str = "",
    outcome: str = "",
) -> Facets:
    """What a record is sorted by, leaving out what it has not."""
    pairs = (
        ("kind", kind),
        ("document", str(document_id or "")),
        ("host", str(host_id or "")),
        ("capacity", capacity),
        ("outcome", outcome),
        ("year", str(at.astimezone(HOME).year) if at else ""),
    )
    return tuple((name, value) for name, value in pairs if value)


def coded(facets: Facets) -> Facets:
    """Of these, what an index keeps as fields of a record; kind and document it has of its own."""
    return tuple(pair for pair in facets if pair[0] not in ("kind", "document"))


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A found thing with what its line shows; fields that do not apply are empty.

    `text_kind` is the code of a host's standing text. `versions` are the numbers of the versions a text stands in, `from_no` and `until_no` the changes between
    which it stood in the draft (`until_no` None while it still does, as far as the viewer may know). `slug` is the
    name in addresses of an organisation or a group, `row_id` the number of what has one.
    """

    ref: str
    kind: str
    document_slug: str
    document_title: str
    language: str
    title: str
    body: str
    at: datetime
    row_id: int = 0
    slug: str = ""
    host_name: str = ""
    section_id: str = ""
    text_id: int | None = None
    versions: tuple[int, ...] = ()
    from_no: int | None = None
    until_no: int | None = None
    number: int | None = None
    register_id: int | None = None
    consultation_id: int | None = None
    outcome: str = ""
    capacity: str = ""
    organisation_name: str = ""
    author_name: str = ""
    text_kind: str = ""
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A thing of which there are so few that one select serves feeding, checking and showing it.

    `title` and `body` are the words it is found by, `made_of` what a change of would make them others; `is_hidden` as in
    `SearchRecord`.
    """

    kind: str
    row_id: int
    title: str
    body: str
    at: datetime
    made_of: Sequence[object]
    host_id: int | None
    host_name: str = ""
    document_id: int | None = None
    document_slug: str = ""
    document_title: str = ""
    language: str = "pl"
    place: int = 0
    slug: str = ""
    number: int | None = None
    register_id: int | None = None
    consultation_id: int | None = None
    outcome: str = ""
    fields: tuple[tuple[str, str], ...] = field(default=())
    section_id: str = ""
    versions: tuple[int, ...] = ()
    text_kind: str = ""
    meeting_id: int | None = None
    is_hidden: bool = False

    @property
    def ref(self) -> str:
        return ref_of(self.kind, self.row_id)

    @property
    def stamp(self) -> str:
        return stamp_of(self.title, *self.made_of)

    @property
    def facets(self) -> Facets:
        return sorted_by(
            self.kind,
            document_id=self.document_id,
            host_id=self.host_id,
            at=self.at,
            outcome=self.outcome,
        )

    def record(self) -> SearchRecord:
        return SearchRecord(
            ref=self.ref,
            kind=self.kind,
            title=self.title,
            body=self.body,
            document_id=str(self.document_id or ""),
            language=self.language,
            at=self.at,
            place=self.place,
            fields=(*coded(self.facets), *self.fields),
            stamp=self.stamp,
            is_hidden=self.is_hidden,
        )

    def result(self) -> ResultRow:
        return ResultRow(
            ref=self.ref,
            kind=self.kind,
            document_slug=self.document_slug,
            document_title=self.document_title,
            language=self.language,
            title=self.title,
            body=self.body,
            at=self.at,
            row_id=self.row_id,
            slug=self.slug,
            host_name=self.host_name,
            section_id=self.section_id,
            versions=self.versions,
            text_kind=self.text_kind,
            meeting_id=self.meeting_id,
            number=self.number,
            register_id=self.register_id,
            consultation_id=self.consultation_id,
            outcome=self.outcome,
        )
