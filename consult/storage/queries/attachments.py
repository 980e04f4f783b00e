"""Selects about files attached to documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.attachments import AttachmentState, VersionAttachment
from consult.storage.models.pictures import KeptFile


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """How an attachment stood from a moment on; `act` says what was done then (attached, replaced, reworded, moved,
    removed). `is_there` is false where the content had to be erased, `by` is "" where nobody stands behind the act."""

    id: int
    attachment_id: int
    document_id: int
    act: str
    digest: str
    kind: str
    file_name: str
    size: int
    title: str
    description: str
    position: int
    reason: str
    at: datetime
    by: str
    is_there: bool


def _states() -> Select[*tuple[Any, ...]]:
    return (
        select(
            AttachmentState.id,
            AttachmentState.attachment_id,
            AttachmentState.document_id,
            AttachmentState.act,
            AttachmentState.digest,
            AttachmentState.kind,
            AttachmentState.file_name,
            AttachmentState.size,
            AttachmentState.title,
            AttachmentState.description,
            AttachmentState.position,
            AttachmentState.reason,
            AttachmentState.at,
            func.coalesce(Person.name, ""),
            KeptFile.content.is_not(None),
        )
        .join(KeptFile, KeptFile.digest == AttachmentState.digest)
        .outerjoin(Person, Person.id == AttachmentState.person_id)
    )


def list_draft_attachments(document_id: int) -> list[AttachmentRow]:
    """The attachments of the working draft in their order."""
    last = (
        select(func.max(AttachmentState.id))
        .where(AttachmentState.document_id == document_id)
        .group_by(AttachmentState.attachment_id)
    )
    rows = db.session.execute(
        _states()
        .where(AttachmentState.id.in_(last), AttachmentState.act != "removed")
        .order_by(AttachmentState.position, AttachmentState.attachment_id)
    )
    return [AttachmentRow(*row) for row in rows]


def list_version_attachments(version_id: int) -> list[AttachmentRow]:
    """The attachments published with a version in their order."""
    rows = db.session.execute(
        _states()
        .join(VersionAttachment, VersionAttachment.state_id == AttachmentState.id)
        .where(VersionAttachment.version_id == version_id)
        .order_by(AttachmentState.position, AttachmentState.attachment_id)
    )
    return [AttachmentRow(*row) for row in rows]


def list_states(document_id: int, attachment_id: int | None = None) -> list[AttachmentRow]:
    """All that was ever done with the attachments of a document, or with one of them, the last first."""
    statement = _states().where(AttachmentState.document_id == document_id)
    if attachment_id is not None:
        statement = statement.where(AttachmentState.attachment_id == attachment_id)
    rows = db.session.execute(statement.order_by(AttachmentState.id.desc()))
    return [AttachmentRow(*row) for row in rows]


def get_attachment(document_id: int, attachment_id: int) -> AttachmentRow:
    """How an attachment of the working draft stands. Raises NotFound for one that is not, or no more."""
    rows = list_states(document_id, attachment_id)
    if not rows or rows[0].act == "removed":
        raise NotFound("attachment")
    return rows[0]


def get_state(document_id: int, state_id: int) -> AttachmentRow:
    """How an attachment once stood. Raises NotFound."""
    row = db.session.execute(
        _states().where(AttachmentState.document_id == document_id, AttachmentState.id == state_id)
    ).one_or_none()
    if row is None:
        raise NotFound("attachment")
    return AttachmentRow(*row)


def is_state_published(state_id: int) -> bool:
    """Whether the attachment was published with a version as it stood then."""
    return bool(db.session.scalar(select(exists().where(VersionAttachment.state_id == state_id))))
