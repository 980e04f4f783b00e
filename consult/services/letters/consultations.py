"""Letters about consultations: opened, extended, corrected, cancelled, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.domain.errors import NotFound
from consult.services.letters.recipients import Gatherer, Recipient
from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.consultations import ChangeRow, ConsultationRow


def gather_opened(_recipient: Recipient, ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any] | None:
    """What is consulted and until when; None once it is over or called off."""
    found = _find(ref)
    if found is None or found.is_cancelled or now >= found.closes_at:
        return None
    return {
        **_facts(found),
        "summary": found.summary,
        "opens_at": found.opens_at,
        "is_ahead": now < found.opens_at,
    }


def gather_extended(_recipient: Recipient, ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any] | None:
    """The new end and the old; None where a later letter says more, or nothing can be sent any more."""
    found, change = _changed(ref)
    if found is None or change is None or found.is_cancelled or now >= found.closes_at:
        return None
    (_, before, after) = change.details[0]
    if datetime.fromisoformat(after) != found.closes_at:
        return None
    return {**_facts(found), "reason": change.reason, "was_closing_at": datetime.fromisoformat(before)}


def gather_corrected(
    _recipient: Recipient, ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    """What was put right: the name of each fact, as it was and as it is."""
    found, change = _changed(ref)
    if found is None or change is None or found.is_cancelled:
        return None
    return {**_facts(found), "reason": change.reason, "details": change.details}


def gather_cancelled(
    _recipient: Recipient, ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    found, change = _changed(ref)
    if found is None or change is None:
        return None
    return {**_facts(found), "reason": change.reason, "has_comments": found.comment_count > 0}


def gather_effects(_recipient: Recipient, ref: Mapping[str, Any], _now: datetime) -> Mapping[str, Any] | None:
    """What came of the consultation, as the host said it."""
    found, change = _changed(ref)
    if found is None or change is None:
        return None
    return {**_facts(found), "effects": change.reason}


def _find(ref: Mapping[str, Any]) -> ConsultationRow | None:
    try:
        return queries.get_consultation(int(ref["consultation_id"]))
    except NotFound:
        return None


def _changed(ref: Mapping[str, Any]) -> tuple[ConsultationRow | None, ChangeRow | None]:
    found = _find(ref)
    if found is None:
        return None, None
    changes = queries.list_changes(found.id)
    return found, next((row for row in changes if row.no == int(ref["change_no"])), None)


def _facts(found: ConsultationRow) -> dict[str, Any]:
    return {
        "title": found.title,
        "document_title": found.document_title,
        "document_language": document_queries.get_document_by_id(found.document_id).language,
        "host_name": found.host_name,
        "closes_at": found.closes_at,
        "consultation_path": f"/consultations/{found.id}",
    }


GATHERERS: dict[str, Gatherer] = {
    "consultations/opened": gather_opened,
    "consultations/extended": gather_extended,
    "consultations/corrected": gather_corrected,
    "consultations/cancelled": gather_cancelled,
    "consultations/effects": gather_effects,
}
