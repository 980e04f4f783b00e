"""Answers begun, led by somebody else, given up; and the code with which members remark without an account.

The code is 192 random bits in a link. Only its hash is kept, so it is shown when it is made and never again; a new one
takes the place of the old one.
"""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import Conflict, InvalidInput, NotFound
from consult.domain.history.events import JointAnswerBegun, JointAnswerChanged, JointAnswerDropped
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.joint_answers import LIVE, AnswerState
from consult.services.authority import require
from consult.services.drawn_secrets import draw_secret, hashed
from consult.services.joint_answers.standing import open_consultation, require_leading, require_state
from consult.storage.models import JointAnswer, JointAnswerCode
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import joint_answers as queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import unit_of_work


def begin_answer(actor: Actor, consultation_id: int, organisation_id: int | None, *, now: datetime) -> int:
    """Begin an organisation's answer to an open consultation; its id. The actor leads it.

    An organisation that is not verified may begin one too: what it sends is shown as unconfirmed. Raises InvalidInput
    where no organisation was chosen, NotPermitted for somebody who may not speak in its name, Conflict when there is
    an answer of this organisation already, RuleBroken while no comments are taken.
    """
    if organisation_id is None:
        raise InvalidInput("joint_answer_organisation", field="organisation")
    require(actor, Permission.LEAD_JOINT_ANSWER, Target(host_id=organisation_id))
    if actor.id is None:
        raise NotFound("person")
    with unit_of_work() as work:
        consultation = consultation_queries.get_consultation(consultation_id)
        document_queries.get_document(consultation.slug, Viewer.of(actor))
        organisation_queries.lock_organisation(organisation_id)
        known = queries.find_standing_answer(consultation_id, organisation_id)
        if known is not None:
            raise Conflict("joint_answer_begun", field="organisation")
        answer = JointAnswer(
            consultation_id=consultation_id,
            organisation_id=organisation_id,
            lead_id=actor.id,
            state=AnswerState.COLLECTING,
            revision=0,
            begun_at=now,
        )
        work.add(answer)
        work.flush()
        open_consultation(queries.get_answer(answer.id), now)
        work.record(JointAnswerBegun(str(answer.id), str(organisation_id)), at=now, actor_ref=actor.id)
        return answer.id


def take_the_lead(actor: Actor, answer_id: int, *, now: datetime) -> None:
    """Get the letters about an answer from now on, in the place of whoever led it."""
    with unit_of_work() as work:
        answer = require_leading(actor, answer_id)
        require_state(answer, *LIVE)
        queries.update_answer(answer_id, lead_id=actor.id)
        work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)


def drop_answer(actor: Actor, answer_id: int, *, now: datetime) -> None:
    """Give an answer up: nothing of it is sent, its code lets nobody in, and a new one may be begun."""
    with unit_of_work() as work:
        answer = require_leading(actor, answer_id)
        require_state(answer, *LIVE)
        queries.update_answer(answer_id, state=AnswerState.DROPPED, dropped_at=now)
        queries.withdraw_codes(answer_id, now)
        queries.drop_letter(answer_id)
        work.record(JointAnswerDropped(str(answer_id)), at=now, actor_ref=actor.id)


def make_code(actor: Actor, answer_id: int, *, now: datetime) -> str:
    """A new code, in letters that may stand in an address; the one before it lets nobody in any more."""
    with unit_of_work() as work:
        answer = require_leading(actor, answer_id)
        require_state(answer, AnswerState.COLLECTING)
        open_consultation(answer, now)
        queries.withdraw_codes(answer_id, now)
        secret = draw_secret()
        work.add(
            JointAnswerCode(
                answer_id=answer_id,
                token_hash=hashed(secret),
                made_by=actor.id,
                made_at=now,
                withdrawn_at=None,
            )
        )
        work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)
        return secret


def withdraw_code(actor: Actor, answer_id: int, *, now: datetime) -> None:
    """Let nobody in with the code any more; what was said with it stays."""
    with unit_of_work() as work:
        require_leading(actor, answer_id)
        if queries.withdraw_codes(answer_id, now):
            work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)
