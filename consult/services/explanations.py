"""Explanations by the host while a consultation is open: dated, marked as such, never altered.

An explanation is neither an answer nor an outcome. It is corrected by another one; withdrawing it leaves it in its
place, with the reason.
"""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import Conflict, InvalidInput, NotFound, RuleBroken
from consult.domain.history.events import ExplanationPublished, ExplanationWithdrawn
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.typed import typed_words
from consult.services.authority import require
from consult.storage.models import Explanation, ExplanationWithdrawal
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import explanations as queries
from consult.storage.unit_of_work import unit_of_work

LONGEST_EXPLANATION = 4_000
LONGEST_REASON = 1_000


def explain_comment(actor: Actor, comment_id: int, text: str, *, now: datetime) -> int:
    """Publish an explanation under a comment; returns its id.

    Raises NotFound for a comment outside any consultation, RuleBroken unless its consultation is open, InvalidInput
    for no words or too many.
    """
    comment = comment_queries.get_comment(comment_id, with_drafts=False)
    if comment.consultation_id is None:
        raise NotFound("consultation")
    return _publish(actor, comment.consultation_id, comment_id, text, now)


def explain_consultation(actor: Actor, consultation_id: int, text: str, *, now: datetime) -> int:
    """Publish an explanation on the whole consultation; returns its id. Raises as `explain_comment` does."""
    return _publish(actor, consultation_id, None, text, now)


def _publish(actor: Actor, consultation_id: int, comment_id: int | None, text: str, now: datetime) -> int:
    with unit_of_work() as work:
        consultation = consultation_queries.get_consultation(consultation_id)
        require(actor, Permission.RUN_CONSULTATION, Target(host_id=consultation.host_id))
        if not consultation.is_open(now):
            raise RuleBroken("explanation_not_open")
        words = _checked(text, "text", LONGEST_EXPLANATION, "explanation_empty")
        standing = (
            queries.list_explanations(consultation_id)
            if comment_id is None
            else queries.list_explanations_of([comment_id])[comment_id]
        )
        if any(row.text == words and row.withdrawn_at is None for row in standing):
            raise Conflict("explained_already")  # a second press of the button
        seal = work.seal(words)
        explanation = Explanation(
            consultation_id=consultation_id,
            comment_id=comment_id,
            text_seal_id=seal.id,
            at=now,
            person_id=actor.id,
        )
        work.add(explanation)
        work.flush()
        work.record(
            ExplanationPublished(
                str(explanation.id),
                str(consultation_id),
                str(comment_id) if comment_id is not None else None,
            ),
            at=now,
            actor_ref=actor.id,
        )
        return explanation.id


def withdraw_explanation(actor: Actor, explanation_id: int, *, reason: str, now: datetime) -> None:
    """Say that an explanation no longer holds, and why; it stays readable.

    Raises Conflict when it was withdrawn already.
    """
    with unit_of_work() as work:
        explanation = queries.get_explanation(explanation_id)
        require(actor, Permission.RUN_CONSULTATION, Target(host_id=explanation.host_id))
        if explanation.withdrawn_at is not None:
            raise Conflict("withdrawn_already")
        seal = work.seal(_checked(reason, "reason", LONGEST_REASON, "why_missing"))
        work.add(
            ExplanationWithdrawal(
                explanation_id=explanation_id, reason_seal_id=seal.id, at=now, person_id=actor.id
            )
        )
        comment_id = explanation.comment_id
        work.record(
            ExplanationWithdrawn(
                str(explanation_id),
                str(explanation.consultation_id),
                str(comment_id) if comment_id is not None else None,
            ),
            at=now,
            actor_ref=actor.id,
        )


def _checked(text: str, field: str, limit: int, empty: str) -> str:
    words = typed_words(text, field, limit)
    if not words:
        raise InvalidInput(empty, field=field)
    return words
