"""Every page for everybody: axe-core finds nothing against WCAG 2.2 A and AA, narrow screens need no sideways scrolling,
and a keyboard is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.shots.album import Album, served
from tests.shots.places import PLACES, Place

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessibility")]

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

COMBINATIONS = [("light", 1440), ("dark", 360), ("dark", 1440), ("light", 360)]
"""Of these every page is held to one in the ordinary run, in turn, and to all in the long one."""

NARROWEST = 320
"""Pixels: a screen of 1280 at 400 % (WCAG 2.2, 1.4.10)."""

SAMPLED = [(place, *COMBINATIONS[at % 2]) for at, place in enumerate(PLACES)]
FURTHER = [
    (place, *combination)
    for at, place in enumerate(PLACES)
    for combination in COMBINATIONS
    if combination != COMBINATIONS[at % 2]
]


@pytest.fixture(scope="module")
def album(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Album]:
    """The demonstration, with every page of the product in it."""
    store = tmp_path_factory.mktemp("demonstration")
    with served(store) as address:
        opened = Album(browser, address, store)
        yield opened
        opened.close()


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    said = [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node.get('failureSummary', '')[:300]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]
    assert not said, "\n".join(said)


def named(case: tuple[Place, str, int]) -> str:
    place, colours, width = case
    return f"{place.name}-{colours}-{width}"


def assert_usable(album: Album, place: Place, colours: str, width: int) -> None:
    """No finding of axe, and no sideways scrolling on the narrowest screen."""
    page, status = album.open(place, width, colours)
    assert status == place.status
    assert_accessible(page)
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    wide, culprits = page.evaluate(
        """() => [document.documentElement.scrollWidth, [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest("table, pre, [tabindex]"))
            .slice(0, 3).map((one) => one.outerHTML.slice(0, 120))]"""
    )
    assert wide <= NARROWEST, culprits


@pytest.mark.parametrize("case", SAMPLED, ids=named)
def test_a_page_is_for_everybody(album: Album, case: tuple[Place, str, int]) -> None:
    assert_usable(album, *case)


@pytest.mark.deep
@pytest.mark.parametrize("case", FURTHER, ids=named)
def test_a_page_is_for_everybody_in_other_colours_and_widths(
    album: Album, case: tuple[Place, str, int]
) -> None:
    assert_usable(album, *case)


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


def test_a_paragraph_is_commented_on_with_the_keyboard_alone(go: Callable[..., Page]) -> None:
    page = go("guest", "an old version")
    tab_to(page, "a.pn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/comments/new?*")
    tab_to(page, "textarea[name=text]")
    page.keyboard.type("Uwaga z klawiatury.")
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipts/**")
    page.get_by_text("Uwaga z klawiatury.").wait_for()


def test_words_are_searched_and_reached_with_the_keyboard_alone(go: Callable[..., Page]) -> None:
    page = go("guest", "reading")
    tab_to(page, "#search-box")
    page.keyboard.type("konsultacje")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=konsultacje*")
    tab_to(page, ".exactly > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#ask-phrase")
    page.keyboard.type("projekt uchwały")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*/search?q=*projekt*")
    tab_to(page, ".hits .row-title a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*/versions/*")
    page.get_by_text("Projekt uchwały").first.wait_for()


def test_the_toolbar_of_the_editor_works_with_the_keyboard(go: Callable[..., Page]) -> None:
    page = go("official", "editor")
    page.wait_for_selector("[role=toolbar]:not([hidden])")
    tab_to(page, "[role=toolbar] button")
    assert page.evaluate("document.activeElement.dataset.act") == "heading-1"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.act") == "heading-2"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "source"
    page.keyboard.press("Control+Home")
    page.keyboard.press("End")
    page.keyboard.press("Control+b")
    assert "**" in page.input_value("[name=source]").splitlines()[0]


def test_an_outline_is_arranged_with_the_keyboard_and_by_dragging(go: Callable[..., Page]) -> None:
    page = go("official", "outline")

    def titles() -> list[str]:
        return page.locator(".plan-title .t").all_inner_texts()

    before = titles()
    tab_to(page, ".grip")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    moved = page.evaluate("document.activeElement.closest('.plan-row').querySelector('.t').textContent")
    assert moved == before[2]

    def holds_focus() -> bool:
        return bool(
            page.evaluate(
                "(title) => document.activeElement.closest('.plan-row')?.querySelector('.t').textContent === title",
                moved,
            )
        )

    for keys, said in (
        ("Alt+ArrowUp", "przeniesiono"),
        ("Alt+ArrowRight", "niżej"),
        ("Alt+ArrowLeft", "wyżej"),
    ):
        page.keyboard.press(keys)
        page.locator(".flash", has_text=said).wait_for()
        assert holds_focus()
    assert titles()[1] == moved
    assert_accessible(page)
    with page.expect_navigation():
        page.locator(".flash-undo button").click()
    # by the handle, behind the last part; what stands under it goes with it
    rows = page.locator(".plan-row")
    branch = titles()[1:-1]
    box = rows.last.bounding_box()
    assert box is not None
    rows.nth(1).locator(".grip").drag_to(rows.last, target_position={"x": 40, "y": box["height"] - 3})
    page.locator(".flash", has_text="przeniesiono").wait_for()
    assert titles()[-len(branch) :] == branch
    assert branch[0] == moved
    assert holds_focus()


def test_the_margin_is_reached_and_left_with_the_keyboard(go: Callable[..., Page]) -> None:
    page = go("guest", "an old version")
    tab_to(page, "a.mark-link")
    number = page.evaluate("document.activeElement.hash")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.card')?.id") == number.removeprefix("#")
    tab_to(page, ".card .back a", most=8)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-section]') !== null")
