"""What happens round the texts of the demonstration: meetings, opinions, explanations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from consult.cli.demo.cast import Cast
from consult.cli.demo.moments import hour_of
from consult.domain.policy.actors import Actor
from consult.services import opinions
from consult.services.explanations import explain_comment, explain_consultation
from consult.services.meetings.aftermath import count_attendance, save_note
from consult.services.meetings.announcing import announce_meeting, cancel_meeting
from consult.services.meetings.plans import MeetingPlan
from consult.services.opinions import OpinionForm

_CONTACT = "Biuro Dialogu, tel. 22 555 01 20"


def hold_standards_meetings(cast: Cast, consultation_id: int, last_day: date, announced: datetime) -> None:
    """Two meetings by thematic block and one duty, all held, with notes and attendance."""
    official = cast.city_official
    held = (
        (
            MeetingPlan(
                kind="meeting",
                title="Jak konsultujemy i odpowiadamy",
                day=last_day - timedelta(27),
                starts=time(17, 30),
                ends=time(20, 0),
                place="Centrum Organizacji Pozarządowych, ul. Młyńska 14",
                room="sala na parterze",
                series="Spotkania w blokach tematycznych",
                block="Tworzenie polityk publicznych",
                capacity=60,
                programme="1. Co proponują grupy robocze\n2. Praca przy stolikach\n3. Co zabieramy do projektu",
                access=("step_free", "toilet", "loop"),
                access_contact=_CONTACT,
                access_note="Tłumaczenie na polski język migowy zapewnimy, jeżeli dowiemy się o tym trzy dni robocze wcześniej.",
            ),
            {"resident": 14, "ngo": 19, "office": 6},
            "Przy sześciu stolikach rozmawiano o terminach. Najwięcej głosów dotyczyło **uzasadniania odpowiedzi** "
            "oraz tego, kto odpowiada za odpowiedź, gdy uwaga dotyczy kilku biur. Trzy wnioski ze stolików wpisano do "
            "rejestru uwag.",
        ),
        (
            MeetingPlan(
                kind="workshop",
                title="Konkursy, umowy, rozliczenia",
                day=last_day - timedelta(20),
                starts=time(10, 0),
                ends=time(14, 0),
                place="Urząd Miasta, Rynek 1",
                room="sala sesyjna, II piętro",
                series="Spotkania w blokach tematycznych",
                block="Realizacja zadań publicznych",
                capacity=40,
                programme="1. Rozliczenie na jednej stronie\n2. Zmiany w trakcie zadania\n3. Mała dotacja",
                access=("step_free", "lift", "toilet"),
                access_contact=_CONTACT,
            ),
            {"ngo": 27, "office": 9, "institution": 2},
            "Organizacje przyniosły własne rozliczenia i razem z księgowością Urzędu sprawdzono, których załączników "
            "nikt nigdy nie czyta. Lista jest w notatce Biura Finansów.",
        ),
        (
            MeetingPlan(
                kind="duty",
                title="Dyżur w bibliotece",
                day=last_day - timedelta(9),
                starts=time(15, 0),
                ends=time(18, 0),
                place="Biblioteka, ul. Parkowa 3",
                access=("step_free", "toilet"),
            ),
            {"resident": 8},
            "Osiem osób, w tym dwie z uwagami na kartkach. Obie kartki są w rejestrze.",
        ),
    )
    for plan, numbers, note in held:
        (meeting_id,) = announce_meeting(official, consultation_id, plan, now=announced)
        count_attendance(official, meeting_id, numbers, now=hour_of(plan.day, 1, 9))
        save_note(official, meeting_id, note, publish=True, now=hour_of(plan.day, 3, 12))
    opinions.enter_opinion(
        official,
        consultation_id,
        OpinionForm(
            body_kind="council",
            body="Rada Działalności Pożytku",
            delivered_on=last_day - timedelta(34),
            term_days=14,
            is_silence_waiver=True,
            outcome="given",
            given_on=last_day - timedelta(22),
            summary="Rada opiniuje projekt pozytywnie i prosi o termin na publikację odpowiedzi.",
        ),
        now=hour_of(last_day, -21, 9),
    )


def plan_strategy_meetings(
    cast: Cast, consultation_id: int, opened: date, today: date, *, announced: datetime
) -> tuple[int, int]:
    """Meetings in the villages and the weekly duty, as they are named in the announcement.

    Returns the one that was held and the one that will be called off.
    """
    official = cast.village_official
    (held,) = announce_meeting(
        official,
        consultation_id,
        MeetingPlan(
            kind="meeting",
            title="Spotkanie otwierające",
            day=opened + timedelta(8),
            starts=time(18, 0),
            ends=time(20, 30),
            place="Gminny Ośrodek Kultury, ul. Szkolna 5",
            programme="1. Pięć wniosków z diagnozy\n2. Pytania\n3. Rozmowa o dojazdach i o wodzie",
            access=("step_free", "toilet"),
        ),
        now=announced,
    )
    (called_off,) = announce_meeting(
        official,
        consultation_id,
        MeetingPlan(
            kind="walk",
            title="Spacer wzdłuż rzeki",
            day=today - timedelta(2),
            starts=time(10, 0),
            ends=time(12, 0),
            place="zbiórka przy moście w północnym sołectwie",
        ),
        now=announced,
    )
    for plan in (
        MeetingPlan(
            kind="meeting",
            title="Dojazdy, szkoła, lekarz",
            day=today + timedelta(5),
            starts=time(18, 0),
            ends=time(20, 0),
            place="świetlica wiejska, ul. Leśna 1",
            block="Usługi blisko domu",
            access=("step_free", "toilet", "signs"),
            access_contact="sekretariat Gminy, tel. 24 555 04 04",
            programme="1. Co mówi strategia\n2. Mapa dojazdów: zaznaczamy, gdzie brakuje\n3. Co zapisać inaczej",
        ),
        MeetingPlan(
            kind="online",
            title="Woda, rolnictwo, energia",
            day=today + timedelta(12),
            starts=time(19, 0),
            ends=time(20, 30),
            link="https://spotkania.gmina.example/strategia",
            block="Środowisko",
        ),
    ):
        announce_meeting(official, consultation_id, plan, now=announced)
    announce_meeting(
        official,
        consultation_id,
        MeetingPlan(
            kind="duty",
            title="Dyżur sekretarza Gminy",
            day=today + timedelta((2 - today.weekday()) % 7 or 7),
            starts=time(15, 0),
            ends=time(18, 0),
            place="Urząd Gminy, ul. Szkolna 2",
            room="pokój 4",
            access=("step_free",),
        ),
        weeks=2,
        now=announced,
    )
    return held, called_off


def hold_strategy_meetings(
    cast: Cast, consultation_id: int, opened: date, today: date, meetings: tuple[int, int]
) -> None:
    """One meeting was held, one was called off; others are still to come."""
    official = cast.village_official
    held, called_off = meetings
    count_attendance(
        official, held, {"resident": 46, "ngo": 7, "council": 4, "business": 3}, now=hour_of(opened, 9, 9)
    )
    save_note(
        official,
        held,
        "Najdłużej rozmawiano o ostatnim autobusie i o wodzie w suche lata. Pytania, na które nie było odpowiedzi "
        "od ręki, zapisano; odpowiedzi są niżej, w wyjaśnieniach.",
        publish=True,
        now=hour_of(opened, 11, 12),
    )
    explain_consultation(
        official,
        consultation_id,
        "Na spotkaniu otwierającym padło pytanie, czy strategia przesądza o zamknięciu którejś szkoły. Nie przesądza: "
        "o sieci szkół decyduje osobna uchwała, poprzedzona osobnymi konsultacjami.",
        now=hour_of(opened, 12, 10),
    )
    cancel_meeting(
        official,
        called_off,
        reason="Po ulewach wał jest zamknięty. Zapraszamy na spotkanie w świetlicy.",
        now=hour_of(today, -3, 9),
    )
    for kind, body, delivered in (
        ("neighbour", "Sąsiednia gmina", opened - timedelta(3)),
        ("waters", "Dyrektor regionalnego zarządu gospodarki wodnej Wód Polskich", opened - timedelta(2)),
    ):
        opinions.enter_opinion(
            official,
            consultation_id,
            OpinionForm(body_kind=kind, body=body, delivered_on=delivered, term_days=30),
            now=hour_of(opened, -1, 9),
        )


def hold_programme_meetings(cast: Cast, consultation_id: int, last_day: date, announced: datetime) -> None:
    """A meeting few came to, and a council that kept silent."""
    official = cast.village_official
    plan = MeetingPlan(
        kind="meeting",
        title="Spotkanie z organizacjami",
        day=last_day - timedelta(7),
        starts=time(17, 0),
        ends=time(18, 30),
        place="Gminny Ośrodek Kultury, ul. Szkolna 5",
    )
    (meeting_id,) = announce_meeting(official, consultation_id, plan, now=announced)
    count_attendance(official, meeting_id, {"ngo": 3, "office": 2}, now=hour_of(plan.day, 1, 8))
    save_note(
        official,
        meeting_id,
        "Omówiono projekt. Uwag do zapisów nie zgłoszono; pytano o terminy konkursów.",
        publish=True,
        now=hour_of(plan.day, 1, 12),
    )
    opinions.enter_opinion(
        official,
        consultation_id,
        OpinionForm(
            body_kind="council",
            body="Gminna Rada Działalności Pożytku Publicznego",
            delivered_on=last_day - timedelta(15),
            term_days=14,
            is_silence_waiver=True,
        ),
        now=hour_of(last_day, -15, 12),
    )


def explain_comments(
    official: Actor, remarks: list[dict[str, Any]], numbered: Mapping[int, int], last_day: date
) -> None:
    """What the host explained under comments while the consultation was open."""
    for index, remark in enumerate(remarks):
        if remark["clarification"]:
            explain_comment(official, numbered[index], remark["clarification"], now=hour_of(last_day, 0, 15))
