"""What the pages of a group share: the group one may look after, and a seat as it is shown."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services.authority import require
from consult.storage.queries import groups as queries
from consult.storage.queries.groups import GroupRow, SeatRow
from consult.web.groups.presenters import Seat
from consult.web.shared.hosts import show_host
from consult.web.shared.viewers import current_actor, current_viewer


def manageable(slug: str) -> GroupRow:
    """The group, for whoever looks after it. Raises NotFound, NotPermitted."""
    group = queries.get_group(slug, current_viewer())
    require(current_actor(), Permission.MANAGE_GROUPS, Target(host_id=group.host_id))
    show_host(group.host_id)
    return group


def seat_of(seat: SeatRow, knows_names: bool) -> Seat:
    """A seat; the name only where the reader may see it."""
    is_own = seat.person_id is not None and seat.person_id == current_actor().id
    return Seat(
        id=seat.id,
        role=seat.role,
        organisation=seat.organisation_name,
        capacity=seat.organisation_kind or "resident",
        name=seat.person_name if seat.shows_name or knows_names else "",
        is_hidden=bool(seat.person_name) and not seat.shows_name,
        is_own=is_own,
    )
