"""A search one keeps tells of what it newly finds, as often as asked, and of nothing one may not see."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from consult.domain.errors import InvalidInput, NotFound, NotPermitted
from consult.domain.policy.actors import SYSTEM, Actor
from consult.ports.mail import Letter
from consult.ports.search import SearchQuery
from consult.services import accounts, drafting, organisations, saved_searches
from consult.services.accounts.requests import decide_data_request
from consult.services.letters.sending import send_pending
from consult.services.saved_searches import kept_query, read_query, save_search, tell_of_new_places
from consult.storage.queries import saved_searches as queries
from consult.storage.queries.organisations import get_organisation_by_id
from tests.factories.apps import Store
from tests.factories.records import (
    People,
    comment_on,
    new_document,
    new_people,
    open_consultation,
    publish,
    section,
)

ADDRESS = "/search?q=termin"


class Waiting:
    """A worker that does nothing until later."""

    def wake(self, job: str) -> None:
        del job


@pytest.fixture
def people(store: Store) -> People:
    return new_people(store)


def save(
    store: Store, actor: Actor, words: str = "uwaga zbiorcza", pace: str = "instant", **asked: object
) -> int:
    query = SearchQuery(words=words, **asked)  # type: ignore[arg-type]
    return save_search(actor, "Moje", query, ADDRESS, pace=pace, now=store.now)


def letters(store: Store) -> list[Letter]:
    """What was sent since one last looked."""
    send_pending(now=store.clock.now)
    sent = list(store.ports.mailer.sent)  # type: ignore[attr-defined]
    store.ports.mailer.sent.clear()  # type: ignore[attr-defined]
    return [letter for letter in sent if "Moje" in letter.subject]


def look(store: Store) -> list[Letter]:
    tell_of_new_places(store.now)
    return letters(store)


@pytest.fixture
def slug(store: Store, people: People) -> str:
    slug = new_document(store, host_id=people.host_id)
    open_consultation(store, slug)
    return slug


def test_a_letter_lists_only_what_is_new(store: Store, people: People, slug: str) -> None:
    comment_on(store, slug, text="Pierwsza uwaga zbiorcza o terminach.")
    save(store, people.neighbour)
    assert look(store) == [], "what there was is known"
    comment_on(store, slug, text="Druga uwaga zbiorcza o opłatach.")
    (letter,) = look(store)
    assert "opłatach" in letter.text
    assert "terminach" not in letter.text + letter.html
    assert look(store) == [], "nobody is told twice"


def test_nobody_is_written_to_who_asked_for_no_letters(store: Store, people: People, slug: str) -> None:
    save(store, people.neighbour, pace="none")
    comment_on(store, slug, text="Nowa uwaga zbiorcza.")
    assert look(store) == []


def test_letters_begin_with_what_comes_after_one_asked_for_them(
    store: Store, people: People, slug: str
) -> None:
    saved = save(store, people.neighbour, pace="none")
    comment_on(store, slug, text="Uwaga zbiorcza sprzed listów.")
    saved_searches.change_search(people.neighbour, saved, name="Moje", pace="instant", now=store.now)
    comment_on(store, slug, text="Uwaga zbiorcza po prośbie.")
    (letter,) = look(store)
    assert "po prośbie" in letter.text
    assert "sprzed" not in letter.text


def test_the_wording_of_a_part_already_found_is_no_news(store: Store, people: People, slug: str) -> None:
    save(store, people.member, "siedmiu dni roboczych")
    standing = section(slug, "Zlecanie zadań")
    drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=standing.source.replace("ogłasza się", "podaje się"),
        base_text_id=standing.text_id,
        note="",
        now=store.now,
    )
    assert look(store) == []


def test_words_of_a_draft_are_told_to_the_team_and_to_others_once_published(
    store: Store, people: People, slug: str
) -> None:
    save(store, people.member, "niezwłocznie")
    save(store, people.neighbour, "niezwłocznie")
    standing = section(slug, "Konsultacje")
    drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=standing.source.replace("poddaje się", "niezwłocznie poddaje się"),
        base_text_id=standing.text_id,
        note="",
        now=store.now,
    )
    assert len(look(store)) == 1
    store.clock.advance(days=30)
    publish(store, slug)
    (letter,) = look(store)
    assert "niezwłocznie" in letter.text


def test_what_one_may_no_longer_see_when_the_letter_leaves_is_not_in_it(
    store: Store, people: People, slug: str
) -> None:
    save(store, people.member, "niezwłocznie")
    standing = section(slug, "Konsultacje")
    drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=standing.source.replace("poddaje się", "niezwłocznie poddaje się"),
        base_text_id=standing.text_id,
        note="",
        now=store.now,
    )
    host = get_organisation_by_id(people.host_id).slug
    with store.replaced(jobs=Waiting()):
        tell_of_new_places(store.now)
        organisations.remove_member(SYSTEM, host, people.member.id or 0, now=store.now)
    assert letters(store) == []


def test_a_letter_stops_them_without_signing_in(store: Store, people: People, slug: str) -> None:
    saved = save(store, people.neighbour)
    comment_on(store, slug, text="Nowa uwaga zbiorcza.")
    (letter,) = look(store)
    found = re.search(r"/searches/stop/([\w-]+)", letter.text)
    assert found
    assert letter.stop_href.endswith(found[0])
    assert saved_searches.stop_by_link(found[1]).id == saved
    comment_on(store, slug, text="Jeszcze jedna uwaga zbiorcza.")
    assert look(store) == []
    with pytest.raises(NotFound):
        saved_searches.stop_by_link(found[1] + "x")


@pytest.mark.parametrize(
    ("pace", "when", "is_due"),
    [
        ("daily", timedelta(hours=6), False),
        ("daily", timedelta(hours=24), True),
        ("weekly", timedelta(days=1), False),
        ("weekly", timedelta(days=7), True),
        ("instant", timedelta(minutes=10), True),
        ("none", timedelta(days=30), False),
    ],
)
def test_letters_come_as_often_as_asked(
    store: Store, people: People, pace: str, when: timedelta, is_due: bool
) -> None:
    monday = datetime.fromisoformat("2026-03-02T09:00:00+01:00")
    saved = queries.SavedSearchRow(1, 1, "", "", "", pace, monday, monday, 0)
    assert saved_searches.is_due(saved, monday + when) is is_due


def test_nothing_is_looked_for_where_nothing_has_happened(store: Store, people: People, slug: str) -> None:
    save(store, people.neighbour)
    look(store)
    asked: list[object] = []

    class Counting:
        def __getattr__(self, name: str) -> object:
            asked.append(name)
            return getattr(store.ports.search, name)

    with store.replaced(search=Counting()):
        tell_of_new_places(store.now + timedelta(hours=1))
    assert asked == []


def test_people_keep_only_their_own(store: Store, people: People) -> None:
    saved = save(store, people.neighbour)
    for act in (
        lambda: saved_searches.delete_search(people.member, saved),
        lambda: saved_searches.change_search(people.member, saved, name="x", pace="none", now=store.now),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotPermitted):
        save(store, people.guest)
    saved_searches.delete_search(people.neighbour, saved)
    assert queries.list_saved_searches(people.neighbour.id or 0) == []


@pytest.mark.parametrize(
    ("name", "pace", "code"),
    [
        ("  ", "none", "search_name_empty"),
        ("x" * 201, "none", "search_name_too_long"),
        ("x", "hourly", "search_pace"),
        ("a\x00", "none", "control_characters"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    store: Store, people: People, name: str, pace: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_search(people.member, name, SearchQuery(words="x"), ADDRESS, pace=pace, now=store.now)
    assert refused.value.code == f"invalid.{code}"


def test_a_query_is_read_as_it_was_kept(store: Store) -> None:
    query = SearchQuery(
        words='"30 dni" -opłata',
        kinds=("comment",),
        as_of=store.now,
        sort="place",
        facets=(("host", "3"), ("year", "2026")),
    )
    assert read_query(kept_query(query)) == query
    for broken in ("", "[]", "{", '{"as_of": "x"}', "null"):
        assert read_query(broken) is None


def test_searches_go_with_their_account(store: Store, people: People, slug: str) -> None:
    save(store, people.neighbour)
    comment_on(store, slug, text="Nowa uwaga zbiorcza.")
    look(store)
    request = accounts.ask_data_request(people.neighbour, "erase", words="", now=store.now)
    decide_data_request(people.administrator, request, decision="carried_out", reason="", now=store.now)
    assert queries.list_saved_searches(people.neighbour.id or 0) == []
