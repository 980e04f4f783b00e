"""A document of very many sections is taken in, read, arranged, changed and compared; work grows as its length does."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest

from consult.services import documents
from consult.services.texts import text_at
from consult.services.verification import verify_documents
from tests.factories.records import sections
from tests.web.places import Place, new_place
from tests.web.test_questions_to_the_database import counted
from tests.web.visitors import Site, form_of

MUCH_LONGER = 4
MOST_GROWTH = 9
"""Four times the sections may cost so many times the work: what grows with their square costs sixteen times."""

MOST_FURTHER_QUESTIONS = 12


def text_of(count: int) -> str:
    return "# Całość\n\n" + "".join(
        f"## Część {at}\n\nOrgan ogłasza nabór numer {at} w ciągu {at + 2} dni i zawiadamia organizacje.\n\n"
        for at in range(1, count)
    )


def import_one(place: Place, count: int) -> str:
    with place.site.records() as store:
        return documents.import_document(
            place.people.official,
            content=text_of(count).encode(),
            filename="a.md",
            title=f"Wiele części {count}",
            kind="other",
            host_id=place.people.host_id,
            now=store.now,
        ).slug


def acts_on(place: Place, slug: str, count: int) -> dict[str, Callable[[], object]]:
    """What people do with a long document; each answers as it should or fails."""
    address = f"/documents/{slug}"
    official = place.visitor("official")
    with place.site.records():
        middle = sections(slug)[count // 2]
    editor = f"{address}/sections/{middle.section_id}"

    def read(path: str) -> Callable[[], object]:
        return lambda: official.get(f"{address}{path}")

    def save() -> None:
        form = form_of(official.get(editor).text)
        official.post(editor, form | {"source": form["source"].rstrip() + " Dopisane.\n"})

    return {
        "publish": lambda: official.send(f"{address}/publish", {"label": "pierwsza"}),
        "save": save,
        "read": lambda: place.guest.get(address),
        "draft": read("/draft"),
        "outline": read("/outline"),
        "compare": read("/compare?from=1&to=draft"),
        "history": read("/history"),
        "change": read("/changes/1"),
        "origins": read("/origins?version=draft"),
        "place": lambda: official.get(f"{editor}/move"),
    }


def cost(act: Callable[[], object], name: str) -> tuple[float, int]:
    """(seconds of processor time, questions to the database); of what only reads, the better of two, for the memory of a
    process is swept now and then."""
    with counted() as asked:
        began = time.process_time()
        act()
        seconds, count = time.process_time() - began, len(asked)
    if name not in ("publish", "save"):
        began = time.process_time()
        act()
        seconds = min(seconds, time.process_time() - began)
    return seconds, count


@pytest.mark.parametrize("few", [60, pytest.param(500, marks=pytest.mark.deep)])
def test_four_times_the_sections_cost_about_four_times_the_work(whole_site: Site, few: int) -> None:
    place = new_place(whole_site)
    slugs = {count: import_one(place, count) for count in (few, few * MUCH_LONGER)}
    costs = {
        count: {name: cost(act, name) for name, act in acts_on(place, slug, count).items()}
        for count, slug in slugs.items()
    }
    for name, (seconds, asked) in costs[few].items():
        more_seconds, more_asked = costs[few * MUCH_LONGER][name]
        assert more_asked <= asked + MOST_FURTHER_QUESTIONS, (name, asked, more_asked)
        assert more_seconds <= max(seconds, 0.05) * MOST_GROWTH, (name, seconds, more_seconds)
    many = slugs[few * MUCH_LONGER]
    page = place.guest.get(f"/documents/{many}").text
    assert page.count("data-section=") == few * MUCH_LONGER
    with place.site.records():
        text = text_at(place.people.official, many)
        assert text.replace(" Dopisane.", "") == text_of(few * MUCH_LONGER)
        assert verify_documents(place.people.official, many)[0].fault is None


@pytest.mark.deep
def test_two_thousand_sections_come_in_by_the_page_are_arranged_and_revised(whole_site: Site) -> None:

    place, count = new_place(whole_site), 2_000
    official = place.visitor("official")
    text = text_of(count)
    page = official.send(
        "/documents/import",
        {"file": (io.BytesIO(text.encode()), "dlugi.md"), "title": "Dwa tysiące części"},
        expect=200,
        content_type="multipart/form-data",
    )
    form = form_of(page.text)
    assert sum(name.startswith("level-") for name in form) == count
    made = official.post("/documents/import", form | {"then": "make"}, expect=200)
    with place.site.records():
        slug = next(row for row in made.text.split('"') if row.startswith("/documents/dwa-")).split("/")[2]
        assert text_at(place.people.official, slug) == text
    again = text.replace("numer 1500 ", "numer tysiąc pięćset ").replace(
        "## Część 700\n", "## Część siedemset\n"
    )
    with place.site.records() as store:
        revised = documents.revise_document(
            place.people.official, slug, content=again.encode(), filename="a.md", now=store.now
        )
        assert (revised.kept, revised.changed, revised.added, revised.removed) == (count - 2, 2, 0, 0)
        assert text_at(place.people.official, slug) == again


@pytest.mark.deep
def test_more_sections_than_a_document_may_have_are_refused_by_their_number(whole_site: Site) -> None:

    place = new_place(whole_site)
    before = place.site.counts()
    page = place.visitor("official").send(
        "/documents/import",
        {"file": (io.BytesIO(text_of(documents.MOST_SECTIONS + 1).encode()), "a.md"), "title": "Za długi"},
        expect=422,
        content_type="multipart/form-data",
    )
    assert str(documents.MOST_SECTIONS) in page.text
    assert place.site.counts() == before
