"""Selects and updates about the answers themselves, their codes and their letters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select, update

from consult.domain.errors import NotFound
from consult.domain.process.joint_answers import LIVE, AnswerState
from consult.storage.database import db
from consult.storage.models.joint_answers import (
    JointAnswer,
    JointAnswerCode,
    JointAnswerLetter,
    JointAnswerParty,
)
from consult.storage.models.organisations import Organisation


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer being put together, or one that was sent. `signed_by` names people."""

    id: int
    consultation_id: int
    organisation_id: int
    organisation_slug: str
    organisation_name: str
    organisation_short_name: str
    organisation_kind: str
    is_organisation_verified: bool
    lead_id: int
    state: AnswerState
    revision: int
    approval_rule: str
    resolution_no: str
    resolution_on: date | None
    signed_by: str
    authority: str
    begun_at: datetime
    asked_at: datetime | None
    sent_at: datetime | None
    sent_by: int | None
    submission_id: int | None
    reminded_hours: int | None
    reminded_of: datetime | None

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


def _answers() -> Select[*tuple[Any, ...]]:
    return select(
        JointAnswer.id,
        JointAnswer.consultation_id,
        JointAnswer.organisation_id,
        Organisation.slug,
        Organisation.name,
        Organisation.short_name,
        Organisation.kind,
        Organisation.verified_at.is_not(None),
        JointAnswer.lead_id,
        JointAnswer.state,
        JointAnswer.revision,
        JointAnswer.approval_rule,
        JointAnswer.resolution_no,
        JointAnswer.resolution_on,
        JointAnswer.signed_by,
        JointAnswer.authority,
        JointAnswer.begun_at,
        JointAnswer.asked_at,
        JointAnswer.sent_at,
        JointAnswer.sent_by,
        JointAnswer.submission_id,
        JointAnswer.reminded_hours,
        JointAnswer.reminded_of,
    ).join(Organisation, Organisation.id == JointAnswer.organisation_id)


def _row(row: Any) -> AnswerRow:
    values = list(row)
    values[9] = AnswerState(values[9])
    return AnswerRow(*values)


def find_answer(answer_id: int) -> AnswerRow | None:
    row = db.session.execute(_answers().where(JointAnswer.id == answer_id)).one_or_none()
    return _row(row) if row else None


def get_answer(answer_id: int) -> AnswerRow:
    """Raises NotFound."""
    found = find_answer(answer_id)
    if found is None:
        raise NotFound("joint_answer")
    return found


def find_standing_answer(consultation_id: int, organisation_id: int) -> AnswerRow | None:
    """The answer of an organisation to a consultation that was not dropped."""
    row = db.session.execute(
        _answers().where(
            JointAnswer.consultation_id == consultation_id,
            JointAnswer.organisation_id == organisation_id,
            JointAnswer.state != AnswerState.DROPPED,
        )
    ).one_or_none()
    return _row(row) if row else None


def list_answers_of_organisations(
    organisation_ids: Collection[int], *, consultation_id: int | None = None
) -> list[AnswerRow]:
    """Answers these organisations lead or were asked to stand behind, the latest first; dropped ones are left out."""
    invited = select(JointAnswerParty.answer_id).where(
        JointAnswerParty.organisation_id.in_(organisation_ids), JointAnswerParty.withdrawn_at.is_(None)
    )
    statement = _answers().where(
        or_(JointAnswer.organisation_id.in_(organisation_ids), JointAnswer.id.in_(invited)),
        JointAnswer.state != AnswerState.DROPPED,
    )
    if consultation_id is not None:
        statement = statement.where(JointAnswer.consultation_id == consultation_id)
    return [_row(row) for row in db.session.execute(statement.order_by(JointAnswer.id.desc()))]


def list_live_answers() -> list[AnswerRow]:
    """Every answer not sent and not dropped."""
    rows = db.session.execute(_answers().where(JointAnswer.state.in_(LIVE)).order_by(JointAnswer.id))
    return [_row(row) for row in rows]


def lock_answer(answer_id: int) -> AnswerRow:
    """The answer as it is now, held until the transaction ends. Raises NotFound."""
    db.session.execute(select(JointAnswer.id).where(JointAnswer.id == answer_id).with_for_update())
    return get_answer(answer_id)


def update_answer(answer_id: int, **values: Any) -> None:
    db.session.execute(
        update(JointAnswer)
        .where(JointAnswer.id == answer_id)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )


def take_to_send(answer_id: int, revision: int, *, person_id: int | None, at: datetime) -> bool:
    """Mark an answer as sent; False when it is not this revision any more, or somebody sent it first."""
    found = db.session.execute(
        update(JointAnswer)
        .where(
            JointAnswer.id == answer_id,
            JointAnswer.state == AnswerState.APPROVING,
            JointAnswer.revision == revision,
            JointAnswer.sent_at.is_(None),
        )
        .values(state=AnswerState.SENT, sent_at=at, sent_by=person_id)
        .execution_options(synchronize_session="fetch")
    )
    return bool(found.rowcount == 1)  # type: ignore[attr-defined]


# codes


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code that lets members in, or did."""

    id: int
    answer_id: int
    made_at: datetime
    withdrawn_at: datetime | None


_CODES = (
    JointAnswerCode.id,
    JointAnswerCode.answer_id,
    JointAnswerCode.made_at,
    JointAnswerCode.withdrawn_at,
)


def find_code_by_token(token_hash: str) -> CodeRow | None:
    row = db.session.execute(select(*_CODES).where(JointAnswerCode.token_hash == token_hash)).one_or_none()
    return CodeRow(*row) if row else None


def find_good_code(answer_id: int) -> CodeRow | None:
    """The code that lets members in now."""
    row = db.session.execute(
        select(*_CODES).where(JointAnswerCode.answer_id == answer_id, JointAnswerCode.withdrawn_at.is_(None))
    ).one_or_none()
    return CodeRow(*row) if row else None


def withdraw_codes(answer_id: int, at: datetime) -> int:
    """How many codes stopped letting people in."""
    found = db.session.execute(
        update(JointAnswerCode)
        .where(JointAnswerCode.answer_id == answer_id, JointAnswerCode.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
        .execution_options(synchronize_session="fetch")
    )
    return int(found.rowcount)  # type: ignore[attr-defined]


# letters


@dataclass(frozen=True, slots=True)
class LetterRow:
    """The letter that goes with an answer, without its content."""

    name: str
    kind: str
    digest: str
    attached_at: datetime


def find_letter(answer_id: int, *, with_content: bool = False) -> tuple[LetterRow, bytes] | None:
    """The letter and its content, empty unless asked for."""
    columns = (
        JointAnswerLetter.name,
        JointAnswerLetter.kind,
        JointAnswerLetter.digest,
        JointAnswerLetter.attached_at,
    )
    row = db.session.execute(select(*columns).where(JointAnswerLetter.answer_id == answer_id)).one_or_none()
    if row is None:
        return None
    content = (
        db.session.scalar(select(JointAnswerLetter.content).where(JointAnswerLetter.answer_id == answer_id))
        if with_content
        else b""
    )
    return LetterRow(*row), content or b""


def drop_letter(answer_id: int) -> None:
    db.session.execute(
        delete(JointAnswerLetter)
        .where(JointAnswerLetter.answer_id == answer_id)
        .execution_options(synchronize_session="fetch")
    )
