"""What a viewer may see of what the index proposes: it holds no rights, so every candidate comes back here."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, exists, or_, select

from consult.storage.database import db
from consult.storage.models.comments import Comment
from consult.storage.models.consultations import Register
from consult.storage.models.dispositions import Disposition
from consult.storage.models.documents import Document, Version, VersionSection
from consult.storage.models.drafting import Change, SectionText
from consult.storage.queries.search.refs import ref_of, split_refs
from consult.storage.queries.viewers import Viewer, drafted_by_viewer, hosted_by_viewer


def visible_refs(refs: Collection[str], viewer: Viewer) -> frozenset[str]:
    """Which of these the viewer may see: one select for each kind among them."""
    seen: set[str] = set()
    for kind, ids in split_refs(refs).items():
        if kind in _VISIBLE:
            rows = db.session.scalars(_VISIBLE[kind](ids, viewer))
            seen |= {ref_of(kind, row) for row in rows}
    return frozenset(seen)


def _is_known(viewer: Viewer) -> ColumnElement[bool]:
    return or_(Document.last_version_no > 0, drafted_by_viewer(Document.host_id, Document.id, viewer))


def _visible_texts(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    is_published = exists().where(VersionSection.text_id == SectionText.id)
    return (
        select(SectionText.id)
        .join(Change, Change.id == SectionText.change_id)
        .join(Document, Document.id == Change.document_id)
        .where(
            SectionText.id.in_(ids),
            or_(is_published, drafted_by_viewer(Document.host_id, Document.id, viewer)),
        )
    )


def _visible_comments(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    return (
        select(Comment.id)
        .join(Register, Register.id == Comment.register_id)
        .join(Document, Document.id == Register.document_id)
        .where(
            Comment.id.in_(ids),
            or_(Register.consultation_id.is_not(None), hosted_by_viewer(Document.host_id, viewer)),
        )
    )


def _visible_dispositions(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    return (
        select(Disposition.comment_id)
        .join(Comment, Comment.id == Disposition.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .join(Document, Document.id == Register.document_id)
        .where(
            Disposition.comment_id.in_(ids),
            or_(Disposition.state == "published", hosted_by_viewer(Document.host_id, viewer)),
        )
    )


def _visible_changes(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    return (
        select(Change.id)
        .join(Document, Document.id == Change.document_id)
        .where(Change.id.in_(ids), drafted_by_viewer(Document.host_id, Document.id, viewer))
    )


def _visible_versions(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    return (
        select(Version.id)
        .join(Document, Document.id == Version.document_id)
        .where(Version.id.in_(ids), _is_known(viewer))
    )


def _visible_documents(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    return select(Document.id).where(Document.id.in_(ids), _is_known(viewer))


_VISIBLE = {
    "section_text": _visible_texts,
    "comment": _visible_comments,
    "disposition": _visible_dispositions,
    "change_note": _visible_changes,
    "version": _visible_versions,
    "document": _visible_documents,
}
