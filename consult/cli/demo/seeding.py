"""Giving an empty store the demonstration, as if people had worked in it for months.

Everything goes through the services people use, in the order in which it would have happened, at moments
counted back from now. It is one transaction: a store is given the whole demonstration or stays empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from consult.cli.demo.acts import (
    announce,
    days_before_close,
    hand_in,
    hand_in_on,
    import_text,
    revise,
    section_of,
    taken,
)
from consult.cli.demo.beside import refer, write_notes
from consult.cli.demo.cast import Cast, DemoAccount, make_cast
from consult.cli.demo.details import DETAILS
from consult.cli.demo.discussion import discuss
from consult.cli.demo.group_work import work_in_groups
from consult.cli.demo.groups import make_groups
from consult.cli.demo.happenings import (
    explain_comments,
    hold_programme_meetings,
    hold_standards_meetings,
    hold_strategy_meetings,
    plan_strategy_meetings,
)
from consult.cli.demo.hosts import furnish_hosts
from consult.cli.demo.joint_answers import answer_together
from consult.cli.demo.moments import day_from, hour_of, office_day, records_of, text_of
from consult.cli.demo.paper_letters import enter_paper_letter
from consult.cli.demo.pictures import illustrate
from consult.cli.demo.returned_forms import enter_anonymous_note, enter_returned_form
from consult.cli.demo.takings import as_it_came_out
from consult.cli.demo.waiting import write_comments
from consult.domain.policy.actors import SYSTEM, Actor
from consult.domain.process.windows import closing, first_moment, next_working_day
from consult.services import descriptions, dispositions, documents, drafting, following
from consult.services import search as search_service
from consult.services.consultations.announcing import publish_protocol
from consult.services.consultations.changing import extend_consultation, record_effects
from consult.services.consultations.opening import open_consultation
from consult.services.operations import drop_letter
from consult.services.sockets import current_ports
from consult.services.together import all_or_nothing
from consult.storage.queries import documents as document_queries
from consult.storage.queries import letters as letter_queries
from consult.storage.queries.viewers import EVERYTHING

CITY_CONSULTATION_ENDED = 8
"""Days since the last day of the consultation on the standards."""
STRATEGY_DAYS_LEFT = 20
PROGRAMME_CONSULTATION_ENDED = 24
PREMISES_OPEN_IN = 6
AGREEMENT_CONSULTATION_OPENED = 90


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
        _agreement(cast, now)
        make_groups(cast, {"standards": standards, "strategy": strategy}, now)
        work_in_groups(cast, standards, now)
        _follow(cast, standards, now)
        discuss(cast, strategy, now)
        write_comments(cast, strategy, now)
        _keep_letters_in(now)
        keep(made)
    search_service.reindex(now=current_ports().clock.now)
    return made


def _keep_letters_in(now: datetime) -> None:
    """Write to nobody: the people of the demonstration have no letter boxes, and a terminal is none."""
    for letter in letter_queries.list_unsent(now, limit=10_000):
        drop_letter(SYSTEM, letter.id, now=now)


# --- the standards: consulted, answers being written -------------------------------------------------------------


def _standards(cast: Cast, now: datetime) -> str:
    """Three versions of one text: drafted, consulted, and taken further by the answers given so far."""
    last_day = office_day(day_from(now, -CITY_CONSULTATION_ENDED))
    announced = office_day(last_day - timedelta(42))
    slug = import_text(
        cast.city_editor, "standard-1.md", "standard", cast.city, at=hour_of(last_day, -100, 9)
    )
    documents.publish_version(
        cast.city_official, slug, label="wersja grup roboczych", now=hour_of(last_day, -90, 12)
    )
    revise(
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
        details=DETAILS["standards"],
        opens_at=first_moment(last_day - timedelta(35)),
        closes_at=closing(last_day),
        now=hour_of(announced, 0, 11),
    )
    hold_standards_meetings(cast, consultation_id, last_day, hour_of(announced, 0, 12))
    announce(cast.city_official, consultation_id, slug, at=hour_of(announced, 0, 14))
    remarks = records_of("comments.json")
    numbered = hand_in(
        cast.city_official,
        cast,
        slug,
        remarks,
        {at: last_day - days_before_close(one) for at, one in enumerate(remarks)},
    )
    explain_comments(cast.city_official, remarks, numbered, last_day)
    _answer(cast, slug, remarks, numbered, first_day=last_day + timedelta(3), now=now)
    revise(
        cast.city_editor,
        slug,
        "standard-3.md",
        "Zmiany przyjęte w odpowiedziach na uwagi z konsultacji.",
        at=now - timedelta(hours=30),
    )
    write_notes(cast.city_editor, slug, at=now - timedelta(hours=29))
    illustrate(cast.city_editor, slug, "Po co są standardy", at=now - timedelta(hours=29))
    documents.publish_version(
        cast.city_official, slug, label="po uwagach, praca trwa", now=now - timedelta(hours=28)
    )
    descriptions.describe_document(
        cast.city_editor,
        slug,
        summary="Czego Miasto i organizacje mogą od siebie oczekiwać w trzech płaszczyznach: gdy powstają polityki, gdy "
        "wykonuje się zadania i gdy potrzebny jest lokal, szkolenie albo rada. Sześć zasad, terminy i coroczna ocena.",
        easy_read_url="https://miasto.example/standardy/tekst-latwy",
        sign_language_url="https://miasto.example/standardy/pjm",
        now=now - timedelta(hours=27),
    )
    _edit(cast.city_editor, slug, records_of("draft-edits.json"), first=now - timedelta(hours=26))
    refer(cast.city_editor, slug, at=now - timedelta(hours=18))
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
        is_taken = disposition["change_in_v3"]
        dispositions.save_disposition(
            cast.city_official,
            comment_id,
            outcome=disposition["outcome"],
            justification=disposition["justification"],
            wording=as_it_came_out(text_of("standard-3.md"), comment_id, slug) if is_taken else None,
            expected_revision=0,
            now=begin + place * step,
        )


def _edit(editor: Actor, slug: str, edits: Iterable[Mapping[str, Any]], *, first: datetime) -> None:
    """Edits to the working draft, an hour apart; those whose words the text no longer holds are left out."""
    at = first
    for edit in edits:
        section = section_of(slug, edit["heading"])
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
    last_day = next_working_day(day_from(now, STRATEGY_DAYS_LEFT))
    opened = last_day - timedelta(42)
    announced = office_day(opened - timedelta(5))
    slug = import_text(
        cast.village_editor, "strategy.md", "strategy", cast.village, at=hour_of(opened, -30, 9)
    )
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
        details=DETAILS["strategy"],
        opens_at=first_moment(opened),
        closes_at=closing(last_day - timedelta(7)),
        now=hour_of(announced, 0, 10),
    )
    meetings = plan_strategy_meetings(
        cast, consultation_id, opened, day_from(now, 0), announced=hour_of(announced, 0, 12)
    )
    announce(cast.village_official, consultation_id, slug, at=hour_of(announced, 0, 14))
    hold_strategy_meetings(cast, consultation_id, opened, day_from(now, 0), meetings)
    remarks = records_of("strategy-comments.json")
    youngest = min(days_before_close(one).days for one in remarks)
    today = day_from(now, 0)
    # the youngest came yesterday; the consultation still has its days before it
    days = {at: today - days_before_close(one) + timedelta(youngest - 1) for at, one in enumerate(remarks)}
    numbered = hand_in(cast.village_official, cast, slug, remarks, days)
    explain_comments(cast.village_official, remarks, numbered, today)
    enter_paper_letter(cast, consultation_id, now - timedelta(hours=22))
    enter_returned_form(cast, consultation_id, now - timedelta(hours=21))
    enter_anonymous_note(cast, consultation_id, now - timedelta(hours=20))
    answer_together(cast, consultation_id, slug, now)
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
    last_day = office_day(day_from(now, -PROGRAMME_CONSULTATION_ENDED))
    announced = office_day(last_day - timedelta(16))
    slug = import_text(
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
        details=DETAILS["programme"],
        opens_at=first_moment(last_day - timedelta(14)),
        closes_at=closing(last_day),
        now=hour_of(announced, 0, 9),
    )
    hold_programme_meetings(cast, consultation_id, last_day, hour_of(announced, 0, 12))
    announce(cast.village_official, consultation_id, slug, at=hour_of(announced, 0, 14))
    publish_protocol(
        cast.village_official,
        consultation_id,
        closing="Projekt kierujemy pod obrady Rady Gminy w brzmieniu poddanym konsultacjom. Za miesiąc zapytamy "
        "organizacje, dlaczego się nie odezwały.",
        now=hour_of(next_working_day(last_day + timedelta(5)), 0, 10),
    )


# --- the rules for premises: announced, not open yet -------------------------------------------------------------


def _premises(cast: Cast, now: datetime) -> None:
    opens_on = day_from(now, PREMISES_OPEN_IN)
    announced = hour_of(office_day(day_from(now, -2)), 0, 8)
    slug = import_text(cast.city_editor, "premises.md", "regulation", cast.city, at=now - timedelta(days=12))
    documents.publish_version(
        cast.city_official, slug, label="projekt do konsultacji", now=now - timedelta(days=8)
    )
    consultation_id = open_consultation(
        cast.city_official,
        slug,
        version_no=1,
        title="Konsultacje zasad użyczania lokali organizacjom",
        legal_basis="resolution",
        summary="Kto może dostać miejski lokal, jak długo się czeka i kto płaci za remont.",
        details=DETAILS["premises"],
        opens_at=first_moment(opens_on),
        closes_at=closing(opens_on + timedelta(27)),
        now=announced,
    )
    announce(cast.city_official, consultation_id, slug, at=announced)


# --- the model agreement: consulted, answered, carried out -------------------------------------------------------


def _agreement(cast: Cast, now: datetime) -> None:
    """One round from the draft to what came of it."""
    opened = office_day(day_from(now, -AGREEMENT_CONSULTATION_OPENED))
    last_day = next_working_day(opened + timedelta(21))
    announced = office_day(opened - timedelta(2))
    answered = next_working_day(last_day + timedelta(6))
    slug = import_text(cast.city_editor, "agreement.md", "model", cast.city, at=hour_of(opened, -12, 9))
    documents.publish_version(
        cast.city_official, slug, label="projekt do konsultacji", now=hour_of(opened, -4, 12)
    )
    consultation_id = open_consultation(
        cast.city_official,
        slug,
        version_no=1,
        title="Konsultacje wzoru umowy o wspólnej realizacji zadania",
        legal_basis="resolution",
        summary="Dwie strony umowy zamiast dwunastu: kto co robi, za co i kiedy mówi, że się nie uda.",
        details=DETAILS["premises"],
        opens_at=first_moment(opened),
        closes_at=closing(last_day),
        now=hour_of(announced, 0, 9),
    )
    announce(cast.city_official, consultation_id, slug, at=hour_of(announced, 0, 11))
    remarks = records_of("agreement-comments.json")
    numbered = [hand_in_on(cast, slug, remark, hour_of(opened, remark["day"], 12)) for remark in remarks]
    for place, (remark, comment_id) in enumerate(zip(remarks, numbered, strict=True)):
        dispositions.save_disposition(
            cast.city_official,
            comment_id,
            outcome=remark["outcome"],
            justification=remark["answer"],
            wording=taken(remark["proposed"], comment_id, slug) if remark["outcome"] == "accepted" else None,
            expected_revision=0,
            now=hour_of(last_day, 3, 9) + timedelta(hours=place),
        )
    documents.publish_version(
        cast.city_official, slug, label="po konsultacjach", now=hour_of(answered, 0, 10)
    )
    dispositions.publish_dispositions(cast.city_official, consultation_id, now=hour_of(answered, 0, 12))
    record_effects(
        cast.city_official,
        consultation_id,
        effects="Wzór obowiązuje. Pierwsze cztery umowy podpisano w ciągu dwóch tygodni, wszystkie bez dopisków.",
        now=hour_of(last_day, 30, 10),
    )


# --- those who follow --------------------------------------------------------------------------------------------


def _follow(cast: Cast, standards: str, now: datetime) -> None:
    document = document_queries.get_document(standards, EVERYTHING)
    for actor in (cast.resident, cast.ngo_member):
        following.follow(actor, "document", str(document.id), now=now - timedelta(days=30))
        following.follow(actor, "host", str(cast.city), now=now - timedelta(days=30))
    for actor in (cast.resident, cast.ngo_member, cast.city_official, cast.village_official):
        if actor.id is not None:
            following.note_sign_in(actor.id, now=now - timedelta(days=7))
