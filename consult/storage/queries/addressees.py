"""Whom an office writes to about a consultation: everybody who commented, and everybody who follows it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, Subquery, and_, false, func, not_, or_, select

from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.comments import Comment, PersonData, Submission
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.following import Follow
from consult.storage.queries.comments import is_from_the_account


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to be written to: an account, or a guest's submission; one of the two is None."""

    person_id: int | None
    submission_id: int | None


def list_addressees(consultation_id: int) -> list[Addressee]:
    """Each once: accounts that commented or follow the consultation, its document or its host; then guests who left an
    address, by their last submission, unless the address is that of one of the accounts. Nobody before it is
    announced."""
    found = db.session.execute(
        select(Consultation.document_id, Consultation.host_id).where(Consultation.id == consultation_id)
    ).one_or_none()
    if found is None:
        return []
    document_id, host_id = found
    followed = or_(
        and_(Follow.kind == "consultation", Follow.ref == str(consultation_id)),
        and_(Follow.kind == "document", Follow.ref == str(document_id)),
        and_(Follow.kind == "host", Follow.ref == str(host_id)),
    )
    followers = select(Follow.person_id).where(followed)
    return _listed(consultation_id, _accounts(consultation_id).union(followers).subquery())


def list_senders(consultation_id: int) -> list[Addressee]:
    """Each once: accounts that commented, then guests who left an address."""
    return _listed(consultation_id, _accounts(consultation_id).subquery())


def list_comment_ids_of(consultation_id: int, addressee: Addressee) -> list[int]:
    """The comments somebody handed in, by number: as themselves, or with the address that is theirs."""
    is_guest = addressee.person_id is None  # nobody's id: it would be compared with that of all guests
    own = false() if is_guest else and_(Submission.person_id == addressee.person_id, is_from_the_account())
    address = (
        select(func.lower(Person.email)).where(Person.id == addressee.person_id)
        if addressee.person_id is not None
        else select(func.lower(PersonData.email)).where(PersonData.submission_id == addressee.submission_id)
    ).scalar_subquery()
    with_address = select(PersonData.submission_id).where(
        PersonData.email != "", func.lower(PersonData.email) == address
    )
    return list(
        db.session.scalars(
            select(Comment.id)
            .join(Submission, Submission.id == Comment.submission_id)
            .join(Register, Register.id == Comment.register_id)
            .where(Register.consultation_id == consultation_id, or_(own, Submission.id.in_(with_address)))
            .order_by(Comment.number)
        )
    )


def _accounts(consultation_id: int) -> Select[int | None]:
    """Accounts whose owners commented for themselves. An official who types in a letter is not its sender."""
    return (
        select(Submission.person_id)
        .join(Register, Register.id == Submission.register_id)
        .where(
            Register.consultation_id == consultation_id,
            Submission.person_id.is_not(None),
            is_from_the_account(),
        )
    )


def _listed(consultation_id: int, concerned: Subquery) -> list[Addressee]:
    people = db.session.execute(
        select(Person.id, Person.email)
        .where(Person.disabled_at.is_(None), Person.id.in_(select(concerned)))
        .order_by(Person.id)
    ).all()
    guests = db.session.execute(
        select(func.max(PersonData.submission_id), func.lower(PersonData.email))
        .join(Submission, Submission.id == PersonData.submission_id)
        .join(Register, Register.id == Submission.register_id)
        .where(
            Register.consultation_id == consultation_id,
            or_(Submission.person_id.is_(None), not_(is_from_the_account())),
            PersonData.email != "",
        )
        .group_by(func.lower(PersonData.email))
        .order_by(func.max(PersonData.submission_id))
    ).all()
    known = {email.lower() for _, email in people}
    return [
        *(Addressee(person_id, None) for person_id, _ in people),
        *(Addressee(None, submission_id) for submission_id, email in guests if email not in known),
    ]
