"""Letters about organisations: who waits, who was verified or refused, who asks to join, who is invited.

The secret of an invitation is drawn here, when its letter leaves; only its hash is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.domain.errors import NotFound
from consult.services.drawn_secrets import draw_secret, hashed
from consult.services.letters.recipients import Gatherer, Recipient
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import organisations as queries
from consult.storage.queries.organisations import OrganisationRow
from consult.storage.unit_of_work import unit_of_work


def gather_waiting(_recipient: Recipient, ref: Mapping[str, Any], _now: datetime) -> Mapping[str, Any] | None:
    """To administrators; nothing once somebody has decided."""
    row = _organisation(ref)
    if row is None or not row.is_waiting:
        return None
    return {
        "name": row.name,
        "kind": row.kind,
        "krs": row.krs,
        "regon": row.regon,
        "nip": row.nip,
        "seat": ", ".join(row.seat.splitlines()),
        "waiting_path": "/admin/organisations",
        "organisation_path": f"/organisations/{row.slug}",
    }


def gather_verified(
    _recipient: Recipient, ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    row = _organisation(ref)
    if row is None or not row.is_verified:
        return None
    return {
        "name": row.name,
        "organisation_path": f"/organisations/{row.slug}",
        "people_path": f"/organisations/{row.slug}/people",
    }


def gather_refused(_recipient: Recipient, ref: Mapping[str, Any], _now: datetime) -> Mapping[str, Any] | None:
    row = _organisation(ref)
    if row is None or row.refused_at is None:
        return None
    return {
        "name": row.name,
        "reason": row.refusal_reason,
        "edit_path": f"/organisations/{row.slug}/edit",
    }


def gather_invitation(
    _recipient: Recipient, ref: Mapping[str, Any], now: datetime
) -> Mapping[str, Any] | None:
    """The link that lets one person in; nothing once it was taken, taken back or has expired."""
    invitation = queries.find_invitation(int(ref["invitation_id"]))
    if invitation is None or not invitation.email or not invitation.is_open(now):
        return None
    secret = draw_secret()
    with unit_of_work():
        queries.set_invitation_token(invitation.id, hashed(secret))
    inviter = account_queries.find_person(invitation.made_by) if invitation.made_by else None
    return {
        "to_address": invitation.email,
        "to_language": inviter.language if inviter else "",  # whoever is invited has none here yet
        "name": invitation.organisation_name,
        "role": invitation.role,
        "expires_at": invitation.expires_at,
        "invitation_path": f"/invitations/{secret}",
    }


def gather_membership_asked(
    _recipient: Recipient, ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    """To those who may let others in; nothing once one of them has decided."""
    request = queries.find_request(int(ref["request_id"]))
    if request is None or request.decided_at is not None:
        return None
    row = queries.get_organisation_by_id(request.organisation_id)
    return {
        "name": row.name,
        "person_name": request.person_name,
        "words": request.words,
        "people_path": f"/organisations/{row.slug}/people",
    }


def gather_membership_decided(
    _recipient: Recipient, ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    request = queries.find_request(int(ref["request_id"]))
    if request is None or request.decided_at is None:
        return None
    row = queries.get_organisation_by_id(request.organisation_id)
    return {
        "name": row.name,
        "is_accepted": request.is_accepted,
        "organisation_path": f"/organisations/{row.slug}",
    }


def _organisation(ref: Mapping[str, Any]) -> OrganisationRow | None:
    try:
        return queries.get_organisation_by_id(int(ref["organisation_id"]))
    except NotFound:
        return None


GATHERERS: dict[str, Gatherer] = {
    "organisations/waiting": gather_waiting,
    "organisations/verified": gather_verified,
    "organisations/refused": gather_refused,
    "organisations/invitation": gather_invitation,
    "organisations/membership_asked": gather_membership_asked,
    "organisations/membership_decided": gather_membership_decided,
}
