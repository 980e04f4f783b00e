"""Sealed words as they are read: with what was cut out of them left out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select

from consult.storage.models.privacy import RedactedWords


def shown_words(seal: Any) -> ColumnElement[str | None]:
    """The words behind a seal (`Seal` or an alias of it) as everybody may read them; NULL once erased. Whoever reads
    comments or letters reads them through this, never `value`, which is the original."""
    redacted = select(RedactedWords.words).where(RedactedWords.seal_id == seal.id).scalar_subquery()
    return func.coalesce(redacted, seal.value)
