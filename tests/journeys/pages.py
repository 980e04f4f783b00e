"""A small lived-in site, and an address for each of its pages, by who opens it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Browser, Page

from consult.domain.policy.actors import SYSTEM, Actor
from consult.services import (
    accounts,
    comments,
    consultations,
    dispositions,
    documents,
    drafting,
    organisations,
    quotations,
)
from consult.services.comments import Receipt, Remark, Sender
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as queries
from consult.storage.queries.accounts import find_person_by_email
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.journeys.installation import ACCOUNTS, PASSWORD
from tests.journeys.served import signed_in
from tests.web.visitors import Site

TEXT = """\
# Zasady współpracy

Gmina i organizacje współpracują na równych prawach[^1].

[^1]: Zasada równości stron.

## Rozdział 1. Zlecanie zadań

Nabór wniosków trwa co najmniej dwadzieścia jeden dni od ogłoszenia w siedzibie urzędu.

1. Wynik naboru ogłasza się w ciągu siedmiu dni roboczych.
2. Wniosek zawiera:
   - opis zadania,
   - kosztorys ze wszystkimi_kosztami_zadania_publicznego_wymienionymi_jednym_ciągiem.

| Kryterium | Największa liczba punktów | Uzasadnienie | Kto ocenia | Kiedy | Odwołanie |
| --- | --- | --- | --- | --- | --- |
| Doświadczenie | 10 | **wymagane** | komisja konkursowa | w terminie 14 dni | do burmistrza |

## Rozdział 2. Konsultacje

Projekt uchwały poddaje się konsultacjom przed skierowaniem go pod obrady rady gminy.

### Forma konsultacji

> Uwagi przyjmuje się na piśmie i w postaci elektronicznej.

Zobacz [stronę urzędu](https://example.org/bardzo-dlugi-adres-strony-urzedu-ktory-nigdzie-sie-nie-lamie/konsultacje).
"""


@dataclass(frozen=True)
class Seeded:
    """What the addresses of the pages are made of."""

    slug: str
    hidden: str
    section: str
    text: int
    register: int
    consultation: int
    receipt: str
    people: dict[str, Actor]


def furnish(site: Site) -> Seeded:
    """An office with its people, a document in a consultation with comments and an answer, and a draft nobody sees."""
    with site.records() as store:
        people = _employ(store)
        slug = _import(store, "Zasady współpracy")
        consultation_id = _consult(store, slug)
        receipt = _comment(
            store,
            slug,
            "co najmniej dwadzieścia jeden dni",
            "Za krótko.\n\nZobacz https://example.org/uwaga",
            proposed="co najmniej trzydzieści dni",
        )
        _comment(store, slug, "co najmniej dwadzieścia", "Dlaczego?", capacity="resident")
        _comment(store, slug, "Projekt uchwały poddaje się konsultacjom", "Dobrze.", capacity="council")
        _comment(store, slug, "Uwagi przyjmuje się na piśmie", "Zniknie.", capacity="business")
        _comment(store, slug, None, "Do całości.")
        row = queries.get_document(slug, EVERYTHING)
        section = next(one for one in queries.list_draft_sections(row.id) if "Zlecanie" in one.heading)
        drafting.save_section(
            SYSTEM,
            slug,
            section.section_id,
            source=section.source.replace("Nabór wniosków trwa", "Otwarty nabór wniosków trwa"),
            base_text_id=section.text_id,
            note="Dopisano słowo",
            now=store.now,
        )
        documents.publish_version(SYSTEM, slug, label="druga", now=store.now)
        consultation = consultation_queries.get_consultation(consultation_id)
        first = comment_queries.find_comment(consultation.register_id, 1, with_drafts=True)
        assert first is not None
        dispositions.save_disposition(
            SYSTEM,
            first.id,
            outcome="rejected",
            justification="Powody urzędu.",
            expected_revision=0,
            now=store.now,
        )
        return Seeded(
            slug=slug,
            hidden=_import(store, "Nieogłoszony projekt"),
            section=section.section_id,
            text=section.text_id,
            register=consultation.register_id,
            consultation=consultation_id,
            receipt=f"{receipt.register_id}/{receipt.receipt_no}/{receipt.secret}",
            people=people,
        )


def _employ(store: Store) -> dict[str, Actor]:
    host_id = organisations.create_organisation(
        SYSTEM, name="Urząd Miasta", slug="urzad-miasta", kind="office", is_host=True, now=store.now
    )
    found = {}
    for role, (email, name) in ACCOUNTS.items():
        accounts.create_person(
            SYSTEM, email=email, name=name, password=PASSWORD, memberships=((host_id, role),), now=store.now
        )
        person = find_person_by_email(email)
        assert person is not None
        found[role] = accounts.actor_of(person)
    return found


def _import(store: Store, title: str) -> str:
    return documents.import_document(
        SYSTEM,
        content=TEXT.encode(),
        filename="projekt.md",
        title=title,
        kind="programme",
        now=store.now,
    ).slug


def _consult(store: Store, slug: str) -> int:
    number = documents.publish_version(SYSTEM, slug, label="projekt do konsultacji", now=store.now).number
    return consultations.open_consultation(
        SYSTEM,
        slug,
        version_no=number,
        title="Konsultacje",
        legal_basis="resolution",
        summary="O czym są konsultacje.",
        opens_at=store.now - timedelta(days=1),
        closes_at=store.now + timedelta(days=30),
        now=store.now,
    )


def _comment(
    store: Store,
    slug: str,
    quote: str | None,
    text: str,
    *,
    proposed: str | None = None,
    capacity: str = "ngo",
) -> Receipt:
    pointing = quotations.find_quote(SYSTEM, slug, quote, nth=1, now=store.now) if quote else None
    assert bool(pointing) == bool(quote)
    sender = Sender(capacity=capacity, organisation_name="" if capacity == "resident" else "Fundacja A")
    remark = Remark(text=text, proposed=proposed, pointings=(pointing,) if pointing else ())
    return comments.submit_comments(SYSTEM, slug, [remark], sender, now=store.now)


GUEST_PAGES = {
    "home": "/",
    "documents": "/documents",
    "reading": "/documents/{slug}",
    "an old version": "/documents/{slug}/versions/1",
    "composer": "/documents/{slug}/comments/new?section={section}&text_id={text}&start=0&end=20",
    "composer for the whole": "/documents/{slug}/comments/new",
    "comments": "/documents/{slug}/comments",
    "no comment fits": "/documents/{slug}/comments?capacity=office",
    "one comment": "/comments/{register}/1",
    "a comment whose words changed": "/comments/{register}/4",
    "receipt": "/receipts/{receipt}",
    "history": "/documents/{slug}/history",
    "a change": "/documents/{slug}/changes/2",
    "comparison": "/documents/{slug}/compare",
    "comparison, side by side": "/documents/{slug}/compare?view=side",
    "comparison, changes only": "/documents/{slug}/compare?view=only",
    "a passage of an old version": "/documents/{slug}/versions/1?s={section}&from=0&to=20",
    "where the words of a text come from": "/documents/{slug}/origins",
    "where some words come from": "/documents/{slug}/origins?section={section}&from=0&to=400",
    "downloads": "/documents/{slug}/downloads",
    "search": "/search",
    "search results": "/search?q=konsultacje",
    "nothing found": "/search?q=nietakiegoslowa",
    "the exact form": "/search?q=nietakiegoslowa+rodzaj:uwaga",
    "search in the document": "/documents/{slug}/search?q=konsultacje",
    "sign in": "/sign-in",
    "registration": "/register",
    "consultation": "/consultations/{consultation}",
    "comment form": "/consultations/{consultation}/form",
    "not found": "/documents/nie-ma",
}
OFFICIAL_PAGES = {
    "reading, signed in": "/documents/{slug}",
    "draft": "/documents/{slug}/draft",
    "unpublished document": "/documents/{hidden}",
    "where the words of the draft come from": "/documents/{slug}/origins?version=draft&by=age",
    "editor": "/documents/{slug}/sections/{section}",
    "new part": "/documents/{slug}/sections/new",
    "move": "/documents/{slug}/sections/{section}/move",
    "remove": "/documents/{slug}/sections/{section}/remove",
    "outline": "/documents/{hidden}/outline",
    "history of a part": "/documents/{slug}/sections/{section}/history",
    "history, signed in": "/documents/{slug}/history",
    "history, narrowed and open": "/documents/{slug}/history?kind=edit&open=2",
    "a change, signed in": "/documents/{slug}/changes/2",
    "what a change came from": "/documents/{slug}/changes/2/cause",
    "revise": "/documents/{slug}/revise",
    "publish": "/documents/{slug}/publish",
    "open a consultation": "/documents/{hidden}/consult",
    "new document": "/documents/new",
    "import": "/documents/import",
    "workbench": "/consultations/{consultation}/answers/2",
    "register of submissions": "/consultations/{consultation}/submissions",
    "a submission": "/consultations/{consultation}/submissions/1",
    "enter a submission": "/consultations/{consultation}/submissions/new",
    "read in a form": "/consultations/{consultation}/submissions/returned",
    "workbench, an answer kept": "/consultations/{consultation}/answers/1?show=all",
    "workbench, the whole": "/consultations/{consultation}/answers/5",
}
PAGES = [("guest", name) for name in GUEST_PAGES] + [("official", name) for name in OFFICIAL_PAGES]


@dataclass
class Browsing:
    """Open windows by person, so that each is opened and signed in once."""

    browser: Browser
    site: Site
    address: str
    seeded: Seeded
    pages: dict[str, Page]

    def page(self, person: str) -> Page:
        """A person's window, as wide as a desk's and in light colours."""
        if person not in self.pages:
            actor = self.seeded.people.get(person)
            self.pages[person] = signed_in(self.browser, self.site, self.address, actor)[1]
        return self.pages[person]
