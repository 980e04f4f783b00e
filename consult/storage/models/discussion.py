"""What others say to a comment: that they support it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class CommentSupport(Base):
    """Somebody supports a comment: an account or a guest's browser, each once. Gone when it is taken back."""

    __tablename__ = "comment_support"
    __table_args__ = (
        UniqueConstraint("comment_id", "person_id"),
        UniqueConstraint("comment_id", "browser_hash"),
        # an id is never given twice, so that the number of rows and the last id tell one state from another
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # which comment
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    # whose; empty for a guest
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # sha256 of the secret in the guest's browser; empty for an account
    browser_hash: Mapped[str | None] = mapped_column(String(64))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
