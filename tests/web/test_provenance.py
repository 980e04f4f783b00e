"""The pages that say where words come from: who asked, when, what stood there before, and who may know."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from consult.domain.policy.actors import SYSTEM
from consult.domain.text.spans import Span
from consult.services import dispositions, drafting
from consult.services.causes import Behind, Sight
from consult.services.provenance.asking import origins_numbered
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.records import comment_on, section, sections
from tests.web.places import WORDS, Place, new_place
from tests.web.test_questions_to_the_database import counted
from tests.web.visitors import Site

NEW_WORDS = "co najmniej trzydzieści dni"


def _with_wording_taken(site: Site) -> Place:
    """A comment whose wording was taken, published with its answer."""
    place = new_place(site)
    number = place.comment(text="Trzy tygodnie w wakacje to za mało.", proposed=NEW_WORDS)
    site.clock.advance(days=30)
    _take(place, number)
    place.publish_answers()
    place.publish()
    return place


@pytest.fixture(scope="module")
def _taken_once(whole_site: Site) -> Place:
    before = whole_site.clock.at
    place = _with_wording_taken(whole_site)
    whole_site.clock.at = before
    return place


@pytest.fixture
def taken(site: Site, _taken_once: Place) -> Place:
    """The same for tests that change nothing, after its consultation."""
    site.clock.advance(days=30)
    return _taken_once


@pytest.fixture
def own(site: Site) -> Place:
    return _with_wording_taken(site)


def _take(place: Place, number: int) -> None:
    with place.site.records() as store:
        comment = comment_queries.find_comment(place.register_id, number, with_drafts=True)
        assert comment is not None
        row = section(place.slug, "Zlecanie zadań")
        start = row.source.index(WORDS)
        dispositions.save_disposition(
            place.people.official,
            comment.id,
            outcome="accepted",
            justification="Wakacje wydłużają obieg pism.",
            wording=dispositions.Wording(
                row.section_id, row.text_id, Span(start, start + len(WORDS)), NEW_WORDS
            ),
            expected_revision=0,
            now=store.now,
        )


def passage(place: Place, words: str, version: str = "") -> str:
    """The address that asks where words of the draft come from."""
    with place.site.records():
        row = section(place.slug, "Zlecanie zadań")
    start = row.plain.index(words)
    query = f"section={row.section_id}&text={row.text_id}&from={start}&to={start + len(words)}"
    return f"{place.address}/origins?{query}{version}"


def shown(page: str) -> str:
    """The words of a page, on one line."""
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_from_a_word_to_the_comment_behind_it_in_two_presses(taken: Place) -> None:
    guest = taken.guest
    reading = guest.get(taken.address).text
    (gutter,) = {html.unescape(one) for one in re.findall(r'data-origins="([^"]+)"', reading)}

    marked = guest.get(gutter).text  # the first press
    found = re.search(
        r'<mark[^>]*class="o o-comment"[^>]*>.*?</mark><a class="mark-link"[^>]*href="([^"]+)"', marked
    )

    assert found is not None
    comment = guest.get(html.unescape(found[1])).text  # the second
    assert "Trzy tygodnie w wakacje to za mało." in comment


def test_words_say_who_asked_for_them_why_they_were_taken_and_what_they_replaced(taken: Place) -> None:
    page = shown(taken.guest.get(passage(taken, "trzydzieści dni")).text)

    assert "Poproszono o to: uwaga 1" in page
    assert "Trzy tygodnie w wakacje to za mało." in page
    assert "Wakacje wydłużają obieg pism." in page
    assert "Co stało tu wcześniej" in page
    assert "dwadzieścia jeden" in page


def test_words_that_were_always_there_say_so(taken: Place) -> None:
    page = shown(taken.guest.get(passage(taken, "Zlecanie")).text)

    assert "W dokumencie od początku" in page
    assert "Poproszono" not in page


def test_outside_the_office_a_change_is_the_offices_and_has_no_note(own: Place) -> None:
    with own.site.records() as store:
        row = section(own.slug, "Zlecanie zadań")
        drafting.save_section(
            own.people.editor,
            own.slug,
            row.section_id,
            source=row.source.replace("dni", "pełnych dni", 1),
            base_text_id=row.text_id,
            note="Notatka dla zespołu.",
            now=store.now,
        )
    own.publish("kolejna")

    guest = own.guest.get(passage(own, "pełnych")).text
    editor = own.visitor("editor").get(passage(own, "pełnych")).text

    assert "Notatka dla zespołu." not in guest
    assert own.people.editor.name not in shown(guest)
    assert "Notatka dla zespołu." in editor
    assert own.people.editor.name in shown(editor)


def test_a_draft_keeps_to_itself_where_its_words_come_from(own: Place) -> None:
    with own.site.records() as store:
        row = section(own.slug, "Zlecanie zadań")
        drafting.save_section(
            own.people.editor, own.slug, row.section_id, source=row.source + "Tajne słowa zespołu.\n",
            base_text_id=row.text_id, now=store.now,
        )  # fmt: skip
    asked = passage(own, "Tajne słowa")

    assert "Tajne" not in own.guest.get(f"{own.address}/origins").text
    assert "Tajne" not in own.guest.get(asked, expect=404).text
    own.guest.get(f"{own.address}/origins?version=draft", expect=403)
    assert "Tajne" in own.visitor("editor").get(f"{asked}&version=draft").text


def test_words_a_version_never_held_are_not_told_as_what_stood_before(site: Site) -> None:
    place = new_place(site)
    with site.records() as store:
        for old, new in (("na piśmie", "w tajnym schowku"), ("w tajnym schowku", "w urzędzie")):
            row = next(row for row in _rows(place) if old in row.source)
            drafting.save_section(
                SYSTEM, place.slug, row.section_id, source=row.source.replace(old, new, 1),
                base_text_id=row.text_id, now=store.now,
            )  # fmt: skip
        row = next(row for row in _rows(place) if "w urzędzie" in row.source)
    site.clock.advance(days=30)
    place.publish()
    start = row.plain.index("urzędzie")
    asked = f"{place.address}/origins?section={row.section_id}&from={start}&to={start + 8}"

    page = place.guest.get(asked).text

    assert "schowku" not in page
    assert "na piśmie" in shown(page)
    assert "schowku" in place.visitor("official").get(asked).text


def _rows(place: Place) -> list[SectionRow]:
    return sections(place.slug)


def test_a_comment_made_outside_of_a_consultation_stays_with_the_team(site: Site) -> None:
    place = new_place(site)
    site.clock.advance(days=30)
    with site.records() as store:
        receipt = comment_on(store, place.slug, WORDS, text="Uwaga wewnętrzna.", actor=place.people.official)
        number, register = receipt.numbers[0], receipt.register_id
    assert register != place.register_id
    _take(replace(place, register_id=register), number)
    place.publish()

    assert "Uwaga wewnętrzna." not in place.guest.get(passage(place, "trzydzieści")).text
    assert "Praca zespołu" in shown(place.guest.get(passage(place, "trzydzieści")).text)
    assert "Uwaga wewnętrzna." in place.visitor("official").get(passage(place, "trzydzieści")).text
    with site.records():
        document = document_queries.get_document(place.slug, EVERYTHING)
        told = {
            sight: origins_numbered(document, [2], sight)[2].cause.behind
            for sight in (Sight(drafts=True, answers=False), Sight(drafts=True, answers=True))
        }
    assert list(told.values()) == [Behind.GROUP, Behind.COMMENT], "guests of a group see drafts, not this"


def test_the_margin_names_the_comment_and_only_its_words_can_be_shown(taken: Place) -> None:
    whole = shown(taken.guest.get(f"{taken.address}/origins").text)
    only = shown(taken.guest.get(f"{taken.address}/origins?only=comments").text)

    assert "Uwaga 1" in whole
    assert "Jest od początku" in whole
    assert "trzydzieści" in only
    assert len(only) < len(whole)


def test_words_are_coloured_by_age_as_well(taken: Place) -> None:
    page = taken.guest.get(f"{taken.address}/origins?by=age").text

    assert 'class="o o-age-' in page


def test_one_part_is_shown_alone_with_its_neighbours(taken: Place) -> None:
    page = taken.guest.get(f"{taken.address}/origins?section={taken.section_id()}").text

    assert len(re.findall(r'class="part d', page)) == 1
    assert "Cały tekst" in page


@pytest.mark.parametrize(
    "query",
    [
        "?section=nie-ma",
        "?version=99",
        "?version=x",
        "?section=nie-ma&from=0&to=3",
        "?section=a&text=1&from=0&to=3",
    ],
)
def test_what_is_not_there_is_not_found(taken: Place, query: str) -> None:
    taken.guest.get(f"{taken.address}/origins{query}", expect=404)


def test_a_span_beyond_the_text_is_cut_to_it(taken: Place) -> None:
    taken.guest.get(f"{taken.address}/origins?section={taken.section_id()}&from=0&to=999999999")
    taken.guest.get(f"{taken.address}/origins?section={taken.section_id()}&from=99999&to=3")


def test_the_text_asks_the_database_no_more_often_when_it_has_more_origins(own: Place) -> None:
    official = own.visitor("official")
    address = f"{own.address}/origins?version=draft"
    _add_sentences(own, range(1))
    official.get(address)
    with counted() as few:
        official.get(address)
    _add_sentences(own, range(1, 12))
    with counted() as many:
        official.get(address)

    assert len(many) == len(few)


def _add_sentences(own: Place, numbers: range) -> None:
    with own.site.records() as store:
        for number in numbers:
            row = section(own.slug, "Zlecanie zadań")
            drafting.save_section(
                SYSTEM, own.slug, row.section_id, source=f"{row.source}Zdanie numer {number}.\n\n",
                base_text_id=row.text_id, now=store.now,
            )  # fmt: skip


def test_references_bear_the_numbers_of_the_text_they_stand_in(site: Site) -> None:
    place = new_place(site)
    with site.records() as store:
        row, target = section(place.slug, "Zlecanie zadań"), section(place.slug, "Forma konsultacji")
        refers = f"{row.source.rstrip()}\n\nZobacz [2.1](#s-{target.section_id[:12]}) i dalej.\n"
        drafting.save_section(
            SYSTEM, place.slug, row.section_id, source=refers, base_text_id=row.text_id, now=store.now
        )
    version = place.publish()
    with site.records() as store:
        drafting.add_section(
            SYSTEM,
            place.slug,
            after_section_id=row.section_id,
            title="Ocena",
            level=2,
            body="Oceny dokonuje komisja.",
            now=store.now,
        )
    official = place.visitor("official")
    for where, number in ((f"version={version}", "2.1"), ("version=draft", "3.1")):
        page = official.get(f"{place.address}/origins?{where}")
        assert f"Zobacz {number} i dalej" in shown(page.text), where
