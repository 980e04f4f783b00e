"""Collections: documents that belong together, such as a standard and its annexes, in an order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Collection(Base):
    __tablename__ = "collection"

    id: Mapped[int] = mapped_column(primary_key=True)
    # the organisation that keeps it; office permissions compare it
    host_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # the name in addresses, unique in the installation, never changed
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    # what it is called
    title: Mapped[str] = mapped_column(String(300))
    # what belongs to it and why, in plain words
    intro: Mapped[str] = mapped_column(Text, default="")
    # when it was made
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when anything about it last changed
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CollectionDocument(Base):
    """A document's place in a collection."""

    __tablename__ = "collection_document"

    # in which collection
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id"), primary_key=True)
    # which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, index=True)
    # 1, 2, 3 …
    ordinal: Mapped[int]
