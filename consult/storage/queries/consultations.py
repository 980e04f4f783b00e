"""Selects and updates about consultations and registers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, update

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.documents import Document, Version
from consult.storage.models.organisations import Organisation


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A consultation as lists and pages show it."""

    id: int
    document_id: int
    slug: str
    document_title: str
    version_id: int
    version_no: int
    host_id: int
    host_name: str
    title: str
    summary: str
    legal_basis: str
    opens_at: datetime
    closes_at: datetime
    answers_published_at: datetime | None
    register_id: int
    comment_count: int

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at


def _consultations() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Consultation.id,
            Consultation.document_id,
            Document.slug,
            Document.title,
            Consultation.version_id,
            Version.number,
            Consultation.host_id,
            Organisation.name,
            Consultation.title,
            Consultation.summary,
            Consultation.legal_basis,
            Consultation.opens_at,
            Consultation.closes_at,
            Consultation.answers_published_at,
            Register.id,
            Register.last_number,
        )
        .join(Document, Document.id == Consultation.document_id)
        .join(Version, Version.id == Consultation.version_id)
        .join(Organisation, Organisation.id == Consultation.host_id)
        .join(Register, Register.consultation_id == Consultation.id)
    )


def _row(row: Row[*tuple[Any, ...]]) -> ConsultationRow:
    return ConsultationRow(*row)


def get_consultation(consultation_id: int) -> ConsultationRow:
    """The consultation of this id; consultations are public. Raises NotFound."""
    row = db.session.execute(_consultations().where(Consultation.id == consultation_id)).one_or_none()
    if row is None:
        raise NotFound("consultation")
    return _row(row)


def list_consultations(*, document_id: int | None = None, limit: int = 100) -> list[ConsultationRow]:
    """Consultations, the one closing last first."""
    statement = _consultations()
    if document_id is not None:
        statement = statement.where(Consultation.document_id == document_id)
    rows = db.session.execute(
        statement.order_by(Consultation.closes_at.desc(), Consultation.id.desc()).limit(limit)
    )
    return [_row(row) for row in rows]


def find_open_consultation(document_id: int, now: datetime) -> ConsultationRow | None:
    """The consultation of a document that takes comments at this moment."""
    row = db.session.execute(
        _consultations()
        .where(
            Consultation.document_id == document_id,
            Consultation.opens_at <= now,
            Consultation.closes_at > now,
        )
        .order_by(Consultation.id.desc())
        .limit(1)
    ).one_or_none()
    return _row(row) if row else None


def find_register(document_id: int, consultation_id: int | None) -> int | None:
    """The register of a consultation, or of comments made on a document outside of any."""
    condition = (
        Register.consultation_id.is_(None)
        if consultation_id is None
        else Register.consultation_id == consultation_id
    )
    return db.session.scalar(select(Register.id).where(Register.document_id == document_id, condition))


def take_numbers(register_id: int, count: int) -> tuple[int, int, str]:
    """Give out a receipt number and `count` comment numbers.

    Returns (receipt number, first comment number, hash of the receipt before). Holds the register's row
    until the transaction ends.
    """
    row = db.session.execute(
        update(Register)
        .where(Register.id == register_id)
        .values(last_number=Register.last_number + count, last_receipt=Register.last_receipt + 1)
        .returning(Register.last_receipt, Register.last_number, Register.head_hash)
        .execution_options(synchronize_session=False)
    ).one()
    return row[0], row[1] - count + 1, row[2]


def set_register_head(register_id: int, head_hash: str) -> None:
    db.session.execute(
        update(Register)
        .where(Register.id == register_id)
        .values(head_hash=head_hash)
        .execution_options(synchronize_session=False)
    )


def mark_answers_published(consultation_id: int, at: datetime) -> None:
    db.session.execute(
        update(Consultation)
        .where(Consultation.id == consultation_id)
        .values(answers_published_at=at)
        .execution_options(synchronize_session=False)
    )


def count_comments(document_id: int) -> int:
    """Comments ever numbered for a document."""
    return (
        db.session.scalar(select(func.sum(Register.last_number)).where(Register.document_id == document_id))
        or 0
    )


def last_number(register_id: int) -> int:
    """The last comment number a register gave out."""
    return db.session.scalar(select(Register.last_number).where(Register.id == register_id)) or 0
