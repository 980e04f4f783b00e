"""Submissions, the comments in them, the words they point at, and how those words fare in later texts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Submission(Base):
    """What one sender handed in at once; never altered."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("register_id", "receipt_no"),
        UniqueConstraint("register_id", "prev_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # in which register
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    # 1, 2, 3 … within the register
    receipt_no: Mapped[int]
    # hash of the receipt before; empty for the first
    prev_hash: Mapped[str] = mapped_column(String(64))
    # hash of this receipt
    receipt_hash: Mapped[str] = mapped_column(String(64))
    # canonical JSON of what is hashed
    body: Mapped[str] = mapped_column(Text)
    # web, email, paper, epuap, edoreczenia, meeting, duty, phone
    channel: Mapped[str] = mapped_column(String(20))
    # the moment it was entered here
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # the day it reached the host
    received_on: Mapped[date]
    # the day of the postmark, for paper
    postmark_on: Mapped[date | None]
    # the office's case sign
    case_sign: Mapped[str] = mapped_column(String(100), default="")
    # resident, ngo, office, council, institution, business
    capacity: Mapped[str] = mapped_column(String(20))
    # whether somebody has confirmed that capacity
    is_capacity_verified: Mapped[bool] = mapped_column(default=False)
    # the account that sent it; empty for guests
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # the organisation in whose name, when it is known here
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    # its name as it was then
    organisation_name_then: Mapped[str] = mapped_column(String(300), default="")
    # sha256 of the token of the form, so that a second click is not a second submission
    form_token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    # sha256 of the secret that opens the receipt
    secret_hash: Mapped[str] = mapped_column(String(64), default="")


class PersonData(Base):
    """The erasable place for a sender's data."""

    __tablename__ = "person_data"
    __table_args__ = (
        Index(
            "ix_person_data_shown",
            "submission_id",
            sqlite_where=text("shown_name != ''"),
            postgresql_where=text("shown_name != ''"),
        ),
    )

    # whose
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    # the name given
    name: Mapped[str] = mapped_column(String(200), default="")
    # the address for the receipt and the answer
    email: Mapped[str] = mapped_column(String(254), default="")
    # the language of the page it was sent from, for letters (pl, en); empty when nobody chose one
    language: Mapped[str] = mapped_column(String(2), default="", server_default="")
    # what everybody sees of the name: nothing, initials, name; empty where the account's own choice holds
    shown_as: Mapped[str] = mapped_column(String(10), default="", server_default="")
    # exactly what is seen of it; empty when nothing is
    shown_name: Mapped[str] = mapped_column(String(200), default="", server_default="")


class Comment(Base):
    """A numbered remark; never altered, never removed."""

    __tablename__ = "comment"
    __table_args__ = (UniqueConstraint("register_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # in which register
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    # 1, 2, 3 … within the register
    number: Mapped[int]
    # handed in with which submission
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    # substantive, editorial, question, support, general
    kind: Mapped[str] = mapped_column(String(20))


class CommentRevision(Base):
    """What a comment says; a correction by its author is a new revision, and so is taking it back."""

    __tablename__ = "comment_revision"
    __table_args__ = (
        Index(
            "ix_comment_revision_later",
            "comment_id",
            sqlite_where=text("no > 1"),
            postgresql_where=text("no > 1"),
        ),
    )

    # of which comment
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    # 1, 2, 3 …
    no: Mapped[int] = mapped_column(primary_key=True)
    # the remark, erasable
    text_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # its justification, erasable
    justification_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # the wording proposed for the words pointed at; empty when none is
    proposed_seal_id: Mapped[int | None] = mapped_column(ForeignKey("seal.id"))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # whether the author took the comment back; its number and its row stay
    is_withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())


class CommentTarget(Base):
    """The words a comment points at, in the plain text it was made on; none for a comment on the whole."""

    __tablename__ = "comment_target"
    __table_args__ = (UniqueConstraint("comment_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # whose
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    # 1, 2, 3 … when one comment points at several passages
    ordinal: Mapped[int]
    # the section
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), index=True)
    # its text then
    text_id: Mapped[int] = mapped_column(ForeignKey("section_text.id"))
    # passage, or section when the comment is on the section as a whole
    scope: Mapped[str] = mapped_column(String(10))
    # first code point in the plain text
    start: Mapped[int]
    # code point after the last
    end: Mapped[int]
    # the words themselves
    exact: Mapped[str] = mapped_column(Text)
    # words before them
    prefix: Mapped[str] = mapped_column(Text)
    # words after them
    suffix: Mapped[str] = mapped_column(Text)


LOST = "placement.is_current AND placement.state = 'orphaned'"
"""Condition: the words are nowhere in the working draft. Spelled out, for the index that answers it."""


class Placement(Base):
    """How a comment's words fare in a published text or in the current draft."""

    __tablename__ = "placement"
    __table_args__ = (
        UniqueConstraint("target_id", "text_id"),
        Index(
            "uq_placement_current",
            "target_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
        Index("ix_placement_text_id", "text_id"),
        Index(
            "ix_placement_lost",
            "section_id",
            sqlite_where=text("is_current AND state = 'orphaned'"),
            postgresql_where=text("is_current AND state = 'orphaned'"),
        ),
        Index(
            "ix_placement_decided",
            "target_id",
            sqlite_where=text("decided_by IS NOT NULL"),
            postgresql_where=text("decided_by IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # whose words
    target_id: Mapped[int] = mapped_column(ForeignKey("comment_target.id"))
    # in which section, or the one they were last in
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), index=True)
    # in which text; empty when the section itself is gone
    text_id: Mapped[int | None] = mapped_column(ForeignKey("section_text.id"))
    # placed, changed, moved, uncertain, orphaned
    state: Mapped[str] = mapped_column(String(12))
    # first code point there; empty when orphaned
    start: Mapped[int | None]
    # code point after the last; empty when orphaned
    end: Mapped[int | None]
    # how alike the words there are to the original, 0-1
    similarity: Mapped[float]
    # whether this is the placement in the working draft
    is_current: Mapped[bool]
    # who confirmed or re-attached it; empty when the machine decided
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
