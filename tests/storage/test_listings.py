"""Lists are made in the database and the states are said by the domain: the two agree, on every database."""

from __future__ import annotations

from datetime import timedelta

from consult.domain.policy.actors import SYSTEM
from consult.services import consultations, dispositions
from consult.services.consultations import Details
from consult.storage.queries import following, listings, news
from consult.storage.queries.listings import STATES, CallFilter
from consult.storage.queries.viewers import EVERYTHING, Viewer
from tests.factories.apps import Store
from tests.factories.records import comment_on, new_document, new_group, new_people, publish

LISTED_AS = {"closed": "answering", "effects": "reported"}
"""What lists call a state they do not tell apart."""


def lived_in(store: Store) -> None:
    """Consultations that will be in every state there is as time goes by."""
    people = new_people(store)
    for opens, closes, fields, area in (
        (0, 5, ("sport",), "Śródmieście"),
        (3, 9, ("culture", "sport"), "cała gmina"),
        (0, 20, (), ""),
        (10, 30, ("culture",), "cała gmina"),
    ):
        slug = new_document(store, host_id=people.host_id)
        publish(store, slug)
        consultations.open_consultation(
            SYSTEM,
            slug,
            version_no=1,
            title=slug,
            legal_basis="resolution",
            details=Details(
                fields=fields, area=area, departure_reason="Uchwała.", is_departure_confirmed=True
            ),
            opens_at=store.now + timedelta(days=opens),
            closes_at=store.now + timedelta(days=closes),
            now=store.now,
        )
        if opens == 0:
            comment_on(store, slug)


def test_every_state_counts_what_it_lists_whatever_the_moment(any_store: Store) -> None:
    lived_in(any_store)
    begun = any_store.now
    answered = False
    for day in (0, 3, 5, 6, 9, 12, 20, 29, 30, 31):
        now = any_store.clock.at = begun + timedelta(days=day)
        if day == 12 and not answered:
            first = listings.list_calls(CallFilter(field="sport", area="Śródmieście"), now, limit=1)[0]
            answer(any_store, first.id)
            answered = True
        everything = listings.list_calls(CallFilter(), now, limit=50)
        assert len(everything) == 4
        counts = listings.count_calls(CallFilter(), now)
        for state in STATES:
            listed = listings.list_calls(CallFilter(state=state), now, limit=50)
            expected = {
                row.id
                for row in everything
                if LISTED_AS.get(str(row.state(now)), str(row.state(now))) == state
            }
            assert {row.id for row in listed} == expected, (day, state)
            assert counts[state] == len(expected)
        standing = {row.id for row in listings.list_standing(now)}
        assert standing == {row.id for row in everything if str(row.state(now)) in ("announced", "open")}
        waiting = {row.id for row in listings.list_waiting(now)}
        assert waiting == {row.id for row in everything if str(row.state(now)) in ("answering", "closed")}


def answer(store: Store, consultation_id: int) -> None:
    from consult.storage.queries import comments, consultations

    register_id = consultations.get_consultation(consultation_id).register_id
    comment = comments.find_comment(register_id, 1, with_drafts=True)
    assert comment is not None
    dispositions.save_disposition(
        SYSTEM, comment.id, outcome="noted", justification="Tak.", expected_revision=0, now=store.now
    )
    dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now)


def test_filters_find_whole_fields_and_areas_and_the_year_of_the_end(any_store: Store) -> None:
    lived_in(any_store)
    now = any_store.now

    def found(**wanted: object) -> int:
        narrowed = CallFilter(**wanted)  # type: ignore[arg-type]
        listed = listings.list_calls(narrowed, now, limit=50)
        assert sum(listings.count_calls(narrowed, now).values()) == len(listed)
        return len(listed)

    assert found(field="sport") == 2
    assert found(field="spor") == 0
    assert found(field="%") == 0
    assert found(area="cała gmina") == 2
    assert found(year=now.year) == 4
    assert found(year=now.year + 1) == 0
    assert listings.list_areas_and_years() == (["cała gmina", "Śródmieście"], [now.year])


def test_documents_groups_and_news_read_the_same_on_every_database(any_store: Store) -> None:
    people = new_people(any_store)
    draft, known = (new_document(any_store, host_id=people.host_id) for _ in range(2))
    since = any_store.now - timedelta(days=1)
    publish(any_store, known)
    new_group(any_store, people.host_id, draft, known)
    assert [row.slug for row in listings.list_works(Viewer())] == [known]
    assert {row.slug for row in listings.list_works(EVERYTHING)} == {draft, known}
    person_id = people.neighbour.id or 0
    from consult.services import following as service

    service.follow(people.neighbour, "host", str(people.host_id), now=any_store.now)
    rows = news.list_news(person_id, Viewer.of(people.neighbour), since=since).rows
    assert [(row.kind, row.document_slug) for row in rows] == [("version.published", known)]
    assert following.followers_of("host", people.host_id) == [person_id]
