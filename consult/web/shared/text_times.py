"""When a text that was found stood, and why it came to an end: for the lines of search results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask import url_for
from flask_babel import gettext

from consult.services.appearances import list_ends
from consult.services.search import Result
from consult.storage.queries.appearances import EndRow
from consult.storage.queries.search import ResultRow
from consult.web.shared.addresses import address_with
from consult.web.shared.cards import comment_href
from consult.web.shared.presenters import Link
from consult.web.shared.viewers import current_actor

LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class TextTime:
    """`span` says in which versions or changes the words stood; `change` ended them, because of `cause` where that is
    known; `is_removed` when the part went too. `words_href` tells since when the words found stand in the document."""

    span: str
    change: Link | None = None
    cause: Link | None = None
    is_removed: bool = False
    words_href: str = ""


def ends_of(results: Sequence[Result]) -> Mapping[int, EndRow]:
    """How the texts among results ended; one query for all of them."""
    ids = [result.row.text_id for result in results if result.row.text_id is not None]
    return list_ends(current_actor(), ids)


def time_of(result: Result, ends: Mapping[int, EndRow]) -> TextTime | None:
    """When the text of a result stood; None for what is no text."""
    row = result.row
    if row.kind != "section_text" or row.text_id is None:
        return None
    end = ends.get(row.text_id)
    words = _words_found(result)
    return TextTime(
        span=_span(row, has_ended=end is not None),
        change=Link(
            gettext("change %(number)s", number=end.change_no),
            url_for("documents.change", slug=row.document_slug, number=end.change_no),
        )
        if end
        else None,
        cause=Link(
            gettext("comment %(number)s", number=end.cause_number),
            comment_href(end.cause_register, end.cause_number),
        )
        if end and end.cause_number is not None and end.cause_register is not None
        else None,
        is_removed=bool(end and not end.is_followed),
        words_href=address_with("appearances.words", {"slug": row.document_slug}, {"q": words})
        if words
        else "",
    )


def _span(row: ResultRow, *, has_ended: bool) -> str:
    if row.versions:
        first, last = row.versions[0], row.versions[-1]
        if not has_ended:
            return gettext("since version %(number)s", number=first)
        if first == last:
            return gettext("version %(number)s", number=first)
        if all(after - before == 1 for before, after in pairwise(row.versions)):
            return gettext("versions %(first)s–%(last)s", first=first, last=last)
        return gettext("version %(numbers)s", numbers=", ".join(str(number) for number in row.versions))
    if row.until_no is None:
        return gettext("working draft since change %(number)s", number=row.from_no)
    return gettext("draft from change %(first)s to change %(last)s", first=row.from_no, last=row.until_no - 1)


def _words_found(result: Result) -> str:
    """The longest run of words found beside each other, as they stand in the text."""
    runs: list[str] = []
    is_open = False
    for piece in result.marked.snippet:
        if piece.is_hit and is_open:
            runs[-1] += piece.text
        elif piece.is_hit:
            runs.append(piece.text)
            is_open = True
        elif is_open and not piece.text.strip():
            runs[-1] += piece.text
        else:
            is_open = False
    longest = max(runs, key=len, default="")
    return " ".join(longest.split())[:LONGEST_WORDS]
