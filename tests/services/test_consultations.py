"""A consultation is opened on a published version, for a time that can be and that the law allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from consult.domain.errors import ConsultError, InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import SYSTEM, Actor
from consult.domain.process.stages import ConsultationState
from consult.domain.process.windows import closing
from consult.services import consultations
from consult.services.consultations import Details
from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import new_document, new_people, publish

DAY = timedelta(days=1)
SHORT = Details(departure_reason="Termin wynika z umowy o dofinansowanie.", is_departure_confirmed=True)


def a_published_document(store: Store) -> str:
    slug = new_document(store)
    publish(store, slug)
    return slug


def opened(
    store: Store,
    slug: str,
    begin: timedelta,
    end: timedelta,
    *,
    version_no: int = 1,
    legal_basis: str = "resolution",
    details: Details | None = None,
    actor: Actor = SYSTEM,
) -> int:
    return consultations.open_consultation(
        actor,
        slug,
        version_no=version_no,
        title="Zasady współpracy",
        legal_basis=legal_basis,
        details=details,
        opens_at=store.now + begin,
        closes_at=store.now + end,
        now=store.now,
    )


@pytest.mark.parametrize(
    ("begin", "end", "code", "field"),
    [
        (DAY, DAY, "closes_before_opening", "closes_on"),
        (2 * DAY, DAY, "closes_before_opening", "closes_on"),
        (-3 * DAY, -DAY, "closes_in_the_past", "closes_on"),
        (DAY, 400 * DAY, "window_too_long", "closes_on"),
        (400 * DAY, 420 * DAY, "opens_too_late", "opens_on"),
    ],
)
def test_times_that_cannot_be_are_refused_beside_their_field(
    store: Store, begin: timedelta, end: timedelta, code: str, field: str
) -> None:
    slug = a_published_document(store)
    with pytest.raises(InvalidInput) as refusal:
        opened(store, slug, begin, end)
    assert refusal.value.code == f"invalid.{code}"
    assert refusal.value.facts["field"] == field


def test_two_consultations_of_one_document_never_overlap(store: Store) -> None:
    slug = a_published_document(store)
    opened(store, slug, -DAY, 20 * DAY)
    with pytest.raises(RuleBroken) as refusal:
        opened(store, slug, 19 * DAY, 40 * DAY)
    assert refusal.value.code == "rule.consultation_overlaps"
    opened(store, slug, 20 * DAY, 40 * DAY)


def test_only_a_version_that_was_published_can_be_consulted(store: Store) -> None:
    with pytest.raises(NotFound):
        opened(store, a_published_document(store), DAY, 20 * DAY, version_no=7)


def test_only_officials_of_the_host_open_a_consultation(store: Store) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    publish(store, slug)
    for actor in (people.neighbour, people.member, people.editor, people.administrator, people.guest):
        with pytest.raises(NotPermitted):
            opened(store, slug, timedelta(0), 21 * DAY, actor=actor)
    assert opened(store, slug, timedelta(0), 21 * DAY, actor=people.official)


# --- the term ------------------------------------------------------------------------------------------------------


def test_a_term_shorter_than_the_act_asks_is_refused_with_the_earliest_day(store: Store) -> None:
    slug = a_published_document(store)
    with pytest.raises(InvalidInput) as refusal:
        opened(store, slug, timedelta(0), 20 * DAY, legal_basis="strategy")
    facts = refusal.value.facts
    assert refusal.value.code == "invalid.term_too_short"
    assert (facts["field"], facts["least_days"]) == ("closes_on", 35)
    earliest = date.fromisoformat(str(facts["earliest"]))
    consultations.open_consultation(
        SYSTEM,
        slug,
        version_no=1,
        title="Strategia",
        legal_basis="strategy",
        opens_at=store.now,
        closes_at=closing(earliest),
        now=store.now,
    )


def test_the_day_before_the_earliest_is_still_too_short(store: Store) -> None:
    slug = a_published_document(store)
    with pytest.raises(InvalidInput) as refusal:
        opened(store, slug, timedelta(0), 20 * DAY, legal_basis="strategy")
    earliest = date.fromisoformat(str(refusal.value.facts["earliest"]))
    with pytest.raises(InvalidInput):
        consultations.open_consultation(
            SYSTEM,
            slug,
            version_no=1,
            title="Strategia",
            legal_basis="strategy",
            opens_at=store.now,
            closes_at=closing(earliest - DAY),
            now=store.now,
        )


def test_a_shorter_term_needs_a_reason_and_a_confirmation_and_keeps_both_on_record(store: Store) -> None:
    slug = a_published_document(store)
    reason_only = Details(departure_reason="Pilne.")
    with pytest.raises(InvalidInput) as refusal:
        opened(store, slug, timedelta(0), 20 * DAY, legal_basis="strategy", details=reason_only)
    assert refusal.value.code == "invalid.departure_unconfirmed"
    confirmed_only = Details(is_departure_confirmed=True)
    with pytest.raises(InvalidInput):
        opened(store, slug, timedelta(0), 20 * DAY, legal_basis="strategy", details=confirmed_only)
    found = opened(store, slug, timedelta(0), 20 * DAY, legal_basis="strategy", details=SHORT)
    assert queries.get_consultation(found).departure_reason == SHORT.departure_reason


def test_a_reason_nobody_needs_is_not_kept(store: Store) -> None:
    found = opened(store, a_published_document(store), timedelta(0), 21 * DAY, details=SHORT)
    assert queries.get_consultation(found).departure_reason == ""


def test_the_hosts_own_term_is_held_to_as_the_act_is(store: Store) -> None:
    slug = a_published_document(store)
    with pytest.raises(InvalidInput) as refusal:
        opened(store, slug, timedelta(0), 21 * DAY, details=Details(own_days=30))
    assert refusal.value.facts["least_days"] == 30
    opened(store, slug, timedelta(0), 40 * DAY, details=Details(own_days=30))


def test_announcing_ahead_counts_from_the_announcement_where_the_act_says_so(store: Store) -> None:
    slug = a_published_document(store)
    found = opened(store, slug, 10 * DAY, 45 * DAY, legal_basis="strategy")
    assert queries.get_consultation(found).announced_on == store.now.date()
    other = a_published_document(store)
    with pytest.raises(InvalidInput):  # revitalisation is counted from the beginning
        opened(store, other, 12 * DAY, 45 * DAY, legal_basis="revitalisation")


# --- what is said of it --------------------------------------------------------------------------------------------


def test_everything_a_host_says_comes_back_as_it_was_said(store: Store) -> None:
    said = Details(
        purpose="Cel.\n\nDrugi akapit.",
        addressees="- mieszkańcy gminy\n\n• organizacje",
        fields=("culture", "sport"),
        area="  cała   gmina ",
        local_rule="uchwała nr 1",
        own_days=14,
        decides="postmark",
        forms=("meeting", "written"),
        channels={"paper": "ul. 3 Maja 4", "email": "urzad@example.org", "phone": ""},
        contact="Referat",
        easy_href="https://example.org/łatwy",
    )
    row = queries.get_consultation(
        opened(store, a_published_document(store), timedelta(0), 21 * DAY, details=said)
    )
    assert row.addressees.splitlines() == ["mieszkańcy gminy", "organizacje"]
    assert row.fields == ("culture", "sport")
    assert row.forms == ("written", "meeting")
    assert row.channels == (("paper", "ul. 3 Maja 4"), ("email", "urzad@example.org"))
    assert (row.area, row.decides, row.own_days) == ("cała gmina", "postmark", 14)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (Details(fields=("magic",)), "fields"),
        (Details(fields=("culture", "sport", "health", "housing", "safety", "youth")), "fields"),
        (Details(forms=("telepathy",)), "forms"),
        (Details(decides="never"), "decides"),
        (Details(channels={"email": "nie adres"}), "email"),
        (Details(channels={"pigeon": "dach"}), "channels"),
        (Details(easy_href="javascript:alert(1)"), "easy_href"),
        (Details(sign_href="http://[::1"), "sign_href"),
        (Details(own_days=0), "own_days"),
        (Details(area="x" * 301), "area"),
        (Details(contact="x" * 1001), "contact"),
        (Details(purpose="\x00"), "purpose"),
    ],
)
def test_what_cannot_be_taken_is_refused_beside_its_field(store: Store, details: Details, field: str) -> None:
    slug = a_published_document(store)
    with pytest.raises(InvalidInput) as refusal:
        opened(store, slug, timedelta(0), 21 * DAY, details=details)
    assert refusal.value.facts["field"] == field


# --- its course ----------------------------------------------------------------------------------------------------


def test_a_consultation_goes_its_way_by_the_clock_and_by_what_its_host_does(store: Store) -> None:
    slug = a_published_document(store)
    found = opened(store, slug, 2 * DAY, 20 * DAY)

    def state() -> ConsultationState:
        return queries.get_consultation(found).state(store.now)

    assert state() is ConsultationState.ANNOUNCED
    store.clock.advance(days=3)
    assert state() is ConsultationState.OPEN
    store.clock.advance(days=18)
    assert state() is ConsultationState.CLOSED
    consultations.publish_protocol(SYSTEM, found, now=store.now)
    assert state() is ConsultationState.REPORTED


def test_from_the_announcement_on_readers_are_shown_the_version_that_will_be_consulted(store: Store) -> None:
    slug = a_published_document(store)
    document = document_queries.get_document(slug, EVERYTHING)
    opened(store, slug, 2 * DAY, 20 * DAY)
    publish(store, slug, "po pierwszych uwagach")
    for days in (0, 3):
        store.clock.advance(days=days)
        frozen = queries.find_freezing_consultation(document.id, store.now)
        assert frozen is not None
        assert frozen.version_no == 1
    store.clock.advance(days=30)
    assert queries.find_freezing_consultation(document.id, store.now) is None


# --- a protocol that nobody commented ------------------------------------------------------------------------------


def refused(act: object, code: str) -> None:
    with pytest.raises(ConsultError) as refusal:
        act()  # type: ignore[operator]
    assert refusal.value.code == code


def test_a_protocol_waits_for_the_end_and_for_nobody_to_comment(store: Store) -> None:
    from tests.factories.records import comment_on

    slug = a_published_document(store)
    found = opened(store, slug, timedelta(0), 20 * DAY)
    refused(lambda: consultations.publish_protocol(SYSTEM, found, now=store.now), "rule.protocol_too_early")
    comment_on(store, slug)
    store.clock.advance(days=21)
    refused(
        lambda: consultations.publish_protocol(SYSTEM, found, now=store.now), "rule.protocol_with_comments"
    )


def test_a_protocol_says_that_nobody_commented_and_is_published_once(store: Store) -> None:
    slug = a_published_document(store)
    found = opened(store, slug, timedelta(0), 20 * DAY, details=Details(channels={"paper": "ul. 3 Maja 4"}))
    store.clock.advance(days=21)
    kept = consultations.publish_protocol(
        SYSTEM, found, closing="Projekt trafi pod obrady.", body="Wójt Gminy", now=store.now
    )
    for words in ("nie wpłynęła żadna uwaga", "ul. 3 Maja 4", "Projekt trafi pod obrady.", "Wójt Gminy"):
        assert words in kept.html
    row = queries.get_consultation(found)
    assert (row.report_kind, row.reported_at) == ("protocol", store.now)
    assert document_queries.get_document(slug, EVERYTHING).stage == "revised"
    refused(lambda: consultations.publish_protocol(SYSTEM, found, now=store.now), "rule.already_reported")
