"""Organisations entered: by the people of an organisation, who then wait, or by an administrator."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from consult.domain.errors import Conflict, InvalidInput
from consult.domain.history.events import OrganisationEdited, OrganisationRegistered
from consult.domain.organisations.names import find_alike, plain_words, slug_of
from consult.domain.policy.actors import REPRESENTATIVE, Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services.authority import require
from consult.services.organisations.checking import Profile, checked_profile
from consult.services.posting import post
from consult.storage.models import Membership, Organisation
from consult.storage.queries import organisations as queries
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work


def register_organisation(actor: Actor, profile: Profile, *, is_another: bool = False, now: datetime) -> str:
    """Enter one's own organisation; returns its name in addresses. It waits for an administrator to verify it.

    Whoever enters it is its first representative. Raises Conflict when an organisation has one of the numbers
    already, and when one has nearly the same name, unless the person says it is another (`is_another`).
    """
    require(actor, Permission.REGISTER_ORGANISATION, Target())
    checked = checked_profile(profile)
    with unit_of_work() as work:
        _refuse_double(checked)
        if not is_another and (alike := find_alike(checked.name, queries.list_names())):
            raise Conflict("organisation_alike", field="is_another", name=alike)
        organisation = _entered(work, checked, slug=_free_slug(checked), now=now)
        organisation.entered_by = actor.id
        work.flush()
        if actor.id is not None:
            work.add(
                Membership(
                    person_id=actor.id,
                    organisation_id=organisation.id,
                    role=REPRESENTATIVE,
                    may_speak=True,
                    since=now,
                )
            )
        work.record(OrganisationRegistered(str(organisation.id)), at=now, actor_ref=actor.id)
        tell_administrators(work, organisation.id, now)
        return organisation.slug


def create_organisation(
    actor: Actor, *, name: str, slug: str, kind: str, is_host: bool = False, now: datetime
) -> int:
    """Enter an organisation an administrator knows, verified at once; returns its id."""
    require(actor, Permission.ADMINISTER, Target())
    checked = checked_profile(Profile(name=name, kind=kind))
    with unit_of_work() as work:
        if queries.find_organisation(slug) is not None:
            raise Conflict("slug_taken", field="slug", slug=slug)
        organisation = _entered(work, checked, slug=slug, now=now)
        organisation.is_host = is_host
        organisation.entered_by = organisation.verified_by = actor.id
        organisation.verified_at = now
        work.flush()
        work.record(OrganisationRegistered(str(organisation.id)), at=now, actor_ref=actor.id)
        return organisation.id


def edit_organisation(actor: Actor, slug: str, profile: Profile, *, now: datetime) -> None:
    """Change what an organisation says of itself.

    A verified organisation whose names, kind, numbers or office are changed by its own people waits for verification
    again: what an administrator confirmed was somebody else's description. Those of a host change administrators only.
    """
    with unit_of_work() as work:
        known = queries.get_organisation(slug, Viewer.of(actor))
        require(actor, Permission.MANAGE_ORGANISATION, Target(host_id=known.id))
        checked = checked_profile(profile)
        if checked.unit_of_id == known.id:
            raise InvalidInput("unit_of", field="unit_of")
        organisation = queries.lock_organisation(known.id)
        before = (known.name, known.kind, known.krs, known.regon, known.nip)
        is_other = checked.identity != before
        is_trusted = actor.is_system or actor.is_administrator
        claims_other = checked.claims != (known.short_name, known.unit_of_id) and not known.is_host
        if is_other and known.is_host and not is_trusted:
            raise InvalidInput("host_identity", field="name")
        _refuse_double(checked, but=known.id)
        _fill(organisation, checked)
        if (is_other or claims_other) and not is_trusted and (known.is_verified or known.refused_at):
            organisation.verified_at = organisation.verified_by = organisation.refused_at = None
            organisation.refusal_reason = ""
            tell_administrators(work, known.id, now)
        work.flush()
        work.record(OrganisationEdited(str(known.id)), at=now, actor_ref=actor.id)


def tell_administrators(work: Work, organisation_id: int, now: datetime) -> None:
    """Ask for letters that say an organisation waits."""
    for person_id in queries.list_administrator_ids():
        post(
            work,
            "organisations/waiting",
            person_id=person_id,
            ref={"organisation_id": organisation_id},
            at=now,
        )


def _entered(work: Work, profile: Profile, *, slug: str, now: datetime) -> Organisation:
    organisation = Organisation(slug=slug, is_host=False, created_at=now)
    _fill(organisation, profile)
    work.add(organisation)
    return organisation


def _fill(organisation: Organisation, profile: Profile) -> None:
    for name, value in asdict(profile).items():
        setattr(organisation, name, value)
    organisation.plain_name = " ".join(plain_words(f"{profile.name} {profile.short_name}"))


def _refuse_double(profile: Profile, *, but: int | None = None) -> None:
    known = queries.find_numbered(krs=profile.krs, regon=profile.regon, nip=profile.nip, but=but)
    if known is not None:
        field, name = known
        raise Conflict("organisation_known", field=field, name=name)


def _free_slug(profile: Profile) -> str:
    """A name for addresses nobody has, and that is none of this site's own pages."""
    wanted = slug_of(profile.short_name or profile.name)
    taken = queries.taken_slugs(wanted) | {"new"}
    number = 2
    slug = wanted
    while slug in taken:
        slug = f"{wanted}-{number}"
        number += 1
    return slug
