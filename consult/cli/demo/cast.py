"""Who acts in the demonstration: two hosts, organisations and people, known by their roles."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.domain.policy.actors import EDITOR, MEMBER, OFFICIAL, REPRESENTATIVE, SYSTEM, Actor
from consult.services import accounts, organisations
from consult.services.accounts.requests import ask_data_request
from consult.services.organisations.checking import Profile
from consult.services.organisations.joining import ask_to_join
from consult.services.organisations.registering import edit_organisation, register_organisation
from consult.storage.queries import accounts as account_queries

NGO_NAME = "Fundacja A"
RESIDENT_NAME = "Mieszkanka"
WAITING_NAME = "Stowarzyszenie ogrodowe"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration; its password is known only from here."""

    email: str
    name: str
    role: str
    password: str

    def __str__(self) -> str:
        return f"{self.email:<34} {self.password:<18} {self.role}"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts: the hosts' ids and the people as actors."""

    city: int
    village: int
    ngo: int
    council: int
    city_official: Actor
    city_editor: Actor
    village_official: Actor
    village_editor: Actor
    ngo_member: Actor
    council_member: Actor
    resident: Actor


# --- organisations and people ------------------------------------------------------------------------------------


def make_cast(at: datetime) -> tuple[Cast, list[DemoAccount]]:
    """Enter organisations and people at a moment; the cast, and the accounts with their passwords."""
    city, village = (
        organisations.create_organisation(SYSTEM, name=name, slug=slug, kind="office", is_host=True, now=at)
        for name, slug in (("Urząd Miasta", "urzad-miasta"), ("Gmina Wiejska", "gmina-wiejska"))
    )
    ngo = organisations.create_organisation(SYSTEM, name=NGO_NAME, slug="fundacja-a", kind="ngo", now=at)
    council = organisations.create_organisation(
        SYSTEM, name="Rada Działalności Pożytku", slug="rada-pozytku", kind="council", now=at
    )
    made: list[DemoAccount] = []

    def person(
        mailbox: str, name: str, role: str, *memberships: tuple[int, str], is_administrator: bool = False
    ) -> Actor:
        account = DemoAccount(f"{mailbox}@demo.example", name, role, secrets.token_urlsafe(12))
        accounts.create_person(
            SYSTEM,
            email=account.email,
            name=name,
            password=account.password,
            is_administrator=is_administrator,
            memberships=memberships,
            now=at,
        )
        made.append(account)
        row = account_queries.find_person_by_email(account.email)
        assert row is not None  # noqa: S101 - made just now
        return accounts.actor_of(row)

    cast = Cast(
        city=city,
        village=village,
        ngo=ngo,
        council=council,
        city_official=person(
            "miasto.urzednik",
            "Urząd Miasta, Biuro Dialogu",
            "official of Urząd Miasta: consultations, answers, versions",
            (city, OFFICIAL),
        ),
        city_editor=person(
            "miasto.redaktor", "Urząd Miasta, redakcja", "editor of Urząd Miasta: drafts", (city, EDITOR)
        ),
        village_official=person(
            "gmina.urzednik",
            "Gmina Wiejska, sekretariat",
            "official of Gmina Wiejska: consultations, answers, versions",
            (village, OFFICIAL),
        ),
        village_editor=person(
            "gmina.redaktor", "Gmina Wiejska, redakcja", "editor of Gmina Wiejska: drafts", (village, EDITOR)
        ),
        ngo_member=person(
            "fundacja",
            f"{NGO_NAME}, zarząd",
            f"speaks for {NGO_NAME}: comments in its name, lets people in",
            (ngo, REPRESENTATIVE),
        ),
        council_member=person(
            "rada",
            "Rada Działalności Pożytku, przedstawicielka",
            "sits in a working group for Rada Działalności Pożytku: proposes changes, does not edit",
            (council, MEMBER),
        ),
        resident=person("mieszkanka", RESIDENT_NAME, "resident: comments, follows"),
    )
    person(
        "administrator",
        "Administratorka",
        "administrator: people and organisations",
        is_administrator=True,
    )
    _describe(at)
    _leave_something_to_do(cast, at)
    return cast, made


def _describe(at: datetime) -> None:
    for slug, profile in _PROFILES.items():
        edit_organisation(SYSTEM, slug, profile, now=at)


def _leave_something_to_do(cast: Cast, at: datetime) -> None:
    """What waits for an administrator and for those who speak for an organisation."""
    recently = at + timedelta(days=147)
    register_organisation(
        cast.resident,
        Profile(
            name=WAITING_NAME,
            kind="ngo",
            seat="ul. Działkowa 7",
            summary="Prowadzimy ogród społeczny przy dawnej zajezdni.",
        ),
        now=recently,
    )
    ask_to_join(
        cast.resident,
        "fundacja-a",
        words="Pomagam przy dyżurach od wiosny.",
        now=recently + timedelta(hours=3),
    )
    ask_data_request(
        cast.resident,
        "correct",
        words="W zgłoszeniu z dyżuru wpisano złą nazwę ulicy.",
        now=recently + timedelta(hours=5),
    )


_PROFILES = {
    "urzad-miasta": Profile(
        name="Urząd Miasta",
        kind="office",
        seat="Rynek 1",
        website="https://miasto.example",
        email="konsultacje@miasto.example",
        summary="Miasto na prawach powiatu. Konsultuje wszystko, co dotyczy więcej niż jednej dzielnicy.",
    ),
    "gmina-wiejska": Profile(
        name="Gmina Wiejska",
        kind="office",
        seat="ul. Szkolna 2",
        website="https://gmina.example",
        email="sekretariat@gmina.example",
        summary="Siedemnaście sołectw nad rzeką. O ważnych sprawach rozmawiamy, zanim zapadną decyzje.",
    ),
    "fundacja-a": Profile(
        name=NGO_NAME,
        kind="ngo",
        seat="ul. Młyńska 14, lok. 3",
        website="https://fundacja-a.example",
        email="biuro@fundacja-a.example",
        summary="Wspieramy grupy sąsiedzkie: uczymy, jak założyć organizację i jak rozmawiać z urzędem.",
    ),
    "rada-pozytku": Profile(
        name="Rada Działalności Pożytku",
        kind="council",
        seat="Rynek 1",
        summary="Organ opiniodawczy przy prezydencie miasta: połowa osób z organizacji, połowa z Urzędu i Rady Miasta.",
    ),
}
