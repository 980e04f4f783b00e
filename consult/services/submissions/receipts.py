"""The receipt of a submission, by letter, for a sender who asks for it."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput
from consult.domain.history.events import SubmissionReceiptSent
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.comments import LONGEST_EMAIL
from consult.domain.text.normalise import admit
from consult.services.authority import require
from consult.services.posting import post
from consult.storage.models import PersonData
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import submissions as queries
from consult.storage.queries.submission_files import get_submission_id
from consult.storage.unit_of_work import unit_of_work


def send_receipt(
    actor: Actor, consultation_id: int, receipt_no: int, *, email: str = "", now: datetime
) -> None:
    """Send the receipt to the address beside a submission, or to one the sender gave later, which is kept there.

    Raises InvalidInput beside "email" for one that is no address, and where there is none at all.
    """
    consultation = consultation_queries.get_consultation(consultation_id)
    require(actor, Permission.SEE_PERSON_DATA, Target(host_id=consultation.host_id))
    address = admit(email, field="email").strip()
    if address and (len(address) > LONGEST_EMAIL or "@" not in address[1:-1] or " " in address):
        raise InvalidInput("email", field="email")
    with unit_of_work() as work:
        document_queries.lock_document(consultation.document_id)
        submission_id = get_submission_id(consultation.register_id, receipt_no)
        known = queries.find_person_data(submission_id)
        if not address and (known is None or not known.email):
            raise InvalidInput("email_missing", field="email")
        if address:
            if known is None:
                work.add(PersonData(submission_id=submission_id, name="", email=address, language=""))
            else:
                known.email = address
            work.flush()
        post(
            work,
            "comments/received",
            submission_id=submission_id,
            ref={"received_submission_id": submission_id},
            at=now,
        )
        work.record(
            SubmissionReceiptSent(str(submission_id), str(consultation_id)), at=now, actor_ref=actor.id
        )
