"""Selects about documents, their versions and the sections standing in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, func, or_, select

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.documents import Document, Version, VersionSection
from consult.storage.models.drafting import Occupancy, SectionText
from consult.storage.models.organisations import Organisation
from consult.storage.prepared import Prepared
from consult.storage.queries.standing import list_stood
from consult.storage.queries.viewers import Viewer, drafted_by_viewer


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as lists and pages show it."""

    id: int
    slug: str
    title: str
    kind: str
    language: str
    host_id: int
    host_name: str
    stage: str
    created_at: datetime
    changed_at: datetime
    last_change_no: int
    head_hash: str
    last_version_no: int
    staged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version."""

    id: int
    document_id: int
    number: int
    label: str
    change_no: int
    change_hash: str
    checksum: str
    definitions: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section standing in a text: `label` and `depth` are filled for versions, computed for drafts."""

    section_id: str
    text_id: int
    parent_id: str | None
    rank: str
    level: int
    heading: str
    source: str
    html: str
    plain: str
    label: str
    depth: int
    digest: str


def _documents() -> Select[*tuple[Any, ...]]:
    return select(
        Document.id,
        Document.slug,
        Document.title,
        Document.kind,
        Document.language,
        Document.host_id,
        Organisation.name,
        Document.stage,
        Document.created_at,
        Document.changed_at,
        Document.last_change_no,
        Document.head_hash,
        Document.last_version_no,
        Document.staged_at,
    ).join(Organisation, Organisation.id == Document.host_id)


def _document_row(row: Row[*tuple[Any, ...]]) -> DocumentRow:
    return DocumentRow(*row)


_BY_SLUG = Prepared(_documents().where(Document.slug == bindparam("slug")))


def get_document(slug: str, viewer: Viewer) -> DocumentRow:
    """The document of this name. Raises NotFound where there is none the viewer may know of."""
    row = _BY_SLUG(slug=slug).one_or_none()
    document = _document_row(row) if row is not None else None
    if document is None or not (document.last_version_no or viewer.drafts(document.host_id, document.id)):
        raise NotFound("document", slug=slug)
    return document


def get_document_by_id(document_id: int) -> DocumentRow:
    """The document of this id. Raises NotFound."""
    row = db.session.execute(_documents().where(Document.id == document_id)).one_or_none()
    if row is None:
        raise NotFound("document")
    return _document_row(row)


def list_documents(viewer: Viewer) -> list[DocumentRow]:
    """Documents the viewer may know of, the last changed first."""
    condition = or_(Document.last_version_no > 0, drafted_by_viewer(Document.host_id, Document.id, viewer))
    rows = db.session.execute(_documents().where(condition).order_by(Document.changed_at.desc(), Document.id))
    return [_document_row(row) for row in rows]


def count_documents() -> int:
    return db.session.scalar(select(func.count()).select_from(Document)) or 0


def is_slug_taken(slug: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Document.slug == slug))))


def lock_document(document_id: int) -> Document:
    """The document's row, held until the transaction ends. Raises NotFound."""
    statement = select(Document).where(Document.id == document_id).with_for_update()
    document = db.session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if document is None:
        raise NotFound("document")
    return document


_HOLDING = Prepared(select(Document.id).where(Document.id == bindparam("document_id")).with_for_update())


def hold_document(document_id: int) -> None:
    """Hold the document's row until the transaction ends, so that what is read from now on stays. Raises NotFound."""
    if _HOLDING(document_id=document_id).one_or_none() is None:
        raise NotFound("document")


# Versions


def _version_row(version: Version) -> VersionRow:
    return VersionRow(
        id=version.id,
        document_id=version.document_id,
        number=version.number,
        label=version.label,
        change_no=version.change_no,
        change_hash=version.change_hash,
        checksum=version.checksum,
        definitions=version.definitions,
        published_at=version.published_at,
    )


def find_version(document_id: int, number: int) -> VersionRow | None:
    version = db.session.scalars(
        select(Version).where(Version.document_id == document_id, Version.number == number)
    ).one_or_none()
    return _version_row(version) if version else None


def get_version(document_id: int, number: int) -> VersionRow:
    """The version of this number. Raises NotFound."""
    row = find_version(document_id, number)
    if row is None:
        raise NotFound("version", number=number)
    return row


def get_version_by_id(version_id: int) -> VersionRow:
    version = db.session.get(Version, version_id)
    if version is None:
        raise NotFound("version")
    return _version_row(version)


def list_versions(document_id: int) -> list[VersionRow]:
    """All versions, the latest first."""
    rows = db.session.scalars(
        select(Version).where(Version.document_id == document_id).order_by(Version.number.desc())
    )
    return [_version_row(row) for row in rows]


# Sections standing in a text


_TEXT_COLUMNS = (
    SectionText.id,
    SectionText.level,
    SectionText.heading,
    SectionText.source,
    SectionText.html,
    SectionText.plain,
    SectionText.digest,
)


def list_version_sections(version_id: int) -> list[SectionRow]:
    """The sections of a version in reading order, with the labels printed then."""
    rows = db.session.execute(
        select(VersionSection.section_id, VersionSection.label, VersionSection.depth, *_TEXT_COLUMNS)
        .join(SectionText, SectionText.id == VersionSection.text_id)
        .where(VersionSection.version_id == version_id)
        .order_by(VersionSection.ordinal)
    )
    return [
        SectionRow(
            section_id=row.section_id,
            text_id=row.id,
            parent_id=None,
            rank="",
            level=row.level,
            heading=row.heading,
            source=row.source,
            html=row.html,
            plain=row.plain,
            label=row.label,
            depth=row.depth,
            digest=row.digest,
        )
        for row in rows
    ]


def list_version_outline(version_id: int) -> list[tuple[str, str, str]]:
    """(section id, label, heading) of a version in reading order, without the words."""
    rows = db.session.execute(
        select(VersionSection.section_id, VersionSection.label, SectionText.heading)
        .join(SectionText, SectionText.id == VersionSection.text_id)
        .where(VersionSection.version_id == version_id)
        .order_by(VersionSection.ordinal)
    )
    return [(row[0], row[1], row[2]) for row in rows]


_STANDING = (
    select(Occupancy.section_id, Occupancy.parent_id, Occupancy.rank, *_TEXT_COLUMNS)
    .join(SectionText, SectionText.id == Occupancy.text_id)
    .where(Occupancy.document_id == bindparam("document_id"), Occupancy.until_no.is_(None))
)
_SECTIONS = Prepared(_STANDING.order_by(Occupancy.rank))
_SECTION = Prepared(_STANDING.where(Occupancy.section_id == bindparam("section_id")))


def list_draft_sections(document_id: int) -> list[SectionRow]:
    """The sections of the working draft in reading order; labels are left for the caller to compute."""
    return _section_rows(_SECTIONS(document_id=document_id))


def list_sections_at(document_id: int, change_no: int) -> list[SectionRow]:
    """The sections as they stood after a change, in reading order; one indexed query."""
    columns = (Occupancy.section_id, Occupancy.parent_id, Occupancy.rank, *_TEXT_COLUMNS)
    return _section_rows(list_stood(document_id, change_no, *columns))


def _section_rows(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[SectionRow]:
    return [
        SectionRow(
            section_id=row.section_id,
            text_id=row.id,
            parent_id=row.parent_id,
            rank=row.rank,
            level=row.level,
            heading=row.heading,
            source=row.source,
            html=row.html,
            plain=row.plain,
            label="",
            depth=0,
            digest=row.digest,
        )
        for row in rows
    ]


def get_section(document_id: int, section_id: str) -> SectionRow:
    """One section of the working draft. Raises NotFound when it does not stand there now."""
    rows = _section_rows(_SECTION(document_id=document_id, section_id=section_id))
    if not rows:
        raise NotFound("section")
    return rows[0]


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text a section had."""

    id: int
    section_id: str
    source: str
    plain: str
    heading: str
    level: int


def list_texts(text_ids: Sequence[int]) -> list[TextRow]:
    """Texts by id, in no order."""
    if not text_ids:
        return []
    rows = db.session.execute(
        select(
            SectionText.id,
            SectionText.section_id,
            SectionText.source,
            SectionText.plain,
            SectionText.heading,
            SectionText.level,
        ).where(SectionText.id.in_(text_ids))
    )
    return [TextRow(*row) for row in rows]


def get_text(text_id: int) -> TextRow:
    """One text a section had. Raises NotFound."""
    rows = list_texts([text_id])
    if not rows:
        raise NotFound("text")
    return rows[0]


def list_text_ids_of_version(version_id: int, text_ids: Collection[int]) -> frozenset[int]:
    """Which of these texts stand in a version."""
    rows = db.session.scalars(
        select(VersionSection.text_id).where(
            VersionSection.version_id == version_id, VersionSection.text_id.in_(text_ids)
        )
    )
    return frozenset(rows)


def list_text_ids_of_document(document_id: int, text_ids: Collection[int]) -> frozenset[int]:
    """Which of these texts ever stood in a document."""
    rows = db.session.scalars(
        select(Occupancy.text_id).where(Occupancy.document_id == document_id, Occupancy.text_id.in_(text_ids))
    )
    return frozenset(rows)


def list_published_text_ids(text_ids: Sequence[int]) -> frozenset[int]:
    """Which of these texts stand in a published version."""
    if not text_ids:
        return frozenset()
    rows = db.session.scalars(
        select(VersionSection.text_id).where(VersionSection.text_id.in_(text_ids)).distinct()
    )
    return frozenset(rows)


def find_version_of_text(text_id: int) -> int | None:
    """The number of the last version a text stands in, or None when it was never published."""
    return db.session.scalar(
        select(func.max(Version.number))
        .join(VersionSection, VersionSection.version_id == Version.id)
        .where(VersionSection.text_id == text_id)
    )
