"""Answers organisations put together before they send them as one submission: members' remarks, what was made of them,
who approved it. All of it is the organisation's own; only what was sent becomes the record."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime

LIVE = "state <> 'dropped'"


class JointAnswer(Base):
    """One organisation's answer to one consultation; it is sent once."""

    __tablename__ = "joint_answer"
    __table_args__ = (
        UniqueConstraint("submission_id"),
        Index(
            "uq_joint_answer_standing",
            "consultation_id",
            "organisation_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # to which consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    # whose; the first of those in whose name it is sent
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # who puts it together and gets the letters
    lead_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # collecting, approving, sent, dropped
    state: Mapped[str] = mapped_column(String(12))
    # grows with every change of what is to be sent; an approval counts for one of them
    revision: Mapped[int] = mapped_column(default=0)
    # named, resolution; empty until it is said how it is approved
    approval_rule: Mapped[str] = mapped_column(String(12), default="")
    # number of the resolution cited
    resolution_no: Mapped[str] = mapped_column(String(100), default="")
    # its day
    resolution_on: Mapped[date | None]
    # who signs, one a line; names people
    signed_by: Mapped[str] = mapped_column(Text, default="")
    # by what authority they sign
    authority: Mapped[str] = mapped_column(Text, default="")
    # when it was begun
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when approval was last asked for
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # when it was dropped
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # when it was sent
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # by whom
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # what it became
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    # whole hours before the end of the last reminder posted; 0 once the end was told
    reminded_hours: Mapped[int | None]
    # the end that reminder was about
    reminded_of: Mapped[datetime | None] = mapped_column(UtcDateTime)


class JointAnswerCode(Base):
    """A code with which members remark without an account; one is good at a time."""

    __tablename__ = "joint_answer_code"
    __table_args__ = (
        Index(
            "uq_joint_answer_code_good",
            "answer_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which answer
    answer_id: Mapped[int] = mapped_column(ForeignKey("joint_answer.id"), index=True)
    # sha256 of the code in the link
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # who made it
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # when
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when it stopped letting people in
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class JointAnswerParty(Base):
    """Another organisation asked to stand behind the same answer."""

    __tablename__ = "joint_answer_party"

    # behind which answer
    answer_id: Mapped[int] = mapped_column(ForeignKey("joint_answer.id"), primary_key=True)
    # which organisation
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)
    # who asked it
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # when
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # the revision its representative approved; empty while none was
    approved_revision: Mapped[int | None]
    # when
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # who
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # when it withdrew, if it did
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # who
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # why, for those who lead the answer
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")


class JointAnswerApprover(Base):
    """Somebody of the organisation whose word is needed before the answer is sent."""

    __tablename__ = "joint_answer_approver"

    # of which answer
    answer_id: Mapped[int] = mapped_column(ForeignKey("joint_answer.id"), primary_key=True)
    # who
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    # what they are in the organisation, as the lead wrote it
    role_name: Mapped[str] = mapped_column(String(120), default="")
    # when they were last asked
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # the revision they approved; empty while none
    approved_revision: Mapped[int | None]
    # when
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # when they said no, if they did
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # why
    refused_reason: Mapped[str] = mapped_column(Text, default="")


class JointAnswerRemark(Base):
    """What a member said, as they said it; never reworded by others, erasable, and not the record."""

    __tablename__ = "joint_answer_remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    # for which answer
    answer_id: Mapped[int] = mapped_column(ForeignKey("joint_answer.id"), index=True)
    # the account it was written with; empty for those who came with a code
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # the name or initials given, for those who put the answer together
    name: Mapped[str] = mapped_column(String(200), default="")
    # sha256 of what the writer's browser keeps, so that they find their own again
    key_hash: Mapped[str] = mapped_column(String(64), default="")
    # sha256 of the token of the form, so that a second click is not a second remark
    form_token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    # substantive, editorial, question, support, general
    kind: Mapped[str] = mapped_column(String(20))
    # the words
    text: Mapped[str] = mapped_column(Text)
    # why
    justification: Mapped[str] = mapped_column(Text, default="")
    # proposed wording
    proposed: Mapped[str | None] = mapped_column(Text)
    # the section pointed at; empty for the whole
    section_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"))
    # its text as consulted
    text_id: Mapped[int | None] = mapped_column(ForeignKey("section_text.id"))
    # first code point; empty for the whole section
    start: Mapped[int | None]
    # code point after the last
    end: Mapped[int | None]
    # when
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when its writer, or the lead at their wish, took it back and its words were erased
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # when it was set aside
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # by whom
    set_aside_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # why
    set_aside_reason: Mapped[str] = mapped_column(Text, default="")


class JointAnswerPoint(Base):
    """One comment as it is to be sent."""

    __tablename__ = "joint_answer_point"
    __table_args__ = (UniqueConstraint("comment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which answer
    answer_id: Mapped[int] = mapped_column(ForeignKey("joint_answer.id"), index=True)
    # 1, 2, 3 … with every rewording
    no: Mapped[int] = mapped_column(default=1)
    # substantive, editorial, question, support, general
    kind: Mapped[str] = mapped_column(String(20))
    # the words
    text: Mapped[str] = mapped_column(Text)
    # why
    justification: Mapped[str] = mapped_column(Text, default="")
    # proposed wording
    proposed: Mapped[str | None] = mapped_column(Text)
    # who put it in
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # when
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when it was last reworded
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # by whom
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # the comment it became
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))


class JointAnswerPlace(Base):
    """The words a point is about; none for one about the whole."""

    __tablename__ = "joint_answer_place"

    # of which point
    point_id: Mapped[int] = mapped_column(
        ForeignKey("joint_answer_point.id", ondelete="CASCADE"), primary_key=True
    )
    # 1, 2, 3 …
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    # the section
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    # its text as consulted
    text_id: Mapped[int] = mapped_column(ForeignKey("section_text.id"))
    # first code point; empty for the whole section
    start: Mapped[int | None]
    # code point after the last
    end: Mapped[int | None]


class JointAnswerSource(Base):
    """Which remarks a point was made of; a remark goes into one."""

    __tablename__ = "joint_answer_source"

    # which remark
    remark_id: Mapped[int] = mapped_column(ForeignKey("joint_answer_remark.id"), primary_key=True)
    # into which point
    point_id: Mapped[int] = mapped_column(ForeignKey("joint_answer_point.id", ondelete="CASCADE"), index=True)


class JointAnswerLetter(Base):
    """The letter that goes with an answer: a file that was looked into before it was kept; it may name people."""

    __tablename__ = "joint_answer_letter"

    # with which answer
    answer_id: Mapped[int] = mapped_column(ForeignKey("joint_answer.id"), primary_key=True)
    # its name, as it is offered again
    name: Mapped[str] = mapped_column(String(200))
    # pdf, docx, odt: what it was found to be
    kind: Mapped[str] = mapped_column(String(4))
    # the file
    content: Mapped[bytes] = mapped_column(LargeBinary)
    # sha256 of it
    digest: Mapped[str] = mapped_column(String(64))
    # who attached it
    attached_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # when
    attached_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SubmissionParty(Base):
    """An organisation in whose name a submission was handed in, in order; never altered."""

    __tablename__ = "submission_party"

    # which submission
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    # 1, 2, 3 …; the first led
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    # which organisation
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # its name as it was then
    name_then: Mapped[str] = mapped_column(String(300))
    # whether it was verified and whoever spoke for it may
    is_confirmed: Mapped[bool]
