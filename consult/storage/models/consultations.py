"""Consultations on versions, and the registers comments are numbered in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column, with_loader_criteria

from consult.storage.database import Base, UtcDateTime


class Consultation(Base):
    __tablename__ = "consultation"
    __table_args__ = (
        # what is announced, open or waits for an answer, apart from all that ever was
        Index(
            "ix_consultation_standing",
            "closes_at",
            sqlite_where=text(
                "answers_published_at IS NULL AND reported_at IS NULL AND cancelled_at IS NULL"
            ),
            postgresql_where=text(
                "answers_published_at IS NULL AND reported_at IS NULL AND cancelled_at IS NULL"
            ),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # on which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    # on which of its versions
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    # the organisation that runs it; office permissions compare it
    host_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # what people call it
    title: Mapped[str] = mapped_column(String(400))
    # what it is about, in a plain sentence or two
    summary: Mapped[str] = mapped_column(Text, default="")
    # legal basis code: strategy, programme, revitalisation, environment, resolution
    legal_basis: Mapped[str] = mapped_column(String(30))
    # first moment comments are taken
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # first moment they no longer are
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # when it was announced here
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when the answers were published; empty before
    answers_published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    # day of the announcement, from which terms are counted; empty while it is only prepared
    announced_on: Mapped[date | None] = mapped_column(server_default=None)
    # why it is held and what is to be decided, in plain paragraphs
    purpose: Mapped[str] = mapped_column(Text, server_default="")
    # whom it addresses, a line each
    addressees: Mapped[str] = mapped_column(Text, server_default="")
    # fields of public benefit: codes between spaces, with one at either end
    fields: Mapped[str] = mapped_column(String(300), server_default="")
    # the area it concerns: the whole town or some of its parts
    area: Mapped[str] = mapped_column(String(300), server_default="")
    # local resolution or order it also rests on, as it is cited
    local_rule: Mapped[str] = mapped_column(String(400), server_default="")
    # the host's own shortest term in days, where its resolution asks for more than the act
    own_days: Mapped[int | None] = mapped_column(server_default=None)
    # what decides whether a paper letter is in time: receipt or postmark
    decides: Mapped[str] = mapped_column(String(10), server_default="receipt")
    # how people are heard: codes of forms between spaces, with one at either end
    forms: Mapped[str] = mapped_column(String(200), server_default="")
    # where comments are sent: JSON, code of the channel to its address
    channels: Mapped[str] = mapped_column(Text, server_default="{}")
    # where the text lies to be read on paper
    reading_place: Mapped[str] = mapped_column(String(400), server_default="")
    # whom to ask at the host: unit, telephone, e-mail
    contact: Mapped[str] = mapped_column(Text, server_default="")
    # address of an easy-to-read text; empty for none
    easy_href: Mapped[str] = mapped_column(String(500), server_default="")
    # address of a recording in sign language; empty for none
    sign_href: Mapped[str] = mapped_column(String(500), server_default="")
    # why the host held to less than the law asks, in its own words; empty where it did not
    departure_reason: Mapped[str] = mapped_column(Text, server_default="")
    # when it was called off; empty where it was not
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, server_default=None)
    # when its report or protocol was published; empty before
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime, server_default=None, index=True)
    # what was published: report, or protocol where nobody commented; empty before
    report_kind: Mapped[str] = mapped_column(String(10), server_default="")
    # when what came of it was recorded; empty before
    effects_at: Mapped[datetime | None] = mapped_column(UtcDateTime, server_default=None)


class ConsultationChange(Base):
    """What was changed after the announcement, when and why; written once."""

    __tablename__ = "consultation_change"
    __table_args__ = (UniqueConstraint("consultation_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    # its number within the consultation, from 1
    no: Mapped[int]
    # extended, corrected, cancelled, effects
    kind: Mapped[str] = mapped_column(String(12))
    # the reason given to everybody
    reason: Mapped[str] = mapped_column(Text)
    # what changed: JSON, a list of [name of the fact, before, after]
    details: Mapped[str] = mapped_column(Text)
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # by whom; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # hash of the form's token, so that a form sent twice changes once
    form_token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)


class Announcement(Base):
    """What the host announced about a consultation, as published; written once."""

    __tablename__ = "announcement"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # about which consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    # its number within the consultation, from 1
    number: Mapped[int]
    # what it announces: opened, extended, corrected, cancelled, protocol
    kind: Mapped[str] = mapped_column(String(12))
    # what the act is: notice (ogłoszenie), order (zarządzenie), protocol
    act: Mapped[str] = mapped_column(String(12))
    # heading
    title: Mapped[str] = mapped_column(String(500))
    # body, Markdown
    source: Mapped[str] = mapped_column(Text)
    # body as readers see it, derived when published
    html: Mapped[str] = mapped_column(Text)
    # when
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # by whom; empty for the system
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # hash of the form's token, so that a form sent twice announces once
    form_token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)


class Register(Base):
    """Gives out numbers inside the transaction that submits."""

    __tablename__ = "register"
    __table_args__ = (
        Index(
            "uq_register_document",
            "document_id",
            unique=True,
            sqlite_where=text("consultation_id IS NULL"),
            postgresql_where=text("consultation_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # comments on which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    # in which consultation; empty for comments made outside of any
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), unique=True)
    # last comment number given out
    last_number: Mapped[int] = mapped_column(default=0)
    # last receipt number given out
    last_receipt: Mapped[int] = mapped_column(default=0)
    # hash of the last receipt; empty before the first
    head_hash: Mapped[str] = mapped_column(String(64), default="")


WITH_PREPARED = {"with_prepared": True}
"""Execution options of a select that also finds consultations not announced yet: for their host alone."""


@event.listens_for(Session, "do_orm_execute")
def _hide_prepared(executed: ORMExecuteState) -> None:
    """No select finds a consultation before its announcement unless it says WITH_PREPARED.

    Lists, feeds, calendars, searches and letters are many; whichever of them forgot would tell people of a
    consultation that has not been announced. So it is the other way round.
    """
    if (
        executed.is_select
        and not executed.is_column_load
        and not executed.is_relationship_load
        and not executed.execution_options.get("with_prepared")
    ):
        executed.statement = executed.statement.options(_ANNOUNCED)


_ANNOUNCED = with_loader_criteria(Consultation, Consultation.announced_on.is_not(None), include_aliases=True)
