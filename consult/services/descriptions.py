"""What documents and groups are in short, and where that is told in easy words or in sign language."""

from __future__ import annotations

from datetime import datetime

from consult.domain.history.events import DocumentDescribed
from consult.domain.policy.actors import Actor
from consult.domain.text.typed import typed_address, typed_words
from consult.services.drafting import get_editable
from consult.storage.queries import documents as queries
from consult.storage.unit_of_work import unit_of_work

LONGEST_SUMMARY = 1_200
LONGEST_ADDRESS = 500


def checked_summary(summary: str) -> str:
    """A summary as it is kept. Raises InvalidInput when it is longer than people read before the text itself."""
    return typed_words(summary, "summary", LONGEST_SUMMARY)


def describe_document(
    actor: Actor, slug: str, *, summary: str, easy_read_url: str, sign_language_url: str, now: datetime
) -> None:
    """Say what a document is in short and where it is told otherwise. Raises InvalidInput, NotFound, NotPermitted."""
    words = checked_summary(summary)
    easy = typed_address(easy_read_url, "easy_read_url", LONGEST_ADDRESS)
    signed = typed_address(sign_language_url, "sign_language_url", LONGEST_ADDRESS)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        row = queries.lock_document(document.id)
        row.summary, row.easy_read_url, row.sign_language_url = words, easy, signed
        work.record(DocumentDescribed(str(document.id)), at=now, actor_ref=actor.id)
