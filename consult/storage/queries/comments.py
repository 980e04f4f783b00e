"""Selects about comments, the words they point at, and the answers they got.

`author` is a person's name and goes only to the host; pages show the capacity and, for organisations,
the name. Answers that are not published are left out unless the viewer works for the host.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, select, true
from sqlalchemy.orm import aliased

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.comments import (
    Comment,
    CommentRevision,
    CommentTarget,
    PersonData,
    Placement,
    Submission,
)
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.dispositions import Disposition, DispositionRevision
from consult.storage.models.documents import VersionSection
from consult.storage.models.drafting import Change
from consult.storage.models.history import Seal


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The host's answer to a comment as it holds now; `justification` is None once erased."""

    outcome: str
    state: str
    justification: str | None
    decided_at: datetime
    change_id: int | None
    revision_no: int


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as lists and pages show it; `text` is None once erased."""

    id: int
    number: int
    register_id: int
    document_id: int
    consultation_id: int | None
    kind: str
    text: str | None
    justification: str | None
    proposed: str | None
    capacity: str
    is_capacity_verified: bool
    organisation_name: str
    channel: str
    received_at: datetime
    received_on: date
    case_sign: str
    person_id: int | None
    answer: AnswerRow | None


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """Where one target of a comment is: the words it was made on, and how they fare in some text."""

    comment_id: int
    target_id: int
    ordinal: int
    scope: str
    origin_section: str
    origin_text: int
    origin_start: int
    origin_end: int
    exact: str
    state: str
    section_id: str
    text_id: int | None
    start: int | None
    end: int | None
    similarity: float


def _comments(*, with_drafts: bool) -> Select[*tuple[Any, ...]]:
    text, justification, proposed, reasons = aliased(Seal), aliased(Seal), aliased(Seal), aliased(Seal)
    last_no = (
        select(func.max(CommentRevision.no))
        .where(CommentRevision.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )
    visible = true() if with_drafts else Disposition.state == "published"
    return (
        select(
            Comment,
            Submission,
            Register.document_id,
            Register.consultation_id,
            text.value,
            justification.value,
            proposed.value,
            Disposition,
            DispositionRevision.at,
            reasons.value,
        )
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Register, Register.id == Comment.register_id)
        .join(CommentRevision, and_(CommentRevision.comment_id == Comment.id, CommentRevision.no == last_no))
        .join(text, text.id == CommentRevision.text_seal_id)
        .join(justification, justification.id == CommentRevision.justification_seal_id)
        .outerjoin(proposed, proposed.id == CommentRevision.proposed_seal_id)
        .outerjoin(Disposition, and_(Disposition.comment_id == Comment.id, visible))
        .outerjoin(
            DispositionRevision,
            and_(
                DispositionRevision.comment_id == Disposition.comment_id,
                DispositionRevision.no == Disposition.revision_no,
            ),
        )
        .outerjoin(reasons, reasons.id == DispositionRevision.justification_seal_id)
    )


def _comment_row(row: Row[*tuple[Any, ...]]) -> CommentRow:
    comment: Comment = row[0]
    submission: Submission = row[1]
    disposition: Disposition | None = row[7]
    return CommentRow(
        id=comment.id,
        number=comment.number,
        register_id=comment.register_id,
        document_id=row[2],
        consultation_id=row[3],
        kind=comment.kind,
        text=row[4],
        justification=row[5],
        proposed=row[6],
        capacity=submission.capacity,
        is_capacity_verified=submission.is_capacity_verified,
        organisation_name=submission.organisation_name_then,
        channel=submission.channel,
        received_at=submission.received_at,
        received_on=submission.received_on,
        case_sign=submission.case_sign,
        person_id=submission.person_id,
        answer=AnswerRow(
            outcome=disposition.outcome,
            state=disposition.state,
            justification=row[9],
            decided_at=row[8],
            change_id=disposition.change_id,
            revision_no=disposition.revision_no,
        )
        if disposition
        else None,
    )


def _list(condition: ColumnElement[bool], *, with_drafts: bool) -> list[CommentRow]:
    rows = db.session.execute(
        _comments(with_drafts=with_drafts).where(condition).order_by(Comment.register_id, Comment.number)
    )
    return [_comment_row(row) for row in rows]


def list_comments(register_id: int, *, with_drafts: bool) -> list[CommentRow]:
    """All comments of a register in order of number."""
    return _list(Comment.register_id == register_id, with_drafts=with_drafts)


def list_document_comments(document_id: int, *, with_drafts: bool) -> list[CommentRow]:
    """All comments ever made on a document, by register and number."""
    return _list(Register.document_id == document_id, with_drafts=with_drafts)


def list_comments_by_id(comment_ids: Collection[int], *, with_drafts: bool) -> list[CommentRow]:
    """Comments by id, by register and number."""
    found: list[CommentRow] = []
    ids = sorted(comment_ids)
    for start in range(0, len(ids), 500):
        found += _list(Comment.id.in_(ids[start : start + 500]), with_drafts=with_drafts)
    return found


def find_comment(register_id: int, number: int, *, with_drafts: bool) -> CommentRow | None:
    rows = _list(and_(Comment.register_id == register_id, Comment.number == number), with_drafts=with_drafts)
    return rows[0] if rows else None


def get_comment(comment_id: int, *, with_drafts: bool) -> CommentRow:
    """The comment of this id. Raises NotFound."""
    rows = _list(Comment.id == comment_id, with_drafts=with_drafts)
    if not rows:
        raise NotFound("comment")
    return rows[0]


def list_authors(comment_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """(name, e-mail) of senders by comment id: personal data, for the host's eyes only."""
    found: dict[int, tuple[str, str]] = {}
    ids = sorted(comment_ids)
    for start in range(0, len(ids), 500):
        rows = db.session.execute(
            select(Comment.id, PersonData.name, PersonData.email)
            .join(PersonData, PersonData.submission_id == Comment.submission_id)
            .where(Comment.id.in_(ids[start : start + 500]))
        )
        found |= {row[0]: (row[1], row[2]) for row in rows}
    return found


# Where the words are


LOST = "orphaned"

_TARGET_COLUMNS = (
    CommentTarget.comment_id,
    CommentTarget.id,
    CommentTarget.ordinal,
    CommentTarget.scope,
    CommentTarget.section_id,
    CommentTarget.text_id,
    CommentTarget.start,
    CommentTarget.end,
    CommentTarget.exact,
)
_PLACEMENT_COLUMNS = (
    Placement.state,
    Placement.section_id,
    Placement.text_id,
    Placement.start,
    Placement.end,
    Placement.similarity,
)


def _placed() -> Select[*tuple[Any, ...]]:
    return select(*_TARGET_COLUMNS, *_PLACEMENT_COLUMNS).join(
        Placement, Placement.target_id == CommentTarget.id
    )


def list_placed_in_draft(document_id: int) -> list[PlacedRow]:
    """Every target of a document's comments with its placement in the working draft, orphans included."""
    rows = db.session.execute(
        _placed()
        .join(Comment, Comment.id == CommentTarget.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .where(Register.document_id == document_id, Placement.is_current)
        .order_by(CommentTarget.comment_id, CommentTarget.ordinal)
    )
    return [PlacedRow(*row) for row in rows]


def list_placed_in_version(version_id: int) -> list[PlacedRow]:
    """Targets placed in the texts of a version."""
    rows = db.session.execute(
        _placed()
        .join(VersionSection, VersionSection.text_id == Placement.text_id)
        .where(VersionSection.version_id == version_id)
        .order_by(VersionSection.ordinal, Placement.start, CommentTarget.comment_id)
    )
    return [PlacedRow(*row) for row in rows]


def list_placements_of(comment_ids: Sequence[int], *, version_id: int | None = None) -> list[PlacedRow]:
    """Where the targets of these comments are: in the working draft, or in a version.

    A target that stands nowhere in the version is orphaned there, and shown where it was made.
    """
    found: list[PlacedRow] = []
    for start in range(0, len(comment_ids), 500):
        ids = comment_ids[start : start + 500]
        statement = (
            select(*_TARGET_COLUMNS, *_PLACEMENT_COLUMNS)
            .outerjoin(Placement, and_(Placement.target_id == CommentTarget.id, _is_shown(version_id)))
            .where(CommentTarget.comment_id.in_(ids))
            .order_by(CommentTarget.comment_id, CommentTarget.ordinal)
        )
        found += [_placed_or_lost(row) for row in db.session.execute(statement)]
    return found


def _is_shown(version_id: int | None) -> ColumnElement[bool]:
    """Condition: the placement is the draft's, or stands in a text of the version."""
    if version_id is None:
        return Placement.is_current.is_(True)
    return exists().where(
        VersionSection.version_id == version_id, VersionSection.text_id == Placement.text_id
    )


def _placed_or_lost(row: Row[*tuple[Any, ...]]) -> PlacedRow:
    target, place = tuple(row[:9]), tuple(row[9:])
    return PlacedRow(*target, *(place if place[0] is not None else (LOST, row[4], None, None, None, 0.0)))


def count_by_section(version_id: int) -> dict[str, int]:
    """How many comments point at each section of a version."""
    rows = db.session.execute(
        select(VersionSection.section_id, func.count(CommentTarget.comment_id.distinct()))
        .join(Placement, Placement.text_id == VersionSection.text_id)
        .join(CommentTarget, CommentTarget.id == Placement.target_id)
        .where(VersionSection.version_id == version_id)
        .group_by(VersionSection.section_id)
    )
    return {row[0]: row[1] for row in rows}


def find_submission_by_token(form_token_hash: str) -> Submission | None:
    """The submission a form already made, when the same form is sent twice."""
    return db.session.scalars(
        select(Submission).where(Submission.form_token_hash == form_token_hash)
    ).one_or_none()


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What a sender gets: the receipt and the comments in it."""

    submission_id: int
    register_id: int
    receipt_no: int
    receipt_hash: str
    received_at: datetime
    secret_hash: str
    comment_ids: tuple[int, ...]
    numbers: tuple[int, ...]


def find_receipt(register_id: int, receipt_no: int) -> ReceiptRow | None:
    submission = db.session.scalars(
        select(Submission).where(Submission.register_id == register_id, Submission.receipt_no == receipt_no)
    ).one_or_none()
    return receipt_of(submission) if submission else None


def receipt_of(submission: Submission) -> ReceiptRow:
    rows = db.session.execute(
        select(Comment.id, Comment.number)
        .where(Comment.submission_id == submission.id)
        .order_by(Comment.number)
    ).all()
    return ReceiptRow(
        submission_id=submission.id,
        register_id=submission.register_id,
        receipt_no=submission.receipt_no,
        receipt_hash=submission.receipt_hash,
        received_at=submission.received_at,
        secret_hash=submission.secret_hash,
        comment_ids=tuple(row[0] for row in rows),
        numbers=tuple(row[1] for row in rows),
    )


def list_change_numbers(change_ids: Collection[int]) -> dict[int, int]:
    """Numbers of changes by id."""
    found: dict[int, int] = {}
    ids = sorted(set(change_ids))
    for start in range(0, len(ids), 500):
        rows = db.session.execute(
            select(Change.id, Change.number).where(Change.id.in_(ids[start : start + 500]))
        )
        found |= {row[0]: row[1] for row in rows}
    return found


def list_numbers(comment_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """(register, number) of comments by id."""
    found: dict[int, tuple[int, int]] = {}
    ids = sorted(comment_ids)
    for start in range(0, len(ids), 500):
        rows = db.session.execute(
            select(Comment.id, Comment.register_id, Comment.number).where(
                Comment.id.in_(ids[start : start + 500])
            )
        )
        found |= {row[0]: (row[1], row[2]) for row in rows}
    return found


def list_whole(document_id: int, *, version_id: int | None, with_unconsulted: bool) -> list[int]:
    """Ids of comments on the whole document: of consultations on one version, or of all; the first first."""
    statement = (
        select(Comment.id)
        .join(Register, Register.id == Comment.register_id)
        .outerjoin(Consultation, Consultation.id == Register.consultation_id)
        .outerjoin(CommentTarget, CommentTarget.comment_id == Comment.id)
        .where(Register.document_id == document_id, CommentTarget.id.is_(None))
        .order_by(Comment.register_id, Comment.number)
    )
    if version_id is not None:
        statement = statement.where(Consultation.version_id == version_id)
    if not with_unconsulted:
        statement = statement.where(Register.consultation_id.is_not(None))
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A comment without its words: what lists are ordered and narrowed by. `state` and `section_id` are those of
    its first target in the working draft, None for a comment on the whole."""

    comment_id: int
    register_id: int
    number: int
    kind: str
    capacity: str
    outcome: str | None
    state: str | None
    section_id: str | None
    start: int | None
    origin_section: str | None
    origin_start: int | None


def list_overview(
    document_id: int,
    *,
    register_id: int | None = None,
    version_id: int | None = None,
    with_drafts: bool,
    with_unconsulted: bool = True,
) -> list[OverviewRow]:
    """Every comment of a document (or of one register) by register and number, one light row each.

    Placements are those in the working draft, or in a version.
    """
    visible = true() if with_drafts else Disposition.state == "published"
    statement = (
        select(
            Comment.id,
            Comment.register_id,
            Comment.number,
            Comment.kind,
            Submission.capacity,
            Disposition.outcome,
            Placement.state,
            Placement.section_id,
            Placement.start,
            CommentTarget.section_id,
            CommentTarget.start,
        )
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Register, Register.id == Comment.register_id)
        .outerjoin(Disposition, and_(Disposition.comment_id == Comment.id, visible))
        .outerjoin(CommentTarget, and_(CommentTarget.comment_id == Comment.id, CommentTarget.ordinal == 1))
        .outerjoin(Placement, and_(Placement.target_id == CommentTarget.id, _is_shown(version_id)))
        .where(Register.document_id == document_id)
        .order_by(Comment.register_id, Comment.number)
    )
    if register_id is not None:
        statement = statement.where(Comment.register_id == register_id)
    if not with_unconsulted:
        statement = statement.where(Register.consultation_id.is_not(None))
    return [_overview(row) for row in db.session.execute(statement)]


def _overview(row: Row[*tuple[Any, ...]]) -> OverviewRow:
    """A comment with a target but no placement has lost its words; its home is where it was made."""
    is_lost = row[9] is not None and row[6] is None
    state, section_id = (LOST, row[9]) if is_lost else (row[6], row[7])
    return OverviewRow(
        comment_id=row[0],
        register_id=row[1],
        number=row[2],
        kind=row[3],
        capacity=row[4],
        outcome=row[5],
        state=state,
        section_id=section_id,
        start=row[8],
        origin_section=row[9],
        origin_start=row[10],
    )
