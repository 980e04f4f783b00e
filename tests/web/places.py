"""An office, its people and its document, ready to be visited."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consult.services import dispositions
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from tests.factories.records import (
    TEXT,
    People,
    comment_on,
    new_document,
    new_people,
    open_consultation,
    publish,
    section,
)
from tests.web.visitors import Site, Visitor

WORDS = "co najmniej dwadzieścia jeden dni"
"""Words of the section about grants that comments point at."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a test takes place: a site, the people of one office, its document, the consultation of it."""

    site: Site
    people: People
    slug: str
    consultation_id: int
    register_id: int

    @property
    def address(self) -> str:
        return f"/documents/{self.slug}"

    @property
    def guest(self) -> Visitor:
        return self.site.visitor()

    def visitor(self, role: str, *, language: str = "pl") -> Visitor:
        """A person by their part in it: guest, neighbour, member, editor, official, administrator."""
        actor = None if role == "guest" else getattr(self.people, role)
        return self.site.visitor(actor, language=language)

    def section_id(self, heading: str = "Zlecanie zadań") -> str:
        with self.site.records():
            return section(self.slug, heading).section_id

    def text_id(self, heading: str = "Zlecanie zadań") -> int:
        with self.site.records():
            return section(self.slug, heading).text_id

    def source(self, heading: str = "Zlecanie zadań") -> str:
        with self.site.records():
            return section(self.slug, heading).source

    def composer(self, quote: str | None = WORDS, heading: str = "Zlecanie zadań") -> str:
        """The address of the page on which one comments on these words, or on the whole."""
        if quote is None:
            return f"{self.address}/comments/new"
        with self.site.records():
            found = section(self.slug, heading)
        start = found.plain.index(quote)
        return (
            f"{self.address}/comments/new?section={found.section_id}&text_id={found.text_id}"
            f"&start={start}&end={start + len(quote)}"
        )

    def comment(self, quote: str | None = WORDS, **options: object) -> int:
        """A comment handed in; its number."""
        with self.site.records() as store:
            return comment_on(store, self.slug, quote, **options).numbers[0]  # type: ignore[arg-type]

    def answer(
        self, number: int, *, outcome: str = "rejected", justification: str = "Uzasadnienie urzędu."
    ) -> None:
        with self.site.records() as store:
            comment = comment_queries.find_comment(self.register_id, number, with_drafts=True)
            assert comment is not None
            dispositions.save_disposition(
                self.people.official,
                comment.id,
                outcome=outcome,
                justification=justification,
                expected_revision=0,
                now=store.now,
            )

    def publish_answers(self) -> None:
        with self.site.records() as store:
            dispositions.publish_dispositions(self.people.official, self.consultation_id, now=store.now)

    def publish(self, label: str = "po uwagach") -> int:
        with self.site.records() as store:
            return publish(store, self.slug, label).number

    @property
    def workbench(self) -> str:
        return f"/consultations/{self.consultation_id}/answers"


@cache
def people_of(site: Site) -> People:
    """The people all places of a site share."""
    with site.records() as store:
        return new_people(store)


def new_place(site: Site, *, days: float = 21, text: str = TEXT) -> Place:
    """A new document of the office in an open consultation."""
    people = people_of(site)
    with site.records() as store:
        slug = new_document(store, text, host_id=people.host_id)
        consultation_id = open_consultation(store, slug, days=days)
        register_id = consultation_queries.get_consultation(consultation_id).register_id
    return Place(site, people, slug, consultation_id, register_id)


def new_draft(place: Place, text: str = TEXT) -> str:
    """The name of another document of the same office, never published."""
    with place.site.records() as store:
        return new_document(store, text, host_id=place.people.host_id)
