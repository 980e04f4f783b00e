"""An organisation answers as one, by three people in three browsers: its representative with an account, a member with
a code and a telephone, and somebody of the board who approves; then it is sent, once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.installation import PASSWORD, Installation, environment
from tests.journeys.test_accessibility import assert_accessible
from tests.journeys.test_spoken_names import FOLDER, transcript
from tests.real_data import REPOSITORY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("joint-answers")]

SEED = """
import os
from datetime import timedelta
from consult import start_app
from consult.domain.policy.actors import MEMBER, REPRESENTATIVE, SYSTEM
from consult.services import accounts, consultations, documents, organisations
from consult.services.sockets import current_ports
app = start_app()
with app.app_context():
    now = current_ports().clock.now()
    ngo = organisations.create_organisation(SYSTEM, name="Fundacja A", slug="fundacja-a", kind="ngo", now=now)
    for box, name, role in (("prowadzi", "Fundacja A, prowadząca", REPRESENTATIVE), ("zarzad", "Fundacja A, zarząd", MEMBER)):
        accounts.create_person(SYSTEM, email=f"{box}@example.org", name=name, password=os.environ["PASSWORD"], memberships=((ngo, role),), now=now)
    text = '''# Zasady współpracy

Gmina i organizacje współpracują na równych prawach.

## Zlecanie zadań

Nabór wniosków trwa co najmniej dwadzieścia jeden dni.

- opis zadania,
- kosztorys.

## Konsultacje

Projekt uchwały poddaje się konsultacjom przed skierowaniem go pod obrady.
'''
    slug = documents.import_document(SYSTEM, content=text.encode(), filename="a.md", title="Zasady współpracy", kind="programme", now=now).slug
    number = documents.publish_version(SYSTEM, slug, label="projekt", now=now).number
    print(consultations.open_consultation(SYSTEM, slug, version_no=number, title="Konsultacje zasad", legal_basis="resolution",
        summary="O czym.", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30), now=now))
"""

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


@dataclass
class Somebody:
    """A person with a browser of their own."""

    page: Page
    address: str

    def press(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name, exact=exact).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    def sees(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one, timeout=20_000)

    def does_not_see(self, words: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(words)

    def sign_in(self, box: str) -> None:
        self.page.goto(f"{self.address}/sign-in")
        self.page.fill("[name=email]", f"{box}@example.org")
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(f"{self.address}/")

    def is_spoken_as(self, name: str) -> None:
        """What a screen reader says of this page is what somebody has read and found good."""
        said = transcript(self.page)
        said = re.sub(r"/with-code/[\w-]+", "/with-code/‹kod›", said)
        path = FOLDER / f"{name}.txt"
        if os.environ.get("CONSULT_WRITE_SPOKEN"):
            path.write_text(said, encoding="utf-8")
        assert said == path.read_text(encoding="utf-8")


def somebody(
    browser: Browser, installation: Installation, *, width: int = 1440, scripts: bool = True
) -> Somebody:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="pl-PL",
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    return Somebody(context.new_page(), installation.address)


def test_an_organisation_answers_by_three_people(browser: Browser, installation: Installation) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SEED],
        cwd=REPOSITORY,
        env=environment(installation.store) | {"PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    consultation = done.stdout.split()[-1]
    lead = somebody(browser, installation)
    member = somebody(browser, installation, width=360)
    board = somebody(browser, installation, scripts=False)

    # the representative begins, and hands a code over
    lead.sign_in("prowadzi")
    lead.page.goto(f"{lead.address}/consultations/{consultation}")
    lead.follow("Zgłoszenie w imieniu organizacji")
    lead.press("Rozpocznij")
    lead.sees("Wspólne zgłoszenie", "Trzeba je wysłać do")
    answer = lead.page.url
    assert_accessible(lead.page)
    lead.press("Utwórz kod")
    link = lead.page.locator(".spelled").inner_text()
    assert lead.page.locator(".square img").count() == 1
    assert_accessible(lead.page)

    # a member without an account remarks on exact words, on a telephone
    member.page.goto(link)
    member.sees("Twoja organizacja pyta Cię o zdanie")
    assert_accessible(member.page)
    member.is_spoken_as("joint-code")
    member.press("Przejdź do tekstu")
    member.sees("Aby napisać uwagę")
    assert "with-code" not in member.page.url
    member.page.wait_for_load_state("networkidle")
    assert member.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(member.page)
    member.is_spoken_as("joint-text")
    member.page.locator("a.pn").nth(1).click()
    member.press("Przekaż uwagę mojej organizacji")
    assert member.page.locator(".errors").count() == 1
    member.page.fill("[name=text]", "Dwadzieścia jeden dni to za mało dla wolontariuszek.")
    member.page.fill("[name=name]", "E. K.")
    assert_accessible(member.page)
    member.press("Przekaż uwagę mojej organizacji")
    member.sees("Uwaga dotarła do osób", "Dwadzieścia jeden dni to za mało dla wolontariuszek.")
    member.page.get_by_role("link", name="Napisz uwagę do całości").click()
    assert member.page.input_value("[name=name]") == "E. K."
    member.page.fill("[name=text]", "Brakuje słów o małych organizacjach.")
    member.press("Przekaż uwagę mojej organizacji")
    member.sees("Twoje uwagi (2)")

    # the representative makes one point of both
    lead.page.goto(f"{answer}/desk")
    lead.sees("E. K.", "Brakuje słów o małych organizacjach.")
    assert_accessible(lead.page)
    lead.is_spoken_as("joint-desk")
    for box in lead.page.locator("input[name=remarks]").all():
        box.check()
    lead.press("Zrób z zaznaczonych uwag jeden punkt")
    lead.page.fill("[name=text]", "Prosimy o trzydzieści dni: małe organizacje pracują wolontariacko.")
    assert_accessible(lead.page)
    lead.press("Zapisz")
    lead.page.goto(answer)
    lead.page.set_input_files(
        "[name=letter]", {"name": "pismo.pdf", "mimeType": "application/pdf", "buffer": b"MZ"}
    )
    lead.press("Dołącz", exact=True)
    lead.sees("nie jest tym, na co wskazuje nazwa")
    lead.page.set_input_files(
        "[name=letter]", {"name": "pismo.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    lead.press("Dołącz", exact=True)
    lead.sees("Pismo zostało dołączone.", "pismo.pdf")
    lead.follow("Poproś o zatwierdzenie")
    lead.page.get_by_role("checkbox", name="Fundacja A, zarząd").check()
    lead.page.fill("[name=signed_by]", "Prezeska zarządu")
    lead.page.fill("[name=authority]", "statut, § 12")
    assert_accessible(lead.page)
    lead.press("Poproś o zatwierdzenie")
    lead.sees("Nie wszystkie poproszone osoby już zatwierdziły zgłoszenie.")

    # somebody of the board approves, without scripts
    board.sign_in("zarzad")
    board.page.goto(f"{board.address}/joint-answers")
    board.sees("Czeka na Twoje zatwierdzenie.")
    board.follow("Konsultacje zasad")
    board.follow("Przeczytaj i zdecyduj")
    board.sees("Prosimy o trzydzieści dni")
    board.press("Zatwierdzam tę treść")
    board.sees("Wspólne zgłoszenie zostało przez Ciebie zatwierdzone.")

    # it is sent, once
    lead.page.goto(f"{answer}/send")
    assert_accessible(lead.page)
    lead.is_spoken_as("joint-send")
    again = lead.page.context.new_page()
    again.goto(f"{answer}/send")
    lead.press("Wyślij w imieniu organizacji")
    lead.sees("Prosimy o trzydzieści dni: małe organizacje pracują wolontariacko.")
    assert "/receipts/" in lead.page.url
    again.get_by_role("button", name="Wyślij w imieniu organizacji").click()
    expect(again.locator("body")).to_contain_text("To zgłoszenie zostało wysłane.")
    lead.page.goto(f"{answer}/trail")
    lead.sees("Powstała z 2 uwag", "E. K.", "Brakuje słów o małych organizacjach.")
    assert_accessible(lead.page)

    # the code lets nobody in any more, kindly; and nobody outside reads what members said
    member.page.goto(link)
    member.sees("Ten kod już nie działa", "jest bezpieczne")
    assert_accessible(member.page)
    guest = somebody(browser, installation)
    guest.page.goto(f"{guest.address}/consultations/{consultation}")
    guest.page.goto(f"{guest.address}/documents/zasady-wspolpracy/comments")
    guest.sees("Fundacja A", "Prosimy o trzydzieści dni")
    guest.does_not_see("E. K.")
    guest.does_not_see("Brakuje słów o małych organizacjach.")
    official = somebody(browser, installation)
    official.page.goto(f"{official.address}/sign-in")
    official.page.fill("[name=email]", "urzad@example.org")
    official.page.fill("[name=password]", PASSWORD)
    official.page.click("main button[type=submit]")
    official.page.wait_for_url(f"{official.address}/")
    official.page.goto(f"{official.address}/consultations/{consultation}/submissions/1")
    official.follow("Kto podpisał wspólne zgłoszenie")
    official.sees("Prezeska zarządu", "statut, § 12", "pismo.pdf")
    assert_accessible(official.page)
    official.page.goto(answer)
    official.sees("Nie ma takiego wspólnego zgłoszenia")
    for one in (lead, member, board, guest, official):
        one.page.context.close()
