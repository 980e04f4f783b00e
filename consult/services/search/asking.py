"""Answering a query with what somebody may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consult.domain.policy.actors import Actor
from consult.ports.search import (
    Facets,
    Highlighted,
    Hit,
    Note,
    Page,
    Passage,
    Reach,
    SearchQuery,
    SearchUnavailable,
    Visible,
    find_visible,
)
from consult.services.search.suggesting import suggest
from consult.storage.queries import search as queries
from consult.storage.queries.search import ResultRow, Standing
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import current_ports

PAGE_SIZE = 20
MOST_BY_PLAIN_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Result:
    """One line of an answer: the thing found and where in it the words stand."""

    row: ResultRow
    marked: Highlighted


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the things found have one value of a facet; a document or host has a name in addresses (`slug`) and
    is called `title`."""

    name: str
    value: str
    count: int
    slug: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of what the viewer may see, its first line the `start`th of all (from 0).

    `facets` count all that was found. `suggestion` is the query as it may have been meant, which finds something;
    empty for none. `is_slow_way` says that the index could not answer and plain search did.
    """

    results: tuple[Result, ...]
    total: int
    is_at_least: bool
    kinds: tuple[tuple[str, int], ...]
    is_loose: bool
    notes: tuple[Note, ...]
    is_slow_way: bool = False
    start: int = 0
    facets: tuple[Facet, ...] = ()
    suggestion: str = ""


def search(
    actor: Actor, query: SearchQuery, *, offset: int = 0, after: str = "", limit: int = PAGE_SIZE
) -> Answer:
    """Answer a query with what the actor may see, counted after the check.

    The page begins behind the record `after`, the last of the page before, or at `offset` where there is none.
    """
    viewer = Viewer.of(actor)
    ports = current_ports()
    visible, asked = _check(query, viewer)
    is_slow_way, suggestion = False, ""
    try:
        page = find_visible(ports.search, asked, visible, offset=offset, after=after, limit=limit)
        if not page.total or page.is_loose:
            suggestion = suggest(ports.search, ports.analyser, asked, visible)
    except SearchUnavailable as unavailable:
        is_slow_way = True
        page = _slow_page(query, visible, offset, limit, unavailable.reason)
        ports.jobs.wake("deliver")
    rows = queries.list_results([hit.ref for hit in page.hits], viewer)
    shown = [rows[hit.ref] for hit in page.hits if hit.ref in rows]
    passages = [
        Passage(body=row.body, title=row.title or row.document_title, language=row.language) for row in shown
    ]
    marked = ports.search.highlight(query, passages)
    return Answer(
        results=tuple(Result(row, marks) for row, marks in zip(shown, marked, strict=True)),
        total=page.total,
        is_at_least=page.is_at_least,
        kinds=page.kinds,
        is_loose=page.is_loose,
        notes=page.notes,
        is_slow_way=is_slow_way,
        start=page.start,
        facets=_facets(page),
        suggestion=suggestion,
    )


def list_visible_hits(actor: Actor, query: SearchQuery, *, limit: int) -> tuple[Hit, ...]:
    """The first hits of a query that the actor may see, without their lines; raises `SearchUnavailable`."""
    visible, asked = _check(query, Viewer.of(actor))
    return find_visible(current_ports().search, asked, visible, limit=limit).hits


def _check(query: SearchQuery, viewer: Viewer) -> tuple[Visible, SearchQuery]:
    """What lets candidates through, and the query an index may be asked: it knows only the working draft's times, so
    whoever may not see that has times judged by the database alone."""
    standing = Standing(is_current=query.state == "current", as_of=query.as_of)

    def visible(hits: Sequence[Hit]) -> Mapping[str, Facets]:
        return queries.list_visible({hit.ref: hit.stamp for hit in hits}, viewer, standing)

    if viewer.sees_all:
        return visible, query
    return visible, replace(query, state="ever", as_of=None, reach=reach_of(viewer))


def reach_of(viewer: Viewer) -> Reach | None:
    """Whose hidden records are worth proposing to a viewer: at most as many as the database then lets through, and no
    time is spent on the others."""
    if viewer.sees_all:
        return None
    return Reach(tuple(map(str, sorted(viewer.host_ids))), tuple(map(str, sorted(viewer.document_ids))))


def _facets(page: Page) -> tuple[Facet, ...]:
    ids = {
        name: [int(value) for value, _ in values if value.isdigit()]
        for name, values in page.facets
        if name in ("document", "host")
    }
    titles = queries.list_facet_names(ids.get("document", []), ids.get("host", []))
    return tuple(
        Facet(name, value, count, *titles.get((name, value), ("", "")))
        for name, values in page.facets
        for value, count in values
    )


def _slow_page(query: SearchQuery, visible: Visible, offset: int, limit: int, reason: str) -> Page:
    words = [word.strip('"-*') for word in query.words.replace("\0", " ").split()[:8]]
    refs = queries.list_refs_by_plain_search(
        [word for word in words if word],
        document_id=int(query.document_id) if query.document_id.isdigit() else None,
        limit=MOST_BY_PLAIN_SEARCH,
    )
    if query.kinds and "section_text" not in query.kinds:
        refs = []
    seen = visible([Hit(ref, "section_text", "", 0.0) for ref in refs])
    wanted = dict(query.facets)
    hits = tuple(
        Hit(ref, "section_text", "", 0.0)
        for ref in refs
        if ref in seen and all((name, value) in seen[ref] for name, value in wanted.items())
    )
    return Page(
        hits=hits[offset : offset + limit],
        total=len(hits),
        is_at_least=len(hits) == MOST_BY_PLAIN_SEARCH,  # counted after the check, like everything shown
        kinds=(("section_text", len(hits)),) if hits else (),
        is_loose=False,
        notes=(Note(f"index_{reason}"),),
        start=offset,
    )
