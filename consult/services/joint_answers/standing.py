"""What part somebody has in an answer: the gate every act and every page of it passes first.

Nobody outside the organisations concerned learns that there is an answer: the host, other organisations and the
administration of the installation are told that there is no such thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consult.domain.errors import NotFound, RuleBroken, Stale
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.joint_answers import AnswerState
from consult.services.authority import require
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import joint_answers as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.joint_answers import AnswerRow


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody is in an answer. `speaks_for` are the other organisations of a joint position the person may speak
    for, `belongs` says whether they are of the leading one."""

    answer: AnswerRow
    leads: bool
    belongs: bool
    approves: bool
    speaks_for: tuple[int, ...]
    is_of_party: bool

    @property
    def sees_points(self) -> bool:
        """Whether what is to be sent is theirs to read: ordinary members wait for what is sent."""
        return self.leads or self.approves or self.is_of_party

    @property
    def sees_remarks(self) -> bool:
        """Whether they see who said what."""
        return self.leads or self.approves


def part_of_reader(actor: Actor, answer: AnswerRow) -> Part | None:
    """The part somebody has in an answer; None for everybody else."""
    leads = is_allowed(actor, Permission.LEAD_JOINT_ANSWER, Target(host_id=answer.organisation_id))
    belongs = is_allowed(actor, Permission.SEE_JOINT_ANSWER, Target(host_id=answer.organisation_id))
    approves = any(one.person_id == actor.id for one in queries.list_approvers(answer.id))
    parties = [one.organisation_id for one in queries.list_parties(answer.id)]
    speaks_for = tuple(
        one for one in parties if is_allowed(actor, Permission.LEAD_JOINT_ANSWER, Target(host_id=one))
    )
    is_of_party = any(is_allowed(actor, Permission.SEE_JOINT_ANSWER, Target(host_id=one)) for one in parties)
    if not (leads or belongs or is_of_party):
        return None
    # who was asked and has left the organisation since is asked no more
    return Part(answer, leads, belongs, approves and belongs, speaks_for, is_of_party)


def part_in(actor: Actor, answer_id: int) -> Part:
    """Raises NotFound for whoever has no part in it."""
    answer = queries.get_answer(answer_id)
    part = part_of_reader(actor, answer)
    if part is None:
        raise NotFound("joint_answer")
    return part


def leading(actor: Actor, answer_id: int) -> AnswerRow:
    """The answer, for those who put it together. Raises NotFound for outsiders, NotPermitted for other members."""
    part = part_in(actor, answer_id)
    require(actor, Permission.LEAD_JOINT_ANSWER, Target(host_id=part.answer.organisation_id))
    return part.answer


def require_leading(actor: Actor, answer_id: int) -> AnswerRow:
    """As `leading`, inside a transaction: held until it ends, so that two people put it together one after the other."""
    leading(actor, answer_id)
    return queries.lock_answer(answer_id)


def collecting(actor: Actor, answer_id: int) -> AnswerRow:
    """The same while it is still put together. Raises RuleBroken once it stands still."""
    answer = require_leading(actor, answer_id)
    require_state(answer, AnswerState.COLLECTING)
    return answer


def require_state(answer: AnswerRow, *states: AnswerState) -> None:
    """Raises RuleBroken with what the answer is instead."""
    if answer.state in states:
        return
    if answer.state is AnswerState.SENT:
        raise RuleBroken("joint_answer_sent")
    if answer.state is AnswerState.DROPPED:
        raise RuleBroken("joint_answer_dropped")
    if answer.state is AnswerState.APPROVING:
        raise RuleBroken("joint_answer_stands")
    raise RuleBroken("joint_answer_not_asked")


def require_revision(answer: AnswerRow, revision: int) -> None:
    """Raises Stale when what was looked at is not what stands there now."""
    if answer.revision != revision:
        raise Stale("joint_answer_changed")


def open_consultation(answer: AnswerRow, now: datetime) -> ConsultationRow:
    """The consultation, while it takes comments. Raises RuleBroken."""
    consultation = consultation_queries.get_consultation(answer.consultation_id)
    if consultation.is_cancelled:
        raise RuleBroken("consultation_cancelled")
    if now < consultation.opens_at:
        raise RuleBroken("consultation_not_open_yet", opens_at=consultation.opens_at.isoformat())
    if not consultation.is_open(now):
        raise RuleBroken("consultation_closed", closed_at=consultation.closes_at.isoformat())
    return consultation


def trail_of(actor: Actor, comment_id: int) -> tuple[int, int]:
    """(answer, point) a sent comment came of, for those who put it together or approved it. Raises NotFound."""
    row = queries.find_point_of_comment(comment_id)
    if not part_in(actor, row.answer_id).sees_remarks:
        raise NotFound("joint_answer")
    return row.answer_id, row.point_id
