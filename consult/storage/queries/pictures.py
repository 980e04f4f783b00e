"""Selects about pictures of documents, and about the files that pictures and attachments are kept as."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select, update

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.documents import Version, VersionSection
from consult.storage.models.drafting import Occupancy, Section, SectionText
from consult.storage.models.pictures import KeptFile, Picture, PictureUse


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture of a document; `alt`, `is_decorative` and `caption` as first given, `by` "" where nobody stands behind it."""

    id: int
    document_id: int
    name: str
    digest: str
    kind: str
    width: int
    height: int
    alt: str
    is_decorative: bool
    caption: str
    at: datetime
    by: str
    size: int


@dataclass(frozen=True, slots=True)
class UsingRow:
    """A section of the working draft that shows pictures."""

    section_id: str
    heading: str
    html: str


def _pictures() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Picture.id,
            Picture.document_id,
            Picture.name,
            Picture.digest,
            Picture.kind,
            Picture.width,
            Picture.height,
            Picture.alt,
            Picture.is_decorative,
            Picture.caption,
            Picture.at,
            func.coalesce(Person.name, ""),
            KeptFile.size,
        )
        .join(KeptFile, KeptFile.digest == Picture.digest)
        .outerjoin(Person, Person.id == Picture.person_id)
    )


def list_pictures(document_id: int) -> list[PictureRow]:
    """The pictures of a document, the newest first."""
    rows = db.session.execute(
        _pictures().where(Picture.document_id == document_id).order_by(Picture.id.desc())
    )
    return [PictureRow(*row) for row in rows]


def list_named(document_id: int, names: Collection[str]) -> list[PictureRow]:
    """Those of these names that the document has."""
    rows = db.session.execute(_pictures().where(Picture.document_id == document_id, Picture.name.in_(names)))
    return [PictureRow(*row) for row in rows]


def find_picture(document_id: int, name: str) -> PictureRow | None:
    return next(iter(list_named(document_id, [name])), None)


def get_picture(document_id: int, name: str) -> PictureRow:
    """Raises NotFound."""
    found = find_picture(document_id, name)
    if found is None:
        raise NotFound("picture")
    return found


def count_pictures(document_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Picture.document_id == document_id)) or 0


def is_picture_published(document_id: int, name: str) -> bool:
    """Whether a published version of the document shows the picture."""
    return bool(
        db.session.scalar(
            select(
                exists()
                .where(PictureUse.name == name)
                .where(VersionSection.text_id == PictureUse.text_id)
                .where(Version.id == VersionSection.version_id)
                .where(Version.document_id == document_id)
            )
        )
    )


def list_using(document_id: int) -> list[UsingRow]:
    """The sections of the working draft that show pictures, in reading order."""
    rows = db.session.execute(
        select(Occupancy.section_id, SectionText.heading, SectionText.html)
        .join(SectionText, SectionText.id == Occupancy.text_id)
        .where(
            Occupancy.document_id == document_id,
            Occupancy.until_no.is_(None),
            exists().where(PictureUse.text_id == Occupancy.text_id),
        )
        .order_by(Occupancy.rank)
    )
    return [UsingRow(*row) for row in rows]


def list_noted_uses(document_id: int) -> dict[int, frozenset[str]]:
    """The pictures it is noted of the texts of a document that they show, by text."""
    rows = db.session.execute(
        select(PictureUse.text_id, PictureUse.name)
        .join(SectionText, SectionText.id == PictureUse.text_id)
        .join(Section, Section.id == SectionText.section_id)
        .where(Section.document_id == document_id)
    )
    found: dict[int, set[str]] = {}
    for text_id, name in rows:
        found.setdefault(text_id, set()).add(name)
    return {text_id: frozenset(names) for text_id, names in found.items()}


def find_made(digest: str) -> tuple[str, int, int] | None:
    """(kind, width, height) of a file that is a picture of some document and still there."""
    row = db.session.execute(
        select(Picture.kind, Picture.width, Picture.height)
        .join(KeptFile, KeptFile.digest == Picture.digest)
        .where(Picture.digest == digest, KeptFile.content.is_not(None))
        .limit(1)
    ).one_or_none()
    return (row[0], row[1], row[2]) if row else None


# Files


def find_kept(digest: str) -> tuple[int, bool] | None:
    """(bytes, whether the content is still there) of a kept file, or None where none was ever kept."""
    row = db.session.execute(
        select(KeptFile.size, KeptFile.content.is_not(None)).where(KeptFile.digest == digest)
    ).one_or_none()
    return (row[0], bool(row[1])) if row else None


def find_content(digest: str) -> bytes | None:
    """The content of a kept file, or None where it is not there any more."""
    return db.session.scalar(select(KeptFile.content).where(KeptFile.digest == digest))


def get_content(digest: str) -> bytes:
    """The content of a kept file. Raises NotFound where it is not there any more."""
    content = find_content(digest)
    if content is None:
        raise NotFound("file")
    return content


def list_contents(digests: Collection[str]) -> dict[str, bytes]:
    """The contents of these files by digest, without those that are not there any more."""
    rows = db.session.execute(
        select(KeptFile.digest, KeptFile.content).where(
            KeptFile.digest.in_(digests), KeptFile.content.is_not(None)
        )
    )
    return {row[0]: row[1] for row in rows if row[1] is not None}


def erase_content(digest: str) -> None:
    db.session.execute(update(KeptFile).where(KeptFile.digest == digest).values(content=None))
