"""What is kept of submissions the host entered: the letter itself, which words became which comment, files that came
with it, why it stands apart from the rest, decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
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
    """Whether a submission that came late, or stands apart for another reason, is considered, and why; the last one
    holds."""

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


class SubmissionFlag(Base):
    """Why a submission stands apart from the rest whatever its day: each reason said by a person; the last row about a
    reason holds."""

    __tablename__ = "submission_flag"

    # which submission
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    # unsigned, anonymous, ineligible
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    # 1, 2, 3 … about this reason
    no: Mapped[int] = mapped_column(primary_key=True)
    # whether it is so; false where it was taken back
    is_raised: Mapped[bool]
    # why, erasable
    reason_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # by whom; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class SubmissionFile(Base):
    """That a file came with a submission: the form as it was filled in, or a scan of a letter."""

    __tablename__ = "submission_file"
    __table_args__ = (UniqueConstraint("submission_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # with which submission
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    # 1, 2, 3 … within the submission
    no: Mapped[int]
    # form, scan
    role: Mapped[str] = mapped_column(String(10))
    # pdf, docx, xlsx, png, jpeg: what it was found to be
    kind: Mapped[str] = mapped_column(String(10))
    # bytes
    size: Mapped[int]
    # sha256 of its content
    digest: Mapped[str] = mapped_column(String(64), index=True)
    # when it was added
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # by whom; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class SubmissionFileContent(Base):
    """The erasable place for a file that came with a submission; for the officials of its host alone."""

    __tablename__ = "submission_file_content"

    # of which file
    file_id: Mapped[int] = mapped_column(ForeignKey("submission_file.id"), primary_key=True)
    # its name, which may name people
    name: Mapped[str] = mapped_column(String(200))
    # the file as it came
    content: Mapped[bytes] = mapped_column(LargeBinary)


class SubmissionMeeting(Base):
    """The meeting or duty hours a submission was made of."""

    __tablename__ = "submission_meeting"

    # which submission
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    # of which meeting
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
