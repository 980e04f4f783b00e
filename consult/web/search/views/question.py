"""What the address of a search asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import request
from flask_babel import gettext

from consult.domain.errors import NotFound
from consult.domain.process.meetings import CAPACITIES
from consult.ports.search import KIND_NAMES, OUTCOME_NAMES, SearchQuery
from consult.storage.queries import documents as document_queries
from consult.storage.queries.organisations import find_organisation
from consult.web.shared.addresses import address_with, printable, whole_number
from consult.web.shared.i18n import HOME
from consult.web.shared.viewers import current_viewer

LONGEST_SHOWN = 1_000
FURTHEST = 100_000
SORTS = ("relevance", "newest", "oldest", "place")
FACETS = ("kind", "document", "host", "capacity", "outcome", "year")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the address puts it: `filters` are pairs of a facet's name and what the address calls the value
    (documents and hosts by their names there), `ids` the same as the index knows them."""

    words: str
    filters: tuple[tuple[str, str], ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    state: str = ""
    as_of: str = ""
    moment: datetime | None = None
    sort: str = "relevance"
    offset: int = 0
    after: str = ""
    problem: str = ""
    within: str = ""

    @property
    def title_of(self) -> dict[str, str]:
        """What the document and the host asked for are called."""
        return dict(self.titles)

    def query(self) -> SearchQuery:
        ids = dict(self.ids)
        return SearchQuery(
            words=self.words,
            kinds=(ids["kind"],) if "kind" in ids else (),
            document_id=ids.get("document", ""),
            state="current" if self.state == "current" else "ever",
            as_of=self.moment,
            sort=self.sort,  # type: ignore[arg-type]
            facets=tuple(pair for pair in self.ids if pair[0] not in ("kind", "document")),
        )

    def kept(self, **changed: str) -> dict[str, str]:
        """What an address of the same search says, but for its place; empty values are left out."""
        filters = dict(self.filters)
        if self.within:
            filters.pop("document", None)
        said: dict[str, str] = {
            "q": self.words[:LONGEST_SHOWN],
            **filters,
            "state": self.state,
            "as_of": self.as_of,
            "sort": "" if self.sort == "relevance" else self.sort,
            **changed,
        }
        return {name: value for name, value in said.items() if value}

    def address(self, **changed: str) -> str:
        if self.within:
            return address_with("search.within", {"slug": self.within}, self.kept(**changed))
        return address_with("search.results", {}, self.kept(**changed))

    def file_address(self) -> str:
        """The same answers for machines."""
        filters = {"document": self.within} if self.within else {}
        return address_with("search.results_file", {}, self.kept(**filters))

    def elsewhere(self) -> str:
        """The same question put to everything."""
        return address_with("search.results", {}, replace(self, within="").kept(document=""))


def read_question(within: str = "") -> Question:
    """The question of this request, in a document where its page asks; raises NotFound for a document or host of which
    the reader may not know."""
    args = request.args
    words = printable(args.get("q", ""))[:10_000]
    problem, moment = _as_of(asked := printable(args.get("as_of", ""))[:10])
    filters: list[tuple[str, str]] = []
    ids: list[tuple[str, str]] = []
    titles: list[tuple[str, str]] = []
    for name in FACETS:
        value = within if within and name == "document" else printable(args.get(name, ""))[:120]
        known = _known(name, value) if value else None
        if known:
            filters.append((name, value))
            ids.append((name, known[0]))
            titles.append((name, known[1]))
    sort = args.get("sort", "")
    return Question(
        words=words,
        filters=tuple(filters),
        ids=tuple(ids),
        titles=tuple(titles),
        state="current" if args.get("state") == "current" else "",
        as_of=asked if moment or problem else "",
        moment=moment,
        sort=sort if sort in SORTS else "relevance",
        offset=min(whole_number(args.get("from")) or 0, FURTHEST),
        after=printable(args.get("after", ""))[:60],
        problem=problem,
        within=within,
    )


def _known(name: str, value: str) -> tuple[str, str] | None:
    """(as the index knows it, what it is called); None for a value there is not."""
    if name == "document":
        document = document_queries.get_document(value, current_viewer())
        return str(document.id), document.title
    if name == "host":
        host = find_organisation(value)
        if host is None:
            raise NotFound("organisation")
        return str(host.id), host.name
    codes: dict[str, Any] = {"kind": KIND_NAMES["en"], "capacity": CAPACITIES, "outcome": OUTCOME_NAMES}
    if name == "year":
        return (value, "") if len(value) == 4 and value.isascii() and value.isdecimal() else None
    return (value, "") if value in codes[name] else None


def _as_of(text: str) -> tuple[str, datetime | None]:
    """(problem, the end of that day in Warsaw); the search still runs when the date cannot be read."""
    if not text:
        return "", None
    try:
        day = date.fromisoformat(text)
        end = datetime(day.year, day.month, day.day, tzinfo=HOME) + timedelta(days=1)
        return "", end.astimezone(UTC) - timedelta(microseconds=1)
    except (ValueError, OverflowError):
        return gettext("There is no such day, so the whole history was searched."), None
