"""Following: being told of what happens to a document, a consultation, a host, a group, a field or an area.

What somebody follows is their own affair. It changes no page but their own, so no event is recorded: the record is
never erased, and it should not know for ever what a person once took an interest in.
"""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.fields import FIELDS
from consult.domain.text.normalise import admit
from consult.services.authority import require
from consult.storage.models import Follow, VisitMark
from consult.storage.queries import following as queries
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import unit_of_work

KINDS = ("document", "consultation", "host", "group", "field", "area")
LONGEST_REF = 200
MOST_FOLLOWED = 500


def follow(actor: Actor, kind: str, ref: str, *, now: datetime) -> None:
    """Follow something from now on; following it twice is following it once.

    `ref` is the id of a document, consultation, host or group, the code of a field, the name of an area.
    Raises NotPermitted for guests, InvalidInput, NotFound for what the actor may not know of.
    """
    require(actor, Permission.FOLLOW, Target())
    name = _checked(actor, kind, ref)
    with unit_of_work():
        followed = queries.list_followed(_person(actor))
        if any((row.kind, row.ref) == (kind, name) for row in followed):
            return
        if len(followed) >= MOST_FOLLOWED:
            raise InvalidInput("followed_too_much", limit=MOST_FOLLOWED)
        queries.add_follow(Follow(person_id=_person(actor), kind=kind, ref=name, made_at=now))


def unfollow(actor: Actor, kind: str, ref: str) -> None:
    """Follow something no longer; also what there no longer is. Raises NotPermitted for guests."""
    require(actor, Permission.FOLLOW, Target())
    with unit_of_work():
        queries.remove_follow(_person(actor), kind, ref)


def mark_seen(actor: Actor, *, now: datetime) -> None:
    """Note that the actor has seen all that changed until now. Raises NotPermitted for guests."""
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    with unit_of_work() as work:
        mark = queries.lock_visit(_person(actor))
        if mark is None:
            work.add(VisitMark(person_id=_person(actor), seen_at=now, signed_in_at=now))
        else:
            mark.seen_at = now


def note_sign_in(person_id: int, *, now: datetime) -> None:
    """Note that a person signed in: what was new at their sign-in before is no longer new.

    Before the first sign-in there was nothing to see, so nothing counts as new then.
    """
    with unit_of_work() as work:
        mark = queries.lock_visit(person_id)
        if mark is None:
            work.add(VisitMark(person_id=person_id, seen_at=now, signed_in_at=now))
        else:
            mark.seen_at = max(mark.seen_at, mark.signed_in_at)
            mark.signed_in_at = now


def _person(actor: Actor) -> int:
    if actor.id is None:
        raise NotFound("person")
    return actor.id


def _checked(actor: Actor, kind: str, ref: str) -> str:
    """The reference as it is kept. Raises InvalidInput for kinds there are not, NotFound for what is not there."""
    if kind not in KINDS:
        raise InvalidInput("follow_kind", field="kind")
    name = admit(ref, field="ref").strip()
    if not name or len(name) > LONGEST_REF:
        raise NotFound("followed")
    if kind == "field":
        is_there = name in FIELDS
    else:
        is_there = kind == "area" or queries.find_name(kind, name, Viewer.of(actor)) is not None
    if not is_there:
        raise NotFound("followed")
    return name
