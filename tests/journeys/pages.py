"""A small lived-in installation, and an address for each of its pages, by who opens it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.installation import Installation, Visitor

SEED = """
import json
from datetime import timedelta
from consult import start_app
from consult.domain.policy.actors import SYSTEM
from consult.services import comments, consultations, dispositions, documents, drafting, quotations
from consult.services.comments import Remark, Sender
from consult.services.sockets import current_ports
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as queries
from consult.storage.queries.viewers import EVERYTHING

TEXT = '''# Zasady współpracy

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
'''

app = start_app()
with app.app_context():
    now = current_ports().clock.now()
    def document(title):
        return documents.import_document(SYSTEM, content=TEXT.encode(), filename="projekt.md", title=title, kind="programme", now=now).slug
    def consult(slug):
        number = documents.publish_version(SYSTEM, slug, label="projekt do konsultacji", now=now).number
        return consultations.open_consultation(SYSTEM, slug, version_no=number, title="Konsultacje", legal_basis="resolution",
            summary="O czym są konsultacje.", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30), now=now)
    def comment(slug, quote, text, proposed=None, capacity="ngo"):
        pointings = (quotations.find_quote(SYSTEM, slug, quote, nth=1, now=now),) if quote else ()
        sender = Sender(capacity=capacity, organisation_name="" if capacity == "resident" else "Fundacja A")
        return comments.submit_comments(SYSTEM, slug, [Remark(text=text, proposed=proposed, pointings=pointings)], sender, now=now)
    slug = document("Zasady współpracy")
    consultation_id = consult(slug)
    receipt = comment(slug, "co najmniej dwadzieścia jeden dni", "Za krótko.\\n\\nZobacz https://example.org/uwaga", "co najmniej trzydzieści dni")
    comment(slug, "co najmniej dwadzieścia", "Dlaczego?", capacity="resident")
    comment(slug, "Projekt uchwały poddaje się konsultacjom", "Dobrze.", capacity="council")
    comment(slug, "Uwagi przyjmuje się na piśmie", "Zniknie.", capacity="business")
    comment(slug, None, "Do całości.")
    row = queries.get_document(slug, EVERYTHING)
    section = next(s for s in queries.list_draft_sections(row.id) if "Zlecanie" in s.heading)
    drafting.save_section(SYSTEM, slug, section.section_id, source=section.source.replace("Nabór wniosków trwa", "Otwarty nabór wniosków trwa"),
        base_text_id=section.text_id, note="Dopisano słowo", now=now)
    documents.publish_version(SYSTEM, slug, label="druga", now=now)
    consultation = consultation_queries.get_consultation(consultation_id)
    first = comment_queries.find_comment(consultation.register_id, 1, with_drafts=True)
    dispositions.save_disposition(SYSTEM, first.id, outcome="rejected", justification="Powody urzędu.", expected_revision=0, now=now)
    hidden = document("Nieogłoszony projekt")
    print(json.dumps({"slug": slug, "hidden": hidden, "section": section.section_id, "text": section.text_id, "register": consultation.register_id,
        "consultation": consultation_id, "receipt": f"{receipt.register_id}/{receipt.receipt_no}/{receipt.secret}"}))
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
    "workbench, an answer kept": "/consultations/{consultation}/answers/1?show=all",
    "workbench, the whole": "/consultations/{consultation}/answers/5",
}
PAGES = [("guest", name) for name in GUEST_PAGES] + [("official", name) for name in OFFICIAL_PAGES]


@dataclass
class Browsing:
    """Open windows by person, colours and width, so that each is opened and signed in once."""

    browser: Browser
    installation: Installation
    pages: dict[tuple[str, str, int], Page]

    def page(self, person: str, colours: str, width: int) -> Page:
        key = (person, colours, width)
        if key not in self.pages:
            context: BrowserContext = self.browser.new_context(
                viewport={"width": width, "height": 900},
                locale="pl-PL",
                color_scheme=colours,  # type: ignore[arg-type]
                reduced_motion="reduce",
            )
            context.set_default_timeout(15_000)
            visitor = Visitor.__new__(Visitor)
            visitor.context, visitor.page, visitor.address = (
                context,
                context.new_page(),
                self.installation.address,
            )
            if person != "guest":
                visitor.sign_in(person)
            self.pages[key] = visitor.page
        return self.pages[key]
