"""What a group says of the parts of its draft: how far they are agreed, and who holds what against them."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput, NotPermitted
from consult.domain.history.acts import ActKind
from consult.domain.history.events import DissentChanged, DissentHeld, SectionStatusSet
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.section_statuses import STATUS_AFTER, Status, advance_status, needs_the_chair
from consult.services.acts import keep_act
from consult.services.authority import of_document, require
from consult.services.proposals.shared import checked_words, get_discussed
from consult.storage.models import DissentingOpinion, SectionStatus
from consult.storage.queries import documents as document_queries
from consult.storage.queries import section_statuses as queries
from consult.storage.queries.proposals import find_organisation_of_seat
from consult.storage.unit_of_work import unit_of_work

MOST_DISSENTS = 500


def possible_statuses(actor: Actor, target: Target, current: Status) -> tuple[Status, ...]:
    """What the actor may say next of a part, in the order of the course."""
    return tuple(
        status
        for status in Status
        if status in STATUS_AFTER[current] and is_allowed(actor, _permission(current, status), target)
    )


def set_status(
    actor: Actor, slug: str, section_id: str, status: str, *, note: str = "", now: datetime
) -> None:
    """Say how far a part of a draft is. Raises InvalidInput, NotFound, NotPermitted, RuleBroken for a leap."""
    if status not in list(Status):
        raise InvalidInput("section_status", field="status")
    to = Status(status)
    document = get_discussed(actor, slug, Permission.SET_STATUS)
    words = checked_words(note, "note", may_be_empty=True)
    with unit_of_work() as work:
        document_queries.lock_document(document.id)
        section = document_queries.get_section(document.id, section_id)
        row = queries.list_statuses(document.id, section_ids=[section_id]).get(section_id)
        current = Status(row.status) if row else Status.IN_WORK
        require(actor, _permission(current, to), of_document(document))
        advance_status(current, to)
        said = SectionStatus(
            document_id=document.id,
            section_id=section_id,
            status=str(to),
            text_id=section.text_id,
            note=words,
            change_no=None,
            at=now,
            person_id=actor.id,
        )
        work.add(said)
        work.flush()
        keep_act(work, document.id, ActKind.SECTION_STATUS, said.id)
        work.record(SectionStatusSet(str(document.id), section_id), at=now, actor_ref=actor.id)


def _permission(current: Status, to: Status) -> Permission:
    return Permission.SETTLE_SECTION if needs_the_chair(current, to) else Permission.SET_STATUS


def hold_dissent(
    actor: Actor, slug: str, section_id: str, text: str, *, is_public: bool, now: datetime
) -> int:
    """Hold a dissenting opinion against a part as it stands now; its id.

    It is spoken for the organisation one sits for in the group, if there is one. Public ones are published with the
    next version.
    """
    document = get_discussed(actor, slug, Permission.DISSENT)
    words = checked_words(text, "text")
    with unit_of_work() as work:
        document_queries.lock_document(document.id)
        section = document_queries.get_section(document.id, section_id)
        if len(queries.list_dissents(document.id, with_withdrawn=True)) >= MOST_DISSENTS:
            raise InvalidInput("too_many_dissents", field="text", limit=MOST_DISSENTS)
        dissent = DissentingOpinion(
            document_id=document.id,
            section_id=section_id,
            text_id=section.text_id,
            change_no=document_queries.get_document_by_id(document.id).last_change_no,
            text=words,
            is_public=is_public,
            person_id=actor.id,
            organisation_id=find_organisation_of_seat(document.id, actor.id),
            at=now,
            withdrawn_at=None,
        )
        work.add(dissent)
        work.flush()
        work.record(DissentHeld(str(document.id), str(dissent.id)), at=now, actor_ref=actor.id)
        return dissent.id


def publish_dissent(actor: Actor, slug: str, dissent_id: int, *, is_public: bool, now: datetime) -> None:
    """Decide whether one's own opinion is published with the versions of the document."""
    _change_own(actor, slug, dissent_id, now=now, is_public=is_public)


def withdraw_dissent(actor: Actor, slug: str, dissent_id: int, *, now: datetime) -> None:
    """Hold one's own opinion no longer."""
    _change_own(actor, slug, dissent_id, now=now, withdraws=True)


def _change_own(
    actor: Actor,
    slug: str,
    dissent_id: int,
    *,
    now: datetime,
    is_public: bool | None = None,
    withdraws: bool = False,
) -> None:
    document = get_discussed(actor, slug, Permission.SEE_UNPUBLISHED)
    with unit_of_work() as work:
        dissent = queries.get_dissent(document.id, dissent_id)
        if dissent.person_id != actor.id and not actor.is_system:
            raise NotPermitted("change_dissent", because="is_author")
        if is_public is not None:
            dissent.is_public = is_public
        if withdraws:
            dissent.withdrawn_at = dissent.withdrawn_at or now
        work.record(DissentChanged(str(document.id), str(dissent.id)), at=now, actor_ref=actor.id)
