"""Hosts, people, documents, versions, consultations and comments, made through the services people use."""

from __future__ import annotations

import dataclasses
import io
import itertools
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from sqlalchemy import func, select

from consult.domain.organisations.declarations import Declaration
from consult.domain.policy.actors import EDITOR, MEMBER, OFFICIAL, SYSTEM, Actor
from consult.services import (
    accounts,
    comments,
    consultations,
    documents,
    drafting,
    explanations,
    groups,
    hosts,
    invitations,
    meetings,
    moderation,
    opinions,
    organisations,
    quotations,
    unsaved_texts,
    unsent_comments,
)
from consult.services.accounts import keeping, links, registering
from consult.services.comments import Receipt, Remark, Sender
from consult.services.documents import Imported, Published
from consult.services.posting import post
from consult.storage.database import db
from consult.storage.models import AccountLink, OutgoingLetter
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.accounts import links as link_queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.unsent_comments import Holder
from consult.storage.queries.viewers import EVERYTHING
from consult.storage.unit_of_work import unit_of_work
from tests.factories.apps import Store

_NUMBERS = itertools.count(1)

TEXT = """\
# Zasady współpracy

Gmina i organizacje współpracują na równych prawach.

## Zlecanie zadań

Nabór wniosków trwa co najmniej dwadzieścia jeden dni od ogłoszenia w siedzibie urzędu.

Wynik naboru ogłasza się w ciągu siedmiu dni roboczych.

## Konsultacje

Projekt uchwały poddaje się konsultacjom przed skierowaniem go pod obrady rady gminy.

### Forma konsultacji

Uwagi przyjmuje się na piśmie i w postaci elektronicznej.
"""
"""Four sections under one heading; every sentence occurs once."""


PASSWORD = "a long enough password"
"""Everybody's."""


def new_host(store: Store, name: str = "Urząd Miasta") -> int:
    number = next(_NUMBERS)
    return organisations.create_organisation(
        SYSTEM, name=name, slug=f"host-{number}", kind="office", is_host=True, now=store.now
    )


def new_organisation(store: Store, name: str = "Fundacja A") -> int:
    return organisations.create_organisation(
        SYSTEM, name=name, slug=f"organisation-{next(_NUMBERS)}", kind="ngo", now=store.now
    )


def new_person(store: Store, *memberships: tuple[int, str], is_administrator: bool = False) -> Actor:
    number = next(_NUMBERS)
    email = f"person-{number}@example.org"
    accounts.create_person(
        SYSTEM,
        email=email,
        name=f"Person {number}",
        password=PASSWORD,
        is_administrator=is_administrator,
        memberships=memberships,
        now=store.now,
    )
    person = account_queries.find_person_by_email(email)
    assert person
    return accounts.actor_of(person)


@dataclass(frozen=True, slots=True)
class People:
    """One person of every kind there is; `host_id` is whose document it will be."""

    host_id: int
    other_host_id: int
    guest: Actor
    neighbour: Actor
    member: Actor
    editor: Actor
    official: Actor
    administrator: Actor


def new_people(store: Store) -> People:
    host_id, other = new_host(store), new_host(store, "Gmina Wiejska")
    return People(
        host_id=host_id,
        other_host_id=other,
        guest=Actor(id=None, name=""),
        neighbour=new_person(store, (other, OFFICIAL)),
        member=new_person(store, (host_id, MEMBER)),
        editor=new_person(store, (host_id, EDITOR)),
        official=new_person(store, (host_id, OFFICIAL)),
        administrator=new_person(store, is_administrator=True),
    )


def import_text(
    store: Store,
    text: str | bytes = TEXT,
    *,
    host_id: int | None = None,
    actor: Actor = SYSTEM,
    title: str = "",
) -> Imported:
    content = text if isinstance(text, bytes) else text.encode()
    return documents.import_document(
        actor,
        content=content,
        filename="projekt.md",
        title=title,
        kind="other",
        host_id=host_id,
        now=store.now,
    )


def new_document(store: Store, text: str | bytes = TEXT, *, host_id: int | None = None) -> str:
    """The name in addresses of a document holding `text`, of a new host unless one is given."""
    return import_text(store, text, host_id=host_id if host_id is not None else new_host(store)).slug


def publish(store: Store, slug: str, label: str = "projekt") -> Published:
    return documents.publish_version(SYSTEM, slug, label=label, now=store.now)


def open_consultation(
    store: Store,
    slug: str,
    *,
    version_no: int | None = None,
    days: float = 21,
    legal_basis: str = "resolution",
) -> int:
    """A consultation open from now on for `days` days, on the last version; publishes one where there is none."""
    document = document_queries.get_document(slug, EVERYTHING)
    number = version_no or document.last_version_no or publish(store, slug).number
    return consultations.open_consultation(
        SYSTEM,
        slug,
        version_no=number,
        title="Konsultacje",
        legal_basis=legal_basis,
        opens_at=store.now,
        closes_at=store.now + timedelta(days=days),
        now=store.now,
    )


NGO = Sender(capacity="ngo", organisation_name="Fundacja A")
RESIDENT = Sender(capacity="resident", name="Mieszkanka", email="mieszkanka@example.org")


def comment_on(
    store: Store,
    slug: str,
    quote: str | None = None,
    *,
    text: str = "Dlaczego tak?",
    proposed: str | None = None,
    actor: Actor = SYSTEM,
    sender: Sender = NGO,
    nth: int = 1,
    form_token: str = "",
) -> Receipt:
    """Comment on the words `quote` of what is commented on now, or on the whole document."""
    pointings: tuple[comments.Pointing, ...] = ()
    if quote is not None:
        pointing = quotations.find_quote(SYSTEM, slug, quote, nth=nth, now=store.now)
        assert pointing is not None, f"{quote!r} is not in the text"
        pointings = (pointing,)
    remark = Remark(text=text, proposed=proposed, pointings=pointings)
    return comments.submit_comments(actor, slug, [remark], sender, form_token=form_token, now=store.now)


def sections(slug: str) -> list[SectionRow]:
    """The sections of the working draft."""
    return document_queries.list_draft_sections(document_queries.get_document(slug, EVERYTHING).id)


def section(slug: str, heading: str) -> SectionRow:
    """The one section of the working draft with this heading."""
    (found,) = [row for row in sections(slug) if row.heading == heading]
    return found


def announce_meeting(store: Store, consultation_id: int, *, days: int = 7, **changed: Any) -> int:
    """A meeting `days` from now, from five to seven in the evening in Warsaw, in a hall without steps."""
    plan = meetings.MeetingPlan(
        kind="meeting",
        title="Spotkanie otwarte",
        day=(store.now + timedelta(days=days)).date(),
        starts=time(17),
        ends=time(19),
        place="ul. Rynek 1, Miasto",
        access=("step_free", "signs"),
    )
    (made,) = meetings.announce_meeting(
        SYSTEM, consultation_id, dataclasses.replace(plan, **changed), now=store.now
    )
    return made


@dataclass(frozen=True, slots=True)
class Held:
    """What `hold_a_consultation` made: a meeting that began, an opinion that is awaited, an explanation that holds."""

    meeting_id: int
    opinion_id: int
    explanation_id: int


def hold_a_consultation(store: Store, consultation_id: int, comment_id: int | None = None) -> Held:
    """A row in every table of meetings, opinions and explanations of an open consultation."""
    meeting_id = announce_meeting(store, consultation_id, days=0, starts=time(8), ends=time(9))
    meetings.count_attendance(SYSTEM, meeting_id, {"resident": 12, "ngo": 3}, now=store.now)
    meetings.save_note(SYSTEM, meeting_id, "Pytano o **terminy**.", publish=True, now=store.now)
    opinion = opinions.OpinionForm(
        "council", "Gminna Rada Działalności Pożytku Publicznego", term_days=14, is_silence_waiver=True
    )
    opinion_id = opinions.enter_opinion(SYSTEM, consultation_id, opinion, now=store.now)
    delivered = dataclasses.replace(opinion, delivered_on=store.now.date())
    opinions.edit_opinion(SYSTEM, opinion_id, delivered, now=store.now)
    explanation_id = explanations.explain_consultation(
        SYSTEM,
        consultation_id,
        f"Projekt czyta się od rozdziału {next(_NUMBERS)}.",
        now=store.now,
    )
    if comment_id is not None:
        explained = explanations.explain_comment(SYSTEM, comment_id, "Chodzi o dni robocze.", now=store.now)
        explanations.withdraw_explanation(
            SYSTEM, explained, reason="Chodzi o dni kalendarzowe.", now=store.now
        )
    return Held(meeting_id, opinion_id, explanation_id)


def small_picture(kind: str = "PNG", size: tuple[int, int] = (40, 50)) -> bytes:
    """A plain picture as somebody would send it."""
    from PIL import Image

    written = io.BytesIO()
    Image.new("RGB", size, (31, 78, 121)).save(written, kind)
    return written.getvalue()


def furnish_host(store: Store, host_id: int) -> dict[str, object]:
    """Give a host everything it can have, with a wish to join and an invitation; what addresses of its pages hold."""
    slug = organisation_queries.get_organisation_by_id(host_id).slug
    now, number = store.now, next(_NUMBERS)
    hosts.change_crest(SYSTEM, slug, small_picture(), now=now)
    hosts.change_look(SYSTEM, slug, accent="#7a1f3d", now=now)
    hosts.change_contact(
        SYSTEM, slug, hosts.Contact(phone="22 000 00 00", duty_hours="wtorek 15-17"), now=now
    )
    for kind in ("rules", "clause", "privacy"):
        hosts.publish_text(SYSTEM, slug, kind, f"## Zasady\n\nTekst: {kind} {number}.", now=now)
    hosts.publish_declaration(SYSTEM, slug, declaration(contact=f"Pokój {number}"), now=now)
    wishing = new_person(store)
    wish_id = organisations.ask_to_join(wishing, slug, words="Pracuję tu.", now=now)
    invited = organisations.invite(SYSTEM, slug, now=now)
    return {
        "organisations.slug": slug,
        "organisations.kind": "clause",
        "organisations.person_id": new_person(store, (host_id, MEMBER)).id,
        "organisations.request_id": wish_id,
        "organisations.invitation_id": invited.id,
        "organisations.token": invited.secret,
    }


def await_administrators(store: Store) -> dict[str, object]:
    """Somebody with a wish about their data, an organisation to be verified and a letter that waits; what addresses of
    administration hold."""
    person = new_person(store)
    request_id = accounts.ask_data_request(person, "correct", words="Proszę o poprawkę.", now=store.now)
    with unit_of_work() as work:
        later = store.now + timedelta(days=365)
        post(work, "operations/test", person_id=person.id, at=store.now, due_at=later)
    return {
        "admin.person_id": person.id,
        "admin.organisation_id": new_organisation(store, "Stowarzyszenie B"),
        "admin.request_id": request_id,
        "admin.letter_id": db.session.scalar(select(func.max(OutgoingLetter.id))),
        "admin.act": "close",
        "admin.decision": "verify",
    }


def declaration(**changes: str) -> Declaration:
    """An accessibility declaration with everything the act asks for."""
    said = {
        "status": "partly",
        "site_on": "2026-01-10",
        "changed_on": "",
        "prepared_on": "2026-02-01",
        "reviewed_on": "2026-03-01",
        "method": "self",
        "judged_by": "",
        "contact": "Koordynacja dostępności",
        "email": "dostepnosc@example.org",
        "phone": "22 000 00 01",
        "not_accessible": "- Skany bez warstwy tekstowej.",
        "procedure": "Żądanie realizujemy w ciągu 7 dni.",
        "building": "Podjazd od podwórza.",
        "interpreter": "Tłumaczenie po zgłoszeniu.",
    }
    return Declaration(**(said | changes))


def new_group(
    store: Store,
    host_id: int,
    *slugs: str,
    name: str = "Tworzenie polityk publicznych",
    visibility: str = "public",
) -> str:
    """The name in addresses of a working group of a host that works on these documents; a seat is its host's."""
    ids = [document_queries.get_document(slug, EVERYTHING).id for slug in slugs]
    text = groups.GroupText(
        name=name, block="Polityki", summary="Pisze projekty.", visibility=visibility, document_ids=ids
    )
    made = groups.make_group(SYSTEM, host_id, text, now=store.now)
    groups.add_member(SYSTEM, made, role="chair", organisation_id=host_id, now=store.now)
    return made


def invite_by_link(store: Store, slug: str) -> dict[str, object]:
    """What names a link to seats in a group, by the parts of addresses."""
    made = invitations.invite_to_group(SYSTEM, slug, role="member", most_uses=5, now=store.now)
    return {"groups.token": made.secret, "groups.invitation_id": made.id}


def announce(store: Store, consultation_id: int) -> None:
    """An announcement of a consultation, and a longer time for it, announced too."""
    row = consultation_queries.get_consultation(consultation_id)
    consultations.publish_announcement(SYSTEM, consultation_id, introduction="Zapraszamy.", now=store.now)
    consultations.extend_consultation(
        SYSTEM,
        consultation_id,
        closes_at=row.closes_at + timedelta(hours=1),
        reason="Prośba organizacji.",
        now=store.now,
    )


def ask_for_letters(store: Store) -> dict[str, object]:
    """Letters with links that were asked for and not used yet, and a request about one's data; what addresses need."""
    number = next(_NUMBERS)
    registering.register(
        name="Mieszkanka",
        email=f"unconfirmed-{number}@example.org",
        password="cztery słowa bez związku",
        language="pl",
        now=store.now,
    )
    token = _draw_last_secret(store)
    person = new_person(store)
    found = account_queries.find_person(person.id or 0)
    assert found
    keeping.ask_reset(found.email, language="pl", now=store.now)
    key = _draw_last_secret(store)
    request_id = accounts.ask_data_request(person, "correct", words="Nowe nazwisko.", now=store.now)
    return {"accounts.token": token, "accounts.key": key, "accounts.request_id": request_id}


def _draw_last_secret(store: Store) -> str:
    """The secret of the link asked for last, as its letter would hold it."""
    last = db.session.scalar(select(func.max(AccountLink.id)))
    link = link_queries.find_link(last or 0)
    assert link
    return links.draw_link_secret(link, store.now)[0]


def edit_as(
    store: Store, slug: str, actor: Actor, *, heading: str = "Konsultacje", words: str = "Zdanie."
) -> int:
    """A sentence a person put at the end of a section; the number of the change."""
    standing = section(slug, heading)
    saved = drafting.save_section(
        actor,
        slug,
        standing.section_id,
        source=f"{standing.source.rstrip()}\n\n{words}\n\n",
        base_text_id=standing.text_id,
        now=store.now,
    )
    assert isinstance(saved, drafting.Saved)
    return saved.change_no


def leave_unsaved(store: Store, actor: Actor, slug: str) -> int:
    """Somebody has the editor of the first section open, has written and not saved; the id of what is kept."""
    standing = sections(slug)[0]
    unsaved_texts.note_presence(actor, slug, standing.section_id, now=store.now)
    return unsaved_texts.keep_unsaved(
        actor,
        slug,
        unsaved_texts.Place("edit", standing.section_id),
        unsaved_texts.Typed(
            f"{standing.source}\nNiezapisane.\n", "Notatka do niezapisanego.", standing.text_id
        ),
        window=unsaved_texts.new_window(),
        now=store.now,
    ).id


def leave_unsent(store: Store, actor: Actor, slug: str) -> int:
    """Somebody has written a comment on the first section, with a wording and reasons, and has not sent it; its id."""
    standing = sections(slug)[0]
    return unsent_comments.keep_unsent(
        actor,
        Holder(actor.id),
        slug,
        Remark(
            "Niewysłana uwaga.",
            justification="Powody niewysłanej.",
            proposed="Niewysłane brzmienie.",
            pointings=(comments.Pointing(standing.section_id, standing.text_id),),
        ),
        sender=unsent_comments.UnsentSender(
            capacity="ngo",
            organisation_name="Fundacja niewysłana",
            name="Nie podano",
            email="nie@example.org",
        ),
        now=store.now,
    )


def correct_comment(store: Store, receipt: Receipt) -> None:
    """The sender of the first comment of a receipt corrects it."""
    comments.revise_comment(
        SYSTEM,
        receipt.register_id,
        receipt.receipt_no,
        receipt.secret,
        receipt.numbers[0],
        Remark("Poprawiona uwaga.", proposed="w ciągu czterech dni"),
        now=store.now,
    )


def hide_comment(store: Store, receipt: Receipt, *, words: str = "Obraża pracownika.") -> Receipt:
    """Hide the first comment of a receipt; the receipt again."""
    moderation.hide_comment(SYSTEM, receipt.comment_ids[0], reason="insults", words=words, now=store.now)
    return receipt
