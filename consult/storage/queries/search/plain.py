"""Looking for words without an index, the slow way."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, select

from consult.storage.database import db
from consult.storage.models.drafting import Change, SectionText
from consult.storage.queries.search.refs import ref_of


def list_refs_by_plain_search(
    words: Sequence[str], *, document_id: int | None = None, limit: int
) -> list[str]:
    """Refs of texts (of a document) that hold all words as typed, the newest first; the slow way, for when there is no
    index."""
    if not words:
        return []
    condition = and_(*(SectionText.plain.ilike(f"%{_escaped(word)}%", escape="\\") for word in words))
    statement = select(SectionText.id).where(condition)
    if document_id is not None:
        statement = statement.join(Change, Change.id == SectionText.change_id).where(
            Change.document_id == document_id
        )
    rows = db.session.scalars(statement.order_by(SectionText.id.desc()).limit(limit))
    return [ref_of("section_text", row) for row in rows]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
