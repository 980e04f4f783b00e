"""The way from comments, answers, notes and versions to their document, shared by what is fed, checked and shown."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from consult.storage.models.accounts import Person
from consult.storage.models.comments import Comment, CommentRevision, PersonData, Submission
from consult.storage.models.consultations import Register
from consult.storage.models.dispositions import Disposition, DispositionRevision
from consult.storage.models.documents import Document, Version
from consult.storage.models.drafting import Change
from consult.storage.models.history import Seal
from consult.storage.models.moderation import CommentStanding
from consult.storage.models.organisations import Organisation
from consult.storage.queries.comments.words import is_from_the_account, shown_name
from consult.storage.queries.redactions import stamp_of_redactions
from consult.storage.queries.sealed import shown_words
from consult.storage.queries.search.known import stamp_of
from consult.storage.queries.viewers import Viewer, hosted_by_viewer

Rows = Select[*tuple[Any, ...]]


@lru_cache(maxsize=256)
def of_comments(*, viewer: Viewer) -> Rows:
    """Comments as they are now, by name: `outcome` is that of an answer the viewer may see, else None; `public_name`
    the name the sender shows everybody. Kept, because making so large a statement takes longer than asking it."""
    text, justification, proposed = aliased(Seal), aliased(Seal), aliased(Seal)
    last_no = (
        select(func.max(CommentRevision.no))
        .where(CommentRevision.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )
    may_see_answer = or_(Disposition.state == "published", hosted_by_viewer(Document.host_id, viewer))
    return (
        select(
            Comment.id,
            Comment.number,
            Register.id.label("register_id"),
            Register.consultation_id,
            CommentRevision.no.label("revision"),
            _unless_withdrawn(text).label("text"),
            _unless_withdrawn(justification).label("justification"),
            _unless_withdrawn(proposed).label("proposed"),
            Submission.received_at,
            Submission.capacity,
            _unless_moderated(Submission.organisation_name_then).label("organisation"),
            _unless_moderated(shown_name()).label("public_name"),
            case((may_see_answer, Disposition.outcome)).label("outcome"),
            Document.id.label("document_id"),
            Document.slug,
            Document.title,
            Document.language,
            Document.host_id,
            stamp_of_redactions(Comment.id).label("redactions"),
        )
        .join(CommentRevision, and_(CommentRevision.comment_id == Comment.id, CommentRevision.no == last_no))
        .join(text, text.id == CommentRevision.text_seal_id)
        .join(justification, justification.id == CommentRevision.justification_seal_id)
        .outerjoin(proposed, proposed.id == CommentRevision.proposed_seal_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Register, Register.id == Comment.register_id)
        .join(Document, Document.id == Register.document_id)
        .outerjoin(Disposition, Disposition.comment_id == Comment.id)
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
    )


def _unless_moderated(name: Any) -> ColumnElement[str]:
    """A name beside a comment; nothing while its words are not for everybody."""
    return case((CommentStanding.comment_id.is_not(None), ""), else_=name)


def _unless_withdrawn(seal: Any) -> ColumnElement[str | None]:
    """The words behind a seal; nothing once the author took the comment back, and none for anybody while they wait to be
    published or are hidden: an index that does not hold them betrays nothing."""
    is_secret = or_(CommentRevision.is_withdrawn, CommentStanding.comment_id.is_not(None))
    return case((is_secret, None), else_=shown_words(seal))


def stamp_of_comment(row: Any) -> str:
    """Words are corrected by a new revision and may be erased; names are shown and hidden again."""
    erased = tuple(value is None for value in (row.text, row.justification, row.proposed))
    return stamp_of(row.revision, erased, row.organisation, row.public_name, row.redactions)


def of_answers() -> Rows:
    """Answers as they hold now, by name; `id` is their comment's, `reasons` None once erased."""
    return (
        select(
            Disposition.comment_id.label("id"),
            Comment.number,
            Register.id.label("register_id"),
            Register.consultation_id,
            Disposition.revision_no.label("revision"),
            Disposition.state,
            Disposition.outcome,
            Disposition.published_at,
            DispositionRevision.at,
            Seal.value.label("reasons"),
            Submission.capacity,
            Document.id.label("document_id"),
            Document.slug,
            Document.title,
            Document.language,
            Document.host_id,
            Organisation.name.label("host_name"),
        )
        .join(Comment, Comment.id == Disposition.comment_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(
            DispositionRevision,
            and_(
                DispositionRevision.comment_id == Disposition.comment_id,
                DispositionRevision.no == Disposition.revision_no,
            ),
        )
        .join(Seal, Seal.id == DispositionRevision.justification_seal_id)
        .join(Register, Register.id == Comment.register_id)
        .join(Document, Document.id == Register.document_id)
        .join(Organisation, Organisation.id == Document.host_id)
    )


def stamp_of_answer(row: Any) -> str:
    return stamp_of(row.revision, row.outcome, row.reasons is None)


def of_change_notes(*columns: Any) -> Rows:
    """Columns of changes and their notes (`Seal`), then the document."""
    return (
        select(*columns, Document)
        .join(Seal, Seal.id == Change.note_seal_id)
        .join(Document, Document.id == Change.document_id)
    )


def of_versions(*columns: Any) -> Rows:
    """Columns of versions, then the document."""
    return select(*columns, Document).join(Document, Document.id == Version.document_id)
