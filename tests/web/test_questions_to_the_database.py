"""A page asks the database as often for two hundred comments as for ten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from consult.services import comments
from consult.services.comments import Remark
from tests.factories.records import NGO
from tests.web.places import WORDS, Place, new_place
from tests.web.visitors import Site

FEW, MANY = 10, 200


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement sent while inside."""
    sent: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def comment_many(place: Place, count: int) -> None:
    from consult.domain.policy.actors import SYSTEM
    from consult.services import quotations

    with place.site.records() as store:
        pointings = [
            quotations.find_quote(SYSTEM, place.slug, quote, nth=1, now=store.now)
            for quote in (WORDS, "Uwagi przyjmuje się na piśmie", "Projekt uchwały poddaje się konsultacjom")
        ]
        remarks = [
            Remark(
                text=f"Uwaga numer {at}.",
                pointings=(pointing,) if (pointing := pointings[at % 4] if at % 4 < 3 else None) else (),
            )
            for at in range(count)
        ]
        comments.submit_comments(place.people.official, place.slug, remarks, NGO, now=store.now)


@pytest.fixture(scope="module")
def places(whole_site: Site) -> tuple[Place, Place]:
    """The same document twice, with few comments and with many, some answered."""
    made = []
    for count in (FEW, MANY):
        place = new_place(whole_site)
        comment_many(place, count)
        for number in range(1, count // 5):
            place.answer(number)
        made.append(place)
    return made[0], made[1]


PAGES = {
    "the reading page of a guest": ("guest", "{address}", 21),
    "the reading page of an official": ("official", "{address}", 29),
    "the working draft": ("editor", "{address}/draft", 28),
    "the list of comments of a guest": ("guest", "{address}/comments", 20),
    "the list of comments of an official": ("official", "{address}/comments", 24),
    "the list narrowed": ("guest", "{address}/comments?capacity=ngo&q=numer", 20),
    "one comment": ("guest", "/comments/{register}/1", 18),
    "the workbench": ("official", "{workbench}/1", 27),
    "the workbench with everything": ("official", "{workbench}/5?show=all", 27),
    "the table of comments": ("official", "{address}/text.xlsx", 18),
    "the history": ("official", "{address}/history", 24),
    "the home page": ("guest", "/", 8),
    "the search": ("guest", "/search?q=numer", 14),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_a_bounded_number_of_questions_whatever_the_number_of_comments(
    places: tuple[Place, Place], name: str
) -> None:
    role, pattern, most = PAGES[name]
    numbers = []
    for place in places:
        address = pattern.format(address=place.address, workbench=place.workbench, register=place.register_id)
        with counted() as sent:
            place.visitor(role).client.get(address, buffered=True)
        numbers.append(len(sent))
    few, many = numbers
    assert many <= few + 1, numbers
    assert many <= most, numbers


def test_a_kept_page_asks_only_whether_it_is_still_true(places: tuple[Place, Place]) -> None:
    place = places[1]
    place.guest.get(place.address)
    with counted() as sent:
        place.guest.get(place.address)
    assert len(sent) <= 5, sent
