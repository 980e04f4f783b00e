"""Every page for everybody: axe-core finds nothing against WCAG 2.2 A and AA, narrow screens need no sideways scrolling,
and a keyboard is enough.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import Installation, Visitor, environment
from tests.real_data import REPOSITORY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessibility")]

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

SEED = """
import json
from datetime import timedelta
from consult.app import create_app
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

app = create_app()
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


@pytest.fixture(scope="module")
def seeded(installation: Installation) -> Seeded:
    done = subprocess.run(
        [sys.executable, "-c", SEED],
        cwd=REPOSITORY,
        env=environment(installation.store),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Seeded(**json.loads(done.stdout.splitlines()[-1]))


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
    "downloads": "/documents/{slug}/downloads",
    "search": "/search",
    "search results": "/search?q=konsultacje",
    "nothing found": "/search?q=nietakiegoslowa",
    "sign in": "/sign-in",
    "not found": "/documents/nie-ma",
}
OFFICIAL_PAGES = {
    "reading, signed in": "/documents/{slug}",
    "draft": "/documents/{slug}/draft",
    "unpublished document": "/documents/{hidden}",
    "editor": "/documents/{slug}/sections/{section}",
    "new part": "/documents/{slug}/sections/new",
    "move": "/documents/{slug}/sections/{section}/move",
    "remove": "/documents/{slug}/sections/{section}/remove",
    "history of a part": "/documents/{slug}/sections/{section}/history",
    "history, signed in": "/documents/{slug}/history",
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
SAMPLED = [("light", 1440), ("dark", 360)]
FURTHER = [("dark", 1440), ("light", 360)]


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


@pytest.fixture(scope="module")
def browsing(browser: Browser, installation: Installation, seeded: Seeded) -> Iterator[Browsing]:
    opened = Browsing(browser, installation, {})
    yield opened
    for page in opened.pages.values():
        page.context.close()


@pytest.fixture
def go(browsing: Browsing, seeded: Seeded) -> Callable[..., Page]:
    def open_page(person: str, name: str, colours: str = "light", width: int = 1440) -> Page:
        pattern = (GUEST_PAGES if person == "guest" else OFFICIAL_PAGES)[name]
        page = browsing.page(person, colours, width)
        page.goto(browsing.installation.address + pattern.format(**vars(seeded)))
        page.wait_for_selector("[aria-busy=true]", state="detached")
        if name == "editor":
            page.wait_for_selector("[data-sheet] .words")
        return page

    return open_page


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    said = [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node.get('failureSummary', '')[:300]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]
    assert not said, "\n".join(said)


@pytest.mark.parametrize(("colours", "width"), SAMPLED)
@pytest.mark.parametrize(("person", "name"), PAGES)
def test_axe_finds_nothing(go: Callable[..., Page], person: str, name: str, colours: str, width: int) -> None:
    assert_accessible(go(person, name, colours, width))


@pytest.mark.deep
@pytest.mark.parametrize(("colours", "width"), FURTHER)
@pytest.mark.parametrize(("person", "name"), PAGES)
def test_axe_finds_nothing_in_other_colours_and_widths(
    go: Callable[..., Page], person: str, name: str, colours: str, width: int
) -> None:
    assert_accessible(go(person, name, colours, width))


@pytest.mark.parametrize(
    ("person", "name"), [("guest", "composer"), ("official", "new part"), ("official", "workbench")]
)
def test_axe_finds_nothing_on_a_form_that_came_back(go: Callable[..., Page], person: str, name: str) -> None:
    page = go(person, name)
    for area in page.locator("main form textarea").all():
        if area.is_visible():
            area.fill("")
    page.locator("main form .button.primary[type=submit]").first.click()
    page.wait_for_selector(".errors")
    assert_accessible(page)
    assert page.evaluate("document.activeElement.className") == "errors"


@pytest.mark.parametrize(("person", "name"), PAGES)
def test_nothing_needs_sideways_scrolling_on_the_narrowest_screen(
    go: Callable[..., Page], person: str, name: str
) -> None:
    page = go(person, name, "light", 320)
    width, wide = page.evaluate(
        """() => [document.documentElement.scrollWidth, [...document.querySelectorAll("main *")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest("table, pre, [tabindex]"))
            .slice(0, 3).map((one) => one.outerHTML.slice(0, 120))]"""
    )
    assert width <= 320, wide


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until what the selector names has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{most} presses of Tab lead not to {selector} but to {focused(page)}")


def test_the_first_press_of_tab_offers_to_skip_to_the_content(go: Callable[..., Page]) -> None:
    page = go("guest", "reading")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("class") == "skip"
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_what_has_the_focus_is_seen(go: Callable[..., Page]) -> None:
    page = go("guest", "reading")
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => { const style = getComputedStyle(document.activeElement);
                return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none"; }"""
        )
        if not shown:
            unseen.append(focused(page))
    assert not unseen


def test_a_paragraph_is_commented_on_with_the_keyboard_alone(go: Callable[..., Page], seeded: Seeded) -> None:
    page = go("guest", "an old version")
    tab_to(page, "a.pn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/comments/new?*")
    tab_to(page, "textarea[name=text]")
    page.keyboard.type("Uwaga z klawiatury.")
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipts/**")
    assert "Uwaga z klawiatury." in page.content()


def test_the_toolbar_of_the_editor_works_with_the_keyboard(go: Callable[..., Page]) -> None:
    page = go("official", "editor")
    page.wait_for_selector("[role=toolbar]:not([hidden])")
    tab_to(page, "[role=toolbar] button")
    assert page.evaluate("document.activeElement.dataset.act") == "bold"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.act") == "italic"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "source"
    page.keyboard.press("Control+Home")
    page.keyboard.press("End")
    page.keyboard.press("Control+b")
    assert "**" in page.input_value("[name=source]").splitlines()[0]


def test_the_margin_is_reached_and_left_with_the_keyboard(go: Callable[..., Page]) -> None:
    page = go("guest", "an old version")
    tab_to(page, "a.mark-link")
    number = page.evaluate("document.activeElement.hash")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.card')?.id") == number.removeprefix("#")
    tab_to(page, ".card .back a", most=8)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-section]') !== null")
