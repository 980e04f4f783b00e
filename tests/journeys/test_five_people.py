"""The journey of five people through one running installation: in Polish, in English, and without JavaScript.

An administrator, an official, somebody who speaks for an association, a resident with an account and a guest with a
phone: from the first account to the decision on the last request, with letters from a real mail server. The tests of
one village are one story in their order.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pyotp
import pytest
from babel.dates import format_date
from playwright.sync_api import Browser

from tests.adapters.mail_server import Box, mail_server
from tests.journeys.installation import PASSWORD, Installation, environment, free_port, wait_for
from tests.journeys.people import Person, Tongue, about, letter_to, link_in, subjects_of, text_of
from tests.journeys.village import Village, crest
from tests.real_data import REPOSITORY

pytestmark = pytest.mark.browser

WARSAW = ZoneInfo("Europe/Warsaw")
ADMINISTRATOR = "opiekun@example.org"
PAST = ("Dawny regulamin", "Rozmowa dawno zamknięta", "Urząd Dawny")
"""A document, its consultation that ended yesterday, and their host: nobody can shorten one to see its end."""

SEED = f"""
from datetime import timedelta
from consult.app import create_app
from consult.domain.policy.actors import SYSTEM
from consult.services import consultations, documents, organisations
from consult.services.sockets import current_ports
app = create_app()
with app.app_context():
    now = current_ports().clock.now()
    then = now - timedelta(days=20)
    title, name, office = {PAST!r}
    organisations.create_organisation(SYSTEM, name=office, slug="urzad-dawny", kind="office", is_host=True, now=then)
    slug = documents.import_document(SYSTEM, content=b"# Cel\\n\\nTekst.", filename="a.md", title=title, kind="regulation", now=then).slug
    number = documents.publish_version(SYSTEM, slug, label="v1", now=then).number
    consultations.open_consultation(SYSTEM, slug, version_no=number, title=name, legal_basis="resolution", summary="",
        opens_at=then, closes_at=now - timedelta(days=1), now=then)
"""

VARIANTS = {
    "Polish": (Village("Dębowo", "pl"), True),
    "English": (Village("Oakford", "en"), True),
    "without scripts": (Village("Jaśminów", "pl"), False),
}


def first_paragraph(say: Tongue) -> re.Pattern[str]:
    """What the number of the first paragraph is called for those who hear it."""
    return re.compile("^" + say("Paragraph %(number)s", number=1).replace(" ", r"\s"))


@dataclass
class Story:
    """A village, its five people, the box of the mail server, and what the story has come to so far."""

    village: Village
    say: Tongue
    box: Box
    administrator: Person
    official: Person
    representative: Person
    resident: Person
    guest: Person
    scripts: bool
    last_day: date = date.min
    office_path: str = ""
    association_path: str = ""
    document_path: str = ""
    consultation_path: str = ""
    comment_path: str = ""

    def letter(self, who: str, subject: str) -> str:
        """The text of the last letter to somebody of the village with this subject, in their language."""
        letter = letter_to(self.box, self.village.address(who), subject)
        text = text_of(letter)
        assert not self.say.foreign(text.splitlines()), text
        return text


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with mail_server() as opened:
        yield opened


@pytest.fixture(scope="module")
def administrator_password(installation: Installation) -> str:
    return installation.command("accounts", "create-admin", ADMINISTRATOR, "--name", "Administrator")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, box: Box) -> Iterator[Installation]:
    """An empty installation whose letters leave for the mail server of the test."""
    store = tmp_path_factory.mktemp("store")
    port = free_port()
    made = Installation(f"http://127.0.0.1:{port}", store)
    env = environment(store) | {"MAIL_URL": f"smtp://127.0.0.1:{box.port}", "PUBLIC_ADDRESS": made.address}
    made.command("db", "upgrade")
    subprocess.run([sys.executable, "-c", SEED], cwd=REPOSITORY, env=env, check=True)
    with (store / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "consult.cli", "serve", "--no-demo", "--port", str(port)],
            cwd=REPOSITORY,
            env=env,
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(made.address, server, store / "server.log")
            yield made
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


@pytest.fixture(scope="module", params=VARIANTS.values(), ids=VARIANTS)
def story(
    request: pytest.FixtureRequest, browser: Browser, installation: Installation, box: Box
) -> Iterator[Story]:
    village, scripts = request.param
    written = {*PAST, "Administrator", *(one for other, _ in VARIANTS.values() for one in other.written)}
    say = Tongue(village.language, written)
    people = [Person(browser, installation, say, scripts=scripts) for _ in range(4)]
    guest = Person(browser, installation, say, scripts=scripts, size=(360, 740))
    yield Story(village, say, box, *people, guest, scripts)
    for person in (*people, guest):
        person.close()


def register(story: Story, person: Person, who: str, name: str) -> None:
    """Make an account with a letter, and sign in."""
    say, address = story.say, story.village.address(who)
    person.follow(say("Sign in"), within=person.page.get_by_role("banner"))
    person.follow(say("Make one"))
    person.fill(say("Name", "of a person"), name)
    person.fill(say("E-mail"), address)
    person.fill(say("Password"), PASSWORD)
    person.press(say("Make the account"))
    person.sees(say("Check your mail"), address)
    letter = letter_to(story.box, address, say("Confirm your e-mail address"))
    assert not say.foreign(text_of(letter).splitlines()), text_of(letter)
    person.visit(link_in(letter, "/confirm/"))
    person.press(say("Confirm the address"))
    person.sees(say("Your address is confirmed. You can sign in now."))
    sign_in(person, address, PASSWORD)
    person.sees(name)


def sign_in(person: Person, address: str, password: str) -> None:
    say = person.say
    person.fill(say("E-mail"), address)
    person.fill(say("Password"), password)
    person.press(say("Sign in"))


# --- an administrator and an official make a place --------------------------------------------------------


def test_an_official_makes_an_account_and_enters_the_office(story: Story) -> None:
    person, say, village = story.official, story.say, story.village
    register(story, person, "urzad", village.official)
    person.follow(say("Organisations"), within=person.page.get_by_role("navigation", name=say("Main")))
    person.follow(say("Enter the organisation"))
    person.main.get_by_role("radio", name=say("Office or its unit")).check()
    person.press(say("Enter the organisation"))
    person.is_told_of_an_error(person.field(say("Full name")), say.either("nazw", "name"))
    assert person.main.get_by_role("radio", name=say("Office or its unit")).is_checked()
    person.fill(say("Full name"), village.office)
    person.fill(say("E-mail"), village.address("kontakt"))
    person.press(say("Enter the organisation"))
    person.sees(village.office, say.either("Czeka na weryfikację", "Waits for verification"))


def test_the_administrator_verifies_the_office_makes_it_a_host_and_names_its_official(
    story: Story, administrator_password: str
) -> None:
    person, say, village = story.administrator, story.say, story.village
    person.follow(say("Sign in"), within=person.page.get_by_role("banner"))
    sign_in(person, ADMINISTRATOR, administrator_password)
    person.follow(say("Administration"), within=person.page.get_by_role("banner"))
    person.sees(say.either("Ktoś czeka", "Somebody is waiting"))
    areas = person.main.get_by_role("navigation", name=say("Areas of administration"))
    person.follow(say("Organisations"), within=areas, exact=False)
    for act, place, done in (
        ("Verify the organisation", "Waiting to be verified", "The organisation is verified."),
        ("Make it a host", "All organisations", "The organisation is a host now."),
    ):
        region = person.main.get_by_role("region", name=say(place))
        person.follow(about(say(act), village.office), within=region)
        person.press(say(act))
        person.sees(say(done))
    person.follow(about(say("People"), village.office))
    person.main.get_by_text(about(say("Change"), village.official)).click()
    person.main.get_by_label(say("Role")).first.select_option(label=say("Official", "organisation"))
    person.press(about(say("Save"), village.official))
    person.sees(say("Saved."))


def test_the_official_furnishes_the_pages_of_the_office(story: Story) -> None:
    person, say, village = story.official, story.say, story.village
    person.page.reload()
    person.look()
    person.sees(say.either("Zweryfikowana", "Verified"))
    person.follow(
        say("Pages of the office"), within=person.main.get_by_role("list", name=say("What you can do"))
    )
    story.office_path = person.page.url.removesuffix("/edit")
    person.follow(say("Crest and colour"))
    person.send_file(say("New crest"), "herb.png", "image/png", crest())
    person.press(say("Send the crest"))
    person.sees(say("This is the crest now."))
    person.fill(say("Colour of the office"), "#ffff99")
    person.press(say("Save the colour"))
    person.is_told_of_an_error(person.field(say("Colour of the office")), say.either("kontrast", "contrast"))
    person.fill(say("Colour of the office"), "#1f4e79")
    person.press(say("Save the colour"))
    person.visit(f"{story.office_path}/edit")
    person.follow(say("Contact and duty hours"))
    person.fill(say("Telephone"), "+48 22 000 00 00")
    person.press(say("Save"))
    person.visit(f"{story.office_path}/edit/texts/clause")
    person.press(say("Publish version %(number)s", number=1))
    person.is_told_of_an_error(person.field(say("Text")), say.either("[[", "[["), "]]")
    person.fill(say("Text"), village.clause)
    person.press(say("Publish version %(number)s", number=1))
    declare_accessibility(story)
    guest = story.guest
    guest.visit(story.office_path)
    guest.sees(village.office, "+48 22 000 00 00")
    guest.follow(say("Information clause"))
    guest.sees(village.clause)
    guest.follow(say.either("Dostępność", "Accessibility"))
    guest.sees("dostepnosc@example.org")
    picture = guest.page.context.request.get(f"{story.office_path}/crest")
    assert picture.headers["content-type"] == "image/png"


def declare_accessibility(story: Story) -> None:
    person, say, village = story.official, story.say, story.village
    person.visit(f"{story.office_path}/edit")
    person.follow(say("Accessibility declaration"))
    person.main.get_by_role("radio", name=say("It is compliant"), exact=True).check()
    person.fill(say("Content that is not accessible"), "")
    for label in ("Website published on", "Declaration prepared on", "Last reviewed on"):
        person.fill(say(label), "2026-01-02")
    person.fill(say("Person or unit in charge"), village.office)
    person.fill(say("E-mail"), "dostepnosc@example.org")
    person.fill(say("Telephone"), "+48 22 000 00 00")
    for label in ("Requests and complaints", "Access to the building", "Talking to the office"):
        person.fill(say(label), village.hall)
    person.press(say("Publish version %(number)s", number=1))
    person.does_not_see(say("Publish version %(number)s", number=1))


# --- the official brings a text and opens a consultation --------------------------------------------------


def test_the_official_brings_a_text_and_publishes_it(story: Story) -> None:
    person, say, village = story.official, story.say, story.village
    person.visit("/documents/import")
    person.press(say("Take in the file"))
    person.is_told_of_an_error(person.field(say("File")), say.either("plik", "file"))
    person.send_file(say("File"), "strategia.md", "text/markdown", village.file)
    person.main.get_by_label(say("Kind")).select_option(label=say("Strategy"))
    person.press(say("Take in the file"))
    person.sees(say("The file has been taken in"), village.document, village.section)
    person.follow(say("Read the document"))
    story.document_path = path_of(person).removesuffix("/draft")
    person.follow(say("Publish a version"))
    person.fill(say("Name of the version"), village.version)
    person.press(say("Publish"))
    person.sees(village.version)


def test_a_term_that_is_too_short_is_answered_with_the_earliest_day(story: Story) -> None:
    person, say, village = story.official, story.say, story.village
    person.visit(story.document_path)
    person.follow(say("Open a consultation"))
    if story.scripts:
        person.field(say("Legal basis")).select_option(label=say("Development strategy"))
    else:
        person.follow(say("Development strategy"))
    person.fill(say("Title of the consultation"), village.consultation)
    closes = person.main.get_by_role("group", name=say("Closes"))
    today = datetime.now(WARSAW).date()
    person.fill(say("Day"), (today + timedelta(days=10)).isoformat(), within=closes)
    count_the_term(person)
    person.sees(
        say.either("Ten termin jest za krótki.", "This term is too short."),
        say.either("co najmniej 35 dni", "At least 35 days are needed"),
    )
    person.look()
    earliest = earliest_day(person, today + timedelta(days=35))
    person.fill(say("Day"), earliest.isoformat(), within=closes)
    count_the_term(person)
    person.sees(say.either("Wystarczy", "Long enough"))
    person.does_not_see(say("This term is too short."))
    story.last_day = earliest
    person.fill(say("In short"), village.summary)
    person.fill(say("For whom"), village.addressees)
    person.press(
        re.compile("|".join(say(one) for one in ("Go on to the announcement", "Open the consultation")))
    )
    person.sees(village.consultation, village.document)
    story.consultation_path = path_of(person).removesuffix("/announcement")


def count_the_term(person: Person) -> None:
    """With scripts the term is counted as soon as a day is typed; without them by the button."""
    if person.scripts:
        person.main.get_by_role("heading", level=1).click()
    else:
        person.press(person.say("Check the term"))


def earliest_day(person: Person, least: date) -> date:
    """The earliest end the page names: the least the law asks for, or the next working day after it."""
    named = [
        day
        for day in (least + timedelta(days=number) for number in range(9))
        if person.say("the earliest end is %(day)s", day=worded(person, day)) in person.seen
    ]
    assert len(named) == 1, person.seen
    assert named[0].weekday() < 5, named
    return named[0]


def worded(person: Person, day: date) -> str:
    return format_date(day, "d MMMM yyyy", locale=person.say.code)


def path_of(person: Person) -> str:
    return person.page.url.removeprefix(person.address).split("#")[0].split("?")[0]


def test_the_official_enters_a_meeting(story: Story) -> None:
    person, say, village = story.official, story.say, story.village
    person.visit(story.consultation_path)
    person.follow(say("Announce a meeting"))
    person.press(say("Announce it"))
    assert person.page.get_by_role("alert").is_visible()
    person.main.get_by_role("radio", name=say("Open meeting")).check()
    person.fill(say("Title"), village.meeting)
    person.fill(say("Day"), (story.last_day - timedelta(days=7)).isoformat())
    person.fill(say("From", "hour"), "17:00")
    person.fill(say("To", "hour"), "18:30")
    person.fill(say("Address"), village.hall)
    for offered in ("Entrance without steps", "Sign-language interpreter"):
        person.main.get_by_role("checkbox", name=say(offered)).check()
    person.fill(say("How to ask for support"), village.access_contact)
    person.press(say("Announce it"))
    person.sees(village.meeting)


def test_the_announcement_is_published_as_a_page_and_as_a_file(story: Story) -> None:
    person, say, village = story.official, story.say, story.village
    person.visit(story.consultation_path)
    person.follow(say("Look at it and publish it"))
    person.press(say("Publish the announcement"))
    person.sees(say("Announcement %(number)s is published.", number=1))
    guest = story.guest
    guest.visit(story.consultation_path)
    guest.sees(say("Open", "consultation"), village.consultation, worded(guest, story.last_day))
    guest.sees(village.summary, village.addressees)
    announcements = guest.main.get_by_role("region", name=say("Announcements"))
    guest.follow(re.compile(village.consultation), within=announcements.get_by_role("heading", level=3))
    guest.sees(village.office, format_date(story.last_day, "d MMMM yyyy", locale="pl"))
    content = guest.download(guest.main.get_by_role("link", name=say("Word file")))
    words = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert village.office in words
    assert format_date(story.last_day, "d MMMM yyyy", locale="pl") in words.replace("\xa0", " ")


def test_people_find_the_meeting_with_what_its_place_offers(story: Story) -> None:
    guest, say, village = story.guest, story.say, story.village
    guest.visit(story.consultation_path)
    guest.sees(village.meeting, village.hall, say.either("Wejście bez schodów", "Entrance without steps"))
    guest.follow(village.meeting)
    guest.sees(village.access_contact, worded(guest, story.last_day - timedelta(days=7)), "17")


# --- people take part ------------------------------------------------------------------------------------


def test_a_representative_enters_an_association_and_is_unconfirmed_until_it_is_verified(story: Story) -> None:
    person, say, village = story.representative, story.say, story.village
    register(story, person, "stowarzyszenie", village.representative)
    person.visit("/organisations/new")
    person.main.get_by_role("radio", name=say("Non-governmental organisation")).check()
    person.fill(say("Full name"), village.association)
    person.press(say("Enter the organisation"))
    person.sees(say.either("niepotwierdzone", "unconfirmed"))
    story.association_path = path_of(person)
    begin_a_comment(story, person)
    person.sees(say("For: %(name)s (shown as unconfirmed)", name=village.association))
    administrator = story.administrator
    administrator.visit("/admin/organisations")
    waiting = administrator.main.get_by_role("region", name=say("Waiting to be verified"))
    administrator.follow(about(say("Verify the organisation"), village.association), within=waiting)
    administrator.press(say("Verify the organisation"))
    assert village.association in story.letter(
        "stowarzyszenie", say("Verified: %(name)s", name=village.association)
    )


def test_the_representative_comments_in_the_name_of_the_association_and_invites_a_colleague(
    story: Story,
) -> None:
    person, say, village = story.representative, story.say, story.village
    begin_a_comment(story, person)
    person.main.get_by_role("radio", name=say("For: %(name)s", name=village.association)).check()
    person.fill(say("What do you want to say?"), village.remark_of_the_association)
    person.press(say("Send this comment"))
    person.sees(say("Thank you. Your comment is in the register."), village.association)
    person.does_not_see(say.either("niepotwierdzon", "unconfirmed"))
    guest = story.guest
    guest.visit(f"{story.document_path}/comments")
    card = guest.main.get_by_role("article", name=say("Comment %(number)s", number=1))
    shown = card.inner_text()
    assert village.association in shown
    assert village.remark_of_the_association in shown
    assert say.either("niepotwierdzon", "unconfirmed") not in shown
    person.visit(f"{story.association_path}/people")
    person.main.get_by_role("radio", name=say("Member: belongs to it and sees its work")).check()
    person.fill(say("E-mail"), village.address("nowa"))
    person.press(say("Invite"))
    person.sees(say("The invitation is on its way."))
    subject = say("Invitation: %(name)s", name=village.association)
    guest.visit(link_in(letter_to(story.box, village.address("nowa"), subject), "/invitations/"))
    guest.sees(say("You are invited to join: %(name)s.", name=village.association))


def begin_a_comment(story: Story, person: Person) -> None:
    """From the page of the consultation to the text, and to the number of its paragraph."""
    say = story.say
    person.visit(story.consultation_path)
    person.follow(say("Read and comment"))
    person.follow(first_paragraph(say), exact=False)
    person.sees(say("You are commenting on these words"), story.village.paragraph)


def test_a_resident_follows_the_consultation_and_comments(story: Story) -> None:
    person, say, village = story.resident, story.say, story.village
    register(story, person, "mieszkanka", village.resident)
    person.visit(story.consultation_path)
    person.press(say("Follow"), exact=False)
    person.sees(say("You follow this; stop"))
    person.follow(say("Read and comment"))
    person.follow(say("Comment on the whole"))
    person.fill(say("What do you want to say?"), village.remark_of_the_resident)
    person.press(say("Send this comment"))
    person.sees(say("Comment %(number)s received", number=2))
    person.visit("/account/comments")
    person.sees(village.remark_of_the_resident)


def test_the_resident_sets_up_an_app_for_codes_and_signs_in_with_it(story: Story) -> None:
    person, say, village = story.resident, story.say, story.village
    person.visit("/account/second-factor")
    person.press(say("Set it up"))
    key = person.main.get_by_role("code").first.inner_text()
    codes = pyotp.TOTP(key.replace(" ", ""))
    person.fill(say("Six digits"), "12 34")
    person.press(say("Turn it on"))
    person.is_told_of_an_error(
        person.field(say("Six digits")), say.either("kod", "code"), say.either("Kod", "Code")
    )
    person.fill(say("Six digits"), codes.now())
    person.press(say("Turn it on"))
    recovery = person.main.get_by_role("listitem").all_inner_texts()
    assert len(recovery) == 10
    person.press(say("I have kept them: go on"))
    person.press(say("Sign out"), within=person.page.get_by_role("banner"))
    person.follow(say("Sign in"), within=person.page.get_by_role("banner"))
    sign_in(person, village.address("mieszkanka"), PASSWORD)
    person.sees(say("Code from the app"))
    # the code that set the app up has been used; the next one is taken half a minute early
    person.fill(say("Six digits"), codes.at(datetime.now(UTC) + timedelta(seconds=30)))
    person.press(say("Sign in"))
    person.sees(village.resident)


def test_a_guest_with_a_phone_comments_without_selecting_anything(story: Story) -> None:
    guest, say, village = story.guest, story.say, story.village
    guest.visit("/")
    reading = guest.main.get_by_role("link", name=about(say("Read and comment"), village.consultation))
    paragraph = guest.main.get_by_role("link", name=first_paragraph(say))
    send = guest.main.get_by_role("button", name=say("Send this comment"))
    question = guest.field(say("What do you want to say?"))
    go = guest.enter if guest.scripts and say.code == "pl" else guest.click
    go(reading)
    go(paragraph)
    go(send)
    guest.is_told_of_an_error(question, say("Please write what you want to say."))
    if go == guest.enter:
        guest.page.keyboard.type(village.remark_of_the_guest)
    else:
        question.fill(village.remark_of_the_guest)
    go(send)
    guest.sees(say("Comment %(number)s received", number=3), village.remark_of_the_guest)
    assert guest.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    go(guest.main.get_by_role("link", name="3", exact=True))
    story.comment_path = path_of(guest)
    guest.sees(village.paragraph, say.either("Mieszkaniec", "Resident"))


# --- more time, and an explanation ------------------------------------------------------------------------


def test_the_official_explains_and_gives_more_time_and_everybody_hears_why(story: Story) -> None:
    person, say, village = story.official, story.say, story.village
    person.visit(story.comment_path)
    person.follow(say("Explain under this comment"))
    person.fill(say("Explanation"), village.explanation)
    person.press(say("Publish the explanation"))
    person.sees(village.explanation)
    person.visit(story.consultation_path)
    acts = person.main.get_by_role("list", name=say("What you can do with this consultation"))
    person.follow(say("Extend"), within=acts)
    before, story.last_day = story.last_day, story.last_day + timedelta(days=14)
    person.fill(say("New last day"), (before - timedelta(days=1)).isoformat())
    person.fill(say("Reason"), village.reason)
    person.press(say("Extend the consultation"))
    person.is_told_of_an_error(person.field(say("New last day")), say.either("nie skrócić", "never shorter"))
    assert person.field(say("Reason")).input_value() == village.reason
    person.fill(say("New last day"), story.last_day.isoformat())
    person.press(say("Extend the consultation"))
    person.sees(worded(person, story.last_day), village.reason)
    subject = say("More time for comments: %(title)s", title=village.consultation)
    for who in ("mieszkanka", "stowarzyszenie"):
        text = story.letter(who, subject)
        assert village.reason in text
        assert worded(person, story.last_day) in text.replace("\xa0", " ")


def test_the_guest_reads_the_explanation_and_takes_the_dates_along(story: Story) -> None:
    guest, say, village = story.guest, story.say, story.village
    guest.visit(story.comment_path)
    guest.sees(say.either("Wyjaśnienie organizatora", "Explanation by the host"), village.explanation)
    guest.visit(story.consultation_path)
    guest.sees(worded(guest, story.last_day), village.reason)
    content = guest.download(guest.main.get_by_role("link", name=say("Dates for your calendar"), exact=True))
    events = list(icalendar.Calendar.from_ical(content).walk("VEVENT"))
    assert any(village.meeting in str(event["SUMMARY"]) for event in events)
    last = story.last_day.isoformat()
    assert any(
        last in str(event["DTSTART"].dt) or last in str(event.get("DTEND", event["DTSTART"]).dt)
        for event in events
    )


def test_who_comes_after_the_end_is_told_kindly_why_not(story: Story) -> None:
    guest, say = story.guest, story.say
    guest.visit("/")
    guest.follow(PAST[1], exact=False)
    guest.follow(say("Read the text"))
    assert guest.main.get_by_role("link", name=say("Comment on the whole")).count() == 0
    guest.main.get_by_text(say("Why can I not comment?")).click()
    guest.sees(say.either("Uwagi przyjmowano do", "Comments were taken until"))
    yesterday = datetime.now(WARSAW).date() - timedelta(days=1)
    guest.sees(worded(guest, yesterday))
    guest.visit("/documents/dawny-regulamin/comments/new")
    guest.sees(say.either("Co można zrobić", "What you can do"), worded(guest, yesterday))


# --- what belongs to the resident -------------------------------------------------------------------------


def test_the_resident_sees_what_changed_and_takes_the_data_away(story: Story) -> None:
    person, say, village = story.resident, story.say, story.village
    person.visit("/")
    person.follow(say.either("Co się zmieniło", "What changed"))
    person.sees(
        village.document,
        say("The host published an explanation."),
        say.either("Przedłużono konsultacje", "The consultation was extended"),
        worded(person, story.last_day),
    )
    person.press(say("Mark as read"))
    person.visit("/account/data")
    content = person.download(person.main.get_by_role("link", name=say("Download for a computer (JSON)")))
    kept = json.dumps(json.loads(content), ensure_ascii=False)
    for words in (village.resident, village.address("mieszkanka"), village.remark_of_the_resident):
        assert words in kept
    assert village.remark_of_the_guest not in kept
    assert PASSWORD not in kept


def test_the_resident_asks_for_erasure_and_the_administrator_decides(story: Story) -> None:
    person, say, village = story.resident, story.say, story.village
    person.visit("/account/data")
    person.main.get_by_role("group").get_by_text(say("Ask for my data to be erased")).first.click()
    person.press(say("Ask for my data to be erased"))
    person.sees(say("Your request has been received. A letter confirms it."))
    story.letter("mieszkanka", say("We have received your request to erase your data"))
    administrator = story.administrator
    administrator.visit("/admin/requests")
    administrator.follow(about(say("Erase my personal data"), village.resident))
    administrator.main.get_by_role("radio", name=say("Carry it out")).check()
    administrator.fill(say("Reasons"), village.decision)
    administrator.press(say("Decide the request"))
    administrator.sees(say("The request is decided, and the person is told by letter."))
    told = story.letter("mieszkanka", say("Your request about your data has been carried out"))
    assert village.decision in told
    person.visit("/")
    person.does_not_see(village.resident)
    person.visit(f"{story.document_path}/comments")
    person.sees(village.remark_of_the_resident)


def test_nobody_got_a_letter_that_was_not_for_them(story: Story) -> None:
    """Whoever has given no address gets none; what an association hears is not told to the resident."""
    village = story.village
    places = {receiver for _, receivers in story.box.envelopes for receiver in receivers}
    here = {place for place in places if place.endswith(village.address("").removeprefix("@"))}
    assert here <= {village.address(who) for who in ("urzad", "stowarzyszenie", "mieszkanka", "nowa")}
    assert not any(
        village.association in one for one in subjects_of(story.box, village.address("mieszkanka"))
    )
