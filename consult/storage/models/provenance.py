"""Which change brought each stretch of a text; derived from the changes and rebuildable, but for what was brought back."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base


class Provenance(Base):
    """The origins of one text's words. A text without a row has them worked out when they are asked for."""

    __tablename__ = "provenance"

    # of which text
    text_id: Mapped[int] = mapped_column(ForeignKey("section_text.id"), primary_key=True, autoincrement=False)
    # the earlier text whose words the change brought back; empty where it brought none
    brought_text_id: Mapped[int | None] = mapped_column(ForeignKey("section_text.id"))
    # JSON list of length, change number, length, change number …; lengths in code points of the source, in order
    runs: Mapped[str] = mapped_column(Text)
