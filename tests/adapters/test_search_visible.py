"""What a viewer may not see is nowhere: not in hits, totals, kinds, pages, nor in how loosely was searched."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from consult.adapters.polish import PolishAnalyser
from consult.adapters.search_memory import MemorySearch
from consult.ports.search import Facets, Hit, Page, SearchQuery, SearchRecord, find_visible
from consult.ports.search import visible as room

PUBLIC = [
    SearchRecord(f"public:{n:03}", "comment" if n % 3 else "version", f"Zieleń miejska numer {n}")
    for n in range(30)
]
HIDDEN = [
    SearchRecord(f"hidden:{n:03}", "document", f"Zieleń zieleń tajna numer {n}", title="Zieleń")
    for n in range(2_500)
]


@pytest.fixture(scope="module")
def with_hidden() -> MemorySearch:
    return filled([*PUBLIC, *HIDDEN])


@pytest.fixture(scope="module")
def without_hidden() -> MemorySearch:
    return filled(PUBLIC)


def filled(records: Sequence[SearchRecord]) -> MemorySearch:
    index = MemorySearch(PolishAnalyser())
    index.write(records, watermark=1)
    return index


def public_only(hits: Sequence[Hit]) -> dict[str, Facets]:
    return {hit.ref: (("kind", hit.kind),) for hit in hits if hit.ref.startswith("public:")}


def shown(page: Page) -> tuple[object, ...]:
    """All a viewer can tell of a page, but for scores, which are never shown."""
    return (
        sorted(hit.ref for hit in page.hits),
        page.total,
        page.is_at_least,
        page.kinds,
        page.facets,
        page.is_loose,
        page.notes,
    )


@pytest.mark.parametrize(
    "words",
    [
        "zieleń",
        "tajna",
        "zieleń tajna",
        "tajna numer 5",
        '"zieleń zieleń"',
        "zie*",
        "taj*",
        "zieleń -tajna",
        "zieleń -miejska",
        "rodzaj:dokument",
        "nic takiego",
        "",
    ],
)
def test_a_page_is_the_same_as_if_the_hidden_did_not_exist(
    with_hidden: MemorySearch, without_hidden: MemorySearch, words: str
) -> None:
    query = SearchQuery(words)
    seen = find_visible(with_hidden, query, public_only, limit=100)
    expected = find_visible(without_hidden, query, public_only, limit=100)
    assert shown(seen) == shown(expected)


def test_whether_the_search_was_loosened_depends_on_the_visible_alone(with_hidden: MemorySearch) -> None:
    page = find_visible(with_hidden, SearchQuery("tajna zieleń miejska"), public_only)
    assert page.is_loose
    assert page.total == 30
    assert "some_words_missing" in {note.code for note in page.notes}


def test_pages_join_without_gap_or_repeat(with_hidden: MemorySearch) -> None:
    pages = [
        find_visible(with_hidden, SearchQuery("zieleń"), public_only, offset=n, limit=7)
        for n in range(0, 42, 7)
    ]
    refs = [hit.ref for page in pages for hit in page.hits]
    assert sorted(refs) == [record.ref for record in PUBLIC]
    assert {page.total for page in pages} == {30}


def test_a_total_beyond_what_is_counted_is_said_to_be_more(
    with_hidden: MemorySearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = find_visible(with_hidden, SearchQuery("zieleń"), lambda hits: {hit.ref: () for hit in hits})
    assert (everything.total, everything.is_at_least) == (room.COUNTED, True)
    monkeypatch.setattr(room, "COUNTED", 20)
    page = find_visible(with_hidden, SearchQuery("zieleń"), public_only, limit=5)
    assert (page.total, page.is_at_least) == (20, True)


def test_the_database_is_asked_in_few_batches(with_hidden: MemorySearch) -> None:
    batches: list[int] = []

    def counted(hits: Sequence[Hit]) -> dict[str, Facets]:
        batches.append(len(hits))
        return public_only(hits)

    find_visible(with_hidden, SearchQuery("zieleń"), counted)
    assert sum(batches) == len(PUBLIC) + len(HIDDEN)
    assert len(batches) <= 5


def test_leafing_without_end_answers_with_an_empty_page(with_hidden: MemorySearch) -> None:
    page = find_visible(with_hidden, SearchQuery("zieleń"), public_only, offset=10**9)
    assert page.hits == ()
    assert page.total == 30
