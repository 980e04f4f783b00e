"""The main job on a real document: the Constitution is imported, consulted, commented on, edited, answered, found, taken away.

The tests of this module are one journey: each begins where the one before it ended.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.journeys.installation import Installation
from tests.real_data import real_data

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("constitution")]

SLUG = "konstytucja"
DOCUMENT = f"/documents/{SLUG}"
WORDS = "demokratycznym państwem prawnym"


def constitution() -> str:
    """The real text as Markdown: chapters and 243 articles."""
    articles = json.loads(real_data("polish", "konstytucja.articles.json").read_text())
    text, chapter = "# Konstytucja Rzeczypospolitej Polskiej\n\n", None
    for article in articles:
        if article["chapter"] != chapter:
            chapter = article["chapter"]
            text += f"## Rozdział {chapter['id']}. {chapter['title']}\n\n"
        text += f"### Art. {article['id']}\n\n{article['text']}\n\n"
    return text


@pytest.fixture(scope="module", autouse=True)
def real_text() -> None:
    """Without the real text there is no journey: all of it is skipped, with the reason."""
    real_data("polish", "konstytucja.articles.json")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "konstytucja.md"
    path.write_text(constitution())
    return path


def test_an_editor_takes_in_the_file_and_its_text_comes_back_exactly(
    visit, installation: Installation, file
) -> None:
    editor = visit()
    editor.sign_in("editor")
    page = editor.go("/documents/import")
    page.set_input_files("[name=file]", file)
    page.fill("[name=title]", "Konstytucja")
    page.click("main button[type=submit]")
    assert page.locator(".heading select").count() == 257
    page.click("main button[name=then][value=make]")
    page.wait_for_selector(f"a[href='{DOCUMENT}/draft']")
    assert installation.command("documents", "text", SLUG) == file.read_text().strip()
    page.click(f"a[href='{DOCUMENT}/draft']")
    page.wait_for_url(f"**{DOCUMENT}/draft")
    assert page.locator("section.part").count() == 257
    assert page.locator("section.part", has_text=WORDS).count() == 1


def test_readers_see_nothing_until_a_version_is_published(visit) -> None:
    guest = visit()
    page = guest.go(DOCUMENT)
    assert page.locator("h1").inner_text() != "Konstytucja"
    guest.go("/")
    assert "Konstytucja" not in guest.page.content()


def test_an_official_publishes_and_opens_a_consultation(visit, installation: Installation) -> None:
    official = visit()
    official.sign_in("official")
    page = official.go(f"{DOCUMENT}/publish")
    page.fill("[name=label]", "projekt do konsultacji")
    page.click("main button[type=submit]")
    page.wait_for_url(f"**{DOCUMENT}/versions/1")
    checksum = page.locator(".seal .code").inner_text()
    assert re.fullmatch("[0-9a-f]{64}", checksum)
    page = official.go(f"{DOCUMENT}/consult")
    page.fill("[name=summary]", "Próba na prawdziwym tekście.")
    page.click("main button[name=then][value=open]")
    page.wait_for_url("**/announcement")
    page.click("main button[name=then][value=publish]")
    page.wait_for_url("**/announcements/1")
    page = official.go(DOCUMENT)
    assert page.locator(".steps [aria-current=step]").count() == 1
    assert "hold" in installation.command("documents", "verify", SLUG)


def test_what_the_browser_shows_is_the_plain_text_anchors_live_in(visit, installation: Installation) -> None:
    """Every section of the page, read off the DOM, equals the plain text the server keeps, code point for code point."""
    guest = visit()
    page = guest.go(DOCUMENT)
    page.wait_for_selector("[data-section]")
    shown = page.evaluate(
        """async () => {
            const { read } = await import("/static/js/plain.js");
            return [...document.querySelectorAll("[data-section]")].map((part) => [part.dataset.text, read(part).text]);
        }"""
    )
    import sqlite3

    with sqlite3.connect(installation.store / "consult.sqlite3") as database:
        kept = {str(key): plain for key, plain in database.execute("SELECT id, plain FROM section_text")}
    assert len(shown) == 257
    assert dict(shown) == {text_id: kept[text_id] for text_id, _ in shown}


def test_a_guest_comments_on_words_selected_in_the_text(visit, installation: Installation) -> None:
    guest = visit()
    page = guest.go(DOCUMENT)
    section = page.locator("[data-section]", has_text=WORDS)
    section.scroll_into_view_if_needed()
    section.evaluate(
        """(part, words) => {
            const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
        }""",
        WORDS,
    )
    page.click("a.grab")
    page.wait_for_url("**/comments/new?*")
    assert WORDS in page.locator("figure.passage").inner_text()
    page.fill("[name=text]", "Proszę dodać zasadę solidarności.\n\nTo dla nas ważne 🙂")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.fill("[name=proposed]", "demokratycznym i solidarnym państwem prawnym")
    page.check("[name=capacity][value=ngo]")
    page.fill("[name=organisation]", "Fundacja A")
    page.click("main button[type=submit]")
    page.wait_for_url("**/receipts/**")
    assert "Proszę dodać zasadę solidarności." in page.content()
    placements = json.loads(installation.command("comments", "placements", SLUG, "--json"))
    assert [(row["number"], row["state"], row["words"]) for row in placements] == [(1, "placed", WORDS)]


@pytest.mark.parametrize("where", ["paragraph", "section", "whole"])
def test_without_scripts_a_guest_comments_on_a_paragraph_a_section_or_the_whole(visit, where: str) -> None:
    guest = visit(scripts=False)
    page = guest.go(DOCUMENT)
    section = page.locator("section.part", has_text="Rzeczpospolita Polska jest dobrem wspólnym")
    if where == "paragraph":
        section.locator("a.pn").first.click()
    elif where == "section":
        section.locator("a", has_text="Skomentuj tę część").click()
    else:
        page.click(".say a")
    page.fill("[name=text]", f"Uwaga bez skryptów: {where}")
    page.click("main button[type=submit]")
    page.wait_for_url("**/receipts/**")
    assert f"Uwaga bez skryptów: {where}" in page.content()


def test_cards_stand_beside_their_words_and_lead_there_and_back(visit) -> None:
    guest = visit()
    page = guest.go(DOCUMENT)
    mark = page.locator("mark[data-comments~='1']")
    mark.scroll_into_view_if_needed()
    card = page.locator("#uwaga-1")
    card.wait_for()
    words, beside = mark.first.bounding_box(), card.bounding_box()
    assert words
    assert beside
    assert beside["x"] > words["x"] + words["width"] / 2
    assert abs(beside["y"] - words["y"]) < 160
    assert "Fundacja A" in card.inner_text()


def test_comments_stay_on_their_words_when_the_draft_is_edited(visit, installation: Installation) -> None:
    editor = visit()
    editor.sign_in("editor")
    page = editor.go(f"{DOCUMENT}/draft")
    section = page.locator("section.part", has_text=WORDS)
    section.locator("a", has_text="Edytuj").click()
    page.wait_for_selector("[name=source]")
    before = page.input_value("[name=source]")
    page.fill(
        "[name=source]",
        before.replace("Rzeczpospolita Polska jest", "Nasza wspólna Rzeczpospolita Polska jest"),
    )
    page.fill("[name=note]", "Dopisano początek zdania")
    page.click("button.primary[type=submit]")
    page.wait_for_url(f"**{DOCUMENT}/draft**")
    rows = json.loads(installation.command("comments", "placements", SLUG, "--json"))
    first = next(row for row in rows if row["number"] == 1)
    assert (first["state"], first["words"]) == ("placed", WORDS)
    assert page.locator("mark[data-comments~='1']").first.inner_text() == WORDS


def test_two_people_on_one_section_get_a_merge_or_a_conflict_and_lose_nothing(visit) -> None:
    first, second = visit(), visit()
    for person, role in ((first, "editor"), (second, "official")):
        person.sign_in(role)
        person.go(f"{DOCUMENT}/draft")
        person.page.locator("section.part", has_text=WORDS).locator("a", has_text="Edytuj").click()
        person.page.wait_for_selector("[name=source]")
    text = first.page.input_value("[name=source]")
    first.page.fill("[name=source]", text.replace("zasady sprawiedliwości", "zasady pełnej sprawiedliwości"))
    first.page.click("button.primary[type=submit]")
    first.page.wait_for_url(f"**{DOCUMENT}/draft**")
    second.page.fill(
        "[name=source]", text.replace("zasady sprawiedliwości", "zasady prawdziwej sprawiedliwości")
    )
    second.page.click("button.primary[type=submit]")
    second.page.wait_for_selector(".dispute")
    assert "pełnej" in second.page.inner_text(".dispute")
    second.page.click(".by-hand summary")
    joined = second.page.input_value("[name=source]")
    assert "prawdziwej" in joined
    second.page.fill("[name=source]", joined.replace("prawdziwej", "pełnej i prawdziwej"))
    second.page.click("button[name=settle][value=text]")
    second.page.wait_for_url(f"**{DOCUMENT}/draft**")
    assert "zasady pełnej i prawdziwej sprawiedliwości" in second.page.inner_text("main")


def test_an_official_answers_and_the_wording_taken_names_the_comment(
    visit, installation: Installation
) -> None:
    official = visit()
    official.sign_in("official")
    page = official.go("/consultations/1/answers/1")
    assert "Proszę dodać zasadę solidarności." in page.content()
    page.check("[name=outcome][value=accepted]")
    page.check("[name=take_wording]")
    assert "demokratycznym i solidarnym państwem prawnym" in page.input_value("[name=wording]")
    page.fill("[name=justification]", "Zasada wynika z art. 20 i warto ją nazwać od razu.")
    page.click("button[name=then][value=next]")
    page.wait_for_url(re.compile(r"/consultations/1/answers/(?!1\b)\d+"))
    assert "demokratycznym i solidarnym państwem prawnym" in installation.command("documents", "text", SLUG)
    official.go(f"{DOCUMENT}/history")
    assert page.locator("a[href$='/comments/1/1']").count() >= 1
    rows = json.loads(installation.command("comments", "placements", SLUG, "--json"))
    first = next(row for row in rows if row["number"] == 1)
    assert (first["state"], first["words"]) == ("changed", "demokratycznym i solidarnym państwem prawnym")


def test_answers_are_not_shown_while_the_consultation_is_open(visit) -> None:
    guest = visit()
    page = guest.go("/comments/1/1")
    assert "Proszę dodać zasadę solidarności." in page.content()
    assert "warto ją nazwać" not in page.content()


def test_words_are_found_in_any_form_with_and_without_polish_letters(visit) -> None:
    guest = visit()
    for question in ("demokratyczne panstwa prawne", '"państwem prawnym"', "solidarność"):
        page = guest.go(f"/search?q={question}")
        page.wait_for_selector("mark, .hit")
        assert page.locator("main li, main article").count() >= 1, question
    page = guest.go('/search?q="warto ją nazwać od razu"')
    assert page.locator("main li, main article").count() == 0  # the answer is not published yet


@pytest.mark.parametrize(
    ("extension", "opening"), [("md", b"# Konstytucja"), ("html", b"<!"), ("docx", b"PK")]
)
def test_the_text_is_taken_away_as_a_file(visit, extension: str, opening: bytes) -> None:
    guest = visit()
    guest.go(f"{DOCUMENT}/downloads")
    with guest.page.expect_download() as download:
        guest.page.click(f"a[href*='text.{extension}']")
    content = Path(download.value.path()).read_bytes()
    assert content.lower().startswith(opening.lower())
    if extension == "docx":
        words = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
        assert WORDS in words


def test_the_comment_table_has_a_row_for_every_comment_in_the_order_of_the_text(visit) -> None:
    official = visit()
    official.sign_in("official")
    official.go(f"{DOCUMENT}/downloads")
    with official.page.expect_download() as download:
        official.page.click("a[href*='text.xlsx']")
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    rows = list(sheet.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[0] == "Lp.")
    table = [row for row in rows[head + 1 :] if row[0] is not None]
    assert sorted(row[1] for row in table) == [1, 2, 3, 4]
    first = next(row for row in table if row[1] == 1)
    assert "Fundacja A" in first
    assert WORDS in first
    assert any("solidarnym" in str(cell) for cell in first)


def test_the_whole_record_still_verifies(installation: Installation) -> None:
    said = installation.command("documents", "verify", SLUG)
    assert "1 versions, 4 receipts hold" in said
