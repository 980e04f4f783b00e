"""Giving an empty store the demonstration, as if people had worked in it for months.

Everything goes through the services people use, in the order in which it would have happened, at moments
counted back from now. It is one transaction: a store is given the whole demonstration or stays empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from consult.cli.demo.cast import NGO_NAME, RESIDENT_NAME, Cast, DemoAccount, make_cast
from consult.cli.demo.groups import make_groups
from consult.cli.demo.happenings import (
    explain_comments,
    hold_programme_meetings,
    hold_standards_meetings,
    hold_strategy_meetings,
)
from consult.cli.demo.hosts import furnish_hosts
from consult.cli.demo.moments import day_from, hour_of, records_of, text_of
from consult.domain.consolidation.apply import proposed_paragraph
from consult.domain.policy.actors import ANONYMOUS, SYSTEM, Actor
from consult.domain.process.windows import closing, first_moment
from consult.domain.text.spans import Span
from consult.services import comments, dispositions, documents, drafting, following, quotations
from consult.services import search as search_service
from consult.services.comments import Pointing, Remark, Sender
from consult.services.consultations.announcing import publish_announcement, publish_protocol
from consult.services.consultations.changing import extend_consultation
from consult.services.consultations.details import Details
from consult.services.consultations.opening import open_consultation
from consult.services.dispositions import Wording
from consult.services.sockets import current_ports
from consult.services.together import all_or_nothing
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.viewers import EVERYTHING

CITY_CONSULTATION_ENDED = 8
"""Days since the last day of the consultation on the standards."""
STRATEGY_DAYS_LEFT = 20
PROGRAMME_CONSULTATION_ENDED = 24
PREMISES_OPEN_IN = 6


def seed(now: datetime, *, keep: Callable[[list[DemoAccount]], None] = lambda _: None) -> list[DemoAccount]:
    """Fill an empty store and feed its index; the accounts made, with their passwords.

    Everything lies before `now`, but for the end of the consultation that is still open. `keep` is handed the
    accounts before anything is committed: a store never holds accounts whose passwords nobody has.
    """
    with all_or_nothing():
        begun = now - timedelta(days=150)
        cast, made = make_cast(begun)
        furnish_hosts(cast, begun)
        standards = _standards(cast, now)
        strategy = _strategy(cast, now)
        _programme(cast, now)
        _premises(cast, now)
        make_groups(cast, {"standards": standards, "strategy": strategy}, now)
        _follow(cast, standards, now)
        keep(made)
    search_service.reindex(now=current_ports().clock.now)
    return made


# --- the standards: consulted, answers being written -------------------------------------------------------------


def _standards(cast: Cast, now: datetime) -> str:
    """Three versions of one text: drafted, consulted, and taken further by the answers given so far."""
    last_day = day_from(now, -CITY_CONSULTATION_ENDED)
    slug = _import(cast.city_editor, "standard-1.md", "standard", cast.city, at=hour_of(last_day, -100, 9))
    documents.publish_version(
        cast.city_official, slug, label="wersja grup roboczych", now=hour_of(last_day, -90, 12)
    )
    _revise(
        cast.city_editor,
        slug,
        "standard-2.md",
        "Po uwagach obu grup roboczych: nowe części o wkładzie własnym i o sporach.",
        at=hour_of(last_day, -50, 10),
    )
    documents.publish_version(
        cast.city_official, slug, label="projekt do konsultacji", now=hour_of(last_day, -44, 12)
    )
    consultation_id = open_consultation(
        cast.city_official,
        slug,
        version_no=2,
        title="Konsultacje standardów współpracy z organizacjami pozarządowymi",
        legal_basis="resolution",
        summary="Dwie grupy robocze napisały, czego Miasto i organizacje mogą od siebie oczekiwać: kto coś robi, "
        "w jakim terminie i co się dzieje, gdy terminu nie dotrzyma. Pytamy, czy da się według tego pracować.",
        details=_DETAILS["standards"],
        opens_at=first_moment(last_day - timedelta(35)),
        closes_at=closing(last_day),
        now=hour_of(last_day, -42, 11),
    )
    publish_announcement(cast.city_official, consultation_id, now=hour_of(last_day, -42, 12))
    hold_standards_meetings(cast, consultation_id, last_day)
    remarks = records_of("comments.json")
    numbered = _hand_in(
        cast.city_official, cast, slug, remarks, {at: last_day - _days(one) for at, one in enumerate(remarks)}
    )
    explain_comments(cast.city_official, remarks, numbered, last_day)
    _answer(cast, slug, remarks, numbered, first_day=last_day + timedelta(3), now=now)
    _revise(
        cast.city_editor,
        slug,
        "standard-3.md",
        "Zmiany przyjęte w odpowiedziach na uwagi z konsultacji.",
        at=now - timedelta(hours=30),
    )
    _edit(cast.city_editor, slug, records_of("draft-edits.json"), first=now - timedelta(hours=26))
    return slug


def _answer(
    cast: Cast,
    slug: str,
    remarks: list[dict[str, Any]],
    numbered: Mapping[int, int],
    *,
    first_day: date,
    now: datetime,
) -> None:
    """The answers given so far, some with the wording taken from the comment, in the order of the comments."""
    answered = [at for at, one in enumerate(remarks) if one["disposition"]]
    begin = hour_of(first_day, 0, 8)
    step = (now - timedelta(hours=40) - begin) / len(answered)
    for place, at in enumerate(answered):
        disposition, comment_id = remarks[at]["disposition"], numbered[at]
        is_taken = disposition["change_in_v3"] and disposition["outcome"] == "accepted"
        dispositions.save_disposition(
            cast.city_official,
            comment_id,
            outcome=disposition["outcome"],
            justification=disposition["justification"],
            wording=_wording(slug, remarks[at], comment_id) if is_taken else None,
            expected_revision=0,
            now=begin + place * step,
        )


def _wording(slug: str, remark: Mapping[str, Any], comment_id: int) -> Wording | None:
    """The proposal put into its paragraph; None where it would not read as the text that came of it."""
    if not remark["proposed"] or remark["proposed"] not in text_of("standard-3.md"):
        return None
    (place,) = comment_queries.list_placements_of([comment_id])
    if place.state != "placed" or place.start is None or place.end is None:
        return None
    document = document_queries.get_document(slug, EVERYTHING)
    standing = document_queries.get_section(document.id, place.section_id)
    lines, paragraph = proposed_paragraph(
        standing.source, standing.plain, Span(place.start, place.end), remark["proposed"]
    )
    return Wording(standing.section_id, standing.text_id, lines, paragraph)


def _edit(editor: Actor, slug: str, edits: Iterable[Mapping[str, Any]], *, first: datetime) -> None:
    """Edits to the working draft, an hour apart; those whose words the text no longer holds are left out."""
    at = first
    for edit in edits:
        section = _section(slug, edit["heading"])
        if section is None or section.source.count(edit["find"]) != 1:
            continue
        drafting.save_section(
            editor,
            slug,
            section.section_id,
            source=section.source.replace(edit["find"], edit["replace"]),
            base_text_id=section.text_id,
            note=edit["note"],
            now=at,
        )
        at += timedelta(hours=1)


# --- the strategy: being consulted now ---------------------------------------------------------------------------


def _strategy(cast: Cast, now: datetime) -> str:
    last_day = day_from(now, STRATEGY_DAYS_LEFT)
    opened = last_day - timedelta(42)
    slug = _import(cast.village_editor, "strategy.md", "strategy", cast.village, at=hour_of(opened, -30, 9))
    documents.publish_version(
        cast.village_official, slug, label="projekt do konsultacji", now=hour_of(opened, -6, 13)
    )
    consultation_id = open_consultation(
        cast.village_official,
        slug,
        version_no=1,
        title="Konsultacje strategii rozwoju gminy do 2035 roku",
        legal_basis="strategy",
        summary="Jak gmina ma się zmieniać do 2035 roku, czego w tym czasie robić nie będziemy i po czym poznamy, że "
        "idziemy w dobrą stronę.",
        details=_DETAILS["strategy"],
        opens_at=first_moment(opened),
        closes_at=closing(last_day - timedelta(7)),
        now=hour_of(opened, -5, 10),
    )
    publish_announcement(cast.village_official, consultation_id, now=hour_of(opened, -5, 11))
    hold_strategy_meetings(cast, consultation_id, opened, day_from(now, 0))
    remarks = records_of("strategy-comments.json")
    youngest = min(_days(one).days for one in remarks)
    today = day_from(now, 0)
    # the youngest came yesterday; the consultation still has its days before it
    days = {at: today - _days(one) + timedelta(youngest - 1) for at, one in enumerate(remarks)}
    numbered = _hand_in(cast.village_official, cast, slug, remarks, days)
    explain_comments(cast.village_official, remarks, numbered, today)
    extend_consultation(
        cast.village_official,
        consultation_id,
        closes_at=closing(last_day),
        reason="Prosiły o to dwie rady sołeckie: w ich miejscowościach spotkania odbywają się dopiero po zakończeniu "
        "prac polowych.",
        now=now - timedelta(hours=20),
    )
    return slug


# --- the programme: consulted, and nobody commented --------------------------------------------------------------


def _programme(cast: Cast, now: datetime) -> None:
    last_day = day_from(now, -PROGRAMME_CONSULTATION_ENDED)
    slug = _import(
        cast.village_editor, "programme.md", "programme", cast.village, at=hour_of(last_day, -40, 9)
    )
    documents.publish_version(
        cast.village_official, slug, label="projekt do konsultacji", now=hour_of(last_day, -20, 9)
    )
    consultation_id = open_consultation(
        cast.village_official,
        slug,
        version_no=1,
        title="Konsultacje rocznego programu współpracy",
        legal_basis="programme",
        summary="Jakie zadania Gmina chce powierzyć organizacjom w przyszłym roku, na jakich zasadach i za ile.",
        details=_DETAILS["programme"],
        opens_at=first_moment(last_day - timedelta(14)),
        closes_at=closing(last_day),
        now=hour_of(last_day, -16, 9),
    )
    publish_announcement(cast.village_official, consultation_id, now=hour_of(last_day, -16, 10))
    hold_programme_meetings(cast, consultation_id, last_day)
    publish_protocol(
        cast.village_official,
        consultation_id,
        closing="Projekt kierujemy pod obrady Rady Gminy w brzmieniu poddanym konsultacjom. Za miesiąc zapytamy "
        "organizacje, dlaczego się nie odezwały.",
        now=hour_of(last_day, 5, 10),
    )


# --- the rules for premises: announced, not open yet -------------------------------------------------------------


def _premises(cast: Cast, now: datetime) -> None:
    opens_on = day_from(now, PREMISES_OPEN_IN)
    slug = _import(cast.city_editor, "premises.md", "regulation", cast.city, at=now - timedelta(days=12))
    documents.publish_version(
        cast.city_official, slug, label="projekt do konsultacji", now=now - timedelta(days=3)
    )
    consultation_id = open_consultation(
        cast.city_official,
        slug,
        version_no=1,
        title="Konsultacje zasad użyczania lokali organizacjom",
        legal_basis="resolution",
        summary="Kto może dostać miejski lokal, jak długo się czeka i kto płaci za remont.",
        details=_DETAILS["premises"],
        opens_at=first_moment(opens_on),
        closes_at=closing(opens_on + timedelta(27)),
        now=now - timedelta(days=2),
    )
    publish_announcement(cast.city_official, consultation_id, now=now - timedelta(days=2))


# --- those who follow --------------------------------------------------------------------------------------------


def _follow(cast: Cast, standards: str, now: datetime) -> None:
    document = document_queries.get_document(standards, EVERYTHING)
    for actor in (cast.resident, cast.ngo_member):
        following.follow(actor, "document", str(document.id), now=now - timedelta(days=30))
        following.follow(actor, "host", str(cast.city), now=now - timedelta(days=30))


# --- comments ----------------------------------------------------------------------------------------------------


def _hand_in(
    official: Actor, cast: Cast, slug: str, remarks: list[dict[str, Any]], days: Mapping[int, date]
) -> dict[int, int]:
    """Hand in remarks on their days: one sender, channel and day are one submission. Comment ids by index.

    What came by post or was said at a meeting is entered by the official.
    """

    def together(at: int) -> tuple[date, str, str]:
        return days[at], remarks[at]["channel"], remarks[at]["by"]

    document = document_queries.get_document(slug, EVERYTHING)
    closes_at = consultation_queries.list_consultations(document_id=document.id)[0].closes_at
    numbered: dict[int, int] = {}
    in_order = sorted(range(len(remarks)), key=together)
    for place, ((day, channel, by), group) in enumerate(groupby(in_order, key=together)):
        indices = list(group)
        moment = hour_of(day, 0, 8) + timedelta(minutes=7 * place % 600)
        is_late = moment >= closes_at
        sent_by = {NGO_NAME: cast.ngo_member, RESIDENT_NAME: cast.resident}.get(by, ANONYMOUS)
        actor = official if channel != "web" or is_late else sent_by
        receipt = comments.submit_comments(
            actor,
            slug,
            [_remark(slug, remarks[at], moment) for at in indices],
            _sender(cast, remarks[indices[0]], day),
            now=moment,
        )
        numbered |= dict(zip(indices, receipt.comment_ids, strict=True))
    return numbered


def _remark(slug: str, remark: Mapping[str, Any], moment: datetime) -> Remark:
    pointings: tuple[Pointing, ...] = ()
    if remark["quote"]:
        pointing = quotations.find_quote(SYSTEM, slug, remark["quote"], nth=remark["nth"], now=moment)
        if pointing is None:
            raise LookupError(f"the demonstration quotes words that are not in its text: {remark['quote']}")
        pointings = (pointing,)
    return Remark(
        text=remark["text"],
        kind=remark["kind"],
        justification=remark["justification"],
        proposed=remark["proposed"],
        pointings=pointings,
    )


def _sender(cast: Cast, remark: Mapping[str, Any], day: date) -> Sender:
    is_person = remark["capacity"] == "resident"
    return Sender(
        capacity=remark["capacity"],
        name=remark["by"] if is_person else "",
        organisation_name="" if is_person else remark["by"],
        organisation_id=cast.ngo if remark["by"] == NGO_NAME else None,
        channel=remark["channel"],
        received_on=None if remark["channel"] == "web" else day,
    )


# --- texts and moments -------------------------------------------------------------------------------------------


def _import(actor: Actor, filename: str, kind: str, host_id: int, *, at: datetime) -> str:
    imported = documents.import_document(
        actor, content=text_of(filename).encode(), filename=filename, kind=kind, host_id=host_id, now=at
    )
    return imported.slug


def _revise(actor: Actor, slug: str, filename: str, note: str, *, at: datetime) -> None:
    documents.revise_document(
        actor, slug, content=text_of(filename).encode(), filename=filename, note=note, now=at
    )


def _section(slug: str, heading: str) -> SectionRow | None:
    document = document_queries.get_document(slug, EVERYTHING)
    sections = document_queries.list_draft_sections(document.id)
    return next((section for section in sections if section.heading == heading), None)


def _days(remark: Mapping[str, Any]) -> timedelta:
    return timedelta(remark["days_before_close"])


# --- what is said of the consultations ---------------------------------------------------------------------------

_DETAILS = {
    "standards": Details(
        purpose="Chcemy sprawdzić, czy standardy są zrozumiałe, czy terminy są możliwe do dotrzymania i czego w nich "
        "brakuje. Każda uwaga dostanie odpowiedź z uzasadnieniem.",
        addressees="organizacje pozarządowe działające w mieście\nmieszkanki i mieszkańcy\njednostki Miasta",
        fields=("cooperation", "rights"),
        area="całe miasto",
        local_rule="uchwała Rady Miasta w sprawie zasad i trybu przeprowadzania konsultacji",
        forms=("written", "meeting", "duty"),
        channels={
            "email": "konsultacje@miasto.example",
            "paper": "Urząd Miasta, Rynek 1, Biuro Dialogu, pokój 12",
            "epuap": "/UrzadMiasta/SkrytkaESP",
            "phone": "22 555 01 20",
        },
        reading_place="Biuro Dialogu, Rynek 1, pokój 12, w godzinach pracy Urzędu",
        contact="Biuro Dialogu, tel. 22 555 01 20",
    ),
    "strategy": Details(
        purpose="Strategia mówi, co będzie w gminie najważniejsze przez dziesięć lat. Zanim Rada Gminy ją uchwali, "
        "chcemy usłyszeć, co w niej jest niepotrzebne, czego brakuje i co jest niejasne.",
        addressees="mieszkanki i mieszkańcy\norganizacje, sołectwa i przedsiębiorcy\nsąsiednie gminy\nWody Polskie",
        fields=("space", "transport", "environment"),
        area="cała gmina, siedemnaście sołectw",
        forms=("written", "meeting", "duty", "oral"),
        channels={
            "email": "strategia@gmina.example",
            "paper": "Urząd Gminy, ul. Szkolna 2, sekretariat",
            "edoreczenia": "AE:PL-00000-00000-AAAAA-00",
            "duty": "Urząd Gminy, pokój 4, w środy od godz. 15.00 do 18.00",
            "phone": "24 555 04 04",
        },
        reading_place="sekretariat Urzędu Gminy, biblioteka i świetlice wiejskie",
        contact="sekretarz Gminy, tel. 24 555 04 04",
    ),
    "programme": Details(
        addressees="organizacje pozarządowe prowadzące działalność na terenie gminy",
        fields=("cooperation",),
        area="cała gmina",
        local_rule="uchwała Rady Gminy w sprawie sposobu konsultowania z organizacjami projektów aktów prawa miejscowego",
        forms=("written", "meeting"),
        channels={"email": "organizacje@gmina.example", "paper": "Urząd Gminy, ul. Szkolna 2, sekretariat"},
        contact="sekretarz Gminy, tel. 24 555 04 04",
    ),
    "premises": Details(
        purpose="Zasady obowiązują od jedenastu lat i nikt nie jest z nich zadowolony. Proponujemy krótszą drogę do "
        "lokalu i jasny podział kosztów remontu.",
        addressees="organizacje pozarządowe\ngrupy nieformalne\nwspólnoty mieszkaniowe w budynkach z lokalami Miasta",
        fields=("cooperation", "housing"),
        area="całe miasto",
        local_rule="uchwała Rady Miasta w sprawie zasad i trybu przeprowadzania konsultacji",
        forms=("written", "meeting"),
        channels={
            "email": "konsultacje@miasto.example",
            "paper": "Urząd Miasta, Rynek 1, Biuro Dialogu, pokój 12",
        },
        contact="Biuro Dialogu, tel. 22 555 01 20",
    ),
}
