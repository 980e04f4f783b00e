"""Organisations: NGOs, offices, councils, institutions, businesses; a host is one that runs consultations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Organisation(Base):
    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    # the name in addresses, lower case, unique in the installation
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    # the full name as it is printed
    name: Mapped[str] = mapped_column(String(300))
    # what people call it in a list; empty when it has no shorter name
    short_name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    # words of both names without marks, by which it is found
    plain_name: Mapped[str] = mapped_column(Text, default="", server_default="")
    # a capacity code: ngo, office, council, institution, business
    kind: Mapped[str] = mapped_column(String(20))
    # number in the National Court Register, ten digits; empty when it is in none
    krs: Mapped[str] = mapped_column(String(10), default="", server_default="", index=True)
    # number in the register of the national economy, nine or fourteen digits
    regon: Mapped[str] = mapped_column(String(14), default="", server_default="", index=True)
    # tax number, ten digits
    nip: Mapped[str] = mapped_column(String(10), default="", server_default="", index=True)
    # address of the seat, on lines
    seat: Mapped[str] = mapped_column(Text, default="", server_default="")
    # its own site
    website: Mapped[str] = mapped_column(String(400), default="", server_default="")
    # the address it may be written to, shown to everybody
    email: Mapped[str] = mapped_column(String(254), default="", server_default="")
    # what it is, in two or three plain sentences
    summary: Mapped[str] = mapped_column(Text, default="", server_default="")
    # where it explains itself in easy-to-read language
    easy_to_read: Mapped[str] = mapped_column(String(400), default="", server_default="")
    # where it explains itself in Polish Sign Language
    sign_language: Mapped[str] = mapped_column(String(400), default="", server_default="")
    # whether it may run consultations of its own
    is_host: Mapped[bool] = mapped_column(default=False)
    # the office this is a unit of
    unit_of_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    # who entered it; empty for the command line
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # when an administrator found it to be what it says it is; empty while it waits
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # which administrator; empty for the command line
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # when an administrator refused it
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # why, as it was told to those who entered it
    refusal_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    # when it was entered
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Host(Base):
    """How a host looks and where it is found; a host without a row has nothing of its own yet."""

    __tablename__ = "host"

    # which organisation
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    # its crest, a PNG made here of what was sent
    crest: Mapped[bytes | None] = mapped_column(LargeBinary)
    # sha256 of the crest, by which browsers keep it; empty without one
    crest_hash: Mapped[str] = mapped_column(String(64), default="")
    # its colour on light ground as #rrggbb; empty for the product's own
    accent: Mapped[str] = mapped_column(String(7), default="")
    # telephone for questions about consultations
    phone: Mapped[str] = mapped_column(String(60), default="")
    # where one may come and say a comment, with a line on how to get in
    duty_address: Mapped[str] = mapped_column(Text, default="")
    # when somebody is there
    duty_hours: Mapped[str] = mapped_column(Text, default="")
    # its address for electronic delivery (AE:PL-…) or its ePUAP box
    e_delivery: Mapped[str] = mapped_column(String(100), default="")
    # its page in the Public Information Bulletin
    bip: Mapped[str] = mapped_column(String(400), default="")
    # months contact data of senders are kept after a consultation; empty for the product's own rule
    retention_months: Mapped[int | None]
    # when any of this last changed
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HostText(Base):
    """A numbered version of one of a host's standing texts; never altered."""

    __tablename__ = "host_text"
    __table_args__ = (UniqueConstraint("host_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # whose
    host_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    # rules, clause, accessibility, privacy
    kind: Mapped[str] = mapped_column(String(20))
    # 1, 2, 3 … within the kind
    number: Mapped[int]
    # the text as it was written (Markdown); for a declaration the non-accessible content
    source: Mapped[str] = mapped_column(Text)
    # the same for readers, sanitised
    html: Mapped[str] = mapped_column(Text)
    # fields of an accessibility declaration, as JSON; empty for the others
    particulars: Mapped[str] = mapped_column(Text)
    # since when it has been in force
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who published it; empty for the command line
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SubmissionClause(Base):
    """The information clause that was in force when comments were handed in."""

    __tablename__ = "submission_clause"

    # which comments
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    # the version of the clause
    clause_id: Mapped[int] = mapped_column(ForeignKey("host_text.id"), index=True)


class MembershipRequest(Base):
    """Somebody asked to belong to an organisation; gives no rights at all."""

    __tablename__ = "membership_request"
    __table_args__ = (
        Index(
            "uq_membership_request_pending",
            "person_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # who asks
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # to belong to which
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # what they say about themselves
    words: Mapped[str] = mapped_column(Text, default="")
    # when
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when it was decided; empty while it is pending
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # by whom
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # whether they were taken in
    is_accepted: Mapped[bool] = mapped_column(default=False)


class OrganisationInvitation(Base):
    """A link with which people join an organisation without having asked."""

    __tablename__ = "organisation_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    # to which
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # as what: official, editor, representative, member
    role: Mapped[str] = mapped_column(String(20))
    # whether those who take it may speak in its name
    may_speak: Mapped[bool] = mapped_column(default=False)
    # sha256 of the secret in the link; that of a letter is made when it is sent
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    # who made it
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # when
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # until when it may be taken
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # how many people may take it
    most_uses: Mapped[int] = mapped_column(default=1)
    # how many have
    uses: Mapped[int] = mapped_column(default=0)
    # when it was taken back, if it was
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # the address the link is sent to; empty for one handed over by hand, and once it was taken
    email: Mapped[str] = mapped_column(String(254), default="")
