"""Whether what came late, or stands apart for another reason, is considered: a person decides, with a reason.

What is not considered is answered so at once: each of its comments gets the outcome "unconsidered" with the reason, which
goes the way of all answers. A decision that it is considered after all takes those answers back.
"""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.acts import ActKind
from consult.domain.history.events import LateSubmissionDecided
from consult.domain.policy.actors import Actor
from consult.domain.process.dispositions import Outcome
from consult.domain.process.submissions import LONGEST_REASON
from consult.domain.text.typed import typed_words
from consult.services.acts import keep_act
from consult.services.dispositions import save_disposition
from consult.services.submissions.entering import consultation_to_register, ending_of
from consult.storage.models import LateDecision
from consult.storage.queries import dispositions as disposition_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import submissions as queries
from consult.storage.queries.submissions import SubmissionRow
from consult.storage.unit_of_work import unit_of_work


def decide_submission(
    actor: Actor, consultation_id: int, receipt_no: int, *, is_considered: bool, reason: str, now: datetime
) -> SubmissionRow:
    """Say whether a submission that stands apart is considered, and why; a later decision takes the place of the one
    before.

    Raises RuleBroken for one that stands with the rest and once the account of the consultation is public,
    InvalidInput without a reason.
    """
    consultation = consultation_to_register(actor, consultation_id)
    words = typed_words(reason, "reason", LONGEST_REASON)
    with unit_of_work() as work:
        document_queries.lock_document(consultation.document_id)
        ending = ending_of(consultation)
        submission = queries.get_submission(consultation.register_id, receipt_no, ending)
        if not words:
            raise InvalidInput("reason_missing", field="reason")
        if not submission.is_apart:
            raise RuleBroken("submission_in_time")
        if consultation.is_answered:
            raise RuleBroken("submissions_over")
        before = queries.list_decisions(submission.id)
        if before and before[0].is_considered == is_considered and before[0].reason == words:
            return submission
        decision = LateDecision(
            submission_id=submission.id,
            no=before[0].no + 1 if before else 1,
            is_considered=is_considered,
            reason_seal_id=work.seal(words).id,
            at=now,
            person_id=actor.id,
        )
        work.add(decision)
        keep_act(work, consultation.document_id, ActKind.LATE, f"{submission.id}/{decision.no}")
        work.record(
            LateSubmissionDecided(str(submission.id), str(consultation.id)), at=now, actor_ref=actor.id
        )
        work.flush()
        _answer(actor, submission.id, is_considered=is_considered, reason=words, now=now)
        return queries.get_submission(consultation.register_id, receipt_no, ending)


def _answer(actor: Actor, submission_id: int, *, is_considered: bool, reason: str, now: datetime) -> None:
    """Give every comment the answer that follows; an answer somebody gave otherwise stays when it is considered."""
    for comment_id in queries.list_comment_ids(submission_id):
        standing = disposition_queries.find_disposition(comment_id)
        if not is_considered:
            save_disposition(
                actor,
                comment_id,
                outcome=Outcome.UNCONSIDERED,
                justification=reason,
                expected_revision=standing.revision_no if standing else 0,
                now=now,
            )
        elif standing is not None and standing.outcome == Outcome.UNCONSIDERED:
            disposition_queries.take_back(standing)
