"""Comments with their words and the answers they got.

A person's name goes only to the host; answers that are not published are left out unless asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select, true
from sqlalchemy.orm import aliased

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.comments import (
    Comment,
    CommentRevision,
    CommentTarget,
    PersonData,
    Submission,
)
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.discussion import CommentSupport
from consult.storage.models.dispositions import Disposition, DispositionRevision
from consult.storage.models.drafting import Change
from consult.storage.models.history import Seal
from consult.storage.models.moderation import CommentStanding, ModerationAct
from consult.storage.queries.discussion import count_of_support
from consult.storage.queries.explanations import list_clarifications
from consult.storage.queries.redactions import count_redactions
from consult.storage.queries.sealed import shown_words


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The host's answer to a comment as it holds now; `justification` is None once erased."""

    outcome: str
    state: str
    justification: str | None
    decided_at: datetime
    published_at: datetime | None
    change_id: int | None
    revision_no: int


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as lists and pages show it; `text` is None once erased, and for a comment its author took back.
    `clarification` is what the host explained under it and did not withdraw, `public_name` what its sender wants
    everybody to see of their name; `support_count` others support it. `standing` is waiting or hidden
    where the words are not for everybody, and `hidden_reason`, `hidden_words` and `hidden_at` say why and since when. `revision_no` counts the author's corrections from 1, the last made at `revised_at`."""

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
    clarification: str = ""
    public_name: str = ""
    is_withdrawn: bool = False
    revision_no: int = 1
    revised_at: datetime | None = None
    support_count: int = 0
    standing: str = ""
    hidden_reason: str = ""
    hidden_words: str = ""
    hidden_at: datetime | None = None


@cache  # making so large a statement takes longer than asking it
def _comments(*, with_drafts: bool) -> Select[*tuple[Any, ...]]:
    text, justification, proposed, reasons = aliased(Seal), aliased(Seal), aliased(Seal), aliased(Seal)
    because = aliased(Seal)
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
            shown_words(text),
            shown_words(justification),
            shown_words(proposed),
            Disposition,
            DispositionRevision.at,
            reasons.value,
            shown_name(),
            CommentRevision.no,
            CommentRevision.at,
            CommentRevision.is_withdrawn,
            count_of_support(),
            CommentStanding.state,
            ModerationAct.reason,
            because.value,
            ModerationAct.at,
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
        .outerjoin(
            Person,
            and_(
                Person.id == Submission.person_id,
                is_from_the_account(),
                Person.is_name_public,
                Person.disabled_at.is_(None),
            ),
        )
        .outerjoin(PersonData, PersonData.submission_id == Submission.id)
        .outerjoin(CommentStanding, CommentStanding.comment_id == Comment.id)
        .outerjoin(ModerationAct, ModerationAct.id == CommentStanding.act_id)
        .outerjoin(because, because.id == ModerationAct.words_seal_id)
    )


def shown_name() -> ColumnElement[str]:
    """What a sender wants everybody to see of their name, of `Person` and `PersonData`: as chosen with the comment, else
    as the account says."""
    return func.coalesce(
        case((func.coalesce(PersonData.shown_as, "") != "", PersonData.shown_name), else_=Person.name), ""
    )


def _comment_row(row: Row[*tuple[Any, ...]], clarification: str, *, with_hidden: bool) -> CommentRow:
    comment: Comment = row[0]
    submission: Submission = row[1]
    disposition: Disposition | None = row[7]
    is_withdrawn: bool = row[13]
    is_nameless = bool(row[15]) and not with_hidden
    is_secret = is_withdrawn or is_nameless
    return CommentRow(
        id=comment.id,
        number=comment.number,
        register_id=comment.register_id,
        document_id=row[2],
        consultation_id=row[3],
        kind=comment.kind,
        text=None if is_secret else row[4],
        justification=None if is_secret else row[5],
        proposed=None if is_secret else row[6],
        capacity=submission.capacity,
        is_capacity_verified=submission.is_capacity_verified,
        organisation_name="" if is_nameless else submission.organisation_name_then,
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
            published_at=disposition.published_at,
            change_id=disposition.change_id,
            revision_no=disposition.revision_no,
        )
        if disposition
        else None,
        clarification=clarification,
        public_name="" if is_nameless else row[10] or "",
        is_withdrawn=is_withdrawn,
        revision_no=row[11],
        revised_at=row[12] if row[11] > 1 else None,
        support_count=row[14],
        standing=row[15] or "",
        hidden_reason=row[16] or "",
        hidden_words=row[17] or "",
        hidden_at=row[18],
    )


def is_from_the_account() -> ColumnElement[bool]:
    """Condition: whoever was signed in spoke for themselves. An official who types in what came on paper did not."""
    return and_(Submission.channel == "web", Submission.case_sign == "")


def _list(
    condition: ColumnElement[bool], *, with_drafts: bool, with_hidden: bool | None = None
) -> list[CommentRow]:
    """Comments in order. Words that wait or are hidden come with drafts, to the host, and where they are asked for: for
    their author."""
    rows = db.session.execute(
        _comments(with_drafts=with_drafts).where(condition).order_by(Comment.register_id, Comment.number)
    )
    found = list(rows)
    explained = list_clarifications([row[0].id for row in found])
    shows = with_drafts if with_hidden is None else with_hidden
    return [_comment_row(row, explained.get(row[0].id, ""), with_hidden=shows) for row in found]


def list_comments(register_id: int, *, with_drafts: bool) -> list[CommentRow]:
    """All comments of a register in order of number."""
    return _list(Comment.register_id == register_id, with_drafts=with_drafts)


def list_document_comments(document_id: int, *, with_drafts: bool) -> list[CommentRow]:
    """All comments ever made on a document, by register and number."""
    return _list(Register.document_id == document_id, with_drafts=with_drafts)


def list_comments_by_id(
    comment_ids: Collection[int], *, with_drafts: bool, with_hidden: bool | None = None
) -> list[CommentRow]:
    """Comments by id, by register and number; `with_hidden` for their author."""
    found: list[CommentRow] = []
    ids = sorted(comment_ids)
    for start in range(0, len(ids), 500):
        chosen = Comment.id.in_(ids[start : start + 500])
        found += _list(chosen, with_drafts=with_drafts, with_hidden=with_hidden)
    return found


def find_comment(
    register_id: int, number: int, *, with_drafts: bool, with_hidden: bool | None = None
) -> CommentRow | None:
    chosen = and_(Comment.register_id == register_id, Comment.number == number)
    rows = _list(chosen, with_drafts=with_drafts, with_hidden=with_hidden)
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


def list_first_words(comment_ids: Collection[int]) -> list[tuple[str | None, str | None, str | None]]:
    """(text, justification, proposed wording) of comments as they were sent, in order of number; None once erased."""
    text, justification, proposed = aliased(Seal), aliased(Seal), aliased(Seal)
    found: list[tuple[int, str | None, str | None, str | None]] = []
    ids = sorted(comment_ids)
    for start in range(0, len(ids), 500):
        rows = db.session.execute(
            select(Comment.number, text.value, justification.value, proposed.value)
            .join(CommentRevision, and_(CommentRevision.comment_id == Comment.id, CommentRevision.no == 1))
            .join(text, text.id == CommentRevision.text_seal_id)
            .join(justification, justification.id == CommentRevision.justification_seal_id)
            .outerjoin(proposed, proposed.id == CommentRevision.proposed_seal_id)
            .where(Comment.id.in_(ids[start : start + 500]))
        )
        found += [(row[0], row[1], row[2], row[3]) for row in rows]
    return [(words, reasons, wording) for _, words, reasons, wording in sorted(found, key=lambda one: one[0])]


@dataclass(frozen=True, slots=True)
class SealIds:
    """Where the words of a revision are kept."""

    text_id: int
    justification_id: int
    proposed_id: int | None


def get_last_seals(comment_id: int) -> SealIds:
    """Where the words of a comment's last revision are kept. Raises NotFound."""
    row = db.session.execute(
        select(
            CommentRevision.text_seal_id,
            CommentRevision.justification_seal_id,
            CommentRevision.proposed_seal_id,
        )
        .where(CommentRevision.comment_id == comment_id)
        .order_by(CommentRevision.no.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise NotFound("comment")
    return SealIds(row[0], row[1], row[2])


def state_of_comments() -> tuple[int, ...]:
    """What pages of comments depend on besides the comments, in one question: how many corrections there are, how many
    names are shown, how many support a comment and the last id of support, and the last act of moderation. No two states have the same."""
    later = select(func.count()).select_from(CommentRevision).where(CommentRevision.no > 1)
    named = select(func.count()).select_from(PersonData).where(PersonData.shown_name != "")
    supported = select(func.count()).select_from(CommentSupport)
    last = select(func.coalesce(func.max(CommentSupport.id), 0))
    moderated = select(func.coalesce(func.max(ModerationAct.id), 0))
    redacted = count_redactions()
    asked = (each.scalar_subquery() for each in (later, named, supported, last, moderated, redacted))
    return tuple(db.session.execute(select(*asked)).one())
