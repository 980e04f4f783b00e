"""What the scripts of the pages promise, on small pages made here and in a real browser, without a server."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from consult.domain.text.plain import plain_of
from tests.real_data import REPOSITORY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("page_scripts")]

ADDRESS = "http://pages.test"

RENDERED = {
    "white space, breaks and no-break spaces": "<h2>A  b\n c</h2>\n<p>x<br>\ny <em> z </em> w&nbsp; q</p>",
    "lists in lists": "<ul><li>one</li><li><p>two</p><p></p>three<ol><li>four</li></ol></li></ul>",
    "tables with empty cells": (
        "<table><thead><tr><th>A</th><th></th><th>C</th></tr></thead>"
        "<tbody><tr><td>1</td><td> <p>2</p><p>3</p></td><td>4</td></tr></tbody></table><p>zażółć 🦊 gęślą</p>"
    ),
    "preformatted text": "<pre><code>\n\n  a\n   b  \n</code></pre><p>after</p><pre>  \n x\t</pre>",
    "what was put in": '<p> &amp;&lt; a<a data-generated="" href="#">5 <b>q</b></a>b <span data-generated="">z</span> c</p>',
    "rules and quotations": "<hr><blockquote><p>q</p></blockquote>  bare<div>  d </div> tail ",
}

READING = """<!doctype html><html lang="pl"><title>x</title>
<main class="text" data-composer="/new" data-comment-words="Skomentuj" data-origins="/origins?version=2" data-origins-words="Skąd?" data-close-words="Zamknij" data-more-words="Więcej">
<section class="part" id="s-1"><div class="words" data-section="s1" data-text="t7">
<h2>Nagłówek</h2><p id="p"><a class="pn" data-generated="" href="/new">1</a>🦊 Urząd <mark id="slowa-4" class="c" data-comments="4">ogłasza
konsultacje</mark><a class="mark-link" data-generated="" href="#uwaga-4" aria-label="Uwaga 4">4</a> każdego projektu.</p></div>
<details class="cards"><summary>1 uwaga</summary><div class="stack">
<article class="card" id="uwaga-4" data-comment="4" tabindex="-1"><p class="by">4</p><p class="says">Kiedy?</p>
<p class="back"><a href="#slowa-4">Do fragmentu</a></p></article></div></details></section></main>
<script type="module" src="/static/js/selection.js"></script><script type="module" src="/static/js/margin.js"></script>"""

COMPOSER = """<!doctype html><html lang="pl"><title>x</title>
<form method="post" action="/sent" data-keep="k" data-kept-words="zachowane" data-restored-words="przywrócone"
data-discard-words="odrzuć"><textarea name="text"></textarea><input type="radio" name="capacity" value="resident" checked>
<input type="radio" name="capacity" value="ngo"><p class="go"><button>Wyślij</button></p></form>
<script type="module" src="/static/js/keep.js"></script>"""

RECEIPT = """<!doctype html><html lang="pl"><title>x</title><main data-sent-key="k">Przyjęto</main>
<script type="module" src="/static/js/keep.js"></script>"""

LISTED = (
    READING.replace('<p id="p">', '<ol><li id="p">')
    .replace(
        "każdego projektu.</p>", 'każdego projektu.</li><li id="next">Ogłoszenie wisi na stronie.</li></ol>'
    )
    .replace("/static/js/selection.js", "/static/js/page.js")
)

TERM = """<!doctype html><html lang="pl" data-left="jeszcze {time}"><title>x</title>
<p id="far">do <time data-remaining datetime="2126-12-10T23:59:00+01:00">10 grudnia</time></p>
<p id="over">do <time data-remaining datetime="2016-12-10T23:59:00+01:00">10 grudnia</time></p>
<script type="module" src="/static/js/page.js"></script>"""

HANGING = """<!doctype html><html lang="pl"><title>x</title><h1>Uwagi w <em>urzędzie</em> i w domu, z kim</h1>
<div data-section="s1"><p id="document">w domu</p></div><textarea>w domu</textarea><p id="law">prawa ustaw do godz. 23.59</p>
<script type="module" src="/static/js/together.js"></script>"""

FOLLOWED = """<!doctype html><html lang="pl"><title>x</title><div class="flashes" role="status">{said}</div><main>
<form method="post" action="/followed"><input type="hidden" name="csrf_token" value="{token}"><input type="hidden" name="ref" value="1">
<input type="hidden" name="wanted" value="{token}"><button id="first">Obserwuj</button></form>
<form method="post" action="/followed"><input type="hidden" name="ref" value="2"><button id="second">Obserwuj</button></form>
<form method="post" action="/told"><button id="gone">Usuń</button></form></main>
<script type="module" src="/static/js/told.js"></script>"""

PLACING = """<!doctype html><html lang="pl"><title>x</title><form id="decide"><input type="hidden" name="section">
<textarea name="quote"></textarea><input type="hidden" name="from_text"><input type="hidden" name="start"><input type="hidden" name="end">
<p role="status" data-told data-words="Wybrano:"></p></form>
<div data-section="s1" data-text="t7" data-placing><h3>Nagłówek</h3><p id="p">🦊 Urząd <em>ogłasza</em>
konsultacje każdego projektu.</p></div><script type="module" src="/static/js/placing.js"></script>"""

PAGES = {
    "/placing": PLACING,
    "/follow": FOLLOWED.format(said="", token="a"),
    "/followed": FOLLOWED.format(said="<p class='flash done'>Gotowe</p>", token="b"),
    "/told": "<div class='flashes' role='status'><p>Gotowe</p></div><main></main>"
    "<script type='module' src='/static/js/told.js'></script>",
    "/hanging": HANGING,
    "/reading": READING,
    "/listed": LISTED,
    "/term": TERM,
    "/new": COMPOSER,
    "/sent": RECEIPT,
}


def _answer(route: Route) -> None:
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        kind = mimetypes.guess_type(path)[0] or "text/plain"
        route.fulfill(body=(REPOSITORY / path.lstrip("/")).read_bytes(), content_type=kind)
    else:
        route.fulfill(body=PAGES.get(path, ""), content_type="text/html; charset=utf-8")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of this module at a width; pages of one test share their storage."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, width: int = 1440) -> Page:
        if not contexts:
            context = browser.new_context(reduced_motion="reduce", locale="pl-PL")
            context.set_default_timeout(10_000)
            context.route(f"{ADDRESS}/**", _answer)
            contexts.append(context)
        page = contexts[0].new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{ADDRESS}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def _select(page: Page, first: str, last: str) -> None:
    """Select from the beginning of one run of letters of the paragraph to the end of another."""
    page.evaluate(
        """([first, last]) => {
            const find = (letters) => {
                const walker = document.createTreeWalker(document.getElementById("p"), NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(letters);
                    if (at >= 0) return [walker.currentNode, at];
                }
            };
            const range = document.createRange();
            range.setStart(...find(first));
            const [node, at] = find(last);
            range.setEnd(node, at + last.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        [first, last],
    )


@pytest.mark.parametrize("name", RENDERED)
def test_a_browser_reads_the_same_plain_text_as_the_server(opened, name: str) -> None:
    page = opened("/reading")
    read = page.evaluate(
        """async (html) => {
            const { read } = await import("/static/js/plain.js");
            const section = document.createElement("div");
            section.innerHTML = html;
            return read(section).text;
        }""",
        RENDERED[name],
    )
    assert read == plain_of(RENDERED[name])


def test_selected_words_lead_to_the_composer_with_their_code_points(opened) -> None:
    page = opened("/reading")
    _select(page, "Urząd", "konsultacje")
    query = parse_qs(urlsplit(page.wait_for_selector(".grab").get_attribute("href")).query)
    plain = "Nagłówek\n🦊 Urząd ogłasza konsultacje każdego projektu."
    start, end = int(query["start"][0]), int(query["end"][0])
    assert plain[start:end] == "Urząd ogłasza konsultacje"
    assert (query["section"], query["text_id"]) == (["s1"], ["t7"])


def test_selected_words_also_lead_to_where_they_come_from(opened) -> None:
    page = opened("/reading")
    _select(page, "Urząd", "konsultacje")
    page.wait_for_selector(".grab")
    query = parse_qs(urlsplit(page.locator(".grab", has_text="Skąd?").get_attribute("href")).query)
    plain = "Nagłówek\n🦊 Urząd ogłasza konsultacje każdego projektu."
    assert plain[int(query["from"][0]) : int(query["to"][0])] == "Urząd ogłasza konsultacje"
    assert (query["section"], query["text"], query["version"]) == (["s1"], ["t7"], ["2"])


def test_words_selected_for_a_comment_go_into_the_form_with_their_place_until_somebody_types(opened) -> None:
    page = opened("/placing")
    page.wait_for_timeout(100)
    _select(page, "Urząd", "konsultacje")
    page.wait_for_function("document.forms[0].elements.quote.value")
    kept = page.evaluate("Object.fromEntries(new FormData(document.forms[0]))")
    assert kept == {
        "section": "s1",
        "quote": "Urząd ogłasza konsultacje",
        "from_text": "t7",
        "start": "11",
        "end": "36",
    }
    assert page.text_content("[data-told]") == "Wybrano: Urząd ogłasza konsultacje"
    page.type("textarea", "x")
    assert page.evaluate("document.forms[0].elements.start.value") == ""


def test_the_next_tab_after_a_selection_is_the_comment_button(opened) -> None:
    page = opened("/reading")
    _select(page, "Urząd", "ogłasza")
    page.wait_for_selector(".grab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skomentuj"


def test_words_are_offered_though_the_selection_begins_beside_the_text_and_grows_by_keyboard(opened) -> None:
    page = opened("/reading")
    page.evaluate("""() => {
        const range = document.createRange();
        range.setStart(document.querySelector("main"), 0);
        range.setEnd(document.getElementById("slowa-4").firstChild, 7);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    }""")
    asked = page.locator(".grab", has_text="Skąd?")
    asked.wait_for()
    before = asked.get_attribute("href")
    page.keyboard.press("Shift+Control+ArrowRight")
    page.wait_for_function(
        "(before) => ![null, before].includes(document.querySelectorAll('.grab')[1]?.getAttribute('href') ?? null)",
        arg=before,
    )
    assert "from=0" in (asked.get_attribute("href") or "")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/origins?version=2&section=s1**")


def test_words_lead_to_their_card_and_the_card_back_to_the_words(opened) -> None:
    page = opened("/reading")
    page.click("mark.c")
    assert page.evaluate("document.activeElement.id") == "uwaga-4"
    page.click("#uwaga-4 .back a")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Uwaga 4"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "uwaga-4"


def test_on_a_phone_a_card_opens_under_its_paragraph_and_leaves_the_text_as_it_was(opened) -> None:
    page = opened("/reading", width=360)
    plain = """import("/static/js/plain.js").then(({ read }) => read(document.querySelector("[data-section]")).text)"""
    before = page.evaluate(plain)
    assert not page.is_visible("#uwaga-4")
    page.click("mark.c")
    card, paragraph = page.locator("#uwaga-4").bounding_box(), page.locator("#p").bounding_box()
    assert card["y"] >= paragraph["y"] + paragraph["height"]
    assert page.evaluate(plain) == before
    page.click(".inline-card .close")
    assert page.locator(".stack #uwaga-4").count() == 1
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#uwaga-4"


def test_on_a_phone_a_card_opens_within_its_own_entry_of_a_list(opened) -> None:
    page = opened("/listed", width=360)
    plain = """import("/static/js/plain.js").then(({ read }) => read(document.querySelector("[data-section]")).text)"""
    before = page.evaluate(plain)
    page.click("mark.c")
    card, following = page.locator("#uwaga-4").bounding_box(), page.locator("#next").bounding_box()
    assert card["y"] + card["height"] <= following["y"]
    assert page.evaluate(plain) == before


def test_paper_shows_every_card(opened) -> None:
    page = opened("/reading", width=360)
    page.emulate_media(media="print")
    assert not page.is_visible("#uwaga-4")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.is_visible("#uwaga-4")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.is_visible("#uwaga-4")


def test_a_term_says_how_much_of_it_is_left(opened) -> None:
    page = opened("/term")
    assert re.fullmatch(r"do 10 grudnia jeszcze [\d\s]+ (dni|dzień)", page.text_content("#far"))
    assert page.text_content("#over") == "do 10 grudnia"


def test_an_address_naming_a_comment_opens_it(opened) -> None:
    assert opened("/reading#uwaga-4", width=360).is_visible("#uwaga-4")


def test_unsent_words_survive_a_closed_tab_and_leave_once_received(opened) -> None:
    page = opened("/new")
    page.fill("textarea", "Moja uwaga 🦊")
    page.check("input[value=ngo]")
    page.wait_for_selector(".kept")
    page.close()
    page = opened("/new")
    assert page.input_value("textarea") == "Moja uwaga 🦊"
    assert page.is_checked("input[value=ngo]")
    page.click("text=Wyślij")
    page.wait_for_selector("main[data-sent-key]")
    assert opened("/new").input_value("textarea") == ""


def test_thrown_away_words_are_gone(opened) -> None:
    page = opened("/new")
    page.fill("textarea", "Jednak nie")
    page.click(".kept button")
    assert page.input_value("textarea") == ""
    assert opened("/new").input_value("textarea") == ""


def test_one_letter_words_of_pages_go_with_the_next_and_documents_and_fields_stay_as_they_are(opened) -> None:
    page = opened("/hanging")
    assert page.text_content("h1") == "Uwagi w urzędzie i\u00a0w\u00a0domu, z\u00a0kim"
    assert page.text_content("#document") == page.input_value("textarea") == "w domu"
    assert page.text_content("#law") == "prawa ustaw do godz.\u00a023.59"


@pytest.mark.parametrize("button", ["first", "second"])
def test_whoever_pressed_a_button_finds_the_focus_on_it_again(opened, button: str) -> None:
    page = opened("/follow")
    page.click(f"#{button}")
    page.wait_for_url("**/followed")
    assert page.evaluate("document.activeElement.id") == button
    page.wait_for_timeout(250)
    assert page.text_content(".flashes") == "Gotowe"


def test_where_the_button_is_gone_the_focus_is_on_what_was_said(opened) -> None:
    page = opened("/follow")
    page.click("#gone")
    page.wait_for_url("**/told")
    assert page.evaluate("document.activeElement.className") == "flashes"
