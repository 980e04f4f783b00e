"""What administrators decide about organisations: who is what they say, and who runs consultations."""

from __future__ import annotations

import hashlib
from datetime import datetime

from consult.domain.errors import InvalidInput, RuleBroken, Stale
from consult.domain.history.events import (
    OrganisationBecameHost,
    OrganisationRefused,
    OrganisationVerified,
)
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.typed import typed_words
from consult.services.authority import require
from consult.services.posting import post
from consult.storage.queries import organisations as queries
from consult.storage.queries.organisations import OrganisationRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

LONGEST_REASON = 2_000


def what_is_claimed(organisation: OrganisationRow) -> str:
    """A mark of what an administrator reads before deciding; another one once its people say something else."""
    said = (
        *(organisation.name, organisation.short_name, organisation.kind, organisation.unit_of_id),
        *(organisation.krs, organisation.regon, organisation.nip),
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def verify_organisation(actor: Actor, slug: str, *, seen: str | None = None, now: datetime) -> None:
    """Say that an organisation is what it says it is; doing it twice changes nothing.

    `seen` is what `what_is_claimed` said when it was looked at: raises Stale when its people changed it since.
    """
    require(actor, Permission.ADMINISTER, Target())
    with unit_of_work() as work:
        known = queries.get_organisation(slug, Viewer.of(actor))
        if known.is_verified:
            return
        organisation = queries.lock_organisation(known.id)
        if seen is not None and seen != what_is_claimed(queries.get_organisation(slug, Viewer.of(actor))):
            raise Stale("organisation_changed")
        organisation.verified_at, organisation.verified_by = now, actor.id
        organisation.refused_at, organisation.refusal_reason = None, ""
        work.flush()
        work.record(OrganisationVerified(str(known.id)), at=now, actor_ref=actor.id)
        _tell_keepers(work, "organisations/verified", known.id, now)


def refuse_organisation(actor: Actor, slug: str, *, reason: str, now: datetime) -> None:
    """Say that an organisation cannot be confirmed, and why; its people are told the reason.

    Also takes back a verification. Raises RuleBroken for a host, whose documents stay, InvalidInput without a reason.
    """
    require(actor, Permission.ADMINISTER, Target())
    words = typed_words(reason, "reason", LONGEST_REASON)
    if not words:
        raise InvalidInput("organisation_refusal_reason_missing", field="reason")
    with unit_of_work() as work:
        known = queries.get_organisation(slug, Viewer.of(actor))
        if known.is_host:
            raise RuleBroken("host_stays")
        organisation = queries.lock_organisation(known.id)
        organisation.verified_at = organisation.verified_by = None
        organisation.refused_at, organisation.refusal_reason = now, words
        work.flush()
        work.record(OrganisationRefused(str(known.id)), at=now, actor_ref=actor.id)
        _tell_keepers(work, "organisations/refused", known.id, now)


def make_host(actor: Actor, slug: str, *, now: datetime) -> None:
    """Let a verified organisation run consultations of its own. Raises RuleBroken for one that is not verified."""
    require(actor, Permission.ADMINISTER, Target())
    with unit_of_work() as work:
        known = queries.get_organisation(slug, Viewer.of(actor))
        if not known.is_verified:
            raise RuleBroken("host_unverified")
        if known.is_host:
            return
        queries.lock_organisation(known.id).is_host = True
        work.flush()
        work.record(OrganisationBecameHost(str(known.id)), at=now, actor_ref=actor.id)


def _tell_keepers(work: Work, letter: str, organisation_id: int, now: datetime) -> None:
    for person_id in queries.list_keeper_ids(organisation_id):
        post(work, letter, person_id=person_id, ref={"organisation_id": organisation_id}, at=now)
