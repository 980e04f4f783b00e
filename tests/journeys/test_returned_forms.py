"""An official reads in a form somebody filled in, sets it right and puts it into the register, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories.filled_forms import fill_word

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

SAID = "Zażółć <b>gęślą</b> jaźń."


def test_a_form_that_came_back_enters_the_register(go: Callable[..., Page], tmp_path: Path) -> None:
    page = go("official", "read in a form")
    form = re.sub(r"/submissions/returned$", "/form.docx", page.url)
    taken = page.request.get(form)
    assert taken.status == 200
    path = tmp_path / "Formularz.docx"
    path.write_bytes(fill_word(taken.body(), {"c.text.spare1": SAID, "a.name": "Mieszkanka z formularza"}))
    page.get_by_label("Formularz", exact=True).set_input_files(path)
    page.get_by_role("button", name="Wczytaj formularz").click()
    expect(page.get_by_text("Z formularza odczytano 1 uwagę.")).to_be_visible()
    expect(page.get_by_label("Treść uwagi")).to_have_value(SAID)
    expect(page.get_by_label("Imię i nazwisko")).to_have_value("Mieszkanka z formularza")
    page.get_by_role("button", name="Wpisz do rejestru").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Zgłoszenie")
    expect(page.get_by_role("article").get_by_text(SAID)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Formularz.docx").click()
    assert Path(download.value.path()).read_bytes() == path.read_bytes()
