"""Letters about proposals: to whoever made one, and to whoever spoke about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.services.letters.recipients import Gatherer, Recipient
from consult.storage.queries import documents as document_queries
from consult.storage.queries import proposals as queries
from consult.storage.queries.accounts import find_person
from consult.storage.queries.viewers import Viewer


def gather_about(recipient: Recipient, ref: Mapping[str, Any], _now: datetime) -> Mapping[str, Any] | None:
    """Which proposal, how it stands and why; None for somebody who may no longer see the draft."""
    row = queries.list_proposals_by_id({int(ref["proposal_id"])}).get(int(ref["proposal_id"]))
    if row is None or not _still_sees(recipient, row.document_id):
        return None
    document = document_queries.get_document_by_id(row.document_id)
    turns = queries.list_turns(row.id)
    return {
        "document_title": document.title,
        "title": row.title,
        "number": row.number,
        "state": row.state,
        "reason": turns[-1].reason if turns else "",
        "proposal_path": f"/documents/{document.slug}/proposals/{row.number}",
    }


def _still_sees(recipient: Recipient, document_id: int) -> bool:
    """Whether the draft is still the recipient's to see: seats and memberships end."""
    person = find_person(recipient.person_id) if recipient.person_id is not None else None
    if person is None:
        return False
    host_id = document_queries.get_document_by_id(document_id).host_id
    sits = any(document == document_id for document, _ in person.seats)
    viewer = Viewer(
        person_id=person.id,
        host_ids=frozenset(member.organisation_id for member in person.memberships),
        sees_all=person.is_administrator,
    )
    return sits or viewer.works_for(host_id)


GATHERERS: dict[str, Gatherer] = {
    "proposals/decided": gather_about,
    "proposals/outdated": gather_about,
    "proposals/replied": gather_about,
}
