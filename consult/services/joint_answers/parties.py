"""Joint positions: other organisations asked to stand behind one answer, each of which approves it or withdraws."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import Conflict, InvalidInput, NotFound, RuleBroken
from consult.domain.history.events import JointAnswerChanged
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.comments import LONGEST_ORGANISATION
from consult.domain.process.joint_answers import (
    LIVE,
    LONGEST_REASON,
    MOST_PARTIES,
    AnswerState,
    name_together,
)
from consult.domain.text.typed import typed_words
from consult.services.authority import require
from consult.services.joint_answers.standing import (
    open_consultation,
    part_in,
    require_leading,
    require_revision,
    require_state,
)
from consult.services.posting import post
from consult.storage.models import JointAnswerParty
from consult.storage.queries import joint_answers as queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.joint_answers import AnswerRow, PartyRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work


def invite_party(actor: Actor, answer_id: int, slug: str, *, now: datetime) -> None:
    """Ask another organisation to stand behind the answer; those who speak in its name get a letter.

    Asked anew, one that had withdrawn may approve again. Raises InvalidInput for an organisation that is not here, has
    nobody who could approve, is the leading one, or whose name no longer fits beside the comments; Conflict for one
    asked already; RuleBroken for too many.
    """
    with unit_of_work() as work:
        answer = require_leading(actor, answer_id)
        require_state(answer, *LIVE)
        open_consultation(answer, now)
        organisation = _organisation(actor, slug)
        if organisation.id == answer.organisation_id:
            raise InvalidInput("joint_party_itself", field="organisation")
        known = queries.list_parties(answer_id, with_withdrawn=True)
        before = next((one for one in known if one.organisation_id == organisation.id), None)
        if before is not None and before.withdrawn_at is None:
            raise Conflict("joint_party_invited", field="organisation")
        standing = [one for one in known if one.withdrawn_at is None]
        if len(standing) >= MOST_PARTIES:
            raise RuleBroken("too_many_joint_parties", limit=MOST_PARTIES)
        speakers = queries.list_speaker_ids(organisation.id)
        if not speakers:
            raise InvalidInput("joint_party_without_people", field="organisation")
        names = [
            (answer.organisation_name, answer.organisation_short_name),
            *((one.name, one.short_name) for one in standing),
            (organisation.name, organisation.short_name),
        ]
        if name_together(names, LONGEST_ORGANISATION) is None:
            raise InvalidInput("joint_names_too_long", field="organisation", limit=LONGEST_ORGANISATION)
        if before is None:
            work.add(
                JointAnswerParty(
                    answer_id=answer_id,
                    organisation_id=organisation.id,
                    invited_by=actor.id,
                    invited_at=now,
                )
            )
            work.flush()
        else:
            queries.update_party(
                answer_id,
                organisation.id,
                invited_by=actor.id,
                invited_at=now,
                approved_revision=None,
                approved_at=None,
                approved_by=None,
                withdrawn_at=None,
                withdrawn_by=None,
                withdrawn_reason="",
            )
        for person_id in speakers:
            post(
                work,
                "joint_answers/party_asked",
                person_id=person_id,
                ref={"answer_id": answer_id, "organisation_id": organisation.id},
                at=now,
            )
        _noted(work, actor, answer, now)


def remove_party(actor: Actor, answer_id: int, organisation_id: int, *, now: datetime) -> None:
    """Ask an organisation no longer: it is not named, and sees nothing more of the answer."""
    with unit_of_work() as work:
        answer = require_leading(actor, answer_id)
        require_state(answer, *LIVE)
        _standing(answer_id, organisation_id)
        queries.update_party(answer_id, organisation_id, withdrawn_at=now, withdrawn_by=actor.id)
        _noted(work, actor, answer, now)


def approve_for_party(
    actor: Actor, answer_id: int, organisation_id: int, *, revision: int, now: datetime
) -> None:
    """Stand behind the words as they are in this revision, in the name of an organisation that was asked.

    Raises NotFound, NotPermitted for somebody who may not speak for it, Stale when they are other words by now.
    """
    with unit_of_work() as work:
        answer = _spoken_for(actor, answer_id, organisation_id)
        require_state(answer, AnswerState.APPROVING)
        require_revision(answer, revision)
        queries.update_party(
            answer_id, organisation_id, approved_revision=revision, approved_at=now, approved_by=actor.id
        )
        _tell_lead(work, actor, answer, organisation_id, now)


def withdraw_party(
    actor: Actor, answer_id: int, organisation_id: int, reason: str = "", *, now: datetime
) -> None:
    """Do not stand behind the answer (any more); possible until it is sent."""
    words = typed_words(reason, "reason", LONGEST_REASON)
    with unit_of_work() as work:
        answer = _spoken_for(actor, answer_id, organisation_id)
        require_state(answer, *LIVE)
        queries.update_party(
            answer_id,
            organisation_id,
            withdrawn_at=now,
            withdrawn_by=actor.id,
            withdrawn_reason=words,
            approved_revision=None,
            approved_at=None,
            approved_by=None,
        )
        _tell_lead(work, actor, answer, organisation_id, now)


def _organisation(actor: Actor, slug: str) -> organisation_queries.OrganisationRow:
    """An organisation everybody can find here, and that was not refused."""
    try:
        return organisation_queries.get_organisation(slug, Viewer.of(actor))
    except NotFound as error:
        raise InvalidInput("joint_party_unknown", field="organisation") from error


def _spoken_for(actor: Actor, answer_id: int, organisation_id: int) -> AnswerRow:
    part_in(actor, answer_id)
    _standing(answer_id, organisation_id)
    require(actor, Permission.LEAD_JOINT_ANSWER, Target(host_id=organisation_id))
    answer = queries.lock_answer(answer_id)
    _standing(answer_id, organisation_id)
    return answer


def _standing(answer_id: int, organisation_id: int) -> PartyRow:
    for party in queries.list_parties(answer_id):
        if party.organisation_id == organisation_id:
            return party
    raise NotFound("joint_party")


def _tell_lead(work: Work, actor: Actor, answer: AnswerRow, organisation_id: int, now: datetime) -> None:
    post(
        work,
        "joint_answers/decided",
        person_id=answer.lead_id,
        ref={"answer_id": answer.id, "organisation_id": organisation_id},
        at=now,
    )
    _noted(work, actor, answer, now)


def _noted(work: Work, actor: Actor, answer: AnswerRow, now: datetime) -> None:
    work.record(JointAnswerChanged(str(answer.id)), at=now, actor_ref=actor.id)
