"""Keeping who looked at whose contact data: what the controller answers for (Regulation (EU) 2016/679, art. 5 (2), 24).

A view is noted before the page leaves. It is no event: nothing anybody else sees changes by it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.contact_views import Place
from consult.services.authority import require
from consult.storage.models import ContactView
from consult.storage.queries import contact_views as queries
from consult.storage.queries.contact_views import ViewRow
from consult.storage.unit_of_work import unit_of_work


def note_contact_view(
    actor: Actor,
    place: Place,
    *,
    host_id: int,
    register_id: int,
    receipts: Collection[int],
    now: datetime,
) -> None:
    """Keep that the actor is shown the data of the senders with these receipts; nothing where there are none.

    One row for a page. The system itself looks at nothing.
    """
    if actor.id is None or not receipts:
        return
    numbers = ",".join(str(number) for number in sorted(set(receipts)))
    with unit_of_work() as work:
        work.add(
            ContactView(
                at=now,
                person_id=actor.id,
                host_id=host_id,
                register_id=register_id,
                place=str(place),
                receipts=f",{numbers},",
            )
        )


def note_view_of_comments(
    actor: Actor, place: Place, comment_ids: Collection[int], *, host_id: int, now: datetime
) -> None:
    """The same for the senders of these comments, as far as they left a name or an address."""
    if actor.id is None:
        return
    for register_id, receipts in queries.list_receipts_with_data(comment_ids).items():
        note_contact_view(actor, place, host_id=host_id, register_id=register_id, receipts=receipts, now=now)


def list_contact_views(actor: Actor, host_id: int, *, offset: int = 0, limit: int = 50) -> list[ViewRow]:
    """Who of a host's officials looked at whose data, the last first: for those who look after the host."""
    require(actor, Permission.MANAGE_HOST, Target(host_id=host_id))
    return queries.list_views_of_host(host_id, offset=offset, limit=limit)


def count_contact_views(actor: Actor, host_id: int) -> int:
    require(actor, Permission.MANAGE_HOST, Target(host_id=host_id))
    return queries.count_views_of_host(host_id)
