"""Whether the files that texts show and documents have attached are still the files they were."""

from __future__ import annotations

from collections.abc import Iterator

from consult.domain.text.pictures import list_names, name_of
from consult.services.kept_files import digest_of
from consult.services.verification.records import Record, Wrong
from consult.storage.queries import attachments as attachment_queries
from consult.storage.queries import pictures as queries


def picture_faults(record: Record) -> Iterator[Wrong]:
    """A picture under another name than its digest's, whose content is another, or that a text shows and nobody has."""
    rows = queries.list_pictures(record.document.id)
    for row in rows:
        if row.name != name_of(row.digest) or not _holds(row.digest):
            yield "picture", row.name, "digest"


def picture_use_faults(record: Record) -> Iterator[Wrong]:
    """Texts of which it is noted that they show other pictures than they do."""
    noted = queries.list_noted_uses(record.document.id)
    for shown in record.texts:
        named = frozenset(list_names(shown.source))
        if not noted.get(shown.id, frozenset()) <= named:
            yield "picture", str(shown.id), "use"


def attachment_faults(record: Record) -> Iterator[Wrong]:
    """An attached file whose content is another."""
    seen: dict[str, bool] = {}
    for row in attachment_queries.list_states(record.document.id):
        if row.digest not in seen:
            seen[row.digest] = _holds(row.digest)
        if not seen[row.digest]:
            yield "attachment", str(row.attachment_id), "digest"


def _holds(digest: str) -> bool:
    """Whether a file is what its digest says, or was erased; one at a time, for files may be large."""
    content = queries.find_content(digest)
    return content is None or digest_of(content) == digest
