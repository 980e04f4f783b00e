"""Proposals: new wording for sections of a working draft, from people who do not edit it themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Proposal(Base):
    """Changes to one or several sections, with the reasons for them; decided as one."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        Index("ix_proposal_document_id_state", "document_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    # 1, 2, 3 … within the document
    number: Mapped[int]
    # open, outdated, taken, partly, declined, withdrawn
    state: Mapped[str] = mapped_column(String(20))
    # what it is about, in a line
    title: Mapped[str] = mapped_column(String(200))
    # why, in the author's words
    rationale: Mapped[str] = mapped_column(Text)
    # whose it is; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # for which organisation its author sits in the group; empty for one in their own name
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    # when it was made
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when anything about it last changed
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProposalPart(Base):
    """What a proposal wants of one section."""

    __tablename__ = "proposal_part"
    __table_args__ = (Index("ix_proposal_part_section_id", "section_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which proposal
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    # reword, add, remove
    kind: Mapped[str] = mapped_column(String(10))
    # the section it is about; of a new one the section it is to stand after, empty for the beginning
    section_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"))
    # the text the wording goes from now; empty for a new section
    base_text_id: Mapped[int | None] = mapped_column(ForeignKey("section_text.id"))
    # the wanted Markdown, heading included; empty for a removal
    source: Mapped[str] = mapped_column(Text, default="")
    # the text the author started from
    first_text_id: Mapped[int | None] = mapped_column(ForeignKey("section_text.id"))
    # the wording as the author sent it
    first_source: Mapped[str] = mapped_column(Text, default="")
    # open, outdated (the words under it changed), taken, partly, left, present (the text says it already)
    state: Mapped[str] = mapped_column(String(10))


class ProposalTurn(Base):
    """One step of a proposal's course: made, decided, withdrawn, out of date, brought up to date. Append-only and in the
    document's chain of acts; the state of the proposal itself repeats the last one."""

    __tablename__ = "proposal_turn"

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which proposal
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    # the state it came to
    state: Mapped[str] = mapped_column(String(20))
    # why, in the words of whoever did it; may be empty
    reason: Mapped[str] = mapped_column(Text, default="")
    # number of the change of the draft that came of it or led to it
    change_no: Mapped[int | None]
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ProposalReply(Base):
    """A word in the discussion of a proposal. No record: it decides nothing, what was decided is in ProposalTurn, and it
    can be freed of its author's name when they are erased."""

    __tablename__ = "proposal_reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which proposal
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    # the words
    text: Mapped[str] = mapped_column(Text)
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
