"""How an organisation comes to its word: its words stand still, those named approve them, or a resolution is cited.

An approval counts for one revision. Who changes a word afterwards takes the answer back to be put together, and it is
approved anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.history.events import JointAnswerChanged
from consult.domain.policy.actors import Actor
from consult.domain.process.joint_answers import (
    LONGEST_AUTHORITY,
    LONGEST_REASON,
    LONGEST_RESOLUTION,
    LONGEST_ROLE,
    LONGEST_SIGNATURES,
    MOST_APPROVERS,
    AnswerState,
    ApprovalRule,
)
from consult.domain.process.windows import WARSAW
from consult.domain.text.typed import typed_line, typed_list, typed_words
from consult.services.joint_answers.standing import (
    collecting,
    open_consultation,
    part_in,
    require_leading,
    require_revision,
    require_state,
)
from consult.services.posting import post
from consult.storage.models import JointAnswerApprover
from consult.storage.queries import joint_answers as queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.joint_answers import AnswerRow
from consult.storage.unit_of_work import Work, unit_of_work


@dataclass(frozen=True, slots=True)
class Settlement:
    """How an answer is approved and who signs it. `approvers` are (account, what they are in the organisation) where
    people approve here; `resolution_no` and `resolution_on` where a resolution is cited."""

    rule: str
    signed_by: str
    authority: str
    approvers: Sequence[tuple[int, str]] = ()
    resolution_no: str = ""
    resolution_on: date | None = None


def ask_approval(actor: Actor, answer_id: int, settlement: Settlement, *, now: datetime) -> None:
    """Let the words stand still and ask for approval: those named here and the other organisations get a letter.

    Raises InvalidInput for what is missing, RuleBroken without anything to send or once no comments are taken.
    """
    checked = _checked(settlement, now)
    with unit_of_work() as work:
        answer = collecting(actor, answer_id)
        open_consultation(answer, now)
        if not queries.list_points(answer_id):
            raise RuleBroken("joint_answer_empty")
        _name_approvers(work, answer, checked.approvers, now)
        queries.update_answer(
            answer_id,
            state=AnswerState.APPROVING,
            approval_rule=checked.rule,
            signed_by=checked.signed_by,
            authority=checked.authority,
            resolution_no=checked.resolution_no,
            resolution_on=checked.resolution_on,
            asked_at=now,
        )
        for person_id, _ in checked.approvers:
            if person_id != actor.id:
                post(
                    work,
                    "joint_answers/approve",
                    person_id=person_id,
                    ref={"answer_id": answer_id},
                    at=now,
                )
        for party in queries.list_parties(answer_id):
            _ask_party(work, answer_id, party.organisation_id, now)
        work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)


def reopen_answer(actor: Actor, answer_id: int, *, now: datetime) -> None:
    """Go back to putting together; every approval given so far lapses."""
    with unit_of_work() as work:
        answer = require_leading(actor, answer_id)
        require_state(answer, AnswerState.APPROVING)
        queries.update_answer(
            answer_id, state=AnswerState.COLLECTING, revision=answer.revision + 1, asked_at=None
        )
        work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)


def approve_answer(actor: Actor, answer_id: int, *, revision: int, now: datetime) -> None:
    """Approve the words as they stand in this revision. Raises NotFound for somebody who was not asked, Stale when they
    are not these words any more."""
    with unit_of_work() as work:
        answer = _asked(actor, answer_id)
        require_revision(answer, revision)
        queries.update_approver(
            answer_id,
            actor.id or 0,
            approved_revision=revision,
            approved_at=now,
            refused_at=None,
            refused_reason="",
        )
        _tell_lead(work, actor, answer, now)


def refuse_answer(actor: Actor, answer_id: int, reason: str, *, now: datetime) -> None:
    """Say no, with what would have to change; those who lead the answer are told. Raises as `approve_answer`."""
    words = typed_words(reason, "reason", LONGEST_REASON)
    if not words:
        raise InvalidInput("joint_reason_missing", field="reason")
    with unit_of_work() as work:
        answer = _asked(actor, answer_id)
        queries.update_approver(
            answer_id,
            actor.id or 0,
            approved_revision=None,
            approved_at=None,
            refused_at=now,
            refused_reason=words,
        )
        _tell_lead(work, actor, answer, now)


def _asked(actor: Actor, answer_id: int) -> AnswerRow:
    """The answer, held, for somebody who was asked to approve it."""
    if not part_in(actor, answer_id).approves:
        raise NotFound("joint_answer")
    answer = queries.lock_answer(answer_id)
    require_state(answer, AnswerState.APPROVING)
    return answer


def _tell_lead(work: Work, actor: Actor, answer: AnswerRow, now: datetime) -> None:
    if answer.lead_id != actor.id:
        post(
            work,
            "joint_answers/decided",
            person_id=answer.lead_id,
            ref={"answer_id": answer.id, "by_person_id": actor.id},
            at=now,
        )
    work.record(JointAnswerChanged(str(answer.id)), at=now, actor_ref=actor.id)


def _ask_party(work: Work, answer_id: int, organisation_id: int, now: datetime) -> None:
    for person_id in queries.list_speaker_ids(organisation_id):
        post(
            work,
            "joint_answers/party_asked",
            person_id=person_id,
            ref={"answer_id": answer_id, "organisation_id": organisation_id},
            at=now,
        )


def _checked(settlement: Settlement, now: datetime) -> Settlement:
    signed_by = typed_list(settlement.signed_by, "signed_by", LONGEST_SIGNATURES)
    authority = typed_words(settlement.authority, "authority", LONGEST_AUTHORITY)
    if not signed_by:
        raise InvalidInput("joint_signed_by_missing", field="signed_by")
    if not authority:
        raise InvalidInput("joint_authority_missing", field="authority")
    if settlement.rule == ApprovalRule.RESOLUTION:
        number = typed_line(settlement.resolution_no, "resolution_no", LONGEST_RESOLUTION)
        if not number:
            raise InvalidInput("joint_resolution_missing", field="resolution_no")
        if settlement.resolution_on is None:
            raise InvalidInput("joint_resolution_day_missing", field="resolution_on")
        if settlement.resolution_on > now.astimezone(WARSAW).date():
            raise InvalidInput("joint_resolution_to_come", field="resolution_on")
        return Settlement(ApprovalRule.RESOLUTION, signed_by, authority, (), number, settlement.resolution_on)
    if settlement.rule != ApprovalRule.NAMED:
        raise InvalidInput("joint_approval_rule", field="rule")
    named = {person_id: typed_line(role, "roles", LONGEST_ROLE) for person_id, role in settlement.approvers}
    if not named:
        raise InvalidInput("joint_approvers_missing", field="approvers")
    if len(named) > MOST_APPROVERS:
        raise InvalidInput("joint_approvers_too_many", field="approvers", limit=MOST_APPROVERS)
    return Settlement(ApprovalRule.NAMED, signed_by, authority, tuple(named.items()))


def _name_approvers(
    work: Work, answer: AnswerRow, approvers: Sequence[tuple[int, str]], now: datetime
) -> None:
    """Those named anew in the place of those before, all of them of the organisation."""
    members = {one.person_id for one in organisation_queries.list_people(answer.organisation_id)}
    if any(person_id not in members for person_id, _ in approvers):
        raise InvalidInput("joint_approvers_missing", field="approvers")
    queries.drop_approvers(answer.id)
    for person_id, role in approvers:
        work.add(
            JointAnswerApprover(
                answer_id=answer.id,
                person_id=person_id,
                role_name=role,
                asked_at=now,
                approved_revision=None,
                approved_at=None,
                refused_at=None,
                refused_reason="",
            )
        )
    work.flush()
