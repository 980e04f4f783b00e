"""Commenting in real Chromium: pointing by mouse, keyboard, touch and without scripts; what is not sent stays, through a
closed tab and a restart of the server."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect
from werkzeug.serving import make_server

from consult.app import create_app
from consult.services.comments import Remark
from consult.services.unsent_comments import keep_unsent
from consult.settings import Settings
from consult.storage.queries import comments as queries
from consult.storage.queries.unsent_comments import Holder
from tests.factories.apps import build_ports
from tests.journeys.served import _Silent, served_site, signed_in
from tests.journeys.test_spoken_names import FOLDER
from tests.real_data import real_data
from tests.web.places import Place, new_place
from tests.web.test_attacks import printable
from tests.web.visitors import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("editor")]

TEXT = """# Zasady naboru

Nabór trwa *co najmniej* **czternaście dni** od ogłoszenia.

1. Wniosek składa się w urzędzie.
2. Wniosek zawiera opis zadania.

| Kryterium | Punkty |
| --- | --- |
| Doświadczenie | 10 |
| Koszt | 5 |

## Wynik

Wynik ogłasza się w ciągu siedmiu dni.
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    with served_site(tmp_path_factory.mktemp("commenting")) as opened:
        yield opened


@pytest.fixture(scope="module")
def place(served: tuple[Site, str]) -> Place:
    return new_place(served[0], text=TEXT)


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a browser for a guest; what its pages complain of fails the journey."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(width: int = 1440, **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="pl-PL",
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


def corner(page: Page, words: str, *, at_end: bool) -> tuple[float, float]:
    """Where on the screen words begin or end."""
    found = page.locator("#text").evaluate(
        """(text, [words, atEnd]) => {
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0 || walker.currentNode.parentElement.closest("[data-generated], .outline")) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                range.startContainer.parentElement.scrollIntoView({ block: "center" });
                const box = range.getBoundingClientRect();
                return [atEnd ? box.right - 1 : box.left + 1, box.top + box.height / 2];
            }
        }""",
        [words, at_end],
    )
    return found[0], found[1]


def drag(page: Page, first: str, last: str) -> None:
    """Select from the beginning of some words to the end of others with the mouse."""
    page.set_viewport_size({"width": 1440, "height": 2600})  # so that nothing scrolls under the mouse
    page.mouse.move(*corner(page, first, at_end=False))
    page.mouse.down()
    page.mouse.move(*corner(page, last, at_end=True), steps=5)
    page.mouse.up()


def asked_of(page: Page) -> dict[str, str]:
    """What the address of the composer points at."""
    href = page.locator(".grabs a").first.get_attribute("href") or ""
    return {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}


def pointed(place: Place, number: int) -> list[str]:
    with place.site.records():
        comment = queries.find_comment(place.register_id, number, with_drafts=True)
        assert comment is not None
        return [row.exact for row in queries.list_placements_of([comment.id])]


def last_number(place: Place) -> int:
    with place.site.records():
        return len(queries.list_comments(place.register_id, with_drafts=True))


def test_words_across_emphasis_a_list_and_a_table_are_one_passage(
    served: tuple[Site, str], place: Place, window: Callable[..., Page]
) -> None:
    page = window()
    page.goto(served[1] + place.address)
    drag(page, "czternaście", "Doświadczenie")
    page.get_by_role("link", name="Skomentuj te słowa").click()
    page.get_by_label("Co chcesz powiedzieć?").fill("Od akapitu do tabeli.")
    page.get_by_role("button", name="Wyślij tę uwagę").click()
    expect(page.locator("h1")).to_contain_text("Przyjęto uwagę")
    (exact,) = pointed(place, last_number(place))
    assert exact == (
        "czternaście dni od ogłoszenia.\nWniosek składa się w urzędzie.\nWniosek zawiera opis zadania.\n"
        "Kryterium\tPunkty\nDoświadczenie"
    )


def test_words_across_two_parts_are_two_passages_of_one_comment(
    served: tuple[Site, str], place: Place, window: Callable[..., Page]
) -> None:
    page = window()
    page.goto(served[1] + place.address)
    drag(page, "Koszt", "Wynik ogłasza się")
    page.get_by_role("link", name="Skomentuj te słowa").click()
    page.get_by_label("Co chcesz powiedzieć?").fill("W dwóch częściach.")
    page.get_by_role("button", name="Wyślij tę uwagę").click()
    expect(page.locator("h1")).to_contain_text("Przyjęto uwagę")
    first, second = pointed(place, last_number(place))
    assert first == "Koszt\t5"
    assert second == "Wynik\nWynik ogłasza się"


def test_the_number_of_a_paragraph_and_its_words_lead_to_the_same_place(
    served: tuple[Site, str], place: Place, window: Callable[..., Page]
) -> None:
    page = window()
    page.goto(served[1] + place.address)
    drag(page, "Wynik ogłasza", "siedmiu dni.")
    expect(page.locator(".grabs a").first).to_be_visible()
    selected = asked_of(page)
    control = page.locator("[data-section]", has_text="siedmiu dni").locator("a.pn").last
    pressed = {
        name: values[0]
        for name, values in parse_qs(urlsplit(control.get_attribute("href") or "").query).items()
    }
    assert pressed == {name: selected[name] for name in pressed}


def test_somebody_with_a_keyboard_alone_comments_and_proposes_a_wording(
    served: tuple[Site, str], place: Place, window: Callable[..., Page]
) -> None:
    page = window()
    page.goto(served[1] + place.address)
    name = r"Wiersz 3 tabeli, (brak uwag|jedna uwaga|dwie uwagi), skomentuj"
    control = page.get_by_role("link", name=re.compile(name))
    for _ in range(120):
        page.keyboard.press("Tab")
        if control.evaluate("(one) => one === document.activeElement"):
            break
    else:
        pytest.fail("Tab never came to the row of the table")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Twoja uwaga")

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        pytest.fail(f"Tab never came to {selector}")

    tab_to("textarea[name=text]")
    page.keyboard.type("Koszt ma liczyć się mniej.")
    tab_to("details summary")
    page.keyboard.press("Enter")
    tab_to("textarea[name=proposed]")
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    page.keyboard.type("4")
    expect(page.locator("[data-redline] ins")).to_contain_text("4")
    tab_to("button[value=send]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Przyjęto uwagę")
    with place.site.records():
        comment = queries.list_comments(place.register_id, with_drafts=True)[-1]
    assert comment.proposed == "Koszt\t4"


def test_on_a_phone_a_finger_selects_and_the_text_is_never_covered(
    served: tuple[Site, str], place: Place, window: Callable[..., Page]
) -> None:
    page = window(360, has_touch=True, is_mobile=True)
    page.goto(served[1] + place.address)
    x, y = corner(page, "siedmiu", at_end=False)
    touch = page.context.new_cdp_session(page)
    touch.send(
        "Input.synthesizeTapGesture",
        {"x": int(x) + 12, "y": int(y), "duration": 900, "gestureSourceType": "touch"},
    )
    if page.evaluate(
        "getSelection().isCollapsed"
    ):  # a Chromium without a touch screen selects nothing by a long press
        page.locator("[data-section] p", has_text="siedmiu").evaluate(
            "(p) => getSelection().selectAllChildren(p)"
        )
    link = page.get_by_role("link", name="Skomentuj te słowa")
    expect(link).to_be_visible()
    box = link.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    link.tap()
    page.get_by_label("Co chcesz powiedzieć?").fill("Z telefonu.")
    page.get_by_role("button", name="Dodaj kolejną").tap()
    bar = page.get_by_role("complementary", name="Niewysłane uwagi")
    expect(bar).to_contain_text("1 niewysłana uwaga")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    bar.get_by_role("link", name="Przejrzyj i wyślij").tap()
    page.get_by_role("button", name="Wyślij tę uwagę").tap()
    expect(page.locator("h1")).to_contain_text("Przyjęto uwagę")


def test_without_scripts_everything_but_free_selection_works(
    served: tuple[Site, str], place: Place, window: Callable[..., Page]
) -> None:
    page = window(java_script_enabled=False)
    page.goto(served[1] + place.address)
    page.locator("a.pn", has_text="1").first.click()
    page.get_by_label("Co chcesz powiedzieć?").fill("Bez skryptów.")
    page.get_by_role("button", name="Wskaż jeszcze jeden fragment").click()
    page.locator("[data-section]", has_text="siedmiu dni").locator("a.pn").last.click()
    expect(page.locator(".further-one")).to_contain_text("siedmiu dni")
    page.get_by_role("button", name="Zachowaj uwagę").click()
    page.get_by_role("link", name="Wróć do tekstu").last.click()
    page.get_by_role("link", name="Niewysłane uwagi").click()
    page.get_by_role("link", name="Przejrzyj i wyślij").click()
    page.get_by_label("Imię i nazwisko").first.fill("Anna Nowak")
    page.get_by_label("Inicjały").check()
    page.get_by_role("button", name="Pokaż, jak to będzie widać").click()
    expect(page.locator("#seen")).to_contain_text("A. N.")
    page.get_by_role("button", name="Wyślij tę uwagę").click()
    expect(page.locator("h1")).to_contain_text("Przyjęto uwagę")
    assert len(pointed(place, last_number(place))) == 2
    number = last_number(place)
    page.goto(f"{served[1]}{place.address}#slowa-{number}")
    expect(page.locator(f"mark[data-comments~='{number}']").first).to_be_in_viewport()


@contextmanager
def listening(app: object, port: int) -> Iterator[str]:
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def test_a_guests_unsent_comment_survives_a_closed_tab_and_a_restart_of_the_server(
    place: Place, window: Callable[..., Page], tmp_path: Path
) -> None:
    page = window()
    with listening(place.site.app, 0) as address:
        port = int(address.rsplit(":", 1)[1])
        page.goto(f"{address}{place.address}/comments/new")
        page.get_by_label("Co chcesz powiedzieć?").fill("Przetrwa wszystko.")
        page.get_by_role("button", name="Dodaj kolejną").click()
        expect(page.get_by_text("1 niewysłana uwaga")).to_be_visible()
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.goto("about:blank")
        assert asked == ["beforeunload"]
        page.close()
    settings = Settings(
        consult_data=tmp_path,
        database_url=place.site.store.url,
        secret_key="a key of tests",
        log_level="CRITICAL",
    )
    again = create_app(settings, ports=build_ports(place.site.clock))
    with listening(again, port) as address:
        page = page.context.new_page()
        page.goto(address)
        page.get_by_role("link", name="Przejrzyj i wyślij").click()
        expect(page.locator(".waiting")).to_contain_text("Przetrwa wszystko.")
        page.get_by_role("button", name="Wyślij tę uwagę").click()
        expect(page.locator("h1")).to_contain_text("Przyjęto uwagę")
        expect(page.get_by_role("complementary", name="Niewysłane uwagi")).to_be_hidden()


def test_another_wording_is_written_under_the_words_and_shown_as_a_change(
    served: tuple[Site, str], place: Place, window: Callable[..., Page]
) -> None:
    page = window()
    page.goto(served[1] + place.address)
    before = page.evaluate(
        "import('/static/js/plain.js').then(({ read }) => read(document.querySelector('[data-section]')).text)"
    )
    drag(page, "siedmiu", "dni.")
    page.get_by_role("link", name="Zaproponuj brzmienie").click()
    area = page.locator(".proposing [name=proposed]")
    expect(area).to_be_focused()
    assert area.input_value() == "siedmiu dni."
    area.fill("czternastu dni.")
    expect(page.locator(".proposing del")).to_contain_text("siedmiu")
    expect(page.locator(".proposing ins")).to_contain_text("czternastu")
    page.get_by_label("Dlaczego tak ma brzmieć?").fill("W wakacje to za mało.")
    after = page.evaluate(
        "import('/static/js/plain.js').then(({ read }) => read(document.querySelector('[data-section]')).text)"
    )
    assert after == before
    page.get_by_role("button", name="Wyślij tę uwagę").click()
    expect(page.locator("h1")).to_contain_text("Przyjęto uwagę")
    with place.site.records():
        comment = queries.list_comments(place.register_id, with_drafts=True)[-1]
    assert (comment.proposed, comment.justification) == ("czternastu dni.", "W wakacje to za mało.")


@pytest.mark.deep
def test_no_collected_line_runs_in_a_browser_without_a_policy(
    browser: Browser, served: tuple[Site, str]
) -> None:
    """Every line in every field, on the pages that show them, in a browser told to ignore the content security policy."""
    site, address = served
    place = new_place(site, text=TEXT)
    found = real_data("attack", "xss.txt").read_text("utf-8", "replace").splitlines()
    attack = [
        line for line in (printable(one.removeprefix("Exploit String: ")) for one in found) if line.strip()
    ]
    person = place.people.neighbour
    context, page = signed_in(browser, site, address, person, bypass_csp=True)
    ran: list[str] = []

    def met(dialog: Dialog) -> None:
        if dialog.type == "beforeunload":  # ours: something still waits
            dialog.accept()
        else:
            ran.append(dialog.message)
            dialog.dismiss()

    page.on("dialog", met)
    for start in range(0, len(attack), 400):
        with site.records() as store:
            for line in attack[start : start + 400]:
                remark = Remark(line, justification=line)
                keep_unsent(person, Holder(person.id), place.slug, remark, now=store.now)
        page.goto(f"{address}{place.address}/comments/unsent")
        page.locator("form[data-look] button.primary").click()
        expect(page.locator(".receipt")).to_be_visible()
    page.goto(f"{address}{place.address}")
    page.goto(f"{address}{place.address}/comments")
    context.close()
    assert ran == []


def test_what_is_pointed_at_and_what_waits_is_read_out_as_it_was_agreed(
    served: tuple[Site, str], window: Callable[..., Page]
) -> None:
    place = new_place(served[0], text=TEXT)
    place.comment("czternaście dni")
    place.comment("Nabór trwa")
    page = window()
    page.goto(served[1] + place.address)
    page.wait_for_selector(".part.is-margin")  # cards have their places
    said = {"pointing": page.locator("#text").aria_snapshot()}
    assert "Ustęp 1, dwie uwagi, skomentuj" in said["pointing"]
    assert "Punkt 2, brak uwag, skomentuj" in said["pointing"]
    for words in ("Pierwsza, do całości.", "Druga, do całości."):
        page.goto(f"{served[1]}{place.address}/comments/new")
        page.get_by_label("Co chcesz powiedzieć?").fill(words)
        page.get_by_role("button", name="Dodaj kolejną").click()
        page.wait_for_url(f"**{place.address}")
    expect(page.get_by_role("complementary", name="Niewysłane uwagi")).to_be_visible()
    said["unsent-bar"] = page.locator("[data-unsent-bar]").aria_snapshot()
    page.goto(f"{served[1]}{place.address}/comments/unsent")
    said["comments-to-be-sent"] = page.locator("main").aria_snapshot()
    for name, words in said.items():
        spoken = re.sub(
            r"\d{1,2} [a-ząćęłńóśźż]+ 20\d\d[^\n]*|^ *- /url: .*\n|\b[0-9a-f]{64}\b",
            "",
            words,
            flags=re.MULTILINE,
        )
        spoken = re.sub(r"zasady-naboru-\d+", "zasady-naboru", spoken)  # others made some before
        kept = FOLDER / f"{name}.txt"
        if os.environ.get("CONSULT_WRITE_SPOKEN"):
            kept.write_text(spoken + "\n", encoding="utf-8")
        assert spoken + "\n" == kept.read_text(encoding="utf-8")
