"""Selects about the register of submissions: what came, how, from whom, what stands apart and what was decided about it.

They name people: for the officials of the host alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from consult.domain.errors import NotFound
from consult.domain.process.submissions import LATE, Standing, standing_of
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.comments import Comment, PersonData, Submission
from consult.storage.models.history import Seal
from consult.storage.models.submissions import (
    LateDecision,
    LetterPassage,
    SubmissionFile,
    SubmissionLetter,
    SubmissionMeeting,
)
from consult.storage.queries.sealed import shown_words
from consult.storage.queries.submission_flags import flags_of, is_flagged


@dataclass(frozen=True, slots=True)
class Ending:
    """What makes a submission late: its day comes after `last_day`; the postmark is that day where it decides."""

    last_day: date
    by_postmark: bool


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A submission as the register shows it. `name` is the sender's, `entered_by` of the account that sent or typed it;
    both may be empty. `is_apart` says that it is late or bears `flags`; `is_considered` is the last decision about one that
    stands apart, None where there is none."""

    id: int
    receipt_no: int
    receipt_hash: str
    channel: str
    received_at: datetime
    received_on: date
    postmark_on: date | None
    case_sign: str
    capacity: str
    is_capacity_verified: bool
    organisation_name: str
    name: str
    has_address: bool
    entered_by: str
    comment_count: int
    first_number: int
    has_letter: bool
    is_late: bool
    is_apart: bool
    is_considered: bool | None
    file_count: int
    flags: tuple[str, ...] = ()

    @property
    def standing(self) -> Standing:
        return standing_of(is_apart=self.is_apart, is_considered=self.is_considered)


@dataclass(frozen=True, slots=True)
class ApartRow:
    """Why a comment stands apart from the rest ("late" and flags), and what was decided about it."""

    reasons: tuple[str, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision about a submission that stands apart; `reason` is None once erased."""

    no: int
    is_considered: bool
    reason: str | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter, its `text` None once erased, and the passages that became comments: (comment number, start, end)."""

    text: str | None
    passages: tuple[tuple[int, int, int], ...]


def _late(ending: Ending) -> ColumnElement[bool]:
    counted = (
        func.coalesce(Submission.postmark_on, Submission.received_on)
        if ending.by_postmark
        else Submission.received_on
    )
    return counted > ending.last_day


def _apart(ending: Ending) -> ColumnElement[bool]:
    return or_(_late(ending), is_flagged())


_FILE_COUNT = (
    select(func.count())
    .select_from(SubmissionFile)
    .where(SubmissionFile.submission_id == Submission.id)
    .correlate(Submission)
    .scalar_subquery()
)
_LAST_DECISION = (
    select(func.max(LateDecision.no))
    .where(LateDecision.submission_id == Submission.id)
    .correlate(Submission)
    .scalar_subquery()
)


def _submissions(register_id: int, ending: Ending) -> Select[*tuple[Any, ...]]:
    counted = (
        select(Comment.submission_id, func.count().label("count"), func.min(Comment.number).label("first"))
        .where(Comment.register_id == register_id)
        .group_by(Comment.submission_id)
        .subquery()
    )
    return (
        select(
            Submission,
            func.coalesce(PersonData.name, ""),
            func.coalesce(PersonData.email, "") != "",
            func.coalesce(Person.name, ""),
            func.coalesce(counted.c.count, 0),
            func.coalesce(counted.c.first, 0),
            SubmissionLetter.submission_id.is_not(None),
            case((_late(ending), 1), else_=0),
            case((_apart(ending), 1), else_=0),
            LateDecision.is_considered,
            _FILE_COUNT,
        )
        .outerjoin(PersonData, PersonData.submission_id == Submission.id)
        .outerjoin(Person, Person.id == Submission.person_id)
        .outerjoin(counted, counted.c.submission_id == Submission.id)
        .outerjoin(SubmissionLetter, SubmissionLetter.submission_id == Submission.id)
        .outerjoin(
            LateDecision,
            and_(LateDecision.submission_id == Submission.id, LateDecision.no == _LAST_DECISION),
        )
        .where(Submission.register_id == register_id)
    )


def _row(row: Row[*tuple[Any, ...]]) -> SubmissionRow:
    submission: Submission = row[0]
    return SubmissionRow(
        id=submission.id,
        receipt_no=submission.receipt_no,
        receipt_hash=submission.receipt_hash,
        channel=submission.channel,
        received_at=submission.received_at,
        received_on=submission.received_on,
        postmark_on=submission.postmark_on,
        case_sign=submission.case_sign,
        capacity=submission.capacity,
        is_capacity_verified=submission.is_capacity_verified,
        organisation_name=submission.organisation_name_then,
        name=row[1],
        has_address=bool(row[2]),
        entered_by=row[3],
        comment_count=row[4],
        first_number=row[5],
        has_letter=bool(row[6]),
        is_late=bool(row[7]),
        is_apart=bool(row[8]),
        is_considered=row[9],
        file_count=row[10],
    )


def _with_flags(rows: list[SubmissionRow]) -> list[SubmissionRow]:
    flags = flags_of([row.id for row in rows if row.is_apart])
    return [replace(row, flags=flags.get(row.id, ())) for row in rows]


def _standing(standing: str, ending: Ending) -> ColumnElement[bool]:
    apart = _apart(ending)
    return {
        Standing.IN_TIME: ~apart,
        Standing.WAITING: and_(apart, LateDecision.no.is_(None)),
        Standing.CONSIDERED: and_(apart, LateDecision.is_considered.is_(True)),
        Standing.LEFT_OUT: and_(apart, LateDecision.is_considered.is_(False)),
    }[Standing(standing)]


def _narrowed(
    statement: Select[*tuple[Any, ...]],
    ending: Ending,
    channel: str,
    capacity: str,
    standing: str,
    words: str,
) -> Select[*tuple[Any, ...]]:
    if channel:
        statement = statement.where(Submission.channel == channel)
    if capacity:
        statement = statement.where(Submission.capacity == capacity)
    if standing:
        statement = statement.where(_standing(standing, ending))
    if words:
        statement = statement.where(
            or_(
                PersonData.name.icontains(words, autoescape=True),
                Submission.organisation_name_then.icontains(words, autoescape=True),
                Submission.case_sign.icontains(words, autoescape=True),
            )
        )
    return statement


def list_submissions(
    register_id: int,
    ending: Ending,
    *,
    channel: str = "",
    capacity: str = "",
    standing: str = "",
    words: str = "",
    limit: int,
    offset: int = 0,
) -> tuple[list[SubmissionRow], int]:
    """A page of the register, the last entered first, and how many fit altogether. `words` are looked for in names,
    organisations and case signs."""
    statement = _narrowed(_submissions(register_id, ending), ending, channel, capacity, standing, words)
    found = db.session.scalar(
        select(func.count()).select_from(statement.with_only_columns(Submission.id).subquery())
    )
    rows = db.session.execute(statement.order_by(Submission.receipt_no.desc()).limit(limit).offset(offset))
    return _with_flags([_row(row) for row in rows]), found or 0


def count_standings(register_id: int, ending: Ending) -> dict[Standing, tuple[int, int]]:
    """(submissions, comments) of a register by how they stand to the end."""
    apart = case((_apart(ending), 1), else_=0)
    rows = db.session.execute(
        select(
            apart, LateDecision.is_considered, func.count(Submission.id.distinct()), func.count(Comment.id)
        )
        .select_from(Submission)
        .outerjoin(Comment, Comment.submission_id == Submission.id)
        .outerjoin(
            LateDecision,
            and_(LateDecision.submission_id == Submission.id, LateDecision.no == _LAST_DECISION),
        )
        .where(Submission.register_id == register_id)
        .group_by(apart, LateDecision.is_considered)
    )
    sums = dict.fromkeys(Standing, (0, 0))
    for is_apart, is_considered, submissions, said in rows:
        standing = standing_of(is_apart=bool(is_apart), is_considered=is_considered)
        held = sums[standing]
        sums[standing] = (held[0] + submissions, held[1] + int(said))
    return sums


def get_submission(register_id: int, receipt_no: int, ending: Ending) -> SubmissionRow:
    """The submission with this receipt. Raises NotFound."""
    row = db.session.execute(
        _submissions(register_id, ending).where(Submission.receipt_no == receipt_no)
    ).one_or_none()
    if row is None:
        raise NotFound("submission")
    return _with_flags([_row(row)])[0]


def list_comment_ids(submission_id: int) -> list[int]:
    """Its comments, in order of number."""
    return list(
        db.session.scalars(
            select(Comment.id).where(Comment.submission_id == submission_id).order_by(Comment.number)
        )
    )


def list_decisions(submission_id: int) -> list[DecisionRow]:
    """What was decided about a submission that stands apart, the last first."""
    reason = aliased(Seal)
    rows = db.session.execute(
        select(
            LateDecision.no,
            LateDecision.is_considered,
            reason.value,
            LateDecision.at,
            func.coalesce(Person.name, ""),
        )
        .join(reason, reason.id == LateDecision.reason_seal_id)
        .outerjoin(Person, Person.id == LateDecision.person_id)
        .where(LateDecision.submission_id == submission_id)
        .order_by(LateDecision.no.desc())
    )
    return [DecisionRow(*row) for row in rows]


def find_letter(submission_id: int) -> LetterRow | None:
    """The letter of a submission and where its comments stand in it; None where there was none."""
    row = db.session.execute(
        select(SubmissionLetter.submission_id, shown_words(Seal))
        .join(Seal, Seal.id == SubmissionLetter.text_seal_id)
        .where(SubmissionLetter.submission_id == submission_id)
    ).one_or_none()
    if row is None:
        return None
    passages = db.session.execute(
        select(Comment.number, LetterPassage.start, LetterPassage.end)
        .join(Comment, Comment.id == LetterPassage.comment_id)
        .where(LetterPassage.submission_id == submission_id)
        .order_by(LetterPassage.start, Comment.number)
    )
    return LetterRow(row[1], tuple((one[0], one[1], one[2]) for one in passages))


def list_apart(register_id: int, ending: Ending | None) -> dict[int, ApartRow]:
    """Why comments of a register stand apart, by comment id; those that stand with the rest are not in it. Without an
    end (outside of any consultation) nothing is late. Nobody's data: everybody may know."""
    late = case((_late(ending), 1), else_=0) if ending else literal(0)
    rows = db.session.execute(
        select(Comment.id, Submission.id, late, LateDecision.is_considered)
        .join(Submission, Submission.id == Comment.submission_id)
        .outerjoin(
            LateDecision,
            and_(LateDecision.submission_id == Submission.id, LateDecision.no == _LAST_DECISION),
        )
        .where(Comment.register_id == register_id, _apart(ending) if ending else is_flagged())
    ).all()
    flags = flags_of({row[1] for row in rows})
    return {
        comment_id: ApartRow(
            ((LATE,) if is_late else ()) + flags.get(submission_id, ()),
            standing_of(is_apart=True, is_considered=is_considered),
        )
        for comment_id, submission_id, is_late, is_considered in rows
    }


@dataclass(frozen=True, slots=True)
class MeetingSubmissionRow:
    """A submission made of a meeting: its receipt, the numbers of its comments, its letter and their passages."""

    receipt_no: int
    letter: LetterRow | None


def list_of_meeting(meeting_id: int) -> list[MeetingSubmissionRow]:
    """Submissions made of a meeting, the first first."""
    rows = db.session.execute(
        select(Submission.id, Submission.receipt_no)
        .join(SubmissionMeeting, SubmissionMeeting.submission_id == Submission.id)
        .where(SubmissionMeeting.meeting_id == meeting_id)
        .order_by(Submission.receipt_no)
    ).all()
    return [
        MeetingSubmissionRow(receipt_no, find_letter(submission_id)) for submission_id, receipt_no in rows
    ]


def find_meeting_of(submission_id: int) -> int | None:
    """The meeting a submission was made of."""
    return db.session.scalar(
        select(SubmissionMeeting.meeting_id).where(SubmissionMeeting.submission_id == submission_id)
    )


def find_person_data(submission_id: int) -> PersonData | None:
    """The erasable data of a sender, as a row to be changed inside a unit of work."""
    return db.session.get(PersonData, submission_id, populate_existing=True)
