"""The way from an answer or a change note to its document, shared by what is fed and what is shown."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, select

from consult.storage.models.comments import Comment
from consult.storage.models.consultations import Register
from consult.storage.models.dispositions import Disposition, DispositionRevision
from consult.storage.models.documents import Document, Version
from consult.storage.models.drafting import Change
from consult.storage.models.history import Seal

Rows = Select[*tuple[Any, ...]]


def of_answers(*columns: Any) -> Rows:
    """Columns of answers as they hold now, their comment, their reasons (`Seal`), register and document."""
    return (
        select(*columns)
        .join(Comment, Comment.id == Disposition.comment_id)
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
    )


def of_change_notes(*columns: Any) -> Rows:
    """Columns of changes, their notes (`Seal`) and document."""
    return (
        select(*columns)
        .join(Seal, Seal.id == Change.note_seal_id)
        .join(Document, Document.id == Change.document_id)
    )


def of_versions(*columns: Any) -> Rows:
    """Columns of versions and their document."""
    return select(*columns).join(Document, Document.id == Version.document_id)
