"""What people follow is theirs alone, and what is new is counted from their last visit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.domain.errors import InvalidInput, NotFound, NotPermitted
from consult.domain.history.events import OpinionEntered, VersionPublished
from consult.services import following
from consult.services.accounts import sessions
from consult.storage.queries import deliveries, news
from consult.storage.queries import documents as document_queries
from consult.storage.queries import following as queries
from consult.storage.queries import groups as group_queries
from consult.storage.queries.viewers import EVERYTHING, Viewer
from consult.storage.unit_of_work import unit_of_work
from tests.factories.apps import Store
from tests.factories.records import (
    People,
    comment_on,
    new_document,
    new_group,
    new_people,
    open_consultation,
    publish,
)


@pytest.fixture
def people(store: Store) -> People:
    return new_people(store)


def document_id(slug: str) -> str:
    return str(document_queries.get_document(slug, EVERYTHING).id)


def followed(person_id: int | None) -> set[tuple[str, str]]:
    return {(row.kind, row.ref) for row in queries.list_followed(person_id or 0)}


def test_following_twice_is_following_once_and_stopping_is_for_good(store: Store, people: People) -> None:
    slug = new_document(store, host_id=people.host_id)
    publish(store, slug)
    ref = document_id(slug)
    following.follow(people.neighbour, "document", ref, now=store.now)
    following.follow(people.neighbour, "document", ref, now=store.now)
    assert followed(people.neighbour.id) == {("document", ref)}
    following.unfollow(people.neighbour, "document", ref)
    following.unfollow(people.neighbour, "document", ref)
    assert followed(people.neighbour.id) == set()


def test_guests_follow_nothing(store: Store, people: People) -> None:
    with pytest.raises(NotPermitted):
        following.follow(people.guest, "host", str(people.host_id), now=store.now)
    with pytest.raises(NotPermitted):
        following.unfollow(people.guest, "host", str(people.host_id))
    with pytest.raises(NotPermitted):
        following.mark_seen(people.guest, now=store.now)


def test_nobody_follows_what_they_may_not_know_of(store: Store, people: People) -> None:
    draft = document_id(new_document(store, host_id=people.host_id))
    hidden = new_group(store, people.host_id, visibility="host")
    group = str(group_queries.get_group(hidden, EVERYTHING).id)
    for kind, ref in (("document", draft), ("group", group), ("consultation", "999"), ("host", "0")):
        with pytest.raises(NotFound):
            following.follow(people.neighbour, kind, ref, now=store.now)
    following.follow(people.member, "document", draft, now=store.now)
    following.follow(people.member, "group", group, now=store.now)
    assert len(followed(people.member.id)) == 2


@pytest.mark.parametrize("ref", ["", "x" * 201, "１", "-1", "99999999999", "abc"])
def test_what_is_no_reference_is_not_there(store: Store, people: People, ref: str) -> None:
    for kind in ("document", "consultation", "host", "group", "field"):
        with pytest.raises(NotFound):
            following.follow(people.neighbour, kind, ref, now=store.now)
    with pytest.raises(InvalidInput):
        following.follow(people.neighbour, "person", ref, now=store.now)


def test_what_somebody_follows_is_not_written_into_the_record(store: Store, people: People) -> None:
    before = deliveries.last_event()
    following.follow(people.neighbour, "host", str(people.host_id), now=store.now)
    following.mark_seen(people.neighbour, now=store.now)
    following.unfollow(people.neighbour, "host", str(people.host_id))
    assert deliveries.last_event() == before


def test_followers_are_told_of_a_consultation_whichever_way_they_follow_it(
    store: Store, people: People
) -> None:
    slug = new_document(store, host_id=people.host_id)
    consultation_id = open_consultation(store, slug)
    group = new_group(store, people.host_id, slug)
    group_id = str(group_queries.get_group(group, EVERYTHING).id)
    for who, kind, ref in (
        (people.neighbour, "document", document_id(slug)),
        (people.member, "host", str(people.host_id)),
        (people.editor, "group", group_id),
        (people.official, "consultation", str(consultation_id)),
        (people.official, "document", document_id(slug)),
        (people.administrator, "host", str(people.other_host_id)),
    ):
        following.follow(who, kind, ref, now=store.now)
    expected = sorted(
        one.id or 0 for one in (people.neighbour, people.member, people.editor, people.official)
    )
    assert queries.followers_of_consultation(consultation_id) == expected
    assert queries.followers_of("document", document_id(slug)) == sorted(
        [people.neighbour.id, people.official.id]  # type: ignore[type-var]
    )


def sign_in(store: Store, person_id: int | None) -> None:
    sessions.begin_session(
        person_id or 0, means="password", device=sessions.Device("Firefox", "Linux"), now=store.now
    )


def seen_at(person_id: int | None) -> object:
    visit = queries.find_visit(person_id or 0)
    return visit and visit.seen_at


def test_signing_in_anew_counts_from_the_sign_in_before_and_reading_counts_from_then(
    store: Store, people: People
) -> None:
    first = store.now
    sign_in(store, people.neighbour.id)
    assert seen_at(people.neighbour.id) == first
    store.clock.advance(days=2)
    sign_in(store, people.neighbour.id)
    assert seen_at(people.neighbour.id) == first
    read = store.clock.advance(hours=1)
    following.mark_seen(people.neighbour, now=read)
    store.clock.advance(days=1)
    sign_in(store, people.neighbour.id)
    assert seen_at(people.neighbour.id) == read


def told(store: Store, people: People, who: str, since: object) -> list[str]:
    actor = getattr(people, who)
    found = news.list_news(actor.id, Viewer.of(actor), since=since)  # type: ignore[arg-type]
    return [row.kind for row in found.rows]


def test_what_is_new_is_what_happened_since_in_what_one_follows_or_commented_on(
    store: Store, people: People
) -> None:
    slug, other = (new_document(store, host_id=people.host_id) for _ in range(2))
    publish(store, slug)
    publish(store, other)
    since = store.clock.advance(minutes=1)
    following.follow(people.neighbour, "document", document_id(slug), now=store.now)
    store.clock.advance(minutes=1)
    open_consultation(store, slug)
    open_consultation(store, other)
    assert told(store, people, "neighbour", since) == ["consultation.opened"]
    assert told(store, people, "neighbour", store.now) == []
    comment_on(store, other, actor=people.neighbour)
    assert told(store, people, "neighbour", since) == ["consultation.opened"] * 2
    assert told(store, people, "member", since) == []


def test_news_of_documents_one_may_no_longer_know_of_are_not_told(store: Store, people: People) -> None:
    since = store.now
    store.clock.advance(minutes=1)
    draft = new_document(store, host_id=people.host_id)
    for who in (people.neighbour, people.member):
        following.follow(who, "host", str(people.host_id), now=store.now)
    with unit_of_work() as work:  # an event that should never have been, about a draft
        work.record(VersionPublished(document_id(draft), "0"), at=store.now, actor_ref=None)
    assert told(store, people, "neighbour", since) == []
    assert told(store, people, "member", since) == ["version.published"]
    since = store.now
    store.clock.advance(minutes=1)
    publish(store, draft)
    assert told(store, people, "neighbour", since) == ["version.published"]


def test_a_window_says_from_where_to_go_on(store: Store, people: People) -> None:
    since = store.now
    store.clock.advance(minutes=1)
    following.follow(people.neighbour, "host", str(people.host_id), now=store.now)
    for _ in range(5):
        publish(store, new_document(store, host_id=people.host_id))
    viewer = Viewer.of(people.neighbour)
    person_id = people.neighbour.id or 0
    seen: list[int] = []
    before = None
    for _ in range(3):
        page = news.list_news(person_id, viewer, since=since, before=before, window=2)
        seen += [row.document_id for row in page.rows]
        before = page.before
    assert len(set(seen)) == 5
    assert before is None


def test_a_button_pressed_twice_at_once_is_pressed_once(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second press does not see yet what the first one keeps."""
    people = new_people(any_store)
    following.follow(people.neighbour, "host", str(people.host_id), now=any_store.now)
    with monkeypatch.context() as blind:
        blind.setattr(queries, "list_followed", lambda _person: [])
        following.follow(people.neighbour, "host", str(people.host_id), now=any_store.now)
    assert followed(people.neighbour.id) == {("host", str(people.host_id))}


def test_an_opinion_is_news_to_who_follows_the_consultation(store: Store, people: People) -> None:
    consultation_id = open_consultation(store, new_document(store, host_id=people.host_id))
    following.follow(people.neighbour, "consultation", str(consultation_id), now=store.now)
    since = store.now
    with unit_of_work() as work:
        work.record(
            OpinionEntered("1", str(consultation_id)), at=since + timedelta(minutes=1), actor_ref=None
        )
    (row,) = news.list_news(people.neighbour.id or 0, Viewer.of(people.neighbour), since=since).rows
    assert (row.kind, row.consultation_id) == ("opinion.entered", consultation_id)
