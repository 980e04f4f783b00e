"""What can be found, and what can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["ever", "current"]
Sort = Literal["relevance", "newest", "oldest", "place"]

KINDS = (
    "section_text",
    "comment",
    "disposition",
    "explanation",
    "opinion",
    "change_note",
    "version",
    "document",
    "consultation",
    "announcement",
    "meeting",
    "meeting_note",
    "organisation",
    "group",
    "proposal",
    "proposal_reply",
    "decision",
    "dissent",
    "collection",
    "host_text",
)
"""The kinds of record fed so far; an engine takes any other word as well."""

FIELDS = ("author", "organisation", "section", "outcome", "host", "capacity", "year")
"""What a record may be asked by besides its words: ``autor:nowak``."""

CODED_FIELDS = frozenset({"outcome", "host", "capacity", "year"})
"""Fields that hold a code of the glossary, an id or a number, which is compared and not analysed."""

Facets = tuple[tuple[str, str], ...]
"""What a record is sorted by: pairs of a name ("document", "kind", "host", "capacity", "outcome", "year") and a value."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A stretch of history during which a text stood in its document.

    From the change `from_no` up to but not including the change `until_no`, made at the moments `from_at` and
    `until_at` (aware, UTC); both ends are None while the text still stands.
    """

    from_no: int
    until_no: int | None
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One thing that can be found.

    `ref` is unique in the index and opaque to it ("comment:…"). `title` and `body` are plain text in `language`
    (ISO 639-1). `at` is the moment it is dated by, `place` its order within its document. `stands` says when a
    section's text stood; a record without stands is there from `at` on. `fields` are pairs of one of `FIELDS` and
    words to ask it by. `stamp` is a mark of what it was made of: where the database gives another, the index lags
    behind and the record is not to be shown. Words a viewer of the record may not see have no business in it.
    `is_hidden` marks what only those at work on its document may see; the database is asked all the same.
    """

    ref: str
    kind: str
    body: str
    title: str = ""
    document_id: str = ""
    language: str = "pl"
    at: datetime | None = None
    place: int = 0
    stands: tuple[Stand, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    stamp: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose hidden records a question goes through: those of these hosts and documents, by their ids as labels."""

    hosts: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody asks. Empty filters let everything through.

    `words` is what was typed, with "phrases", prefix*, -minus and field:words. `as_of` keeps what stood at that
    moment, `state` "current" what stands now. Of `facets` a record needs one value for every name given. `language`
    None asks in every language. With `is_literal` quoted words stand for exactly these letters, never for those with
    Polish marks they may have been meant with. Of hidden records only those within `reach` are candidates and count
    for how rare a word is; None reaches everything.
    """

    words: str
    kinds: tuple[str, ...] = ()
    document_id: str = ""
    state: State = "ever"
    as_of: datetime | None = None
    sort: Sort = "relevance"
    language: str | None = None
    facets: Facets = ()
    is_literal: bool = False
    reach: Reach | None = None


def stood_at(stands: Sequence[Stand], at: datetime | None, moment: datetime) -> bool:
    """Whether a record with these stands and this date was there at `moment`."""
    if not stands:
        return at is None or at <= moment
    return any(
        stand.from_at <= moment and (stand.until_at is None or moment < stand.until_at) for stand in stands
    )


def stands_now(stands: Sequence[Stand]) -> bool:
    """Whether a record with these stands is part of the working draft, or is not of the kind that could leave it."""
    return not stands or any(stand.until_no is None for stand in stands)
