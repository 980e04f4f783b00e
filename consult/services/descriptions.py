"""What documents and groups are in short, and where that is told in easy words or in sign language."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from consult.domain.errors import InvalidInput
from consult.domain.history.events import DocumentDescribed
from consult.domain.policy.actors import Actor
from consult.domain.text.normalise import admit
from consult.services.drafting import get_editable
from consult.storage.queries import documents as queries
from consult.storage.unit_of_work import unit_of_work

LONGEST_SUMMARY = 1_200
LONGEST_ADDRESS = 500


def checked_summary(summary: str) -> str:
    """A summary as it is kept. Raises InvalidInput when it is longer than people read before the text itself."""
    words = admit(summary, field="summary").strip()
    if len(words) > LONGEST_SUMMARY:
        raise InvalidInput("summary_too_long", field="summary", limit=LONGEST_SUMMARY)
    return words


def checked_address(address: str, *, field: str) -> str:
    """A web address as it is kept, or nothing. Raises InvalidInput unless it begins with http or https and names a host."""
    words = admit(address, field=field).strip()
    if not words:
        return ""
    if len(words) > LONGEST_ADDRESS:
        raise InvalidInput("address_too_long", field=field, limit=LONGEST_ADDRESS)
    try:
        parts = urlsplit(words)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or any(letter.isspace() for letter in words):
        raise InvalidInput("web_address", field=field)
    return words


def describe_document(
    actor: Actor, slug: str, *, summary: str, easy_read_url: str, sign_language_url: str, now: datetime
) -> None:
    """Say what a document is in short and where it is told otherwise. Raises InvalidInput, NotFound, NotPermitted."""
    words = checked_summary(summary)
    easy = checked_address(easy_read_url, field="easy_read_url")
    signed = checked_address(sign_language_url, field="sign_language_url")
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        row = queries.lock_document(document.id)
        row.summary, row.easy_read_url, row.sign_language_url = words, easy, signed
        work.record(DocumentDescribed(str(document.id)), at=now, actor_ref=actor.id)
