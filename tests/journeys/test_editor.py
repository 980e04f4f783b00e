"""The editor in a real browser: toolbar, keyboard, typing, pasting, and two people at once, also with the network cut."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from consult.domain.policy.sessions import STAFF_IDLE
from tests.factories.pictures import planes
from tests.journeys.served import served_site, signed_in
from tests.real_data import REPOSITORY
from tests.web.places import WORDS, Place, new_place

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("editor")]

CASES = json.loads((REPOSITORY / "tests/domain/text/typing_cases.json").read_text())

AREA = "textarea[name=source]"

PASTED = {
    "<h2>Cel</h2><p>Słowa <b>ważne</b> i <i>pochyłe</i>.</p>": "## Cel\n\nSłowa **ważne** i *pochyłe*.",
    "<p class=MsoHeading2 style='mso-outline-level:2'><b>Cel</b></p>": "## Cel",
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>raz</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>·</span>w&nbsp;środku</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.</span>dwa</p>": (
        "1. raz\n    - w\u00a0środku\n2. dwa"
    ),
    "<ul><li>raz<ol><li>w środku</li></ol></li><li>dwa</li></ul>": "- raz\n    1. w środku\n- dwa",
    "<table><tr><td><p>A</p></td><td>B|C</td></tr><tr><td colspan=2>d</td></tr></table>": (
        "| A | B\\|C |\n| --- | --- |\n| d |  |"
    ),
    "<p>Zdanie<a href='#_ftn1' name='_ftnref1'>[1]</a>.</p><div style='mso-element:footnote-list'><div id=ftn1><p>"
    "<a href='#_ftnref1'>[1]</a> Nota <b>ważna</b>.</p></div></div>": "Zdanie[^1].\n\n[^1]: Nota **ważna**.",
    "<b style='font-weight:normal'><p>a <span style='font-weight:700'>b</span> <a href='https://example.org/x'>c</a></p></b>": (
        "a **b** [c](https://example.org/x)"
    ),
    "<p><b>a</b> <a href='javascript:alert(1)'>zły</a><img src=x onerror=alert(1)><script>alert(2)</script> 2*3 &lt;b&gt; _x_</p>": (
        "**a** zły 2\\*3 \\<b> \\_x\\_"
    ),
    "<p>zwykłe słowa</p>": "",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, str]]:
    with served_site(tmp_path_factory.mktemp("editor")) as (site, address):
        yield new_place(site), address


@pytest.fixture
def place(served: tuple[Place, str]) -> Iterator[Place]:
    """A document of its own, the clock put back afterwards."""
    began = served[0].site.clock.at
    yield new_place(served[0].site)
    served[0].site.clock.at = began


Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, served: tuple[Place, str], place: Place) -> Iterator[Opened]:
    """Opens the editor of a section for somebody, in a browser of their own."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(role: str = "editor", **options: object) -> Page:
        context, page = signed_in(browser, place.site, served[1], getattr(place.people, role), **options)
        contexts.append(context)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{served[1]}{place.address}/sections/{place.section_id()}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def put(page: Page, words: str, at: int | None = None, end: int | None = None) -> None:
    page.fill(AREA, words)
    start = len(words) if at is None else at
    page.evaluate(
        "([start, end]) => document.querySelector('textarea[name=source]').setSelectionRange(start, end)",
        [start, start if end is None else end],
    )


def test_scripts_and_server_put_the_same_signs_right(opened: Opened) -> None:
    page = opened()
    read = page.evaluate(
        """async (cases) => {
            const { putRight, typeset } = await import("/static/js/typing.js");
            return cases.map(({ typed, language = "pl" }) => {
                let done = "";
                for (const sign of typed) {
                    const found = putRight(done, sign, language);
                    done = found ? done.slice(0, done.length - found[0]) + found[1] : done + sign;
                }
                return [done, typeset(typed, language)];
            });
        }""",
        CASES,
    )
    assert read == [[case["reads"]] * 2 for case in CASES]


def test_what_is_pasted_keeps_its_structure_and_nothing_runs(opened: Opened) -> None:
    page = opened()
    read = page.evaluate(
        """async (given) => {
            const { toMarkdown } = await import("/static/js/pasting.js");
            return given.map(toMarkdown);
        }""",
        list(PASTED),
    )
    assert read == list(PASTED.values())
    put(page, "")
    page.evaluate(
        """(html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "Cel Słowa");
            document.querySelector("textarea[name=source]").dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        next(iter(PASTED)),
    )
    assert page.input_value(AREA) == "## Cel\n\nSłowa **ważne** i *pochyłe*."


def test_typing_buttons_and_keys_work_and_the_browser_undoes_each(opened: Opened) -> None:
    page = opened()
    put(page, "")
    page.type(AREA, 'Program "Razem" - cel ')
    assert page.input_value(AREA) == "Program „Razem” – cel "
    put(page, "")
    page.type(AREA, 'słowo "')
    page.keyboard.press("Control+z")
    assert page.input_value(AREA) == 'słowo "'
    put(page, "Tekst pierwszy.", 6, 14)
    page.keyboard.press("Control+b")
    assert page.input_value(AREA) == "Tekst **pierwszy**."
    page.keyboard.press("Control+z")
    assert page.input_value(AREA) == "Tekst pierwszy."
    put(page, "raz\ndwa", 0, 7)
    page.keyboard.press("Control+Shift+Digit9")
    assert page.input_value(AREA) == "1. raz\n\n2. dwa"
    put(page, "Cel", 0)
    page.keyboard.press("Control+Shift+Digit3")
    assert page.input_value(AREA) == "### Cel"
    put(page, "- raz")
    page.keyboard.press("Enter")
    assert page.input_value(AREA) == "- raz\n- "
    put(page, "Raz[^1].\n\n[^1]: Już jest.", 3)
    page.keyboard.press("Alt+F10")
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == "source"
    page.click("[data-act=footnote]")
    assert page.input_value(AREA).startswith("Raz[^2][^1].")
    assert "[^2]: " in page.input_value(AREA)


def test_tables_and_references_are_put_in_from_dialogs(opened: Opened) -> None:
    page = opened()
    put(page, "Tu:\n\n| A | B |\n|---|:-:|\n| a | b |\n", 8)
    page.click("[data-act=table]")
    page.fill("[data-row='1'][data-column='1']", "nowe | słowo")
    page.click("[data-grid-act=row]")
    page.keyboard.type("c")
    page.click("[data-dialog=table] button[value=done]")
    expect(page.locator(AREA)).to_have_value(
        "Tu:\n\n| A | B |\n| --- | :-: |\n| a | nowe \\| słowo |\n| c |  |\n"
    )
    put(page, "Zob. ")
    page.click("[data-act=insert]")
    page.fill("[data-filter]", "konsult")
    page.click("[data-choices] button >> nth=0")
    expect(page.locator(AREA)).to_have_value(re.compile(r"^Zob\. \[2\]\(#s-[0-9a-f]{12}\) ?$"))


def test_chosen_words_are_defined_from_a_dialog_by_keyboard_as_the_glossary_reads_them(
    opened: Opened, place: Place
) -> None:
    page = opened()
    text = page.input_value(AREA).rstrip()
    put(page, f"{text}\n\nZadanie powierza się organizacji.\nDalej.\n\nKoniec.\n")
    at = page.input_value(AREA).index("organizacji")
    page.evaluate(
        "([start, end]) => document.querySelector('textarea[name=source]').setSelectionRange(start, end)",
        [at, at + len("organizacji")],
    )
    page.keyboard.press("Control+Shift+KeyL")
    assert page.input_value("[data-term]") == "organizacji"
    assert page.evaluate("document.activeElement.id") == "define-meaning"
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert not found.response["violations"], found.generate_report()
    page.fill("[data-term]", "organizacja: zła")
    page.keyboard.press("Tab")
    page.keyboard.type("podmiot wpisany do rejestru")
    page.click("[data-dialog=define] button[value=done]")
    assert page.locator("[data-dialog=define][open]").count() == 1  # a colon ends no term
    page.fill("[data-term]", "organizacja")
    page.click("[data-dialog=define] button[value=done]")
    line = "organizacja – należy przez to rozumieć podmiot wpisany do rejestru"
    expect(page.locator(AREA)).to_have_value(
        f"{text}\n\nZadanie powierza się organizacji.\nDalej.\n\n{line}\n\nKoniec.\n"
    )
    assert page.evaluate("document.activeElement.name") == "source"
    page.keyboard.press("Control+s")
    page.wait_for_url("**/draft*")
    page.goto(f"{page.url.split('/documents/')[0]}{place.address}/terms?version=draft")
    expect(page.locator(".glossary")).to_contain_text("organizacja")
    expect(page.locator("code.marker")).to_contain_text("należy przez to rozumieć")
    page.goto(f"{page.url.split('/documents/')[0]}{place.address}/sections/{place.section_id()}")
    page.click("[data-act=define]")
    page.fill("[data-term]", "Organizacja")
    expect(page.locator("[data-known]")).to_contain_text("ma już definicję")
    page.keyboard.press("Escape")
    assert page.input_value(AREA).count("należy przez to rozumieć") == 1


def test_the_editor_and_the_conflict_page_are_accessible(opened: Opened, place: Place) -> None:
    page = opened(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 800})
    for _ in range(2):
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert not found.response["violations"], found.generate_report()
        if page.locator(".dispute").count():
            break
        text = page.input_value(AREA)
        place.visitor("official").send(
            f"{place.address}/sections/{place.section_id()}", {"source": text.replace(WORDS, "miesiąc")}
        )
        page.fill(AREA, text.replace(WORDS, "tydzień"))
        page.keyboard.press("Control+s")
        page.wait_for_selector(".dispute")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_two_people_write_in_one_part_at_once_without_and_with_a_conflict(
    opened: Opened, place: Place
) -> None:
    one, two = opened("editor"), opened("official")
    two.wait_for_function("document.querySelector('[data-writers]').textContent.includes('Edytuje')")
    text = one.input_value(AREA)
    one.fill(AREA, text.replace("Nabór wniosków", "Otwarty nabór wniosków"))
    one.keyboard.press("Control+s")
    one.wait_for_url("**/draft*")
    two.fill(AREA, text.replace("siedmiu dni", "pięciu dni"))
    expect(two.locator("[data-news]")).to_contain_text("Przy zapisie obie zmiany")
    two.keyboard.press("Control+s")
    two.wait_for_url("**/draft*")
    assert "Otwarty nabór" in place.source()
    assert "pięciu dni" in place.source()
    one, two = opened("editor"), opened("official")
    text = one.input_value(AREA)
    one.fill(AREA, text.replace(WORDS, "przez miesiąc"))
    two.fill(AREA, text.replace(WORDS, "przez tydzień"))
    one.keyboard.press("Control+s")
    one.wait_for_url("**/draft*")
    two.keyboard.press("Control+s")
    two.wait_for_selector(".dispute")
    two.fill("#own-0", "przez miesiąc i tydzień")  # chooses it, too
    two.click("button[value=choices]")
    two.wait_for_url("**/draft*")
    assert "trwa przez miesiąc i tydzień od" in place.source()


def test_the_outline_says_quietly_who_came_to_write_and_once_that_there_is_something_newer(
    opened: Opened, place: Place
) -> None:
    reader = opened("official")
    reader.clock.install()
    reader.goto(reader.url.split("/sections/")[0] + "/outline")
    line = reader.locator(f"[data-writers-in='{place.section_id()}']")
    expect(line).to_be_hidden()
    writer = opened("editor")
    writer.wait_for_load_state("networkidle")
    reader.clock.run_for(21_000)
    expect(line).to_contain_text("Edytuje też")
    assert line.evaluate("each => each.closest('[aria-live], [role=status]')") is None
    writer.fill(AREA, writer.input_value(AREA) + "\nDopisane.\n")
    writer.keyboard.press("Control+s")
    writer.wait_for_url("**/draft*")
    for _ in range(2):
        reader.clock.run_for(21_000)
    expect(line).to_be_hidden()
    expect(reader.locator("[data-writers-href]")).to_contain_text("1 zmian")
    assert reader.locator("[data-writers-href] p").count() == 1


def test_nothing_is_lost_when_the_network_is_cut_and_the_browser_crashes(
    opened: Opened, place: Place, served: tuple[Place, str]
) -> None:
    one, two = opened("editor"), opened("official")
    text = one.input_value(AREA)
    one.context.set_offline(True)
    one.fill(AREA, text.replace("siedmiu dni", "pięciu dni"))
    expect(one.locator("[data-keeping]")).to_contain_text("Brak połączenia")
    two.fill(AREA, text.replace("Nabór wniosków", "Otwarty nabór wniosków"))
    two.keyboard.press("Control+s")
    two.wait_for_url("**/draft*")
    address = one.url
    one.close(run_before_unload=False)  # the tab dies while nothing can be sent
    one.context.set_offline(False)
    again = one.context.new_page()
    again.goto(address)
    expect(again.locator(AREA)).to_have_value(text.replace("siedmiu dni", "pięciu dni"))
    expect(again.locator("[data-kept]")).to_contain_text("przechowano")
    again.click("main button.primary")
    again.wait_for_url("**/draft*")
    assert "pięciu dni" in place.source()
    assert "Otwarty nabór" in place.source()
    again.goto(address)
    assert "pięciu dni" in again.input_value(AREA)
    assert again.locator(".unsaved").count() == 0


def test_edits_that_clash_after_the_network_was_cut_meet_and_words_for_the_places_survive_a_crash(
    opened: Opened, place: Place
) -> None:
    one, two = opened("editor"), opened("official")
    text = one.input_value(AREA)
    address = one.url
    one.context.set_offline(True)
    one.fill(AREA, text.replace(WORDS, "przez miesiąc"))
    expect(one.locator("[data-keeping]")).to_contain_text("Brak połączenia")
    two.fill(AREA, text.replace(WORDS, "przez tydzień"))
    two.keyboard.press("Control+s")
    two.wait_for_url("**/draft*")
    one.keyboard.press("Control+s")  # goes nowhere
    assert one.url == address
    one.context.set_offline(False)
    expect(one.locator("[data-news]")).to_contain_text("Przy zapisie obie zmiany")
    one.keyboard.press("Control+s")
    one.wait_for_selector(".dispute")
    assert "przez tydzień" in place.source()
    one.wait_for_load_state("networkidle")
    one.fill("#own-0", "przez dwa tygodnie")  # reaches the server
    expect(one.locator("[data-kept]")).to_contain_text("przechowano")
    elsewhere = opened("editor")  # another device: the same conflict, the same words
    assert "przez miesiąc" in elsewhere.input_value(AREA)
    elsewhere.click("main button.primary")
    expect(elsewhere.locator("#own-0")).to_have_value("przez dwa tygodnie")
    expect(elsewhere.locator("#choice-0-own")).to_be_checked()
    elsewhere.close()
    one.context.set_offline(True)
    one.fill("#own-0", "przez miesiąc, a latem przez tydzień")  # reaches this browser alone
    expect(one.locator("[data-keeping]")).to_contain_text("Brak połączenia")
    one.close(run_before_unload=False)
    one.context.set_offline(False)
    again = one.context.new_page()
    again.goto(address)
    again.click("main button.primary")
    expect(again.locator("#own-0")).to_have_value("przez miesiąc, a latem przez tydzień")
    expect(again.locator("#choice-0-own")).to_be_checked()
    again.click("button[value=choices]")
    again.wait_for_url("**/draft*")
    assert "trwa przez miesiąc, a latem przez tydzień od" in place.source()
    assert WORDS not in place.source()
    again.goto(address.split("/documents/")[0] + "/unsaved")
    assert "a latem" not in again.locator("main").inner_text()


def test_a_sign_in_that_ran_out_is_said_and_the_text_stays(opened: Opened, place: Place) -> None:
    page = opened()
    page.wait_for_load_state("networkidle")  # nothing asked for before is answered at the later time
    place.site.clock.advance(seconds=STAFF_IDLE.total_seconds())
    page.fill(AREA, page.input_value(AREA) + "\nDopisane po wygaśnięciu.\n")
    expect(page.locator("[data-keeping]")).to_contain_text("logowanie wygasło")
    assert page.get_attribute("[data-keeping] a", "href") == "/sign-in"
    page.click("main button.primary")
    page.wait_for_url(re.compile(r"/sign-in\?next="))
    with place.site.records():
        assert "Dopisane po" not in place.source()
    assert "Dopisane po" in place.visitor("editor").get(f"{place.address}/sections/{place.section_id()}").text


def test_a_text_that_cannot_be_kept_says_why(opened: Opened, tmp_path: Path) -> None:
    page = opened()
    page.route(
        "**/unsaved",
        lambda route: route.fulfill(status=422, json={"error": "Powód odmowy."}),
    )
    page.fill(AREA, "## Zlecanie zadań\n\nNowe słowa.\n")
    expect(page.locator("[data-keeping]")).to_contain_text("Powód odmowy.")


def test_a_note_comes_back_after_a_cut_network_and_a_crash_and_goes_once_it_is_sent(
    opened: Opened, place: Place
) -> None:
    page = opened()
    address = page.url.split("/sections/")[0] + "/notes"
    field = "textarea[name=text]"
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.fill(field, "Kept on the server.")
    expect(page.locator("[data-kept]").last).to_contain_text("przechowano")
    page.context.set_offline(True)
    page.fill(field, "Kept on the server, then in the browser.")
    expect(page.locator("[data-keeping]").last).to_contain_text("Brak połączenia")
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(address)
    expect(again.locator(field)).to_have_value("Kept on the server, then in the browser.")
    expect(again.locator("[data-kept]").last).to_contain_text("przechowano")
    elsewhere = opened()
    elsewhere.goto(address)
    expect(elsewhere.locator(field)).to_have_value("Kept on the server, then in the browser.")
    expect(elsewhere.locator(".unsaved").last).to_contain_text("niewysłan")
    elsewhere.close()
    again.click("form[action$='/notes/new'] button.primary")
    again.wait_for_url("**/notes#notatka-*")
    assert again.evaluate("document.activeElement.id").startswith("notatka-")
    again.wait_for_load_state("networkidle")
    assert again.input_value(field) == ""
    again.click(".note-thread details summary")
    again.fill("textarea[name=answer]", "Answered at once.")
    again.click("button[value=answer]")  # before anything could be kept
    expect(again.locator(".flash.done")).to_be_visible()
    again.wait_for_load_state("networkidle")
    assert again.input_value("textarea[name=answer]") == ""
    assert (
        again.evaluate(
            "Object.keys(localStorage).filter((key) => key.startsWith('consult.draft.form')).length"
        )
        == 0
    )


def test_a_picture_is_put_in_by_keyboard_by_pasting_and_by_dropping_and_says_what_it_lacks(
    opened: Opened, place: Place, tmp_path: Path
) -> None:
    file = tmp_path / "schemat.png"
    file.write_bytes(planes())
    page = opened()
    area, dialog = page.locator(AREA), page.locator("[data-dialog=picture]")
    area.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Alt+F10")
    for _ in range(40):
        if page.evaluate("document.activeElement.dataset.act") == "picture":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.set_input_files("#picture-file", file)
    page.locator("#picture-file").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # without words
    expect(page.locator("#picture-alt-error")).not_to_be_empty()
    expect(page.locator("#picture-alt")).to_be_focused()
    page.keyboard.type("Trzy koła")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Rysunek 1. Płaszczyzny")
    page.keyboard.press("Enter")
    expect(dialog).not_to_be_visible()
    expect(area).to_be_focused()
    assert re.search(r"\n!\[Trzy koła\]\(#p-[0-9a-f]{32}\)\nRysunek 1\. Płaszczyzny", area.input_value())
    image = page.locator("[data-sheet] img[alt='Trzy koła']")
    expect(image).to_be_visible()
    assert image.evaluate("async (one) => { await one.decode(); return one.naturalWidth; }") == 400
    page.evaluate(
        """async ([selector, bytes]) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], "schemat.png", { type: "image/png" }));
          document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [AREA, list(planes(colour="#8a1b13"))],
    )
    expect(dialog).to_be_visible()
    page.check("[name=is_decorative]")
    page.click("[data-send]")
    expect(dialog).not_to_be_visible()
    assert "-decorative)" in area.input_value()
    page.evaluate(
        """(selector) => {
          const data = new DataTransfer();
          data.items.add(new File(["x"], "plik.txt", { type: "text/plain" }));
          document.querySelector(selector).dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        AREA,
    )
    expect(dialog).not_to_be_visible()
    page.keyboard.press("Control+s")
    page.wait_for_url("**/draft**")
    shown = page.locator("figure img[alt='Trzy koła']")
    shown.scroll_into_view_if_needed()
    assert shown.evaluate("async (one) => { await one.decode(); return one.naturalWidth; }") == 400
    expect(page.locator("figcaption")).to_have_text("Rysunek 1. Płaszczyzny")
