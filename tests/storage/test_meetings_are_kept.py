"""Meetings, opinions, explanations, feeds and calendars are the same on every database the product runs on."""

from __future__ import annotations

from datetime import timedelta

from consult.domain.policy.actors import SYSTEM
from consult.services import meetings
from consult.storage.queries import explanations as explanation_queries
from consult.storage.queries import feeds
from consult.storage.queries import meetings as queries
from consult.storage.queries import opinions as opinion_queries
from consult.storage.queries.addressees import list_addressees
from consult.storage.queries.feeds import Scope
from consult.storage.queries.viewers import Viewer
from tests.factories.apps import Store
from tests.factories.records import (
    RESIDENT,
    announce_meeting,
    comment_on,
    hold_a_consultation,
    new_document,
    new_host,
    open_consultation,
)


def test_what_is_kept_is_read_back(any_store: Store) -> None:
    host_id = new_host(any_store)
    slug = new_document(any_store, host_id=host_id)
    consultation_id = open_consultation(any_store, slug)
    receipt = comment_on(any_store, slug, sender=RESIDENT)
    comment_on(any_store, slug, text="Jeszcze jedna.", sender=RESIDENT)
    held = hold_a_consultation(any_store, consultation_id, receipt.comment_ids[0])
    cancelled = announce_meeting(any_store, consultation_id)
    meetings.cancel_meeting(SYSTEM, cancelled, reason="Burza.", now=any_store.now)

    assert [row.id for row in queries.list_meetings(consultation_id)] == [held.meeting_id, cancelled]
    assert queries.attendance_sums(consultation_id) == (1, {"resident": 12, "ngo": 3})
    assert queries.list_changes([cancelled])[cancelled][0].reason == "Burza."
    (opinion,) = opinion_queries.list_opinions(consultation_id, Viewer())
    assert opinion.id == held.opinion_id
    assert len(opinion_queries.list_changes(held.opinion_id)) == 1
    assert explanation_queries.count_acts([consultation_id]) == (2, 1)
    assert explanation_queries.list_clarifications(receipt.comment_ids) == {}
    (addressee,) = list_addressees(consultation_id)
    assert addressee.submission_id is not None

    for scope in (Scope(), Scope(host_id=host_id)):
        kinds = {one.kind for one in feeds.list_happenings(scope, any_store.now + timedelta(days=30))}
        assert {
            "meeting.cancelled",
            "consultation.opened",
            "consultation.ended",
            "version.published",
        } <= kinds
        (call,) = feeds.list_calls(scope, any_store.now)
        assert (call.id, call.change_count) == (consultation_id, 0)
    assert feeds.list_happenings(Scope(host_id=host_id + 1), any_store.now) == []
