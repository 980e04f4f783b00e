"""Looking for words without an index, the slow way."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, select

from consult.storage.database import db
from consult.storage.models.drafting import SectionText
from consult.storage.queries.search.refs import ref_of


def list_refs_by_plain_search(words: Sequence[str], *, limit: int) -> list[str]:
    """Refs of texts that hold all words as typed, the newest first; the slow way, for when there is no index."""
    if not words:
        return []
    condition = and_(*(SectionText.plain.ilike(f"%{_escaped(word)}%", escape="\\") for word in words))
    rows = db.session.scalars(
        select(SectionText.id).where(condition).order_by(SectionText.id.desc()).limit(limit)
    )
    return [ref_of("section_text", row) for row in rows]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
