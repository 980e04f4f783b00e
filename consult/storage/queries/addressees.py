"""Whom an office writes to about a consultation: everybody who commented, and everybody who follows it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.comments import PersonData, Submission
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.following import Follow


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to be written to: an account, or a guest's submission; one of the two is None."""

    person_id: int | None
    submission_id: int | None


def list_addressees(consultation_id: int) -> list[Addressee]:
    """Each once: accounts that commented or follow the consultation, its document or its host; then guests who left an
    address, by their last submission, unless the address is that of one of the accounts."""
    document_id, host_id = db.session.execute(
        select(Consultation.document_id, Consultation.host_id).where(Consultation.id == consultation_id)
    ).one()
    of_consultation = (
        select(Submission)
        .join(Register, Register.id == Submission.register_id)
        .where(Register.consultation_id == consultation_id)
        .subquery()
    )
    followed = or_(
        and_(Follow.kind == "consultation", Follow.ref == str(consultation_id)),
        and_(Follow.kind == "document", Follow.ref == str(document_id)),
        and_(Follow.kind == "host", Follow.ref == str(host_id)),
    )
    concerned = select(of_consultation.c.person_id).where(of_consultation.c.person_id.is_not(None))
    people = db.session.execute(
        select(Person.id, Person.email)
        .where(
            Person.disabled_at.is_(None),
            Person.id.in_(concerned.union(select(Follow.person_id).where(followed))),
        )
        .order_by(Person.id)
    ).all()
    guests = db.session.execute(
        select(func.max(PersonData.submission_id), func.lower(PersonData.email))
        .join(of_consultation, of_consultation.c.id == PersonData.submission_id)
        .where(of_consultation.c.person_id.is_(None), PersonData.email != "")
        .group_by(func.lower(PersonData.email))
        .order_by(func.max(PersonData.submission_id))
    ).all()
    known = {email.lower() for _, email in people}
    return [
        *(Addressee(person_id, None) for person_id, _ in people),
        *(Addressee(None, submission_id) for submission_id, email in guests if email not in known),
    ]
