"""The lines of an answer: what was found, where it leads, what is said beside it."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext

from consult.domain.text.spans import Span
from consult.ports.search import Highlighted
from consult.services.search import Result
from consult.storage.queries.search import ResultRow
from consult.web.search.presenters import Hit
from consult.web.shared.exact_words import to_words, words_in_draft, words_in_version
from consult.web.shared.i18n import moment
from consult.web.shared.text_times import TextTime
from consult.web.shared.viewers import current_viewer

WORDS_BEFORE, WORDS_AFTER = 2, 5
"""Words around the first ones found, so that a link leads to these and not to the same ones elsewhere."""


def line(result: Result, *, is_within: bool = False, time: TextTime | None = None) -> Hit:
    """A result as its line shows it; within a document its name is not repeated."""
    row = result.row
    marked, title = result.marked, _title(row)
    is_own_name = row.kind in ("document", "organisation", "group")
    return Hit(
        ref=row.ref,
        kind=row.kind,
        href=_href(row, sought(result)),
        snippet=_cut(row.body, marked),
        title=title,
        written_title=() if title else tuple((piece.text, piece.is_hit) for piece in marked.title),
        language=row.language,
        where="" if is_within or is_own_name else row.document_title,
        at=None if row.kind in ("organisation", "group") else moment(row.at),
        is_former=row.kind == "section_text" and row.until_no is not None,
        capacity=row.capacity,
        organisation=row.organisation_name if row.kind == "comment" else row.host_name,
        author=row.author_name,
        outcome=row.outcome,
        time=time,
    )


def _cut(body: str, marked: Highlighted) -> tuple[tuple[str, bool], ...]:
    """The snippet, with dots where it was cut."""
    pieces = [(piece.text, piece.is_hit) for piece in marked.snippet]
    if pieces and marked.start > 0:
        pieces.insert(0, ("… ", False))
    if pieces and marked.end < len(body.rstrip()):
        pieces.append((" …", False))
    return tuple(pieces)


def sought(result: Result) -> str:
    """The words of the body a link is to lead to: the first of those shown, with some around them on one line."""
    shown = [span for span in result.marked.hits if span.end > result.marked.start]
    if not shown:
        return ""
    body, hit = result.row.body, shown[0]
    line_of = _line_around(body, hit)
    before = body[line_of.start : hit.start].split()[-WORDS_BEFORE:]
    after = body[hit.end : line_of.end]
    tail, *rest = after.split(" ") if after else [""]
    return " ".join([*before, hit.of(body) + tail, *rest[:WORDS_AFTER]]).strip()


def _line_around(body: str, hit: Span) -> Span:
    """The block or table cell in which the hit begins, up to the end of the hit's last one."""
    start = max(body.rfind(mark, 0, hit.start) for mark in "\n\t") + 1
    ends = [place for mark in "\n\t" if (place := body.find(mark, hit.end)) >= 0]
    return Span(start, min(ends, default=len(body)))


def _title(row: ResultRow) -> str:
    """A title in the page's words, where the thing found has none of its own."""
    number = row.number
    if row.kind == "comment":
        return gettext("Comment %(number)s", number=number)
    if row.kind == "disposition":
        return gettext("Answer to comment %(number)s", number=number)
    if row.kind == "version":
        return gettext("Version %(number)s", number=number)
    if row.kind == "change_note":
        return gettext("Change %(number)s", number=number)
    if row.kind == "proposal_reply":
        return gettext("In the discussion of proposal %(number)s", number=number)
    if row.kind == "decision":
        return gettext("Decision %(number)s", number=number)
    if row.kind == "dissent":
        return gettext("Dissenting opinion")
    if row.kind == "host_text":
        return _standing_text(row.text_kind)
    if row.kind == "explanation" and number:
        return gettext("Explanation under comment %(number)s", number=number)
    if row.kind == "explanation":
        return gettext("Explanation by the host")
    return ""


def _standing_text(kind: str) -> str:
    if kind == "rules":
        return gettext("Rules of consultations")
    if kind == "clause":
        return gettext("Information clause")
    return gettext("Accessibility declaration") if kind == "accessibility" else gettext("Privacy notice")


def _href(row: ResultRow, words: str) -> str:
    if row.kind == "section_text":
        return _text_href(row, words)
    return _page(row) + to_words(words if row.kind in _WORDED else "")


_WORDED = (
    "comment",
    "disposition",
    "explanation",
    "opinion",
    "announcement",
    "meeting",
    "consultation",
    "proposal_reply",
    "decision",
    "dissent",
    "host_text",
)


def _page(row: ResultRow) -> str:
    """The page of what was found."""
    call: dict[str, Any] = {"consultation_id": row.consultation_id}
    if row.kind in ("comment", "disposition") or (row.kind == "explanation" and row.number):
        return url_for("comments.show", register_id=row.register_id, number=row.number)
    if row.kind == "change_note":
        return url_for("documents.change", slug=row.document_slug, number=row.number)
    if row.kind in ("proposal", "proposal_reply"):
        return url_for("proposals.show", slug=row.document_slug, number=row.number)
    if row.kind == "version":
        return url_for("documents.version", slug=row.document_slug, number=row.number)
    if row.kind == "explanation":
        return url_for("meetings.explanations", **call)
    if row.kind == "opinion":
        return url_for("meetings.opinions", **call)
    if row.kind == "consultation":
        return url_for("consultations.show", **call)
    if row.kind == "announcement":
        return url_for("consultations.announced", number=row.number, **call)
    if row.kind == "meeting":
        return url_for("meetings.show", meeting_id=row.row_id)
    if row.kind == "meeting_note":
        return url_for("meetings.show", meeting_id=row.row_id, _anchor="notatka")
    if row.kind == "decision":
        return url_for("meetings.show", meeting_id=row.meeting_id)
    if row.kind == "dissent" and row.versions:
        return url_for("documents.version", slug=row.document_slug, number=row.versions[-1])
    if row.kind == "dissent":
        return url_for("section_statuses.part", slug=row.document_slug, section_id=row.section_id)
    if row.kind == "collection":
        return url_for("collections.show", slug=row.slug)
    if row.kind == "host_text":
        return url_for(f"organisations.{row.text_kind}", slug=row.slug)
    if row.kind == "organisation":
        return url_for("organisations.show", slug=row.slug)
    if row.kind == "group":
        return url_for("groups.show", slug=row.slug)
    return url_for("documents.show", slug=row.document_slug)


def _text_href(row: ResultRow, words: str) -> str:
    """The text the words stood in: the last version with them, the draft, or the change that brought them."""
    if row.versions:
        return words_in_version(row.document_slug, row.versions[-1], row.section_id, words)
    if row.until_no is not None:
        return url_for("documents.change", slug=row.document_slug, number=row.from_no) + to_words(words)
    if current_viewer().person_id is not None or current_viewer().sees_all:
        return words_in_draft(row.document_slug, row.section_id, words)
    return url_for("documents.show", slug=row.document_slug)
