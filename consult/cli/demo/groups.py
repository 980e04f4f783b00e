"""The working groups of the demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from consult.cli.demo.cast import Cast
from consult.domain.policy.actors import SYSTEM
from consult.services import groups, invitations
from consult.services.groups import GroupText
from consult.storage.queries.accounts import find_person_by_email
from consult.storage.queries.documents import get_document
from consult.storage.queries.viewers import EVERYTHING


def make_groups(cast: Cast, slugs: Mapping[str, str], now: datetime) -> None:
    """Two groups that wrote the standards, and one that writes the strategy."""
    standards = get_document(slugs["standards"], EVERYTHING).id
    strategy = get_document(slugs["strategy"], EVERYTHING).id
    begun = now - timedelta(days=149)
    policies = groups.make_group(
        cast.city_official,
        cast.city,
        GroupText(
            name="Grupa do spraw tworzenia polityk publicznych",
            block="Płaszczyzna I: tworzenie polityk publicznych",
            summary="Pisze o tym, jak Miasto rozpoznaje potrzeby, informuje, konsultuje i odpowiada na uwagi.",
            document_ids=(standards,),
        ),
        now=begun,
    )
    tasks = groups.make_group(
        cast.city_official,
        cast.city,
        GroupText(
            name="Grupa do spraw zadań i infrastruktury",
            block="Płaszczyzny II i III: realizacja zadań, infrastruktura współpracy",
            summary="Pisze o konkursach, umowach i rozliczeniach, o lokalach, szkoleniach i wolontariacie.",
            document_ids=(standards,),
        ),
        now=begun,
    )
    villages = groups.make_group(
        cast.village_official,
        cast.village,
        GroupText(
            name="Zespół do spraw strategii",
            block="Strategia rozwoju",
            summary="Sołtyski i sołtysi, radne i radni oraz dwie organizacje. Spotyka się raz w miesiącu w świetlicy.",
            document_ids=(strategy,),
        ),
        now=now - timedelta(days=90),
    )
    seats = (
        (cast.city_official, policies, "chair", cast.city, "miasto.urzednik@demo.example"),
        (cast.city_official, policies, "editor", cast.ngo, "fundacja@demo.example"),
        (cast.city_official, policies, "observer", cast.council, ""),
        (cast.city_official, tasks, "chair", cast.ngo, "fundacja@demo.example"),
        (cast.city_official, tasks, "editor", cast.city, "miasto.redaktor@demo.example"),
        (cast.city_official, tasks, "member", cast.council, ""),
        (cast.village_official, villages, "chair", cast.village, "gmina.urzednik@demo.example"),
        (cast.village_official, villages, "editor", cast.village, "gmina.redaktor@demo.example"),
    )
    for actor, slug, role, organisation_id, email in seats:
        person = find_person_by_email(email) if email else None
        at = begun + timedelta(days=1)
        if person is None:
            groups.add_member(actor, slug, role=role, organisation_id=organisation_id, now=at)
        else:
            groups.seat_person(
                SYSTEM, slug, role=role, person_id=person.id, organisation_id=organisation_id, now=at
            )
    invitations.invite_to_group(
        cast.city_official, policies, role="member", email="stowarzyszenie@demo.example", now=now
    )
    for slug in (policies, tasks):
        groups.show_own_name(cast.ngo_member, slug, shows=True, now=begun + timedelta(days=2))
