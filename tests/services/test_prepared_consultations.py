"""A consultation is prepared first: nobody but its host knows of it, and its term begins with its announcement."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.policy.actors import SYSTEM
from consult.domain.process.stages import ConsultationState
from consult.domain.process.windows import WARSAW, closing, term_end
from consult.services import consultations, following
from consult.services.addressees import addressees_of
from consult.services.consultations import Correction, Details
from consult.services.meetings.announcing import announce_meeting
from consult.services.meetings.plans import MeetingPlan
from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import feeds, listings
from consult.storage.queries import meetings as meeting_queries
from consult.storage.queries.listings import CallFilter
from consult.storage.queries.organisations import list_calls
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import new_document, new_people, publish

WORD = "Termin wynika z umowy o dofinansowanie."


def today(store: Store) -> date:
    return store.now.astimezone(WARSAW).date()


def prepared(store: Store, slug: str, *, legal_basis: str = "environment", days: int | None = None) -> int:
    """A consultation prepared now, to begin at once and to end on the earliest lawful day, or in `days` days."""
    least = {"environment": 21, "strategy": 35, "resolution": 21}[legal_basis]
    last_day = term_end(today(store), least) if days is None else today(store) + timedelta(days)
    return consultations.open_consultation(
        SYSTEM,
        slug,
        version_no=1,
        title="Zasady współpracy",
        legal_basis=legal_basis,
        opens_at=store.now,
        closes_at=closing(last_day),
        announce=False,
        now=store.now,
    )


def a_document(store: Store) -> str:
    slug = new_document(store)
    publish(store, slug)
    return slug


def meeting_on(day: date) -> MeetingPlan:
    return MeetingPlan(
        kind="meeting", title="Spotkanie", day=day, starts=time(17), ends=time(19), place="Szkoła"
    )


def test_what_is_prepared_is_in_no_list_feed_or_calendar_and_takes_no_comment(store: Store) -> None:
    slug = a_document(store)
    found = prepared(store, slug)
    announce_meeting(SYSTEM, found, meeting_on(today(store) + timedelta(7)), now=store.now)
    now, document = store.now, document_queries.get_document(slug, EVERYTHING)
    row = queries.get_consultation(found, with_prepared=True)
    assert row.state(now) is ConsultationState.PREPARED
    assert not row.is_open(now)
    assert not listings.list_standing(now)
    assert not listings.list_calls(CallFilter(), now, limit=9)
    assert not any(listings.count_calls(CallFilter(), now).values())
    assert not listings.list_calling_hosts()
    assert not list_calls(row.host_id, now)
    assert not meeting_queries.list_between(now, limit=9)
    assert not queries.list_consultations(document_id=document.id)
    assert queries.find_open_consultation(document.id, now) is None
    assert queries.find_freezing_consultation(document.id, now) is None
    assert document.stage == "drafting"
    with pytest.raises(NotFound):
        queries.get_consultation(found)
    with pytest.raises(NotFound):
        feeds.get_call(found)
    consultations.publish_announcement(SYSTEM, found, now=now)
    assert [one.id for one in listings.list_standing(now)] == [found]
    assert len(meeting_queries.list_between(now, limit=9)) == 1
    assert queries.find_open_consultation(document.id, now) is not None
    assert document_queries.get_document(slug, EVERYTHING).stage == "consulted"


def test_followers_hear_of_it_when_it_is_announced_and_not_before(store: Store) -> None:
    slug = a_document(store)
    people = new_people(store)
    document = document_queries.get_document(slug, EVERYTHING)
    following.follow(people.neighbour, "document", str(document.id), now=store.now)
    found = prepared(store, slug)
    assert addressees_of(found) == []
    consultations.publish_announcement(SYSTEM, found, now=store.now)
    assert len(addressees_of(found)) == 1


def test_the_day_of_publication_is_the_day_of_the_announcement_and_is_what_the_act_prints(
    store: Store,
) -> None:
    found = prepared(store, a_document(store), days=40)
    store.clock.advance(days=3)
    kept = consultations.publish_announcement(SYSTEM, found, now=store.now)
    row = queries.get_consultation(found)
    assert row.announced_on == today(store)
    assert row.opens_at == store.now.replace(second=0, microsecond=0)
    assert "termin liczy 37 dni" in kept.source
    assert f"{today(store).day} " in kept.source.split("Od dnia ogłoszenia (")[1][:3]


def test_published_later_a_term_grown_too_short_wants_a_later_end_or_the_hosts_own_word(store: Store) -> None:
    found = prepared(store, a_document(store))
    store.clock.advance(days=3)
    earliest = term_end(today(store), 21)
    with pytest.raises(InvalidInput) as refused:
        consultations.publish_announcement(SYSTEM, found, now=store.now)
    assert refused.value.code == "invalid.term_too_short"
    assert refused.value.facts["earliest"] == earliest.isoformat()
    with pytest.raises(InvalidInput) as refused:
        consultations.publish_announcement(SYSTEM, found, departure_reason=WORD, now=store.now)
    assert refused.value.code == "invalid.departure_unconfirmed"
    assert queries.get_consultation(found, with_prepared=True).is_prepared
    consultations.publish_announcement(SYSTEM, found, closes_at=closing(earliest), now=store.now)
    assert queries.get_consultation(found).closes_at == closing(earliest)
    other = prepared(store, a_document(store))
    store.clock.advance(days=3)
    consultations.publish_announcement(
        SYSTEM, other, departure_reason=WORD, is_departure_confirmed=True, now=store.now
    )
    assert queries.get_consultation(other).departure_reason == WORD


def test_a_strategy_is_announced_without_a_meeting_only_on_the_hosts_own_word(store: Store) -> None:
    found = prepared(store, a_document(store), legal_basis="strategy")
    with pytest.raises(InvalidInput) as refused:
        consultations.publish_announcement(SYSTEM, found, now=store.now)
    assert refused.value.code == "invalid.meetings_missing"
    with pytest.raises(InvalidInput) as refused:
        consultations.publish_announcement(SYSTEM, found, departure_reason=WORD, now=store.now)
    assert refused.value.code == "invalid.meetings_unconfirmed"
    announce_meeting(SYSTEM, found, meeting_on(today(store) + timedelta(7)), now=store.now)
    kept = consultations.publish_announcement(
        SYSTEM,
        found,
        address="https://konsultacje.example.org/consultations/1",
        clause_address="https://konsultacje.example.org/hosts/a/clause",
        now=store.now,
    )
    assert "Spotkanie; Szkoła" in kept.source
    assert "/consultations/1>" in kept.source
    assert "/hosts/a/clause>" in kept.source
    other = prepared(store, a_document(store), legal_basis="strategy")
    consultations.publish_announcement(
        SYSTEM, other, departure_reason=WORD, is_departure_confirmed=True, now=store.now
    )
    assert queries.get_consultation(other).departure_reason == WORD


def test_what_is_prepared_changes_without_reason_announcement_or_letter(store: Store) -> None:
    found = prepared(store, a_document(store), days=40)
    earlier = closing(today(store) + timedelta(30))
    consultations.extend_consultation(SYSTEM, found, closes_at=earlier, reason="", now=store.now)
    consultations.correct_consultation(
        SYSTEM, found, Correction("Nowy opis.", Details(area="Dolne")), reason="", now=store.now
    )
    row = queries.get_consultation(found, with_prepared=True)
    assert (row.closes_at, row.summary, row.area) == (earlier, "Nowy opis.", "Dolne")
    assert not queries.list_changes(found)
    assert not queries.list_announcements(found)


def test_what_is_prepared_and_called_off_was_never_there(store: Store) -> None:
    slug = a_document(store)
    found = prepared(store, slug)
    consultations.cancel_consultation(SYSTEM, found, reason="", now=store.now)
    assert not listings.list_calls(CallFilter(), store.now, limit=9)
    with pytest.raises(RuleBroken) as refused:
        consultations.publish_announcement(SYSTEM, found, now=store.now)
    assert refused.value.code == "rule.consultation_cancelled"
    assert prepared(store, slug) != found


def test_two_consultations_of_a_document_overlap_even_where_one_is_only_prepared(store: Store) -> None:
    slug = a_document(store)
    prepared(store, slug)
    with pytest.raises(RuleBroken) as refused:
        prepared(store, slug)
    assert refused.value.code == "rule.consultation_overlaps"
