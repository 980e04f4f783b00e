"""An answer sent, once: it becomes one submission in the register, in the name of all who stand behind it.

The line of the answer is marked as sent before anything is handed in, on the condition that it was not: of two people
who press at the same moment, the second finds it sent, whatever the first one's transaction still has to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from consult.domain.errors import RuleBroken
from consult.domain.history.events import JointAnswerSent
from consult.domain.policy.actors import SYSTEM_ROLE, Actor
from consult.domain.process.comments import LONGEST_ORGANISATION, ShownAs
from consult.domain.process.joint_answers import (
    AnswerState,
    Standing,
    name_together,
    what_is_missing,
)
from consult.services.comments import Receipt, Remark, Sender, submit_comments
from consult.services.joint_answers.collating import pointing_of
from consult.services.joint_answers.standing import (
    open_consultation,
    require_leading,
    require_revision,
    require_state,
)
from consult.services.organisations import standing_of
from consult.services.posting import post
from consult.storage.models import SubmissionParty
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import joint_answers as queries
from consult.storage.queries.joint_answers import AnswerRow, PartyRow, PointRow
from consult.storage.unit_of_work import Work, unit_of_work


def send_answer(actor: Actor, answer_id: int, *, revision: int, language: str = "", now: datetime) -> Receipt:
    """Hand an approved answer in: every point is a comment of one submission, in the order of the text.

    Raises RuleBroken when it was sent already, when somebody has not approved it, or once no comments are taken (the
    calendar decides at the moment of sending); Stale when it is not the revision that was looked at.
    """
    with unit_of_work() as work:
        answer = require_leading(actor, answer_id)
        require_state(answer, AnswerState.APPROVING)
        require_revision(answer, revision)
        consultation = open_consultation(answer, now)
        if standing_to_send(answer, now):
            raise RuleBroken("joint_answer_not_approved")
        if not queries.take_to_send(answer_id, revision, person_id=actor.id, at=now):
            raise RuleBroken("joint_answer_sent")
        queries.withdraw_codes(answer_id, now)
        parties = queries.list_parties(answer_id)
        points = in_order_of_text(queries.list_points(answer_id), consultation.version_id)
        confirmed = _confirmed(actor, answer, parties)
        receipt = submit_comments(
            _in_their_name(actor),
            consultation.slug,
            [remark_of(point) for point in points],
            _sender(actor, answer, parties, is_verified=all(confirmed)),
            consultation_id=consultation.id,
            language=language,
            now=now,
        )
        sent = comment_queries.find_receipt(receipt.register_id, receipt.receipt_no)
        if sent is None:
            raise RuntimeError("a submission that was just made is not there")
        for point, comment_id in zip(points, receipt.comment_ids, strict=True):
            queries.update_point(point.id, comment_id=comment_id)
        queries.update_answer(answer_id, submission_id=sent.submission_id)
        _name_parties(work, sent.submission_id, answer, parties, confirmed)
        _tell(work, actor, answer, parties, now)
        work.record(JointAnswerSent(str(answer_id), str(sent.submission_id)), at=now, actor_ref=actor.id)
        return receipt


def standing_to_send(answer: AnswerRow, now: datetime) -> tuple[str, ...]:
    """Codes of what stands in the way of sending, see `what_is_missing`."""
    consultation = consultation_queries.get_consultation(answer.consultation_id)
    return what_is_missing(
        Standing(
            state=answer.state,
            has_points=bool(queries.list_points(answer.id)),
            rule=answer.approval_rule,
            approvals=[
                (one.has_approved(answer.revision), one.refused_at is not None)
                for one in queries.list_approvers(answer.id)
            ],
            parties=[one.has_approved(answer.revision) for one in queries.list_parties(answer.id)],
            is_open=consultation.is_open(now),
        )
    )


def names_of(answer: AnswerRow, parties: Sequence[PartyRow]) -> str:
    """The organisations as they are named beside every comment, the leading one first."""
    names = [
        (answer.organisation_name, answer.organisation_short_name),
        *((one.name, one.short_name) for one in parties),
    ]
    return name_together(names, LONGEST_ORGANISATION) or answer.organisation_name


def in_order_of_text(points: Sequence[PointRow], version_id: int) -> list[PointRow]:
    """What is about the whole first, the rest by where its first words stand."""
    order = {
        section_id: at
        for at, (section_id, *_) in enumerate(document_queries.list_version_outline(version_id), start=1)
    }

    def place(point: PointRow) -> tuple[int, int, int]:
        if not point.places:
            return (0, 0, point.id)
        first = min(
            (order.get(one.section_id, len(order) + 1), -1 if one.start is None else one.start)
            for one in point.places
        )
        return (*first, point.id)

    return sorted(points, key=place)


def remark_of(point: PointRow) -> Remark:
    """A point as comments are handed in."""
    return Remark(
        text=point.text,
        kind=point.kind,
        justification=point.justification,
        proposed=point.proposed,
        pointings=tuple(pointing_of(one) for one in point.places),
    )


def _in_their_name(actor: Actor) -> Actor:
    """Whoever sends, with the right to say in whose name: this file has looked at the standing of each organisation,
    which the ordinary way, made for one of them, could not."""
    return replace(actor, roles=actor.roles | {SYSTEM_ROLE})


def _confirmed(actor: Actor, answer: AnswerRow, parties: Sequence[PartyRow]) -> list[bool]:
    """Whether each organisation is verified and whoever spoke for it may, the leading one first."""
    own = standing_of(
        actor,
        capacity=answer.organisation_kind,
        organisation_id=answer.organisation_id,
        organisation_name=answer.organisation_name,
    )
    others = [
        one.is_verified and one.approved_by in queries.list_speaker_ids(one.organisation_id)
        for one in parties
    ]
    return [own.is_confirmed, *others]


def _sender(actor: Actor, answer: AnswerRow, parties: Sequence[PartyRow], *, is_verified: bool) -> Sender:
    person = account_queries.find_person(actor.id or 0)
    return Sender(
        capacity=answer.organisation_kind,
        name=person.name if person else "",
        email=person.email if person else "",
        organisation_name=names_of(answer, parties),
        organisation_id=answer.organisation_id,
        is_verified=is_verified,
        shown_as=ShownAs.NOTHING,
    )


def _name_parties(
    work: Work,
    submission_id: int,
    answer: AnswerRow,
    parties: Sequence[PartyRow],
    confirmed: Sequence[bool],
) -> None:
    named = [
        (answer.organisation_id, answer.organisation_name),
        *((one.organisation_id, one.name) for one in parties),
    ]
    for ordinal, ((organisation_id, name), is_confirmed) in enumerate(
        zip(named, confirmed, strict=True), start=1
    ):
        work.add(
            SubmissionParty(
                submission_id=submission_id,
                ordinal=ordinal,
                organisation_id=organisation_id,
                name_then=name,
                is_confirmed=is_confirmed,
            )
        )
    work.flush()


def _tell(work: Work, actor: Actor, answer: AnswerRow, parties: Sequence[PartyRow], now: datetime) -> None:
    """Everybody who had a say; whoever sent it gets the ordinary receipt."""
    people = {answer.lead_id}
    people |= {one.person_id for one in queries.list_approvers(answer.id)}
    people |= {one.approved_by for one in parties if one.approved_by is not None}
    for person_id in sorted(people - {actor.id or 0}):
        post(work, "joint_answers/sent", person_id=person_id, ref={"answer_id": answer.id}, at=now)
