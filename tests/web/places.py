"""An office, its people and its document, ready to be visited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from werkzeug.routing import Rule

from consult.ports.search import SearchQuery
from consult.services import dispositions, upkeep
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from consult.web.shared.saved_searches import save_href
from tests.factories.group_at_work import begin_group_work, seated
from tests.factories.joint_answers import answered_by_an_ngo
from tests.factories.pictures import bring_files
from tests.factories.records import (
    TEXT,
    People,
    ask_for_letters,
    await_administrators,
    comment_on,
    edit_as,
    furnish_host,
    hide_comment,
    hold_a_consultation,
    invite_by_link,
    new_document,
    new_group,
    new_people,
    open_consultation,
    publish,
    section,
)
from tests.factories.searches import keep_search
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


def things_to_name(place: Place) -> Callable[[Rule], dict[str, object]]:
    """Something of every kind that addresses name; the answer fills in the names in an address."""
    with place.site.records() as store:
        slug = new_document(store, host_id=place.people.host_id)
        open_now = open_consultation(store, slug)
        receipt = comment_on(store, slug)
        comment_on(store, slug, "siedmiu dni")
        document_id = document_queries.get_document(slug, EVERYTHING).id
        target_id = comment_queries.list_placed_in_draft(document_id)[0].target_id
        hidden = hide_comment(store, comment_on(store, slug, text="Ukryta."))
        held = hold_a_consultation(store, open_now)
        joint = answered_by_an_ngo(store, slug, open_now)
        furnished = furnish_host(store, place.people.host_id)
        group = new_group(store, place.people.host_id, slug)
        seat_link = invite_by_link(store, group)
        kept = keep_search(store, place.people.official)
        letters = ask_for_letters(store) | await_administrators(store)
        edit_as(store, slug, place.people.editor)
        upkeep.beat(now=lambda: store.now)
        files = bring_files(store, place.slug)
        work = begin_group_work(
            store,
            place.slug,
            seated(store, new_group(store, place.people.host_id, place.slug, name="Redakcja"), "member"),
            host_id=place.people.host_id,
        )
    values: dict[str, object] = {
        "slug": place.slug,
        "number": 1,
        "extension": "md",
        "requirements.extension": "csv",
        "section_id": place.section_id(),
        "text_id": place.text_id(),
        "register_id": place.register_id,
        "consultation_id": place.consultation_id,
        "receipt_no": receipt.receipt_no,
        "secret": receipt.secret,
        "filename": "css/base.css",
        "meeting_id": held.meeting_id,
        "unsaved_id": 1,
        "redaction_id": 1,
        "unsent_id": 1,
        "opinion_id": held.opinion_id,
        "explanation_id": held.explanation_id,
        "groups.slug": group,
        "documents.person_id": place.people.editor.id,
        **joint,
        **seat_link,
        **furnished,
        **letters,
        **files,
        **work,
        **kept,
    }
    with place.site.app.test_request_context():
        asked = save_href(SearchQuery(words="gmina"), "/search?q=gmina").partition("asked=")[2]
    own: dict[str, dict[str, object]] = {
        "placement_decisions.case": {"slug": slug, "target_id": target_id},
        "comments.new": {"slug": slug},
        "comments.receipt": {"register_id": receipt.register_id},
        "comments.receipt_file": {"register_id": receipt.register_id},
        "comments.receipt_pdf": {"register_id": receipt.register_id},
        "comments.change": {"register_id": receipt.register_id, "number": receipt.numbers[0]},
        "comments.withdraw": {"register_id": receipt.register_id, "number": receipt.numbers[0]},
        "feeds.host_feed": {"slug": values["organisations.slug"]},
        "feeds.host_calendar": {"slug": values["organisations.slug"]},
        "contact_views.list_all": {"slug": values["organisations.slug"]},
        "meetings.explain": {"consultation_id": open_now},
        "submissions.new": {"consultation_id": open_now},
        "submissions.returned": {"consultation_id": open_now},
        "submissions.file": {"file_no": 1},
        "comment_forms.download": {"extension": "docx"},
        "meetings.explain_comment": {"register_id": receipt.register_id},
        "moderation.desk": {"consultation_id": open_now},
        "moderation.case": {"register_id": hidden.register_id, "number": hidden.numbers[0]},
        "moderation.appeal": {
            "register_id": hidden.register_id,
            "receipt_no": hidden.receipt_no,
            "secret": hidden.secret,
            "number": hidden.numbers[0],
        },
        "discussion.support": {"register_id": receipt.register_id, "number": receipt.numbers[0]},
        "documents.download": {"version": 1},
        "saved_searches.new": {"asked": asked},
        "appearances.words": {"q": WORDS},
    }

    def given(rule: Rule) -> dict[str, object]:
        feature = rule.endpoint.partition(".")[0]
        named = {name: values.get(f"{feature}.{name}", values.get(name)) for name in rule.arguments}
        return named | own.get(rule.endpoint, {})

    return given
