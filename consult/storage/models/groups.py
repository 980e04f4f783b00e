"""Working groups: the people from offices and organisations who draft, and what they work on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class WorkingGroup(Base):
    __tablename__ = "working_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    # the organisation that keeps the group; office permissions compare it
    host_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # the name in addresses, unique in the installation, never changed
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    # what the group is called
    name: Mapped[str] = mapped_column(String(200))
    # the thematic block it works in, as the host calls it; may be empty
    block: Mapped[str] = mapped_column(String(120), default="")
    # what it does, in a plain sentence or two
    summary: Mapped[str] = mapped_column(Text, default="")
    # address of a page or film in easy-to-read language; empty when there is none
    easy_read_url: Mapped[str] = mapped_column(String(500), default="")
    # address of a film in sign language; empty when there is none
    sign_language_url: Mapped[str] = mapped_column(String(500), default="")
    # public, or host: seen by the host's own people and the group's
    visibility: Mapped[str] = mapped_column(String(10))
    # when it was made here
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when its work ended, if it did
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GroupMember(Base):
    """A seat in a group: of a person, of an organisation, or of a person who sits there for an organisation."""

    __tablename__ = "group_member"
    __table_args__ = (
        UniqueConstraint("group_id", "person_id"),
        CheckConstraint("person_id IS NOT NULL OR organisation_id IS NOT NULL", name="somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # in which group
    group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    # who; empty for a seat no account is known for
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # for which organisation; empty for somebody in their own name
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    # chair, editor, member, observer
    role: Mapped[str] = mapped_column(String(10))
    # whether the person agreed to have their name shown to everybody
    shows_name: Mapped[bool] = mapped_column(default=False)
    # since when
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GroupDocument(Base):
    """A document a group works on."""

    __tablename__ = "group_document"

    # which group
    group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), primary_key=True)
    # which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, index=True)
