"""The story of five people in one village: where it takes place, what it has come to, and the ways taken more than once."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyotp
from babel.dates import format_date

from consult.domain.policy.actors import SYSTEM
from consult.services import consultations, documents, organisations
from tests.adapters.mail_server import Box
from tests.journeys.five_people.people import Person, Tongue, about, letter_to, link_in, text_of
from tests.journeys.five_people.village import Village, crest
from tests.journeys.installation import (
    PASSWORD,
    Installation,
    environment,
    free_port,
    opened_store,
    wait_for,
)
from tests.real_data import REPOSITORY

WARSAW = ZoneInfo("Europe/Warsaw")
ADMINISTRATOR = "opiekun@example.org"
PAST = ("Dawny regulamin", "Rozmowa dawno zamknięta", "Urząd Dawny")
"""A document, its consultation that ended yesterday, and their host: nobody can shorten one to see its end."""

VARIANTS = {
    "Polish": (Village("Dębowo", "pl"), True),
    "English without scripts": (Village("Oakford", "en"), False),
    "English": (Village("Ashby", "en"), True),
    "Polish without scripts": (Village("Jaśminów", "pl"), False),
}
ORDINARY = ("Polish", "English without scripts")
"""Both languages, with and without scripts; the other two pairs take their turn in the long run."""


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


def seed(now: datetime) -> None:
    """What is of the past."""
    then = now - timedelta(days=20)
    title, name, office = PAST
    organisations.create_organisation(
        SYSTEM, name=office, slug="urzad-dawny", kind="office", is_host=True, now=then
    )
    text = "# Cel\n\nTekst."
    slug = documents.import_document(
        SYSTEM, content=text.encode(), filename="a.md", title=title, kind="regulation", now=then
    ).slug
    number = documents.publish_version(SYSTEM, slug, label="v1", now=then).number
    consultations.open_consultation(
        SYSTEM,
        slug,
        version_no=number,
        title=name,
        legal_basis="resolution",
        summary="",
        opens_at=then,
        closes_at=now - timedelta(days=1),
        now=then,
    )


@contextmanager
def served(store: Path, box: Box) -> Iterator[Installation]:
    """An installation that sends its letters to a box, with a consultation that ended yesterday."""
    port = free_port()
    made = Installation(f"http://127.0.0.1:{port}", store)
    env = environment(store) | {"MAIL_URL": f"smtp://127.0.0.1:{box.port}", "PUBLIC_ADDRESS": made.address}
    with opened_store(store) as now:
        seed(now)
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


def first_paragraph(say: Tongue) -> re.Pattern[str]:
    """What the number of the first paragraph is called for those who hear it."""
    return re.compile("^" + say("Paragraph %(number)s", number=1).replace(" ", r"\s"))


# --- ways taken more than once ---------------------------------------------------------------------------


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


def show_crest_and_colour(story: Story) -> None:
    """A colour too light to read is refused first."""
    person, say = story.official, story.say
    person.follow(say("Crest and colour"))
    person.send_file(say("New crest"), "herb.png", "image/png", crest())
    person.press(say("Send the crest"))
    person.sees(say("This is the crest now."))
    person.fill(say("Colour of the office"), "#ffff99")
    person.press(say("Save the colour"))
    person.is_told_of_an_error(person.field(say("Colour of the office")), say.either("kontrast", "contrast"))
    person.fill(say("Colour of the office"), "#1f4e79")
    person.press(say("Save the colour"))


def publish_the_clause(story: Story) -> None:
    """The suggestion has places to fill in, so it cannot be published as it is."""
    person, say, village = story.official, story.say, story.village
    person.visit(f"{story.office_path}/edit")
    person.follow(say("Contact and duty hours"))
    person.fill(say("Telephone"), "+48 22 000 00 00")
    person.press(say("Save"))
    person.visit(f"{story.office_path}/edit/texts/clause")
    person.press(say("Publish version %(number)s", number=1))
    person.is_told_of_an_error(person.field(say("Text")), say.either("[[", "[["), "]]")
    person.fill(say("Text"), village.clause)
    person.press(say("Publish version %(number)s", number=1))


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


def set_up_codes(story: Story) -> pyotp.TOTP:
    """What an app for codes makes of the key on the page."""
    person, say = story.resident, story.say
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
    return codes


def begin_a_comment(story: Story, person: Person) -> None:
    """From the page of the consultation to the text, and to the number of its paragraph."""
    say = story.say
    person.visit(story.consultation_path)
    person.follow(say("Read and comment"))
    person.follow(first_paragraph(say), exact=False)
    person.sees(say("You are commenting on these words"), story.village.paragraph)


def invite_a_colleague(story: Story) -> None:
    """By letter, to somebody who has no account yet."""
    person, guest, say, village = story.representative, story.guest, story.say, story.village
    person.visit(f"{story.association_path}/people")
    person.main.get_by_role("radio", name=say("Member: belongs to it and sees its work")).check()
    person.fill(say("E-mail"), village.address("nowa"))
    person.press(say("Invite"))
    person.sees(say("The invitation is on its way."))
    subject = say("Invitation: %(name)s", name=village.association)
    guest.visit(link_in(letter_to(story.box, village.address("nowa"), subject), "/invitations/"))
    guest.sees(say("You are invited to join: %(name)s.", name=village.association))


def describe_the_meeting(story: Story) -> None:
    """A week before the end, at a place with a ramp and an interpreter."""
    person, say, village = story.official, story.say, story.village
    person.main.get_by_role("radio", name=say("Open meeting")).check()
    person.fill(say("Title"), village.meeting)
    person.fill(say("Day"), (story.last_day - timedelta(days=7)).isoformat())
    person.fill(say("From", "hour"), "17:00")
    person.fill(say("To", "hour"), "18:30")
    person.fill(say("Address"), village.hall)
    for offered in ("Entrance without steps", "Sign-language interpreter"):
        person.main.get_by_role("checkbox", name=say(offered)).check()
    person.fill(say("How to ask for support"), village.access_contact)


def carry_the_request_out(story: Story) -> None:
    """The administrator decides, with reasons."""
    say, village = story.say, story.village
    administrator = story.administrator
    administrator.visit("/admin/requests")
    administrator.follow(about(say("Erase my personal data"), village.resident))
    administrator.main.get_by_role("radio", name=say("Carry it out")).check()
    administrator.fill(say("Reasons"), village.decision)
    administrator.press(say("Decide the request"))
    administrator.sees(say("The request is decided, and the person is told by letter."))
