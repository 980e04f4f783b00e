"""Working groups: made, changed, ended, and the people in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.history.events import GroupChanged, GroupMade, GroupPeopleChanged
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.slugs import slug_of
from consult.domain.text.typed import typed_address, typed_line
from consult.services.authority import require
from consult.services.descriptions import LONGEST_ADDRESS, checked_summary
from consult.storage.models import GroupDocument, GroupMember, WorkingGroup
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import groups as queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.groups import GroupRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

CHAIR = "chair"
ROLES = (CHAIR, "editor", "member", "observer")
VISIBILITIES = (queries.PUBLIC, queries.HOST, queries.INVITED)
LONGEST_NAME = 200
LONGEST_BLOCK = 120
NAMES_OF_PAGES = frozenset({"new", "invitations"})
"""Names no group gets in addresses, since pages beside the groups have them."""


@dataclass(frozen=True, slots=True)
class GroupText:
    """What one says of a group; `document_ids` are those of its host that it works on."""

    name: str
    block: str = ""
    summary: str = ""
    easy_read_url: str = ""
    sign_language_url: str = ""
    visibility: str = queries.PUBLIC
    document_ids: Sequence[int] = ()


def make_group(actor: Actor, host_id: int | None, text: GroupText, *, now: datetime) -> str:
    """Make a group of a host; returns its name in addresses. Raises InvalidInput, NotFound, NotPermitted."""
    host = organisation_queries.get_host(host_id)
    require(actor, Permission.MANAGE_GROUPS, Target(host_id=host.id))
    checked = _checked(text)
    with unit_of_work() as work:
        group = WorkingGroup(
            host_id=host.id,
            slug=_free_slug(checked.name),
            name=checked.name,
            block=checked.block,
            summary=checked.summary,
            easy_read_url=checked.easy_read_url,
            sign_language_url=checked.sign_language_url,
            visibility=checked.visibility,
            created_at=now,
            closed_at=None,
        )
        work.add(group)
        work.flush()
        _put_documents(work, group, checked.document_ids)
        work.record(GroupMade(str(group.id), str(host.id)), at=now, actor_ref=actor.id)
        return group.slug


def change_group(actor: Actor, slug: str, text: GroupText, *, now: datetime) -> None:
    """Say anew what a group is and what it works on. Raises InvalidInput, NotFound, NotPermitted."""
    known = _manageable(actor, slug)
    checked = _checked(text)
    with unit_of_work() as work:
        group = queries.lock_group(known.id)
        group.name, group.block, group.summary = checked.name, checked.block, checked.summary
        group.easy_read_url, group.sign_language_url = checked.easy_read_url, checked.sign_language_url
        group.visibility = checked.visibility
        queries.remove_documents(group.id)
        _put_documents(work, group, checked.document_ids)
        _record_change(work, actor, known, now)


def end_group(actor: Actor, slug: str, *, now: datetime) -> None:
    """Note that a group's work is done; its page stays."""
    known = _manageable(actor, slug)
    with unit_of_work() as work:
        group = queries.lock_group(known.id)
        group.closed_at = group.closed_at or now
        _record_change(work, actor, known, now)


def resume_group(actor: Actor, slug: str, *, now: datetime) -> None:
    """Take up the work of a group that had ended."""
    known = _manageable(actor, slug)
    with unit_of_work() as work:
        queries.lock_group(known.id).closed_at = None
        _record_change(work, actor, known, now)


def add_member(actor: Actor, slug: str, *, role: str, organisation_id: int | None, now: datetime) -> int:
    """Give an organisation a seat nobody has to agree to: it names no person. People are invited.

    Returns the seat's id. Raises InvalidInput, NotFound, NotPermitted.
    """
    known = _manageable(actor, slug)
    checked_role(role)
    if organisation_id is None:
        raise InvalidInput("nobody_named", field="organisation_id")
    checked_seat_organisation(organisation_id)
    with unit_of_work() as work:
        queries.lock_group(known.id)
        return _add_seat(work, actor, known, GroupMember(organisation_id=organisation_id, role=role), now)


def seat_person(
    actor: Actor, slug: str, *, role: str, person_id: int, organisation_id: int | None = None, now: datetime
) -> int:
    """Give a person a seat without asking them: the command line and the demonstration only.

    Returns the seat's id. Raises NotPermitted for anybody else, InvalidInput, NotFound, Conflict when the person has a
    seat already.
    """
    if not actor.is_system:
        raise NotPermitted("manage_groups", because="is_the_system")
    known = _manageable(actor, slug)
    checked_role(role)
    checked_seat_organisation(organisation_id)
    if account_queries.find_person(person_id) is None:
        raise NotFound("person")
    with unit_of_work() as work:
        queries.lock_group(known.id)
        if queries.find_seat_of(known.id, person_id) is not None:
            raise Conflict("already_in_group", field="person_id")
        seat = GroupMember(person_id=person_id, organisation_id=organisation_id, role=role)
        return _add_seat(work, actor, known, seat, now)


def _add_seat(work: Work, actor: Actor, group: GroupRow, seat: GroupMember, now: datetime) -> int:
    seat.group_id, seat.shows_name, seat.joined_at = group.id, False, now
    work.add(seat)
    work.flush()
    _record_people(work, actor, group, now)
    return seat.id


def change_role(actor: Actor, slug: str, seat_id: int, *, role: str, now: datetime) -> None:
    """Give a seat another role."""
    known = _manageable(actor, slug)
    checked_role(role)
    with unit_of_work() as work:
        _seat(known.id, seat_id).role = role
        _record_people(work, actor, known, now)


def remove_member(actor: Actor, slug: str, seat_id: int, *, now: datetime) -> None:
    """Take a seat away."""
    known = _manageable(actor, slug)
    with unit_of_work() as work:
        queries.remove_seat(_seat(known.id, seat_id).id)
        _record_people(work, actor, known, now)


def show_own_name(actor: Actor, slug: str, *, shows: bool, now: datetime) -> None:
    """Decide whether one's own name stands on the group's page; nobody decides it for another."""
    known = queries.get_group(slug, Viewer.of(actor))
    with unit_of_work() as work:
        _own_seat(actor, known).shows_name = shows
        _record_people(work, actor, known, now)


def leave_group(actor: Actor, slug: str, *, now: datetime) -> None:
    """Give up one's own seat. Raises RuleBroken("last_chair") for the only one in the chair while others sit there:
    the office that keeps the group names somebody else first."""
    known = queries.get_group(slug, Viewer.of(actor))
    with unit_of_work() as work:
        queries.lock_group(known.id)
        own = _own_seat(actor, known)
        others = [seat for seat in queries.list_seats(known.id) if seat.id != own.id]
        is_at_work = known.closed_at is None and bool(others)
        if own.role == CHAIR and is_at_work and all(seat.role != CHAIR for seat in others):
            raise RuleBroken("last_chair")
        queries.remove_seat(own.id)
        _record_people(work, actor, known, now)


def _manageable(actor: Actor, slug: str) -> GroupRow:
    known = queries.get_group(slug, Viewer.of(actor))
    require(actor, Permission.MANAGE_GROUPS, Target(host_id=known.host_id))
    return known


def _seat(group_id: int, seat_id: int) -> GroupMember:
    seat = queries.find_seat(group_id, seat_id)
    if seat is None:
        raise NotFound("seat")
    return seat


def _own_seat(actor: Actor, group: GroupRow) -> GroupMember:
    seat = queries.find_seat_of(group.id, actor.id) if actor.id is not None else None
    if seat is None:
        raise NotFound("seat")
    return seat


def checked_role(role: str) -> str:
    """A role in a group. Raises InvalidInput."""
    if role not in ROLES:
        raise InvalidInput("group_role", field="role")
    return role


def checked_seat_organisation(organisation_id: int | None) -> None:
    """Raises InvalidInput for an organisation a seat cannot be given to."""
    if organisation_id is not None and organisation_id not in dict(queries.list_organisations()):
        raise InvalidInput("group_organisation", field="organisation_id")


def _checked(text: GroupText) -> GroupText:
    name = typed_line(text.name, "name", LONGEST_NAME)
    if not name:
        raise InvalidInput("group_name", field="name")
    if text.visibility not in VISIBILITIES:
        raise InvalidInput("group_visibility", field="visibility")
    return GroupText(
        name=name,
        block=typed_line(text.block, "block", LONGEST_BLOCK),
        summary=checked_summary(text.summary),
        easy_read_url=typed_address(text.easy_read_url, "easy_read_url", LONGEST_ADDRESS),
        sign_language_url=typed_address(text.sign_language_url, "sign_language_url", LONGEST_ADDRESS),
        visibility=text.visibility,
        document_ids=text.document_ids,
    )


def _put_documents(work: Work, group: WorkingGroup, document_ids: Sequence[int]) -> None:
    own = {row.id for row in queries.list_documents_of_host(group.host_id)}
    if not set(document_ids) <= own:
        raise InvalidInput("group_documents", field="documents")
    work.add(*(GroupDocument(group_id=group.id, document_id=each) for each in sorted(set(document_ids))))


def _record_change(work: Work, actor: Actor, group: GroupRow, now: datetime) -> None:
    work.record(GroupChanged(str(group.id), str(group.host_id)), at=now, actor_ref=actor.id)


def _record_people(work: Work, actor: Actor, group: GroupRow, now: datetime) -> None:
    work.record(GroupPeopleChanged(str(group.id), str(group.host_id)), at=now, actor_ref=actor.id)


def _free_slug(name: str) -> str:
    """A name in addresses made of the group's, taken by no other."""
    stem = slug_of(name, otherwise="grupa")
    slug, number = stem, 1
    while slug in NAMES_OF_PAGES or queries.is_slug_taken(slug):
        number += 1
        slug = f"{stem}-{number}"
    return slug
