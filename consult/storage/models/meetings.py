"""Meetings and duty hours, statutory opinions, explanations by the host, and the trace of what was changed about them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Meeting(Base):
    """A meeting, duty hours, a walk or a workshop of a consultation; what changes leaves a MeetingChange behind."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_consultation_id_starts_at", "consultation_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    # the organisation that holds it; office permissions compare it
    host_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # meeting, duty, walk, online, workshop
    kind: Mapped[str] = mapped_column(String(20))
    # what people call it
    title: Mapped[str] = mapped_column(String(300))
    # first moment
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # the moment it ends
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # the address; empty for what is held online only
    place: Mapped[str] = mapped_column(String(300), default="")
    # room, floor, where one meets
    room: Mapped[str] = mapped_column(String(200), default="")
    # where one joins online; http or https
    link: Mapped[str] = mapped_column(String(500), default="")
    # name of the series it belongs to; empty when it stands alone
    series: Mapped[str] = mapped_column(String(200), default="")
    # thematic block it is about; empty for the whole
    block: Mapped[str] = mapped_column(String(200), default="")
    # how many people may come; empty when nobody counts
    capacity: Mapped[int | None]
    # programme as Markdown
    programme: Mapped[str] = mapped_column(Text, default="")
    # the same, sanitised HTML
    programme_html: Mapped[str] = mapped_column(Text, default="")
    # codes of what the place offers, by comma: step_free, lift, toilet, loop, signs
    access: Mapped[str] = mapped_column(String(100), default="")
    # how one asks for a sign-language interpreter or other support
    access_contact: Mapped[str] = mapped_column(String(300), default="")
    # last day one may ask
    access_until: Mapped[date | None]
    # whatever else is worth knowing before coming
    access_note: Mapped[str] = mapped_column(Text, default="")
    # how often it was changed since it was announced; calendars compare it
    sequence: Mapped[int] = mapped_column(default=0)
    # when it was announced
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when anything about it last changed
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when it was cancelled, if it was
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # note of the meeting as Markdown
    note: Mapped[str] = mapped_column(Text, default="")
    # the same, sanitised HTML
    note_html: Mapped[str] = mapped_column(Text, default="")
    # when the note was first published; empty while it is being written
    note_published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MeetingAttendance(Base):
    """How many people came in one capacity; numbers only, never names."""

    __tablename__ = "meeting_attendance"

    # to which meeting
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    # resident, ngo, office, council, institution, business
    capacity: Mapped[str] = mapped_column(String(20), primary_key=True)
    # how many
    count: Mapped[int]


class MeetingChange(Base):
    """What was changed about a meeting after it was announced, with what stood there before; never altered."""

    __tablename__ = "meeting_change"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which meeting
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    # 1, 2, 3 … within the meeting
    number: Mapped[int]
    # moved, edited, cancelled, counted, noted
    kind: Mapped[str] = mapped_column(String(20))
    # why, in the words of the host; erasable
    reason_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # canonical JSON of the fields as they stood before; erasable
    before_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Opinion(Base):
    """A statutory body's statement on what is consulted: delivered, due, given or lapsed."""

    __tablename__ = "opinion"

    id: Mapped[int] = mapped_column(primary_key=True)
    # in which consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    # the organisation that asks; office permissions compare it
    host_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # code of the kind of body, from domain.process.opinions
    body_kind: Mapped[str] = mapped_column(String(20))
    # the body by its name
    body: Mapped[str] = mapped_column(String(300))
    # the provision it speaks under, as it is cited
    legal_basis: Mapped[str] = mapped_column(String(400), default="")
    # the day the draft was delivered to it; empty before
    delivered_on: Mapped[date | None]
    # its term in days; empty where nothing sets one
    term_days: Mapped[int | None]
    # whether silence within the term means that it gave up its right
    is_silence_waiver: Mapped[bool] = mapped_column(default=False)
    # given or refused; empty while it is awaited (lapsed is said by the clock)
    outcome: Mapped[str] = mapped_column(String(10), default="")
    # the day of the opinion or of the refusal
    given_on: Mapped[date | None]
    # what it says, in a few sentences
    summary: Mapped[str] = mapped_column(Text, default="")
    # its full text as Markdown
    source: Mapped[str] = mapped_column(Text, default="")
    # the same, sanitised HTML
    html: Mapped[str] = mapped_column(Text, default="")
    # when it was entered
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when anything about it last changed
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OpinionChange(Base):
    """What was changed about an opinion, with what stood there before; never altered."""

    __tablename__ = "opinion_change"
    __table_args__ = (UniqueConstraint("opinion_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which opinion
    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id"))
    # 1, 2, 3 … within the opinion
    number: Mapped[int]
    # canonical JSON of the fields as they stood before; erasable
    before_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Explanation(Base):
    """What the host explains while a consultation is open, under a comment or to everybody; never altered."""

    __tablename__ = "explanation"

    id: Mapped[int] = mapped_column(primary_key=True)
    # in which consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    # under which comment; empty for one on the whole consultation
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    # the words, erasable
    text_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # when it was published
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # the official who wrote it; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ExplanationWithdrawal(Base):
    """That an explanation no longer holds, and why; never altered."""

    __tablename__ = "explanation_withdrawal"

    # which explanation
    explanation_id: Mapped[int] = mapped_column(ForeignKey("explanation.id"), primary_key=True)
    # why, erasable
    reason_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
