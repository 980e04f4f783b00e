"""The journey of five people through one running installation: in Polish, in English, and without JavaScript.

An administrator, an official, somebody who speaks for an association, a resident with an account and a guest with a
phone: from the first account to the decision on the last request, with letters from a real mail server. The tests of
one village are one story in their order.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from babel.dates import format_date

from tests.journeys.five_people.people import about, subjects_of
from tests.journeys.five_people.story import (
    ADMINISTRATOR,
    PAST,
    WARSAW,
    Story,
    begin_a_comment,
    carry_the_request_out,
    count_the_term,
    declare_accessibility,
    describe_the_meeting,
    earliest_day,
    first_paragraph,
    invite_a_colleague,
    path_of,
    publish_the_clause,
    register,
    set_up_codes,
    show_crest_and_colour,
    sign_in,
    worded,
)
from tests.journeys.installation import PASSWORD

pytestmark = pytest.mark.browser


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
    show_crest_and_colour(story)
    publish_the_clause(story)
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


# --- the official brings a text and opens a consultation --------------------------------------------------


def test_the_official_brings_a_text_and_publishes_it(story: Story) -> None:
    person, say, village = story.official, story.say, story.village
    person.visit("/documents/import")
    person.press(say("Take in the file"))
    person.is_told_of_an_error(person.field(say("File")), say.either("plik", "file"))
    person.send_file(say("File"), "strategia.md", "text/markdown", village.file)
    person.main.get_by_label(say("Kind")).select_option(label=say("Strategy"))
    person.press(say("Take in the file"))
    person.sees(say("Nothing is kept before you agree."), village.section)
    person.press(say("Make the document"))
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


def test_the_official_enters_a_meeting(story: Story) -> None:
    person, say, village = story.official, story.say, story.village
    person.visit(story.consultation_path)
    person.follow(say("Announce a meeting"))
    person.press(say("Announce it"))
    assert person.page.get_by_role("alert").is_visible()
    describe_the_meeting(story)
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
    invite_a_colleague(story)


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
    codes = set_up_codes(story)
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
    carry_the_request_out(story)
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
