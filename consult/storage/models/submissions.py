"""What is kept of submissions the host entered: the letter itself, which words became which comment, decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class SubmissionLetter(Base):
    """The whole text of a letter; erasable, for letters name people."""

    __tablename__ = "submission_letter"

    # of which submission
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    # its text
    text_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))


class LetterPassage(Base):
    """The words of a letter that became a comment."""

    __tablename__ = "letter_passage"

    # which comment; one passage each
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    # of which letter
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission_letter.submission_id"), index=True)
    # first code point in the letter
    start: Mapped[int]
    # code point after the last
    end: Mapped[int]


class LateDecision(Base):
    """Whether a submission that came late is considered, and why; the last one holds."""

    __tablename__ = "late_decision"

    # about which submission
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    # 1, 2, 3 … within the submission
    no: Mapped[int] = mapped_column(primary_key=True)
    # whether it is considered
    is_considered: Mapped[bool]
    # why, erasable
    reason_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # by whom; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
