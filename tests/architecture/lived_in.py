"""A store with a row in every table of the record, put there through services only."""

from __future__ import annotations

import pyotp

from consult.domain.policy.actors import SYSTEM, Actor
from consult.domain.process.contact_views import Place
from consult.domain.text.spans import Span
from consult.ports.identity import Identity
from consult.services import (
    attributions,
    contact_views,
    discussion,
    dispositions,
    documents,
    following,
    invitations,
    meeting_decisions,
    redactions,
    section_notes,
    stages,
    upkeep,
)
from consult.services.accounts import broker, second_factor, sessions
from consult.services.letters import post
from consult.storage.queries import meetings as meeting_queries
from consult.storage.unit_of_work import unit_of_work
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.group_at_work import begin_group_work, take_seat
from tests.factories.joint_answers import answered_by_an_ngo, send_joint_answer
from tests.factories.letters_on_paper import enter_from_meeting, enter_late, past_consultation
from tests.factories.pictures import bring_files, show_picture
from tests.factories.searches import keep_search


def live_in(store: Store) -> str:
    """Draft, publish, consult, comment, answer, edit and split in a store; the document's name in addresses."""
    people = records.new_people(store)
    slug = records.new_document(store, host_id=people.host_id)
    stages.advance_stage(SYSTEM, slug, "agreed", note="Zespół jest zgodny.", is_confirmed=True, now=store.now)
    records.furnish_host(store, people.host_id)
    section_notes.write_section_note(
        SYSTEM, slug, records.section(slug, "Konsultacje").section_id, "summary", "Co wolno.", now=store.now
    )
    consultation_id = records.open_consultation(store, slug)
    receipt = records.comment_on(
        store, slug, "w ciągu siedmiu dni roboczych", proposed="w ciągu pięciu dni", sender=records.RESIDENT
    )
    records.comment_on(store, slug, text="Do całości: popieramy.")
    _take_wording(store, slug, receipt.comment_ids[0])
    _split(store, slug)
    held = records.hold_a_consultation(store, consultation_id, receipt.comment_ids[0])
    enter_from_meeting(store, consultation_id, held.meeting_id)
    records.announce(store, consultation_id)
    answered_by_an_ngo(store, slug, consultation_id)
    send_joint_answer(store, slug, consultation_id)
    enter_late(store, past_consultation(store, slug))
    _sign_in(store, people.official)
    group = records.new_group(store, people.host_id, slug)
    invitations.invite_to_group(
        people.official, group, role="member", email="zaproszona@example.org", now=store.now
    )
    attributions.attribute_change(SYSTEM, slug, 3, kind="reason", reason="Na wniosek komisji.", now=store.now)
    member = take_seat(
        store, records.new_group(store, people.host_id, slug, name="Redakcja"), people.neighbour, "member"
    )
    begin_group_work(store, slug, member, host_id=people.host_id)
    meeting = meeting_queries.list_meetings(consultation_id)[0]
    meeting_decisions.note_decision(SYSTEM, meeting.id, "Dłuższy nabór.", now=store.now)
    upkeep.beat(now=lambda: store.now)
    with unit_of_work() as work:
        post(work, "operations/test", person_id=people.official.id, at=store.now)
    records.ask_for_letters(store)
    records.leave_unsaved(store, people.official, slug)
    records.leave_unsent(store, people.neighbour, slug)
    records.correct_comment(store, receipt)
    cut_out = [
        redactions.redact_comment(
            SYSTEM, receipt.comment_ids[0], words="uwaga", reason=reason, note="Pismo.", now=store.now
        )
        for reason in ("personal", "secret")
    ]
    redactions.undo_redaction(SYSTEM, cut_out[1], note="Pomyłka.", now=store.now)
    contact_views.note_contact_view(
        people.official,
        Place.SUBMISSION,
        host_id=people.host_id,
        register_id=receipt.register_id,
        receipts=[receipt.receipt_no],
        now=store.now,
    )
    records.hide_comment(store, records.comment_on(store, slug, text="Do ukrycia."))
    discussion.support_comment(people.neighbour, receipt.comment_ids[0], now=store.now)
    following.follow(people.neighbour, "host", str(people.host_id), now=store.now)
    keep_search(store, people.neighbour)
    show_picture(store, slug, str(bring_files(store, slug)["name"]))
    records.publish(store, slug, "z obrazem")
    return slug


def _take_wording(store: Store, slug: str, comment_id: int) -> None:
    section = records.section(slug, "Zlecanie zadań")
    words = "siedmiu dni roboczych"
    start = section.source.index("Wynik naboru")
    paragraph = section.source[start:].rstrip("\n")
    dispositions.save_disposition(
        SYSTEM,
        comment_id,
        outcome="partly",
        justification="Pięć dni to za mało dla komisji.",
        wording=dispositions.Wording(
            section.section_id,
            section.text_id,
            Span(start, start + len(paragraph)),
            paragraph.replace(words, "sześciu dni roboczych"),
        ),
        expected_revision=0,
        now=store.now,
    )


def _split(store: Store, slug: str) -> None:
    """A file in which one section has become two: lineage is written."""
    draft = "".join(section.source for section in records.sections(slug))
    divided = draft.replace("\n\nWynik naboru", "\n\n### Wyniki\n\nWynik naboru", 1)
    revised = documents.revise_document(
        SYSTEM, slug, content=divided.encode(), filename="projekt.md", note="Wyniki osobno", now=store.now
    )
    assert revised.added == 1


def _sign_in(store: Store, person: Actor) -> None:
    """A browser signed in, a second factor with its recovery codes, and an account elsewhere."""
    sessions.begin_session(
        person.id or 0, means="password", device=sessions.Device("Firefox", "Windows"), now=store.now
    )
    second_factor.begin_second_factor(person, now=store.now)
    setting_up = second_factor.find_setting_up(person)
    assert setting_up is not None
    second_factor.confirm_second_factor(
        person, pyotp.TOTP(setting_up.secret).at(store.now), keep=None, now=store.now
    )
    broker.register_with_identity(
        Identity(
            issuer="https://sso.example.org",
            subject="subject-of-one-who-lives-here",
            email="z-daleka@example.org",
            is_email_verified=True,
        ),
        name="Mieszkanka",
        language="pl",
        now=store.now,
    )
