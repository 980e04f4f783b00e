"""How far the parts of a working draft are agreed, dissenting opinions, and the steps of a document from stage to stage."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class SectionStatus(Base):
    """What was said of a section, from when on; the last row holds, none means that it is being worked on."""

    __tablename__ = "section_status"
    __table_args__ = (Index("ix_section_status_document_id_section_id", "document_id", "section_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    # which section
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    # in_work, to_agree, agreed, disputed
    status: Mapped[str] = mapped_column(String(10))
    # the text it was said of
    text_id: Mapped[int] = mapped_column(ForeignKey("section_text.id"))
    # why, in the words of whoever said it; may be empty
    note: Mapped[str] = mapped_column(Text, default="")
    # number of the change that undid an agreement; empty where somebody set the status
    change_no: Mapped[int | None]
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class DissentingOpinion(Base):
    """What a member of the group holds against a section as it was then; kept beside it. No record: it is its author's own,
    who may withdraw it or keep it within the group, and it can be freed of their name when they are erased."""

    __tablename__ = "dissenting_opinion"
    __table_args__ = (Index("ix_dissenting_opinion_document_id_section_id", "document_id", "section_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    # against which section
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    # the section's text at the time
    text_id: Mapped[int] = mapped_column(ForeignKey("section_text.id"))
    # the last change of the draft at the time
    change_no: Mapped[int]
    # the opinion
    text: Mapped[str] = mapped_column(Text)
    # whether its author wants it published with the version
    is_public: Mapped[bool] = mapped_column(default=False)
    # whose it is; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # for which organisation; empty for somebody in their own name
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    # when it was made
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when it was withdrawn, if it was
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StageStep(Base):
    """A document went from one stage to another by somebody's decision."""

    __tablename__ = "stage_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    # which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    # the stage it came from
    from_stage: Mapped[str] = mapped_column(String(20))
    # the stage it came to
    to_stage: Mapped[str] = mapped_column(String(20))
    # why, or on what basis; may be empty
    note: Mapped[str] = mapped_column(Text, default="")
    # number of the last change of the draft at the time
    change_no: Mapped[int]
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
