"""After the announcement an end only moves on, facts are put right, or all is called off: with reasons, told to all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from consult.domain.errors import ConsultError, NotPermitted, RuleBroken
from consult.domain.policy.actors import ANONYMOUS, SYSTEM
from consult.domain.process.stages import ConsultationState
from consult.services import consultations, dispositions, following
from consult.services.consultations import Correction, Details
from consult.services.letters.consultations import GATHERERS
from consult.services.letters.recipients import Recipient
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import (
    RESIDENT,
    comment_on,
    new_document,
    new_people,
    open_consultation,
    publish,
)

DAY = timedelta(days=1)
SAID = Details(contact="Referat, pokój 1", channels={"paper": "ul. 3 Maja 4"}, addressees="mieszkańcy")


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(ConsultError) as refused:
        act()
    return refused.value.code


def extend(
    store: Store, found: int, days: float, *, token: str = "", reason: str = "Prośba sołectw."
) -> None:
    row = queries.get_consultation(found)
    consultations.extend_consultation(
        SYSTEM,
        found,
        closes_at=row.closes_at + timedelta(days=days),
        reason=reason,
        form_token=token,
        now=store.now,
    )


def cancel(store: Store, found: int, *, token: str = "") -> None:
    consultations.cancel_consultation(
        SYSTEM, found, reason="Projekt wymaga zmian.", form_token=token, now=store.now
    )


def correct(store: Store, found: int, details: Details, *, erratum: str = "", summary: str = "") -> None:
    consultations.correct_consultation(
        SYSTEM,
        found,
        Correction(summary=summary, details=details, erratum=erratum),
        reason="Omyłka pisarska.",
        now=store.now,
    )


def opened(store: Store, details: Details = SAID) -> tuple[str, int]:
    slug = new_document(store)
    publish(store, slug)
    return slug, consultations.open_consultation(
        SYSTEM,
        slug,
        version_no=1,
        title="Konsultacje",
        legal_basis="resolution",
        details=details,
        opens_at=store.now,
        closes_at=store.now + 21 * DAY,
        now=store.now,
    )


# --- extension -----------------------------------------------------------------------------------------------------


def test_an_extension_moves_the_end_and_keeps_the_reason_the_old_end_and_an_announcement(
    store: Store,
) -> None:
    _, found = opened(store)
    before = queries.get_consultation(found).closes_at
    extend(store, found, 7)
    assert queries.get_consultation(found).closes_at == before + 7 * DAY
    (change,) = queries.list_changes(found)
    assert (change.kind, change.reason) == ("extended", "Prośba sołectw.")
    assert change.details == (("closes_at", before.isoformat(), (before + 7 * DAY).isoformat()),)
    (announced,) = queries.list_announcements(found)
    assert announced.kind == "extended"
    assert "Prośba sołectw." in announced.html


def test_a_term_is_never_shortened(store: Store) -> None:
    _, found = opened(store)
    assert refusal(lambda: extend(store, found, -1)) == "rule.window_shortened"
    assert refusal(lambda: extend(store, found, 0)) == "invalid.end_unchanged"
    assert queries.list_changes(found) == []


def test_what_has_ended_is_not_extended_but_followed_by_a_new_consultation(store: Store) -> None:
    slug, found = opened(store)
    store.clock.advance(days=22)
    assert refusal(lambda: extend(store, found, 30)) == "rule.extend_closed"
    assert open_consultation(store, slug)


def test_an_extension_sent_twice_extends_once(store: Store) -> None:
    _, found = opened(store)
    end = queries.get_consultation(found).closes_at + 7 * DAY
    for _ in range(2):
        consultations.extend_consultation(
            SYSTEM, found, closes_at=end, reason="Prośba.", form_token="the same form", now=store.now
        )
    assert len(queries.list_changes(found)) == 1
    assert len(queries.list_announcements(found)) == 1


def test_an_extension_does_not_run_into_the_next_consultation(store: Store) -> None:
    slug, found = opened(store)
    consultations.open_consultation(
        SYSTEM,
        slug,
        version_no=1,
        title="Druga tura",
        legal_basis="resolution",
        opens_at=store.now + 25 * DAY,
        closes_at=store.now + 50 * DAY,
        now=store.now,
    )
    extend(store, found, 3)
    assert refusal(lambda: extend(store, found, 7)) == "rule.consultation_overlaps"


def test_comments_go_on_being_taken_until_the_new_end(store: Store) -> None:
    slug, found = opened(store)
    extend(store, found, 7)
    store.clock.advance(days=25)
    assert comment_on(store, slug, actor=ANONYMOUS).numbers == (1,)


# --- correction ----------------------------------------------------------------------------------------------------


def test_a_correction_says_what_was_and_what_is(store: Store) -> None:
    _, found = opened(store)
    correct(
        store,
        found,
        Details(contact="Referat, pokój 2", channels={"paper": "ul. 3 Maja 5"}, addressees="mieszkańcy"),
    )
    row = queries.get_consultation(found)
    assert (row.contact, row.channels) == ("Referat, pokój 2", (("paper", "ul. 3 Maja 5"),))
    (change,) = queries.list_changes(found)
    assert set(change.details) == {
        ("contact", "Referat, pokój 1", "Referat, pokój 2"),
        ("channels", "ul. 3 Maja 4", "ul. 3 Maja 5"),
    }
    (announced,) = queries.list_announcements(found)
    assert "pokój 1" in announced.html
    assert "pokój 2" in announced.html


def test_a_correction_leaves_text_and_term_alone(store: Store) -> None:
    _, found = opened(store)
    before = queries.get_consultation(found)
    changed = Details(
        contact="Inny", own_days=3, decides="postmark", forms=("walk",), departure_reason="Tak chcemy."
    )
    correct(store, found, changed)
    after = queries.get_consultation(found)
    for name in (
        "version_id", "opens_at", "closes_at", "legal_basis", "own_days", "decides", "forms", "departure_reason",
    ):  # fmt: skip
        assert getattr(after, name) == getattr(before, name)


def test_a_correction_that_corrects_nothing_is_refused_and_an_erratum_alone_is_something(
    store: Store,
) -> None:
    _, found = opened(store)
    assert refusal(lambda: correct(store, found, SAID)) == "invalid.nothing_corrected"
    correct(store, found, SAID, erratum="W punkcie 3 zamiast „maja” ma być „czerwca”.")
    assert queries.list_changes(found)[0].details[0][0] == "erratum"


def test_a_reason_is_owed_for_every_change(store: Store) -> None:
    _, found = opened(store)
    assert refusal(lambda: extend(store, found, 7, reason="  ")) == "invalid.why_missing"


# --- cancellation --------------------------------------------------------------------------------------------------


def test_a_cancelled_consultation_takes_no_comments_and_those_it_has_stay_readable(store: Store) -> None:
    slug, found = opened(store)
    comment_on(store, slug, text="Dlaczego tak krótko?")
    cancel(store, found)
    row = queries.get_consultation(found)
    assert row.state(store.now) is ConsultationState.CANCELLED
    assert not row.is_open(store.now)
    assert refusal(lambda: comment_on(store, slug, actor=ANONYMOUS)) == "rule.consultation_cancelled"
    (kept,) = comment_queries.list_comments(row.register_id, with_drafts=False)
    assert (kept.number, kept.text) == (1, "Dlaczego tak krótko?")


def test_after_a_cancellation_the_document_is_drafted_on_and_can_be_consulted_anew(store: Store) -> None:
    slug, found = opened(store)
    cancel(store, found)
    assert document_queries.get_document(slug, EVERYTHING).stage == "drafting"
    again = open_consultation(store, slug)
    assert queries.get_consultation(again).is_open(store.now)
    assert comment_on(store, slug).numbers == (1,)


def test_nothing_is_done_to_a_cancelled_consultation(store: Store) -> None:
    slug, found = opened(store)
    comment_on(store, slug)
    cancel(store, found)
    assert refusal(lambda: cancel(store, found)) == "rule.already_cancelled"
    assert refusal(lambda: extend(store, found, 7)) == "rule.consultation_cancelled"
    assert refusal(lambda: correct(store, found, Details(contact="x"))) == "rule.consultation_cancelled"
    store.clock.advance(days=30)
    answers = lambda: dispositions.publish_dispositions(SYSTEM, found, now=store.now)  # noqa: E731
    assert refusal(answers) == "rule.consultation_cancelled"
    protocol = lambda: consultations.publish_protocol(SYSTEM, found, now=store.now)  # noqa: E731
    assert refusal(protocol) == "rule.consultation_cancelled"


def test_a_cancellation_sent_twice_cancels_once_without_complaint(store: Store) -> None:
    _, found = opened(store)
    cancel(store, found, token="the same form")
    cancel(store, found, token="the same form")
    assert len(queries.list_changes(found)) == 1


def test_what_has_ended_is_not_cancelled(store: Store) -> None:
    _, found = opened(store)
    store.clock.advance(days=22)
    assert refusal(lambda: cancel(store, found)) == "rule.cancel_closed"


# --- who may, and who hears ----------------------------------------------------------------------------------------


def test_only_officials_of_the_host_change_a_consultation(store: Store) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    found = open_consultation(store, slug)
    closes_at = queries.get_consultation(found).closes_at + DAY
    for actor in (people.neighbour, people.member, people.editor, people.administrator, people.guest):
        acts: list[Callable[[], object]] = [
            lambda actor=actor: consultations.extend_consultation(  # type: ignore[misc]
                actor, found, closes_at=closes_at, reason="x", now=store.now
            ),
            lambda actor=actor: consultations.cancel_consultation(actor, found, reason="x", now=store.now),  # type: ignore[misc]
            lambda actor=actor: consultations.correct_consultation(  # type: ignore[misc]
                actor, found, Correction("inaczej", Details()), reason="x", now=store.now
            ),
            lambda actor=actor: consultations.publish_announcement(actor, found, now=store.now),  # type: ignore[misc]
            lambda actor=actor: consultations.publish_protocol(actor, found, now=store.now),  # type: ignore[misc]
        ]
        for act in acts:
            with pytest.raises(NotPermitted):
                act()
    consultations.extend_consultation(
        people.official, found, closes_at=closes_at, reason="Prośba.", now=store.now
    )


def test_everybody_who_commented_with_an_address_gets_a_letter_with_the_reason(store: Store) -> None:
    slug, found = opened(store)
    comment_on(store, slug, sender=RESIDENT)
    sent = store.ports.mailer.sent  # type: ignore[attr-defined]
    before = len(sent)
    extend(store, found, 7)
    (letter,) = sent[before:]
    assert letter.to == RESIDENT.email
    assert "Prośba sołectw." in letter.text
    cancel(store, found)
    assert "Projekt wymaga zmian." in sent[-1].text
    assert sent[-1].to == RESIDENT.email


def test_whoever_follows_the_document_hears_that_a_consultation_is_announced(store: Store) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    publish(store, slug)
    document = document_queries.get_document(slug, EVERYTHING)
    following.follow(people.neighbour, "document", str(document.id), now=store.now)
    sent = store.ports.mailer.sent  # type: ignore[attr-defined]
    before = len(sent)
    found = open_consultation(store, slug)
    (letter,) = sent[before:]
    assert f"/consultations/{found}" in letter.text
    cancel(store, found)
    assert len(sent) == before + 2


def test_a_letter_that_says_less_than_a_later_one_is_not_sent(store: Store) -> None:
    slug, found = opened(store)
    comment_on(store, slug, sender=RESIDENT)
    row = queries.get_consultation(found)
    recipient = Recipient(RESIDENT.email, "", "pl", None, None)
    extend(store, found, 7)
    first = {"consultation_id": found, "change_no": 1}
    assert GATHERERS["consultations/extended"](recipient, first, store.now)
    extend(store, found, 7)
    assert GATHERERS["consultations/extended"](recipient, first, store.now) is None
    assert (
        GATHERERS["consultations/extended"](recipient, first | {"change_no": 2}, row.closes_at + 30 * DAY)
        is None
    )


# --- what came of it -----------------------------------------------------------------------------------------------


def test_what_came_of_it_is_said_after_the_account_as_often_as_there_is_news(store: Store) -> None:
    _, found = opened(store)

    def say(words: str, token: str = "") -> None:
        consultations.record_effects(SYSTEM, found, effects=words, form_token=token, now=store.now)

    assert refusal(lambda: say("Przyjęto.")) == "rule.effects_too_early"
    store.clock.advance(days=22)
    assert refusal(lambda: say("Przyjęto.")) == "rule.effects_too_early"
    consultations.publish_protocol(SYSTEM, found, now=store.now)
    assert refusal(lambda: say("  ")) == "invalid.effects_missing"
    say("Rada przyjęła uchwałę.", "one form")
    say("Rada przyjęła uchwałę.", "one form")
    say("Droga jest gotowa.")
    assert queries.get_consultation(found).state(store.now) is ConsultationState.EFFECTS
    assert [one.reason for one in queries.list_changes(found)] == [
        "Droga jest gotowa.",
        "Rada przyjęła uchwałę.",
    ]
    assert [one.kind for one in queries.list_announcements(found)] == ["protocol"]


# --- announcements -------------------------------------------------------------------------------------------------


def test_announcements_are_numbered_and_every_one_is_kept(store: Store) -> None:
    _, found = opened(store)
    first = consultations.publish_announcement(SYSTEM, found, introduction="Zapraszamy.", now=store.now)
    extend(store, found, 7)
    correct(store, found, Details(contact="Inny"))
    cancel(store, found)
    kept = queries.list_announcements(found)
    assert [(one.number, one.kind) for one in kept] == [
        (1, "opened"), (2, "extended"), (3, "corrected"), (4, "cancelled"),
    ]  # fmt: skip
    assert kept[0].html == first.html
    assert "Zapraszamy." in first.html


def test_an_announcement_sent_twice_is_published_once(store: Store) -> None:
    _, found = opened(store)
    numbers = [
        consultations.publish_announcement(SYSTEM, found, form_token="one form", now=store.now).number
        for _ in range(2)
    ]
    assert numbers == [1, 1]
    assert len(queries.list_announcements(found)) == 1


def test_what_has_ended_is_not_announced(store: Store) -> None:
    _, found = opened(store)
    store.clock.advance(days=22)
    with pytest.raises(RuleBroken) as refused:
        consultations.publish_announcement(SYSTEM, found, now=store.now)
    assert refused.value.code == "rule.announce_closed"


def test_an_announcement_is_taken_away_as_a_word_file_without_cover_or_contents(store: Store) -> None:
    import io
    import zipfile

    _, found = opened(store)
    kept = consultations.publish_announcement(SYSTEM, found, act="order", act_number="12/2026", now=store.now)
    file = consultations.export_announcement(found, kept.number)
    assert file.name.endswith(".docx")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        body = archive.read("word/document.xml").decode()
    assert "Zarządzenie nr 12/2026" in body
    assert "ul. 3 Maja 4" in body
    assert "TOC" not in body
    assert 'w:type="page"' not in body
