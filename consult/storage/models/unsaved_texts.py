"""What people are writing and have not saved yet, and where they are writing it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class UnsavedText(Base):
    """The fields of one form as somebody left them; for nobody else's eyes."""

    __tablename__ = "unsaved_text"
    __table_args__ = (
        UniqueConstraint("person_id", "window"),
        Index("ix_unsaved_text_place", "person_id", "document_id", "kind", "section_id"),
        Index("ix_unsaved_text_address", "person_id", "address"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # who is writing
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # in which document; empty for a form known by its address
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    # which form: edit, add, move, propose …; "form" for one known by its address
    kind: Mapped[str] = mapped_column(String(20))
    # the section the form is about; empty where it is about none
    section_id: Mapped[str] = mapped_column(String(32), default="")
    # where the form is sent, a page of this site, and "#" with the form's name where several are sent there
    address: Mapped[str] = mapped_column(String(500), default="", server_default="")
    # what the page of such a form is called, in the words its writer saw
    title: Mapped[str] = mapped_column(String(300), default="", server_default="")
    # the open page it is written in: two pages of one person never overwrite one another
    window: Mapped[str] = mapped_column(String(32))
    # 1, 2, 3 … with every keeping
    revision: Mapped[int]
    # the text of the section the writing began from; empty where there is none
    base_text_id: Mapped[int | None] = mapped_column(ForeignKey("section_text.id"))
    # the Markdown as it stands in the form
    source: Mapped[str] = mapped_column(Text, default="")
    # the note on the change; of a form known by its address, the page it stands on
    note: Mapped[str] = mapped_column(Text, default="")
    # the other fields of the form, a JSON object of texts
    further: Mapped[str] = mapped_column(Text, default="{}")
    # code points of all of it
    size: Mapped[int]
    # when it was first kept
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when it was last kept
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class EditingPresence(Base):
    """That somebody has the editor of a section open; it counts for a minute or two."""

    __tablename__ = "editing_presence"

    # who
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    # which section
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    # when their page was last heard of
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
