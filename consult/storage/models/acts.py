"""The chain of what people decided or said about a document beside its changes."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base


class RecordedAct(Base):
    """One act: the row it stands in, the digest of what that row says, and its place in the chain. Append-only."""

    __tablename__ = "recorded_act"
    __table_args__ = (UniqueConstraint("kind", "ref"),)

    # about which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    # 1, 2, 3 … within the document
    number: Mapped[int] = mapped_column(primary_key=True)
    # attribution, section_status, stage, proposal, decision, late_decision
    kind: Mapped[str] = mapped_column(String(20))
    # the key of its row within that kind
    ref: Mapped[str] = mapped_column(String(40))
    # 16 random bytes under which who acted and their words are sealed
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    # SHA-256 of what the row says
    digest: Mapped[str] = mapped_column(String(64))
    # the hash of the act before; empty for the first
    prev_hash: Mapped[str] = mapped_column(String(64))
    # the hash of this one
    hash: Mapped[str] = mapped_column(String(64))
