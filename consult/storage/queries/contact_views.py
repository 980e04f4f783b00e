"""Selects about who looked at the contact data of senders."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, func, or_, select
from sqlalchemy.types import String

from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.comments import Comment, PersonData, Submission
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.documents import Document
from consult.storage.models.organisations import Organisation
from consult.storage.models.privacy import ContactView
from consult.storage.queries.accounts.held import is_own


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A view: `receipts` are the numbers of whose data was shown.
    `viewer` is "" once that account was erased; `consultation_id` None for comments outside of any consultation."""

    at: datetime
    viewer: str
    host_name: str
    place: str
    receipts: tuple[int, ...]
    title: str
    consultation_id: int | None
    language: str


def list_views_of_host(host_id: int, *, offset: int = 0, limit: int = 50) -> list[ViewRow]:
    """Views by the officials of a host, the last first."""
    statement = _views().where(ContactView.host_id == host_id).order_by(ContactView.id.desc())
    return [_row(row) for row in db.session.execute(statement.offset(offset).limit(limit))]


def count_views_of_host(host_id: int) -> int:
    statement = select(func.count()).select_from(ContactView).where(ContactView.host_id == host_id)
    return db.session.scalar(statement) or 0


def list_views_about(person_id: int, *, limit: int | None = None) -> list[ViewRow]:
    """Views of what the person sent signed in, the last first; of each only the numbers that are theirs."""
    own = db.session.execute(
        select(Submission.register_id, Submission.receipt_no).where(is_own(person_id))
    ).all()
    mine: dict[int, set[int]] = {}
    for register_id, receipt_no in own:
        mine.setdefault(register_id, set()).add(receipt_no)
    if not mine:
        return []
    # whose statement this is: a row of the log against the person's submissions in that register
    concerned = (
        select(Submission.id)
        .where(
            is_own(person_id),
            Submission.register_id == ContactView.register_id,
            _concerns(),
        )
        .exists()
    )
    statement = _views().where(ContactView.register_id.in_(mine), concerned).order_by(ContactView.id.desc())
    if limit is not None:
        statement = statement.limit(limit)
    found = []
    for row in db.session.execute(statement):
        view = _row(row)
        receipts = tuple(sorted(mine[row.register_id] & set(view.receipts)))
        found.append(
            ViewRow(
                view.at,
                "",
                view.host_name,
                view.place,
                receipts,
                view.title,
                view.consultation_id,
                view.language,
            )
        )
    return found


def list_receipts_with_data(comment_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """By register: the receipts of these comments whose senders left a name or an address."""
    found: dict[int, set[int]] = {}
    ids = sorted(comment_ids)
    for start in range(0, len(ids), 500):
        rows = db.session.execute(
            select(Submission.register_id, Submission.receipt_no)
            .join(Comment, Comment.submission_id == Submission.id)
            .join(PersonData, PersonData.submission_id == Submission.id)
            .where(
                Comment.id.in_(ids[start : start + 500]), or_(PersonData.name != "", PersonData.email != "")
            )
        )
        for register_id, receipt_no in rows:
            found.setdefault(register_id, set()).add(receipt_no)
    return {register_id: tuple(sorted(numbers)) for register_id, numbers in found.items()}


def find_receipt_of_comment(comment_id: int) -> int:
    """The number of the receipt a comment was handed in with; 0 where there is no such comment."""
    return (
        db.session.scalar(
            select(Submission.receipt_no)
            .join(Comment, Comment.submission_id == Submission.id)
            .where(Comment.id == comment_id)
        )
        or 0
    )


def _concerns() -> ColumnElement[bool]:
    """Condition on ContactView and Submission of one register: the view showed the sender's data."""
    return ContactView.receipts.contains("," + cast(Submission.receipt_no, String) + ",")


def _views() -> Select[*tuple[Any, ...]]:
    return (
        select(
            ContactView.at,
            func.coalesce(Person.name, "").label("viewer"),
            Organisation.name.label("host_name"),
            ContactView.place,
            ContactView.receipts,
            func.coalesce(Consultation.title, Document.title).label("title"),
            Consultation.id.label("consultation_id"),
            Document.language,
            ContactView.register_id,
        )
        .outerjoin(Person, Person.id == ContactView.person_id)
        .join(Organisation, Organisation.id == ContactView.host_id)
        .join(Register, Register.id == ContactView.register_id)
        .join(Document, Document.id == Register.document_id)
        .outerjoin(Consultation, Consultation.id == Register.consultation_id)
    )


def _row(row: Any) -> ViewRow:
    numbers = tuple(int(part) for part in row.receipts.split(",") if part)
    return ViewRow(
        row.at,
        row.viewer,
        row.host_name,
        row.place,
        numbers,
        row.title,
        row.consultation_id,
        row.language,
    )
