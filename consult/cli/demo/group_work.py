"""What a working group does to its draft in the demonstration: it agrees, disputes, proposes, notes and decides."""

from __future__ import annotations

from datetime import datetime, timedelta

from consult.cli.demo.cast import Cast
from consult.domain.policy.actors import SYSTEM, Actor
from consult.services import (
    attributions,
    collections,
    drafting,
    groups,
    meeting_decisions,
    proposals,
    section_statuses,
    working_notes,
)
from consult.services.accounts import actor_of
from consult.services.changes import Cause
from consult.services.collections import CollectionText
from consult.services.proposals import PartDraft
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import groups as group_queries
from consult.storage.queries import meetings as meeting_queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.viewers import EVERYTHING

AGREED = ("Po co są standardy", "Słownik", "Suwerenność stron", "Partnerstwo", "Jawność", "Plan konkursów")
CAUSES = {
    "Termin zapisany tak": ("editorial", ""),
    "Ta sama treść": ("editorial", ""),
    "Przeniesione": ("editorial", "Zwroty kosztów zebrano w jednym miejscu."),
    "Po rozmowie z klubami": ("reason", "Rozmowa z klubami, które korzystają ze świetlic."),
    "Grupa robocza uznała": ("reason", "Ustalenie grupy roboczej."),
}
"""What changes without a cause are said to come from afterwards, by the beginning of their notes; others still ask."""

TO_AGREE = ("Kontrola i wizyty", "Sprawozdanie i rozliczenie", "Wolontariat")


def work_in_groups(cast: Cast, slug: str, now: datetime) -> None:
    """The group for tasks goes through the draft of the standards, part by part."""
    document = document_queries.get_document(slug, EVERYTHING)
    tasks = next(
        row.slug
        for row in group_queries.list_groups_of_document(document.id, EVERYTHING)
        if "zadań" in row.name
    )
    groups.seat_person(
        SYSTEM,
        tasks,
        role="member",
        person_id=cast.council_member.id or 0,
        organisation_id=cast.council,
        now=now - timedelta(days=120),
    )
    chair, member = _seated(cast.ngo_member), _seated(cast.council_member)
    _say_what_is_agreed(cast, slug, chair, now - timedelta(hours=17))
    _dissent(slug, chair, member, now - timedelta(hours=16))
    _propose(cast, slug, chair, member, now - timedelta(hours=14))
    _note(slug, chair, member, now - timedelta(hours=12))
    _decide(cast, slug, document.id, now - timedelta(hours=10))
    _say_causes(cast, slug, document.id, now - timedelta(hours=9))
    _collect(cast, now - timedelta(days=20))


def _seated(actor: Actor) -> Actor:
    """The person with the seats they have by now."""
    person = account_queries.find_person(actor.id or 0)
    assert person is not None  # noqa: S101 - made by the demonstration
    return actor_of(person)


def _sections(slug: str) -> dict[str, SectionRow]:
    document = document_queries.get_document(slug, EVERYTHING)
    return {row.heading: row for row in document_queries.list_draft_sections(document.id)}


def _say_what_is_agreed(cast: Cast, slug: str, chair: Actor, at: datetime) -> None:
    sections = _sections(slug)
    for heading in (*AGREED, *TO_AGREE):
        section_id = sections[heading].section_id
        section_statuses.set_status(chair, slug, section_id, "to_agree", now=at)
        if heading in AGREED:
            section_statuses.set_status(
                chair, slug, section_id, "agreed", note="Przyjęte bez uwag na posiedzeniu grupy.", now=at
            )
    section = _sections(slug)["Partnerstwo"]
    drafting.save_section(
        cast.city_editor,
        slug,
        section.section_id,
        source=section.source.rstrip() + "\n\nStrony spotykają się przynajmniej raz na kwartał.\n",
        base_text_id=section.text_id,
        note="Dopisano, jak często strony się spotykają.",
        now=at + timedelta(minutes=20),
    )


def _dissent(slug: str, chair: Actor, member: Actor, at: datetime) -> None:
    section_id = _sections(slug)["Mała dotacja poza konkursem"].section_id
    section_statuses.set_status(chair, slug, section_id, "to_agree", now=at)
    section_statuses.set_status(
        chair, slug, section_id, "disputed", note="Trzy głosy za, dwa przeciw.", now=at
    )
    section_statuses.hold_dissent(
        member,
        slug,
        section_id,
        "Rada uważa, że na małe dotacje powinno iść co najmniej 10% pieniędzy z programu, a nie 5%. Z małej dotacji "
        "korzystają grupy, które konkursu jeszcze nie wygrają, i to dla nich ten tryb jest w ustawie.",
        is_public=True,
        now=at + timedelta(minutes=30),
    )


def _reworded(slug: str, heading: str, old: str, new: str) -> PartDraft:
    section = _sections(slug)[heading]
    assert old in section.source  # noqa: S101 - a text of the demonstration
    return PartDraft("reword", section.section_id, section.source.replace(old, new), section.text_id)


def _propose(cast: Cast, slug: str, chair: Actor, member: Actor, at: datetime) -> None:
    """Two that collide, with a discussion, and one that is taken."""
    longer = proposals.propose_changes(
        member,
        slug,
        title="Dwa tygodnie na przygotowanie się do kontroli",
        rationale="W małej organizacji księguje jedna osoba, po godzinach. Siedem dni to dla niej jedna wolna sobota.",
        parts=[
            _reworded(
                slug, "Kontrola i wizyty", "co najmniej 7 dni wcześniej", "co najmniej 14 dni wcześniej"
            )
        ],
        now=at,
    )
    proposals.propose_changes(
        chair,
        slug,
        title="Termin kontroli ustalany wspólnie",
        rationale="Ważniejsze od liczby dni jest to, żeby był wtedy ktoś, kto zna sprawę.",
        parts=[
            _reworded(
                slug,
                "Kontrola i wizyty",
                "zawiadamia się co najmniej 7 dni wcześniej i podaje jej zakres",
                "zawiadamia się co najmniej 10 dni wcześniej, podaje się jej zakres i uzgadnia godzinę",
            )
        ],
        now=at + timedelta(minutes=40),
    )
    proposals.discuss_proposal(
        chair,
        slug,
        longer,
        "Czternaście dni utrudni kontrole w trakcie krótkich zadań. Może dziesięć, ale z ustaleniem godziny?",
        now=at + timedelta(minutes=50),
    )
    sooner = proposals.propose_changes(
        member,
        slug,
        title="Sprawozdania widoczne szybciej",
        rationale="Po miesiącu nikt już do nich nie zagląda.",
        parts=[
            _reworded(
                slug,
                "Sprawozdanie i rozliczenie",
                "na stronie współpracy w ciągu 30 dni od przyjęcia",
                "na stronie współpracy w ciągu 14 dni od przyjęcia",
            )
        ],
        now=at + timedelta(hours=1),
    )
    proposals.take_proposal(
        cast.city_editor, slug, sooner, note="Krótszy termin publikacji.", now=at + timedelta(minutes=90)
    )


def _note(slug: str, chair: Actor, member: Actor, at: datetime) -> None:
    section_id = _sections(slug)["Kontrola i wizyty"].section_id
    note = working_notes.write_note(
        chair,
        slug,
        section_id,
        "Sprawdzić u radczyni, czy losowanie może być jawne, zanim zawiadomimy organizacje.",
        quote="Zasady losowania są jawne.",
        now=at,
    )
    working_notes.answer_note(
        member, slug, note, "Zapytam, odpowiedź przyniosę na następne spotkanie.", now=at + timedelta(hours=1)
    )


def _decide(cast: Cast, slug: str, document_id: int, at: datetime) -> None:
    """A decision of a meeting, and the change it led to."""
    consultation = consultation_queries.list_consultations(document_id=document_id)[0]
    meeting = next(row for row in meeting_queries.list_meetings(consultation.id) if row.kind == "workshop")
    decision_id = meeting_decisions.note_decision(
        cast.city_official,
        meeting.id,
        "Prośbę o zmianę w zadaniu można złożyć także przez telefon, jeżeli opiekun ją zapisze.",
        now=at,
    )
    section = _sections(slug)["Zmiany w trakcie zadania"]
    drafting.save_section(
        cast.city_editor,
        slug,
        section.section_id,
        source=section.source.replace(
            "wystarczy wysłać pocztą elektroniczną.",
            "wystarczy wysłać pocztą elektroniczną albo przekazać przez telefon; zapisuje ją wtedy opiekun.",
        ),
        base_text_id=section.text_id,
        note="Zgodnie z ustaleniem ze spotkania o rozliczeniach.",
        cause=Cause(meeting_decisions.CAUSE, decision_id),
        now=at + timedelta(minutes=30),
    )


def _say_causes(cast: Cast, slug: str, document_id: int, at: datetime) -> None:
    for change in drafting_queries.list_changes(document_id):
        kind, reason = next(
            (said for note, said in CAUSES.items() if (change.note or "").startswith(note)), ("", "")
        )
        if kind and not change.cause_kind:
            attributions.attribute_change(
                cast.city_editor, slug, change.number, kind=kind, reason=reason, now=at
            )


def _collect(cast: Cast, at: datetime) -> None:
    own = group_queries.list_documents_of_host(cast.village)
    collections.make_collection(
        cast.village_official,
        cast.village,
        CollectionText(
            title="Dokumenty programowe gminy",
            intro="Strategia mówi, dokąd zmierzamy, a roczny program współpracy, co z tego robimy z organizacjami w "
            "najbliższym roku. Warto je czytać razem.",
            document_ids=[row.id for row in sorted(own, key=lambda row: row.kind, reverse=True)][:2],
        ),
        now=at,
    )
