"""A text comes in from Word and goes through a group's hands: tracked changes and other words become proposals, one is
taken in part, the word in the text leads back to it, and taking the change back leaves the text as it was.

The steps are one journey, in Polish, in real browsers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from consult.domain.policy.actors import SYSTEM, Actor
from consult.services import groups
from consult.storage.queries import documents as queries
from consult.storage.queries.viewers import EVERYTHING
from tests.adapters.word_files import paragraph, run, word_file
from tests.factories.group_at_work import seated
from tests.journeys.served import served_site, signed_in
from tests.web.places import people_of
from tests.web.visitors import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("editor")]

AUTHOR = "Fundacja A"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FROM_WHERE = "Skąd się wzięły te słowa?"


def tracked(kind: str, words: str) -> str:
    inside = run(words) if kind == "ins" else run(words).replace("w:t", "w:delText")
    return f'<w:{kind} w:id="1" w:author="{AUTHOR}" w:date="2026-09-01T10:00:00Z">{inside}</w:{kind}>'


FILE = word_file(
    paragraph("Zasady naboru", style="Heading1")
    + paragraph(run("Nabór trwa "), tracked("del", "siedem"), tracked("ins", "czternaście"), run(" dni."))
    + paragraph("Wynik ogłasza się na tablicy urzędu."),
    styles='<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>',
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    with served_site(tmp_path_factory.mktemp("drafting")) as opened:
        yield opened


@pytest.fixture
def enter(browser: Browser, served: tuple[Site, str]) -> Iterator[Callable[[Actor], Page]]:
    """Opens a browser for somebody, signed in; what its pages complain of fails the journey."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def window(actor: Actor) -> Page:
        context, page = signed_in(browser, served[0], served[1], actor)
        contexts.append(context)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield window
    for context in contexts:
        context.close()
    assert not complaints


def press(page: Page, selector: str) -> None:
    """A press that leads to another page."""
    with page.expect_navigation():
        page.locator(selector).last.click()  # the first may be what Enter presses, out of sight


def select_words(page: Page, words: str) -> None:
    """Select these words of the text, as with a mouse."""
    page.locator("[data-section] p", has_text=words).evaluate(
        """(part, words) => {
            const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
        }""",
        words,
    )


def test_from_a_word_file_to_a_word_that_names_its_proposal_and_back(
    enter: Callable[[Actor], Page], served: tuple[Site, str], tmp_path: Path
) -> None:
    site, address = served
    people = people_of(site)

    # an editor takes in a file with tracked changes; they become a proposal over the text before them
    page = enter(people.editor)
    page.goto(f"{address}/documents/import")
    page.set_input_files("[name=file]", {"name": "nabor.docx", "mimeType": WORD, "buffer": FILE})
    press(page, "main button[type=submit]")
    expect(page.locator("main")).to_contain_text(AUTHOR)
    page.check("[name=tracked][value=propose]")
    press(page, "button[name=then][value=look]")
    press(page, "button[name=then][value=make]")
    expect(page.locator("main")).to_contain_text("1 propozycja ze zmian śledzonych")
    draft = page.locator(".go .button.primary").get_attribute("href")
    assert draft
    document = draft.removesuffix("/draft")
    slug = document.rpartition("/")[2]
    page.goto(f"{address}{document}/draft")
    expect(page.locator("[data-section]")).to_contain_text("Nabór trwa siedem dni.")

    # a group is given the document; its member wants other words for the same place, and more besides
    with site.records() as store:
        group = groups.make_group(
            SYSTEM,
            people.host_id,
            groups.GroupText(
                name="Grupa od naboru", document_ids=(queries.get_document(slug, EVERYTHING).id,)
            ),
            now=store.now,
        )
        member, chair = seated(store, group, "member"), seated(store, group, "chair")
    page = enter(member)
    page.goto(f"{address}{document}/proposals/new")
    press(page, "button[name=act][value=more]")
    text = page.input_value("[name=source]")
    page.fill("[name=source]", text.replace("siedem", "trzydzieści").replace("na tablicy", "na stronie"))
    page.fill("[name=title]", "Dłuższy nabór")
    page.fill("[name=rationale]", "Małe organizacje nie zdążą.")
    press(page, "button[name=act][value=send]")
    expect(page.locator("h1, h2").first).to_contain_text("Dłuższy nabór")
    expect(page.locator("main p", has_text="Inne propozycje chcą zmienić")).to_be_visible()

    # the chair sees both, and takes the longer time but not the place of the announcement
    page = enter(chair)
    page.goto(f"{address}{document}/proposals/together")
    expect(page.locator(".together.clashes")).to_contain_text("czternaście")
    expect(page.locator(".together.clashes")).to_contain_text("trzydzieści")
    page.goto(f"{address}{document}/proposals/2")
    page.locator(".passages li", has_text="stronie").get_by_role("checkbox").uncheck()
    press(page, "button[name=act][value=take]")
    page.goto(f"{address}{document}/draft")
    expect(page.locator("[data-section]")).to_contain_text("Nabór trwa trzydzieści dni.")
    expect(page.locator("[data-section]")).to_contain_text("na tablicy urzędu")

    # two presses lead from the new word to the proposal
    select_words(page, "trzydzieści")
    with page.expect_navigation():
        page.locator(".grab", has_text=FROM_WHERE).click()
    expect(page.locator(".asked mark")).to_have_text("trzydzieści")
    press(page, "ol.told h2 a")
    expect(page).to_have_url(f"{address}{document}/proposals/2")

    # its course names the change, which can be taken back, and the text is as it was
    press(page, ".turns a")
    expect(page.locator("main")).to_contain_text("Dłuższy nabór")
    page.goto(f"{page.url}/undo")
    press(page, "main form[method=post] .button.primary")
    page.goto(f"{address}{document}/draft")
    expect(page.locator("[data-section]")).to_contain_text("Nabór trwa siedem dni.")
