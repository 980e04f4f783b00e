"""What an official finds amiss with a submission: unsigned, anonymous, from somebody not entitled. Each has a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.events import SubmissionFlagged
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.submissions import LONGEST_REASON, Flag
from consult.domain.text.typed import typed_words
from consult.services.authority import require
from consult.services.comments import Sender
from consult.storage.models import SubmissionFlag
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import submission_flags as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.submission_files import get_submission_id
from consult.storage.unit_of_work import Work, unit_of_work


def checked_flags(flags: Mapping[Flag, str], sender: Sender | None = None) -> dict[Flag, str]:
    """Reasons by flag, as they are kept. Raises InvalidInput beside the flag: "flag_reason_missing", and
    "flag_anonymous_named" where the sender gave a name after all."""
    checked = {}
    for flag, reason in flags.items():
        words = typed_words(reason, f"flag_{flag}", LONGEST_REASON)
        if not words:
            raise InvalidInput("flag_reason_missing", field=f"flag_{flag}")
        if (
            flag is Flag.ANONYMOUS
            and sender is not None
            and (sender.name or sender.organisation_name).strip()
        ):
            raise InvalidInput("flag_anonymous_named", field=f"flag_{flag}")
        checked[flag] = words
    return checked


def raise_flags(
    work: Work,
    actor: Actor,
    consultation: ConsultationRow,
    submission_id: int,
    flags: Mapping[Flag, str],
    *,
    is_raised: bool = True,
    now: datetime,
) -> None:
    """Note flags inside the transaction, after those there are."""
    for flag, reason in checked_flags(flags).items():
        work.add(
            SubmissionFlag(
                submission_id=submission_id,
                code=str(flag),
                no=queries.last_no(submission_id, flag) + 1,
                is_raised=is_raised,
                reason_seal_id=work.seal(reason).id,
                at=now,
                person_id=actor.id,
            )
        )
        work.record(SubmissionFlagged(str(submission_id), str(consultation.id)), at=now, actor_ref=actor.id)
    work.flush()


def flag_submission(
    actor: Actor,
    consultation_id: int,
    receipt_no: int,
    flag: str,
    *,
    is_raised: bool,
    reason: str,
    now: datetime,
) -> None:
    """Say what is amiss with a submission, or take it back, with a reason. Saying it twice changes nothing.

    Raises InvalidInput for an unknown flag or no reason, RuleBroken once the account of the consultation is public.
    """
    consultation = consultation_queries.get_consultation(consultation_id)
    require(actor, Permission.ANSWER_COMMENTS, Target(host_id=consultation.host_id))
    try:
        known = Flag(flag)
    except ValueError:
        raise InvalidInput("flag_unknown", field="flag") from None
    words = typed_words(reason, "flag_reason", LONGEST_REASON)
    if not words:
        raise InvalidInput("flag_reason_missing", field="flag_reason")
    with unit_of_work() as work:
        document_queries.lock_document(consultation.document_id)
        if consultation.is_answered:
            raise RuleBroken("submissions_over")
        submission_id = get_submission_id(consultation.register_id, receipt_no)
        if (known in queries.flags_of([submission_id]).get(submission_id, ())) == is_raised:
            return
        raise_flags(work, actor, consultation, submission_id, {known: words}, is_raised=is_raised, now=now)
