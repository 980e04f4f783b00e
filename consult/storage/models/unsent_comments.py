"""Comments somebody has written and not sent yet, kept for them under no number."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class UnsentSubmission(Base):
    """What one person, or one browser of a guest, is about to hand in on one document; for nobody else's eyes."""

    __tablename__ = "unsent_submission"
    __table_args__ = (
        UniqueConstraint("person_id", "document_id"),
        UniqueConstraint("browser_hash", "document_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # on which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    # whose; empty for a guest
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # sha256 of the secret in the guest's browser; empty for an account
    browser_hash: Mapped[str | None] = mapped_column(String(64))
    # in whose name, as it was chosen so far: resident, ngo, office, council, institution, business
    capacity: Mapped[str] = mapped_column(String(20), default="")
    # the name of the organisation as it was typed
    organisation_name: Mapped[str] = mapped_column(String(300), default="")
    # one of the sender's own organisations
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    # the sender's name as it was typed
    name: Mapped[str] = mapped_column(String(200), default="")
    # the address for the receipt, as it was typed
    email: Mapped[str] = mapped_column(String(254), default="")
    # what everybody is to see of the name: nothing, initials, name; empty while nothing was chosen
    shown_as: Mapped[str] = mapped_column(String(10), default="")
    # whether the receipt is wanted by mail
    wants_letter: Mapped[bool] = mapped_column(default=True)
    # the comment that is to point at one more passage, while it is being chosen
    pointing_for: Mapped[int | None]
    # when something in it was last changed
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class UnsentComment(Base):
    """One of the comments, as it stands so far."""

    __tablename__ = "unsent_comment"
    __table_args__ = (
        Index("ix_unsent_comment_place", "unsent_submission_id", "ordinal"),
        UniqueConstraint("form_token_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # to be handed in with which others
    unsent_submission_id: Mapped[int] = mapped_column(ForeignKey("unsent_submission.id"))
    # its place among them; gaps mean nothing
    ordinal: Mapped[int]
    # sha256 of the token of the form it was written in, so that a second press does not keep it twice
    form_token_hash: Mapped[str | None] = mapped_column(String(64))
    # substantive, editorial, question, support, general
    kind: Mapped[str] = mapped_column(String(20))
    # the remark
    text: Mapped[str] = mapped_column(Text)
    # why
    justification: Mapped[str] = mapped_column(Text, default="")
    # the wording proposed; empty where none is
    proposed: Mapped[str | None] = mapped_column(Text)
    # code points of all of it
    size: Mapped[int]
    # when it was thrown away; it can be taken back for a while
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class UnsentTarget(Base):
    """The words an unsent comment points at; none for a comment on the whole."""

    __tablename__ = "unsent_target"

    # which comment
    unsent_comment_id: Mapped[int] = mapped_column(ForeignKey("unsent_comment.id"), primary_key=True)
    # 1, 2, 3 … when it points at several passages
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    # the section
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    # its text
    text_id: Mapped[int] = mapped_column(ForeignKey("section_text.id"))
    # first code point in the plain text; empty for the whole section
    start: Mapped[int | None]
    # code point after the last; empty for the whole section
    end: Mapped[int | None]
