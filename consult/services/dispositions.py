"""Answers: an outcome with its reasons, the wording taken from a comment, and their publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consult.domain.consolidation.apply import with_paragraph
from consult.domain.errors import InvalidInput, NotFound, RuleBroken, Stale
from consult.domain.history.acts import ActKind
from consult.domain.history.events import DispositionPublished, DispositionSaved
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.dispositions import (
    DispositionState,
    Outcome,
    advance,
    carries_wording,
    needs_justification,
)
from consult.domain.text.normalise import admit
from consult.domain.text.spans import Span
from consult.services.acts import keep_act
from consult.services.addressees import senders_in
from consult.services.authority import require
from consult.services.changes import Cause
from consult.services.drafting import Conflicted, Saved, save_section
from consult.services.posting import post
from consult.storage.models import Disposition, DispositionRevision
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import dispositions as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.unit_of_work import Work, unit_of_work

LONGEST_JUSTIFICATION = 20_000


@dataclass(frozen=True, slots=True)
class Wording:
    """The paragraph of a section as it is to read: `span` is what it replaces in the source `base_text_id`."""

    section_id: str
    base_text_id: int
    span: Span
    paragraph: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer was kept; `change_no` is the change that carried the wording taken, if any was."""

    revision_no: int
    change_no: int | None


def save_disposition(
    actor: Actor,
    comment_id: int,
    *,
    outcome: str,
    justification: str,
    wording: Wording | None = None,
    expected_revision: int,
    now: datetime,
) -> Answered | Conflicted:
    """Answer a comment. The wording taken becomes a change whose cause is the comment.

    `expected_revision` is the revision of the answer the official saw (0 for none): raises Stale when
    somebody answered meanwhile, and RuleBroken once the answer is published. When the wording conflicts with what somebody else saved, nothing is
    kept and all sides are returned.
    """
    chosen = _checked_outcome(outcome)
    reasons = admit(justification, field="justification").strip()
    if needs_justification(chosen) and not reasons:
        raise InvalidInput("justification_missing", field="justification")
    if len(reasons) > LONGEST_JUSTIFICATION:
        raise InvalidInput("justification_too_long", field="justification", limit=LONGEST_JUSTIFICATION)
    if wording is not None and not carries_wording(chosen):
        raise InvalidInput("wording_not_taken", field="outcome")
    with unit_of_work() as work:
        comment = comment_queries.get_comment(comment_id, with_drafts=True)
        document = document_queries.get_document_by_id(comment.document_id)
        require(actor, Permission.ANSWER_COMMENTS, Target(host_id=document.host_id))
        document_queries.lock_document(document.id)
        standing = queries.find_disposition(comment_id)
        revision_no = standing.revision_no if standing else 0
        if revision_no != expected_revision:
            raise Stale("answered_meanwhile", number=comment.number)
        if standing is not None and standing.state != DispositionState.DRAFT:
            advance(DispositionState(standing.state), DispositionState.DRAFT)
        change_id: int | None = standing.change_id if standing else None
        change_no = None
        if wording is not None:
            taken = _take(actor, document, comment_id, wording, now=now)
            if isinstance(taken, Conflicted):
                return taken
            if taken is not None:
                change_no = taken
                change_id = drafting_queries.get_change(document.id, taken).id
        seal = work.seal(reasons)
        # an answer that was taken back keeps its number
        revision_no = queries.last_revision_no(comment_id)
        work.add(
            DispositionRevision(
                comment_id=comment_id,
                no=revision_no + 1,
                outcome=str(chosen),
                justification_seal_id=seal.id,
                decided_by=actor.id,
                at=now,
            )
        )
        _keep(work, standing, comment_id, revision_no + 1, str(chosen), change_id)
        keep_act(work, document.id, ActKind.ANSWER, f"{comment_id}/{revision_no + 1}")
        work.record(
            DispositionSaved(f"{comment_id}/{revision_no + 1}", str(comment_id)), at=now, actor_ref=actor.id
        )
        return Answered(revision_no + 1, change_no)


def _keep(
    work: Work, standing: Disposition | None, comment_id: int, no: int, outcome: str, change_id: int | None
) -> None:
    if standing is None:
        work.add(
            Disposition(
                comment_id=comment_id,
                revision_no=no,
                outcome=outcome,
                state="draft",
                change_id=change_id,
                published_at=None,
            )
        )
        return
    standing.revision_no, standing.outcome, standing.change_id = no, outcome, change_id
    standing.state = str(DispositionState.DRAFT)


def _take(
    actor: Actor, document: DocumentRow, comment_id: int, wording: Wording, *, now: datetime
) -> int | Conflicted | None:
    """Put the wording into the working draft; the number of the change, or None when it stood there already."""
    base = document_queries.get_text(wording.base_text_id)
    if base.section_id != wording.section_id or wording.span.end > len(base.source):
        raise NotFound("text")
    paragraph = admit(wording.paragraph, field="wording").strip("\n")
    saved = save_section(
        actor,
        document.slug,
        wording.section_id,
        source=with_paragraph(base.source, wording.span, paragraph),
        base_text_id=base.id,
        cause=Cause("comment", comment_id),
        kind="take",
        now=now,
    )
    if isinstance(saved, Conflicted):
        return saved
    return saved.change_no if isinstance(saved, Saved) else None


def publish_dispositions(actor: Actor, consultation_id: int, *, now: datetime) -> int:
    """Publish every answer of a consultation that has ended; returns how many.

    Raises RuleBroken while it is open, and while a comment has no answer.
    """
    with unit_of_work() as work:
        consultation = consultation_queries.get_consultation(consultation_id)
        require(actor, Permission.ANSWER_COMMENTS, Target(host_id=consultation.host_id))
        document_queries.lock_document(consultation.document_id)
        if consultation.is_cancelled:
            raise RuleBroken("consultation_cancelled")
        if now < consultation.closes_at:
            raise RuleBroken("still_open", closes_at=consultation.closes_at.isoformat())
        answered = sum(queries.count_by_outcome(consultation.register_id).values())
        if answered < consultation.comment_count:
            raise RuleBroken("unanswered", count=consultation.comment_count - answered)
        unpublished = queries.list_unpublished(consultation_id)
        for disposition in unpublished:
            disposition.state, disposition.published_at = "published", now
            ref = f"{disposition.comment_id}/{disposition.revision_no}"
            work.record(DispositionPublished(ref, str(disposition.comment_id)), at=now, actor_ref=actor.id)
        if consultation.answers_published_at is None:
            consultation_queries.mark_answers_published(consultation_id, now)
            _tell_senders(work, consultation_id, now=now)
        return len(unpublished)


def _tell_senders(work: Work, consultation_id: int, *, now: datetime) -> None:
    """One letter to everybody who commented, however many comments of theirs were answered."""
    for reached in senders_in(consultation_id):
        post(
            work,
            "comments/answered",
            person_id=reached.person_id,
            submission_id=reached.submission_id,
            ref={"consultation_id": consultation_id},
            at=now,
        )


def _checked_outcome(outcome: str) -> Outcome:
    try:
        return Outcome(outcome)
    except ValueError:
        raise InvalidInput("outcome", field="outcome") from None
