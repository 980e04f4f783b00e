"""Decisions of meetings, noted so that changes of a draft can name them as their cause."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.history.acts import ActKind
from consult.domain.history.events import MeetingDecisionNoted
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services.acts import keep_act
from consult.services.authority import require
from consult.services.changes import Cause
from consult.services.proposals.shared import checked_words
from consult.storage.models import MeetingDecision
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import meeting_decisions as queries
from consult.storage.queries import meetings as meeting_queries
from consult.storage.queries import proposals as proposal_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.viewers import EVERYTHING
from consult.storage.unit_of_work import unit_of_work

CAUSE = "decision"
"""The kind of cause that changes name."""

MOST_DECISIONS = 200


def note_decision(actor: Actor, meeting_id: int, text: str, *, now: datetime) -> int:
    """Note what was decided at a meeting; the decision's id. Raises InvalidInput, NotFound, NotPermitted."""
    meeting = meeting_queries.get_meeting(meeting_id, with_prepared=True)
    require(actor, Permission.MANAGE_MEETINGS, Target(host_id=meeting.host_id))
    words = checked_words(text, "text")
    with unit_of_work() as work:
        document_id = document_queries.get_document(meeting.document_slug, EVERYTHING).id
        document_queries.lock_document(document_id)
        meeting_queries.load_meeting(meeting_id)
        number = queries.count_decisions(meeting_id) + 1
        if number > MOST_DECISIONS:
            raise InvalidInput("too_many_decisions", field="text", limit=MOST_DECISIONS)
        decision = MeetingDecision(
            meeting_id=meeting_id, number=number, text=words, at=now, person_id=actor.id
        )
        work.add(decision)
        work.flush()
        keep_act(work, document_id, ActKind.DECISION, decision.id)
        work.record(MeetingDecisionNoted(str(meeting_id), str(decision.id)), at=now, actor_ref=actor.id)
        return decision.id


def cause_named(document: DocumentRow, chosen: str) -> Cause | None:
    """The cause a form names ("comment-12", "decision-3", "proposal-4"; ids), None for "". Raises InvalidInput.

    Only comments on the document, decisions of meetings about it and its own proposals can be named.
    """
    if not chosen:
        return None
    kind, _, number = chosen.partition("-")
    ref = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    if not ref or not _is_about(document, kind, ref):
        raise InvalidInput("cause", field="cause")
    return Cause(kind, ref)


def _is_about(document: DocumentRow, kind: str, ref: int) -> bool:
    if kind == CAUSE:
        return ref in {row.id for row in queries.list_decisions_about(document.id)}
    if kind == "proposal":
        row = proposal_queries.list_proposals_by_id({ref}).get(ref)
        return row is not None and row.document_id == document.id
    if kind == "comment":
        try:
            return comment_queries.get_comment(ref, with_drafts=False).document_id == document.id
        except NotFound:
            return False
    return False
