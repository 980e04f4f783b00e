"""Letters about working groups: who is asked to take a seat.

The secret of an invitation is drawn here, when its letter leaves; only its hash is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.services.drawn_secrets import draw_secret, hashed
from consult.services.letters.recipients import Gatherer, Recipient
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import invitations as queries
from consult.storage.unit_of_work import unit_of_work


def gather_invitation(
    _recipient: Recipient, ref: Mapping[str, Any], now: datetime
) -> Mapping[str, Any] | None:
    """The link that leads one person to a seat; nothing once it was answered, taken back or has expired."""
    invitation = queries.find_invitation(int(ref["invitation_id"]))
    if invitation is None or not invitation.email or invitation.state(now) != "open":
        return None
    invited = account_queries.find_person_by_email(invitation.email)
    inviter = account_queries.find_person(invitation.made_by) if invitation.made_by else None
    speaks = next((person for person in (invited, inviter) if person is not None), None)
    secret = draw_secret()
    with unit_of_work():
        queries.set_invitation_token(invitation.id, hashed(secret))
    return {
        "to_address": invitation.email,
        "to_language": speaks.language if speaks else "",
        "name": invitation.group_name,
        "host_name": invitation.host_name,
        "organisation_name": invitation.organisation_name,
        "role": invitation.role,
        "summary": invitation.summary,
        "expires_at": invitation.expires_at,
        "invitation_path": f"/groups/invitations/{secret}",
    }


GATHERERS: dict[str, Gatherer] = {"groups/invitation": gather_invitation}
