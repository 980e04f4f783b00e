"""Selects and updates about who approves an answer, and which organisations stand behind it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, or_, select, update

from consult.domain.policy.actors import REPRESENTATIVE
from consult.domain.process.joint_answers import LIVE
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.joint_answers import (
    JointAnswer,
    JointAnswerApprover,
    JointAnswerParty,
    JointAnswerRemark,
    SubmissionParty,
)
from consult.storage.models.memberships import Membership
from consult.storage.models.organisations import Organisation


@dataclass(frozen=True, slots=True)
class ApproverRow:
    """Somebody asked to approve, and what they said of which revision."""

    person_id: int
    person_name: str
    role_name: str
    asked_at: datetime
    approved_revision: int | None
    approved_at: datetime | None
    refused_at: datetime | None
    refused_reason: str

    def has_approved(self, revision: int) -> bool:
        return self.approved_at is not None and self.approved_revision == revision


@dataclass(frozen=True, slots=True)
class PartyRow:
    """An organisation asked to stand behind an answer. `approver_name` is empty while nobody spoke for it."""

    organisation_id: int
    slug: str
    name: str
    short_name: str
    is_verified: bool
    invited_at: datetime
    approved_revision: int | None
    approved_at: datetime | None
    approved_by: int | None
    approver_name: str
    withdrawn_at: datetime | None
    withdrawn_reason: str

    def has_approved(self, revision: int) -> bool:
        return self.approved_at is not None and self.approved_revision == revision


@dataclass(frozen=True, slots=True)
class SentPartyRow:
    """An organisation in whose name something was handed in."""

    organisation_id: int
    slug: str
    name: str
    is_confirmed: bool


def list_approvers(answer_id: int) -> list[ApproverRow]:
    """Those asked to approve, by name."""
    rows = db.session.execute(
        select(
            Person.id,
            Person.name,
            JointAnswerApprover.role_name,
            JointAnswerApprover.asked_at,
            JointAnswerApprover.approved_revision,
            JointAnswerApprover.approved_at,
            JointAnswerApprover.refused_at,
            JointAnswerApprover.refused_reason,
        )
        .join(Person, Person.id == JointAnswerApprover.person_id)
        .where(JointAnswerApprover.answer_id == answer_id)
        .order_by(Person.name, Person.id)
    )
    return [ApproverRow(*row) for row in rows]


def list_answers_approved_by(person_id: int) -> list[int]:
    """Live answers a person was asked to approve and has not answered yet."""
    return list(
        db.session.scalars(
            select(JointAnswerApprover.answer_id)
            .join(JointAnswer, JointAnswer.id == JointAnswerApprover.answer_id)
            .where(JointAnswerApprover.person_id == person_id, JointAnswer.state.in_(LIVE))
            .order_by(JointAnswerApprover.answer_id)
        )
    )


def update_approver(answer_id: int, person_id: int, **values: Any) -> None:
    db.session.execute(
        update(JointAnswerApprover)
        .where(JointAnswerApprover.answer_id == answer_id, JointAnswerApprover.person_id == person_id)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )


def drop_approvers(answer_id: int, *, but: Collection[int] = ()) -> None:
    """Ask these people no longer."""
    db.session.execute(
        delete(JointAnswerApprover)
        .where(JointAnswerApprover.answer_id == answer_id, JointAnswerApprover.person_id.not_in(but))
        .execution_options(synchronize_session="fetch")
    )


def list_parties(answer_id: int, *, with_withdrawn: bool = False) -> list[PartyRow]:
    """The other organisations of a joint position in the order they were asked."""
    statement: Select[*tuple[Any, ...]] = (
        select(
            Organisation.id,
            Organisation.slug,
            Organisation.name,
            Organisation.short_name,
            Organisation.verified_at.is_not(None),
            JointAnswerParty.invited_at,
            JointAnswerParty.approved_revision,
            JointAnswerParty.approved_at,
            JointAnswerParty.approved_by,
            func.coalesce(Person.name, ""),
            JointAnswerParty.withdrawn_at,
            JointAnswerParty.withdrawn_reason,
        )
        .join(Organisation, Organisation.id == JointAnswerParty.organisation_id)
        .outerjoin(Person, Person.id == JointAnswerParty.approved_by)
        .where(JointAnswerParty.answer_id == answer_id)
        .order_by(JointAnswerParty.invited_at, Organisation.id)
    )
    if not with_withdrawn:
        statement = statement.where(JointAnswerParty.withdrawn_at.is_(None))
    return [PartyRow(*row) for row in db.session.execute(statement)]


def update_party(answer_id: int, organisation_id: int, **values: Any) -> None:
    db.session.execute(
        update(JointAnswerParty)
        .where(JointAnswerParty.answer_id == answer_id, JointAnswerParty.organisation_id == organisation_id)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )


def list_speaker_ids(organisation_id: int) -> list[int]:
    """Accounts in use of those who may speak in an organisation's name."""
    return list(
        db.session.scalars(
            select(Membership.person_id)
            .join(Person, Person.id == Membership.person_id)
            .where(
                Membership.organisation_id == organisation_id,
                or_(Membership.role == REPRESENTATIVE, Membership.may_speak),
                Person.disabled_at.is_(None),
            )
            .distinct()
            .order_by(Membership.person_id)
        )
    )


def list_sent_parties(submission_id: int) -> list[SentPartyRow]:
    """The organisations in whose name a submission was handed in, the leading one first; none where it was no joint
    answer."""
    rows = db.session.execute(
        select(
            Organisation.id,
            Organisation.slug,
            SubmissionParty.name_then,
            SubmissionParty.is_confirmed,
        )
        .join(Organisation, Organisation.id == SubmissionParty.organisation_id)
        .where(SubmissionParty.submission_id == submission_id)
        .order_by(SubmissionParty.ordinal)
    )
    return [SentPartyRow(*row) for row in rows]


def find_answer_of_submission(submission_id: int) -> int | None:
    """The answer a submission came of."""
    return db.session.scalar(select(JointAnswer.id).where(JointAnswer.submission_id == submission_id))


def erase_of_person(person_id: int, at: datetime) -> None:
    """Empty what a person said to their organisation, with the name given and the reasons."""
    db.session.execute(
        update(JointAnswerRemark)
        .where(JointAnswerRemark.person_id == person_id)
        .values(name="", text="", justification="", proposed=None, key_hash="", withdrawn_at=at)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(JointAnswerApprover)
        .where(JointAnswerApprover.person_id == person_id)
        .values(role_name="", refused_reason="")
        .execution_options(synchronize_session=False)
    )
