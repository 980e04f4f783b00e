"""Saying afterwards what a past change came from.

The change itself is the record and stays as it was, hash and all: what is said later stands beside it, with who said
it and when, and is corrected by saying it again.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from consult.domain.errors import Conflict, InvalidInput
from consult.domain.history.acts import ActKind
from consult.domain.history.events import CauseAttributed
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.text.typed import typed_words
from consult.services.acts import keep_act
from consult.services.authority import of_document, require
from consult.storage.models import ChangeAttribution
from consult.storage.queries import attributions as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import unit_of_work

LONGEST_REASON = 1_000


class AttributedTo(StrEnum):
    """What a change may be said to come from."""

    COMMENT = "comment"
    MEETING = "meeting"
    EDITORIAL = "editorial"
    REASON = "reason"


def attribute_change(
    actor: Actor,
    slug: str,
    number: int,
    *,
    kind: str,
    ref: int | None = None,
    reason: str = "",
    now: datetime,
) -> int:
    """Say what change `number` of a document came from; returns how often that was said of it by now.

    `ref` is the id of the comment or meeting for these kinds. Raises InvalidInput for another kind, for a comment or
    meeting that is not of this document, and for a reason without words; Conflict("cause_recorded") where the record
    itself names the cause, and Conflict("attributed_already") for what was said last already.
    """
    with unit_of_work() as work:
        document = document_queries.get_document(slug, Viewer.of(actor))
        require(actor, Permission.EDIT_DRAFT, of_document(document))
        document_queries.lock_document(document.id)
        change = drafting_queries.get_change(document.id, number)
        if change.cause_kind:
            raise Conflict("cause_recorded")
        chosen = _checked_kind(kind)
        target = _checked_ref(document, chosen, ref)
        words = typed_words(reason, "reason", LONGEST_REASON)
        if chosen is AttributedTo.REASON and not words:
            raise InvalidInput("cause_reason", field="reason")
        last = queries.list_attributions([change.id]).get(change.id)
        if last is not None and (last.cause_kind, last.cause_ref, last.reason) == (chosen, target, words):
            raise Conflict("attributed_already")  # a second press of the button
        said = ChangeAttribution(
            change_id=change.id,
            no=last.no + 1 if last else 1,
            cause_kind=str(chosen),
            cause_ref=target,
            reason_seal_id=work.seal(words).id,
            at=now,
            person_id=actor.id,
        )
        work.add(said)
        work.flush()
        keep_act(work, document.id, ActKind.ATTRIBUTION, said.id)
        work.record(
            CauseAttributed(str(document.id), str(change.id), str(said.id)), at=now, actor_ref=actor.id
        )
        return said.no


def _checked_kind(kind: str) -> AttributedTo:
    try:
        return AttributedTo(kind)
    except ValueError:
        raise InvalidInput("cause_kind", field="kind") from None


def _checked_ref(document: DocumentRow, kind: AttributedTo, ref: int | None) -> int | None:
    if kind is AttributedTo.COMMENT:
        if ref is None or not queries.is_comment_of(document.id, ref):
            raise InvalidInput("cause_comment", field="comment")
        return ref
    if kind is AttributedTo.MEETING:
        if ref is None or not queries.is_meeting_of(document.id, ref):
            raise InvalidInput("cause_meeting", field="meeting")
        return ref
    return None
