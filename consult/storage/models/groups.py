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
    # public; host: seen by the host's own people and the group's; invited: by the group's, those invited to it and
    # the officials who look after it
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


class GroupInvitation(Base):
    """A link with which people take a seat in a group: sent to one address, or handed over by hand."""

    __tablename__ = "group_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    # to which group
    group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    # for which organisation whoever takes it will sit there; empty for a seat in their own name
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    # as what: chair, editor, member, observer
    role: Mapped[str] = mapped_column(String(10))
    # the address the link is sent to; empty for one handed over by hand, and once it is no longer needed
    email: Mapped[str] = mapped_column(String(254), default="")
    # sha256 of the secret in the link; that of a letter is made when it is sent
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    # who made it; empty for the command line
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # when
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when its letter was last asked for
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # until when it may be taken
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # how many people may take it
    most_uses: Mapped[int] = mapped_column(default=1)
    # how many have
    uses: Mapped[int] = mapped_column(default=0)
    # when it was taken back, if it was
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # when whoever was invited said no, if they did
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
