"""Selects that read the record as it is kept, for recomputing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, select

from consult.storage.database import db
from consult.storage.models.attributions import ChangeAttribution
from consult.storage.models.comments import Comment, CommentRevision, CommentTarget, Submission
from consult.storage.models.consultations import Register
from consult.storage.models.dispositions import Disposition, DispositionRevision
from consult.storage.models.documents import VersionSection
from consult.storage.models.drafting import Change, Section, SectionText
from consult.storage.models.history import Seal

BATCH = 500


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    id: int
    number: int
    at: datetime
    cause_kind: str
    cause_ref: int | None
    body: str
    prev_hash: str
    hash: str
    actor_seal_id: int
    note_seal_id: int
    of_no: int | None


def list_change_records(document_id: int, *, until: int | None = None) -> list[ChangeRecord]:
    """Every change of a document in order, or those up to the number `until`."""
    statement: Select[*tuple[Any, ...]] = (
        select(
            Change.id,
            Change.number,
            Change.at,
            Change.cause_kind,
            Change.cause_ref,
            Change.body,
            Change.prev_hash,
            Change.hash,
            Change.actor_seal_id,
            Change.note_seal_id,
            Change.of_no,
        )
        .where(Change.document_id == document_id, *([] if until is None else [Change.number <= until]))
        .order_by(Change.number)
    )
    return [ChangeRecord(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class AttributionRecord:
    """A cause said afterwards, with what the record of the change itself says: `recorded_kind` is "" for none."""

    number: int
    no: int
    cause_kind: str
    reason_seal_id: int
    recorded_kind: str


def list_attribution_records(document_id: int) -> list[AttributionRecord]:
    """Everything said afterwards of the changes of a document, in order."""
    rows = db.session.execute(
        select(
            Change.number,
            ChangeAttribution.no,
            ChangeAttribution.cause_kind,
            ChangeAttribution.reason_seal_id,
            Change.cause_kind,
        )
        .join(Change, Change.id == ChangeAttribution.change_id)
        .where(Change.document_id == document_id)
        .order_by(Change.number, ChangeAttribution.no)
    )
    return [AttributionRecord(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class TextRecord:
    id: int
    section_id: str
    change_id: int
    source: str
    digest: str
    level: int
    heading: str
    html: str
    plain: str
    definitions: str


def list_text_records(document_id: int) -> list[TextRecord]:
    """Every text a document ever had."""
    statement: Select[*tuple[Any, ...]] = (
        select(
            SectionText.id,
            SectionText.section_id,
            SectionText.change_id,
            SectionText.source,
            SectionText.digest,
            SectionText.level,
            SectionText.heading,
            SectionText.html,
            SectionText.plain,
            SectionText.definitions,
        )
        .join(Section, Section.id == SectionText.section_id)
        .where(Section.document_id == document_id)
        .order_by(SectionText.id)
    )
    return [TextRecord(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class SealRow:
    """A sealed value; `is_erased` says that it was erased on purpose."""

    digest: str
    salt: bytes | None
    value: str | None
    is_erased: bool


def list_seals(seal_ids: Sequence[int]) -> dict[int, SealRow]:
    """Sealed values by id."""
    found: dict[int, SealRow] = {}
    for start in range(0, len(seal_ids), BATCH):
        rows = db.session.execute(
            select(Seal.id, Seal.digest, Seal.salt, Seal.value, Seal.erased_at).where(
                Seal.id.in_(seal_ids[start : start + BATCH])
            )
        )
        found |= {row[0]: SealRow(row[1], row[2], row[3], row[4] is not None) for row in rows}
    return found


def list_leaf_hashes(version_id: int) -> list[str]:
    """The leaf hashes of a version's manifest in reading order."""
    return list(
        db.session.scalars(
            select(VersionSection.hash)
            .where(VersionSection.version_id == version_id)
            .order_by(VersionSection.ordinal)
        )
    )


@dataclass(frozen=True, slots=True)
class RegisterRecord:
    id: int
    last_number: int
    last_receipt: int
    head_hash: str


def list_register_records(document_id: int) -> list[RegisterRecord]:
    rows = db.session.execute(
        select(Register.id, Register.last_number, Register.last_receipt, Register.head_hash)
        .where(Register.document_id == document_id)
        .order_by(Register.id)
    )
    return [RegisterRecord(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    id: int
    register_id: int
    receipt_no: int
    prev_hash: str
    receipt_hash: str
    body: str
    received_at: datetime
    capacity: str
    organisation_name_then: str
    channel: str
    received_on: date
    case_sign: str
    postmark_on: date | None


def _submissions() -> Select[*tuple[Any, ...]]:
    return select(
        Submission.id,
        Submission.register_id,
        Submission.receipt_no,
        Submission.prev_hash,
        Submission.receipt_hash,
        Submission.body,
        Submission.received_at,
        Submission.capacity,
        Submission.organisation_name_then,
        Submission.channel,
        Submission.received_on,
        Submission.case_sign,
        Submission.postmark_on,
    )


def list_submission_records(document_id: int) -> list[SubmissionRecord]:
    """Every submission of a document, by register and receipt number."""
    statement = (
        _submissions()
        .join(Register, Register.id == Submission.register_id)
        .where(Register.document_id == document_id)
        .order_by(Submission.register_id, Submission.receipt_no)
    )
    return [SubmissionRecord(*row) for row in db.session.execute(statement)]


def get_submission_record(submission_id: int) -> SubmissionRecord:
    return SubmissionRecord(*db.session.execute(_submissions().where(Submission.id == submission_id)).one())


def get_document_of_register(register_id: int) -> int:
    """The id of the document a register of comments belongs to."""
    return db.session.execute(select(Register.document_id).where(Register.id == register_id)).scalar_one()


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """A comment with the seals of its first words."""

    id: int
    register_id: int
    number: int
    kind: str
    submission_id: int
    text_seal_id: int
    justification_seal_id: int
    proposed_seal_id: int | None

    @property
    def seal_ids(self) -> list[int]:
        ids = [self.text_seal_id, self.justification_seal_id]
        return ids if self.proposed_seal_id is None else [*ids, self.proposed_seal_id]


def _comments() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Comment.id,
            Comment.register_id,
            Comment.number,
            Comment.kind,
            Comment.submission_id,
            CommentRevision.text_seal_id,
            CommentRevision.justification_seal_id,
            CommentRevision.proposed_seal_id,
        )
        .join(CommentRevision, and_(CommentRevision.comment_id == Comment.id, CommentRevision.no == 1))
        .order_by(Comment.register_id, Comment.number)
    )


def list_comment_records(document_id: int) -> list[CommentRecord]:
    """Every comment on a document, by register and number."""
    statement = _comments().join(Register, Register.id == Comment.register_id)
    rows = db.session.execute(statement.where(Register.document_id == document_id))
    return [CommentRecord(*row) for row in rows]


def list_comments_of_submission(submission_id: int) -> list[CommentRecord]:
    """The comments handed in at once, by number."""
    rows = db.session.execute(_comments().where(Comment.submission_id == submission_id))
    return [CommentRecord(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """The words a comment points at, with the plain text they stand in."""

    comment_id: int
    section_id: str
    start: int
    end: int
    exact: str
    plain: str


def list_target_records(document_id: int) -> list[TargetRecord]:
    """Everything the comments on a document point at, in order."""
    rows = db.session.execute(
        select(
            CommentTarget.comment_id,
            CommentTarget.section_id,
            CommentTarget.start,
            CommentTarget.end,
            CommentTarget.exact,
            SectionText.plain,
        )
        .join(SectionText, SectionText.id == CommentTarget.text_id)
        .join(Comment, Comment.id == CommentTarget.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .where(Register.document_id == document_id)
        .order_by(CommentTarget.comment_id, CommentTarget.ordinal)
    )
    return [TargetRecord(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer as it was given, beside the one said to hold."""

    comment_id: int
    register_id: int
    number: int
    no: int
    outcome: str
    justification_seal_id: int
    holding_no: int | None
    holding_outcome: str | None


def list_answer_records(document_id: int) -> list[AnswerRecord]:
    """Every answer ever given to the comments on a document, in order."""
    rows = db.session.execute(
        select(
            DispositionRevision.comment_id,
            Comment.register_id,
            Comment.number,
            DispositionRevision.no,
            DispositionRevision.outcome,
            DispositionRevision.justification_seal_id,
            Disposition.revision_no,
            Disposition.outcome,
        )
        .join(Comment, Comment.id == DispositionRevision.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .outerjoin(Disposition, Disposition.comment_id == DispositionRevision.comment_id)
        .where(Register.document_id == document_id)
        .order_by(DispositionRevision.comment_id, DispositionRevision.no)
    )
    return [AnswerRecord(*row) for row in rows]
