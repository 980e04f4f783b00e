"""Erasing the data of those who sent comments: one at their request, all of a consultation when its term has run out.

Numbers, words and answers stay and every hash still holds. Whoever sent without an account asks the office; whoever has
one asks here (`services/accounts/requests.py`).
"""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.events import ContactDataExpired, SenderErased
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.retention import kept_until
from consult.domain.process.submissions import LONGEST_REASON
from consult.domain.text.typed import typed_words
from consult.services.authority import require
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import contact_data as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import submission_files as file_queries
from consult.storage.queries.contact_data import EndedRow
from consult.storage.unit_of_work import settle_writes, unit_of_work


def erase_sender(actor: Actor, consultation_id: int, receipt_no: int, *, reason: str, now: datetime) -> None:
    """Erase name, address, public name, letter and files of whoever sent a submission; its comments and their answers
    stay. Raises InvalidInput without a reason, RuleBroken where nothing is held any more."""
    consultation = consultation_queries.get_consultation(consultation_id)
    require(actor, Permission.SEE_PERSON_DATA, Target(host_id=consultation.host_id))
    words = typed_words(reason, "reason", LONGEST_REASON)
    if not words:
        raise InvalidInput("reason_missing", field="reason")
    with unit_of_work() as work:
        document_queries.lock_document(consultation.document_id)
        submission_id = file_queries.get_submission_id(consultation.register_id, receipt_no)
        if not queries.list_held([submission_id]) and not queries.has_public_name(submission_id):
            raise RuleBroken("sender_erased")
        queries.forget_senders([submission_id], at=now, keeps_public_name=False)
        erased = SenderErased(str(submission_id), str(consultation.id), str(work.seal(words).id))
        work.record(erased, at=now, actor_ref=actor.id)
    settle_writes()


def list_past_term(now: datetime) -> list[EndedRow]:
    """Consultations whose contact data have been kept as long as their host said."""
    return [row for row in queries.list_ended(now) if kept_until(row.ended_at, row.months) <= now]


def erase_past_term(now: datetime) -> int:
    """Erase what was kept long enough, a consultation at a time; returns of how many submissions. Safe to repeat."""
    erased = 0
    for row in list_past_term(now):
        with unit_of_work() as work:
            queries.forget_senders(row.submissions, at=now, keeps_public_name=True)
            work.record(ContactDataExpired(str(row.consultation_id)), at=now, actor_ref=None)
        erased += len(row.submissions)
    if erased:
        settle_writes()
    return erased
