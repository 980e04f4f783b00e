"""Selects about collections, filtered by who may know of them and of the documents in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.collections import Collection, CollectionDocument
from consult.storage.models.documents import Document
from consult.storage.models.organisations import Organisation
from consult.storage.queries.viewers import Viewer, drafted_by_viewer, hosted_by_viewer


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A collection; `document_count` counts what the viewer may know of."""

    id: int
    slug: str
    title: str
    intro: str
    host_id: int
    host_slug: str
    host_name: str
    changed_at: datetime
    document_count: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A document of a collection, at its place."""

    id: int
    slug: str
    title: str
    kind: str
    summary: str
    last_version_no: int
    language: str
    ordinal: int


def _known_documents(viewer: Viewer) -> ColumnElement[bool]:
    return or_(Document.last_version_no > 0, drafted_by_viewer(Document.host_id, Document.id, viewer))


def _collections(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Collections with at least one document the viewer may know of, and all of their own hosts."""
    inside = (
        select(func.count())
        .select_from(CollectionDocument)
        .join(Document, Document.id == CollectionDocument.document_id)
        .where(CollectionDocument.collection_id == Collection.id, _known_documents(viewer))
        .correlate(Collection)
        .scalar_subquery()
    )
    return (
        select(
            Collection.id,
            Collection.slug,
            Collection.title,
            Collection.intro,
            Collection.host_id,
            Organisation.slug,
            Organisation.name,
            Collection.changed_at,
            inside,
        )
        .join(Organisation, Organisation.id == Collection.host_id)
        .where(or_(inside > 0, hosted_by_viewer(Collection.host_id, viewer)))
    )


def list_collections(viewer: Viewer) -> list[CollectionRow]:
    """Collections the viewer may know of, by title."""
    rows = db.session.execute(_collections(viewer).order_by(Collection.title, Collection.id))
    return [CollectionRow(*row) for row in rows]


def list_collections_of_document(document_id: int, viewer: Viewer) -> list[CollectionRow]:
    """Collections a document stands in, by title."""
    rows = db.session.execute(
        _collections(viewer)
        .join(CollectionDocument, CollectionDocument.collection_id == Collection.id)
        .where(CollectionDocument.document_id == document_id)
        .order_by(Collection.title, Collection.id)
    )
    return [CollectionRow(*row) for row in rows]


def list_collections_by_id(ids: Sequence[int], viewer: Viewer) -> list[CollectionRow]:
    """Those of these the viewer may know of."""
    rows = db.session.execute(_collections(viewer).where(Collection.id.in_(ids)))
    return [CollectionRow(*row) for row in rows]


def get_collection(slug: str, viewer: Viewer) -> CollectionRow:
    """The collection of this name. Raises NotFound where there is none the viewer may know of."""
    row = db.session.execute(_collections(viewer).where(Collection.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("collection", slug=slug)
    return CollectionRow(*row)


def list_members(collection_id: int, viewer: Viewer) -> list[MemberRow]:
    """Documents of a collection the viewer may know of, in their order."""
    rows = db.session.execute(
        select(
            Document.id,
            Document.slug,
            Document.title,
            Document.kind,
            Document.summary,
            Document.last_version_no,
            Document.language,
            CollectionDocument.ordinal,
        )
        .join(CollectionDocument, CollectionDocument.document_id == Document.id)
        .where(CollectionDocument.collection_id == collection_id, _known_documents(viewer))
        .order_by(CollectionDocument.ordinal)
    )
    return [MemberRow(*row) for row in rows]


def is_slug_taken(slug: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Collection.slug == slug))))


def lock_collection(collection_id: int) -> Collection:
    """The collection's row, held until the transaction ends. Raises NotFound."""
    statement = select(Collection).where(Collection.id == collection_id).with_for_update()
    row = db.session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound("collection")
    return row


def remove_documents(collection_id: int) -> None:
    db.session.execute(delete(CollectionDocument).where(CollectionDocument.collection_id == collection_id))
