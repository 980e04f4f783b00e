"""The search page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from consult.ports.search import Note, SearchQuery
from consult.services import search as service
from consult.services.search import Result
from consult.web.search.presenters import Hit, HitKind, SearchPage
from consult.web.shared.addresses import printable, whole_number
from consult.web.shared.i18n import HOME, moment
from consult.web.shared.limits import limited
from consult.web.shared.viewers import current_actor, current_viewer

SCOPES = {
    "section": ("section_text", "document", "version"),
    "comment": ("comment",),
    "answer": ("disposition",),
}
TEXT_KINDS: dict[str, HitKind] = {
    "section_text": "section",
    "document": "document",
    "version": "version",
    "change_note": "change",
}
LONGEST_SHOWN = 1_000
FURTHEST = 100_000


@limited("search")
def results() -> str:
    words = printable(request.args.get("q", ""))[:10_000]
    scope = request.args.get("scope", "")
    asked = printable(request.args.get("as_of", ""))
    problem, as_of = _as_of(asked)
    offset = _offset(request.args.get("from", ""))
    if not words.strip():
        return render_template(
            "search/results.html", page=SearchPage(query="", scope=scope, as_of=asked[:10], problem=problem)
        )
    query = SearchQuery(words=words, kinds=SCOPES.get(scope, ()), as_of=as_of)
    answer = service.search(current_actor(), query, offset=offset)
    following = offset + service.PAGE_SIZE
    page = SearchPage(
        query=words[:LONGEST_SHOWN],
        hits=tuple(_hit(result) for result in answer.results),
        total=answer.total,
        scope=scope if scope in SCOPES else "",
        as_of=asked[:10],
        more_href=url_for(
            "search.results",
            q=words[:LONGEST_SHOWN],
            scope=scope or None,
            as_of=asked[:10] or None,
            **_starting(following),
        )
        if answer.total > following
        else "",
        problem=problem or _notes(answer.notes, is_slow_way=answer.is_slow_way),
    )
    return render_template("search/results.html", page=page)


def _starting(offset: int) -> dict[str, Any]:
    return {"from": offset}


def _offset(text: str) -> int:
    return min(whole_number(text) or 0, FURTHEST)


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


def _notes(notes: tuple[Note, ...], *, is_slow_way: bool) -> str:
    """How the question was read, where that differs from how it was typed."""
    if is_slow_way:
        return gettext(
            "The index is being rebuilt, so only texts with exactly these words are shown for now."
        )
    words = {
        "too_many_words": gettext("Only the first words of this long question were used."),
        "query_cut": gettext("Only the beginning of this long question was used."),
        "prefix_too_short": gettext("A beginning with * needs at least three letters."),
        "some_words_missing": gettext("Nothing holds all of these words; what holds some of them is shown."),
        "unknown_field": gettext("There is no such field; the words were searched for as they stand."),
        "unknown_kind": gettext("There is no such kind, so that filter was left out."),
        "no_such_date": gettext("A date in the question does not exist and was left out."),
        "only_excluded": gettext("Say also what to look for, not only what to leave out."),
        "empty_query": gettext("There is no word to look for in this."),
        "quote_unbalanced": gettext(
            "A quotation mark has no partner, so the words were searched for one by one."
        ),
        "operator_ignored": gettext("Signs that mean nothing here were left out."),
        "wildcard_ignored": gettext("An asterisk works only at the end of a word."),
    }
    found = [words[note.code] for note in notes if note.code in words]
    return " ".join(dict.fromkeys(found))


def _hit(result: Result) -> Hit:
    row = result.row
    snippet = tuple((piece.text, piece.is_hit) for piece in result.marked.snippet)
    if row.kind == "comment":
        return Hit(
            kind="comment",
            title=gettext("Comment %(number)s", number=row.number),
            href=url_for("comments.show", register_id=row.register_id, number=row.number),
            snippet=snippet,
            where=row.document_title,
            at=moment(row.at),
        )
    if row.kind == "disposition":
        return Hit(
            kind="answer",
            title=gettext("Answer to comment %(number)s", number=row.number),
            href=url_for("comments.show", register_id=row.register_id, number=row.number),
            snippet=snippet,
            where=row.document_title,
            at=moment(row.at),
        )
    return Hit(
        kind=TEXT_KINDS[row.kind],
        title=_title(result),
        href=_text_href(result),
        snippet=snippet,
        where=" · ".join(part for part in (row.document_title, _which(result)) if part),
        at=moment(row.at),
        is_former=row.kind == "section_text" and row.until_no is not None,
    )


def _title(result: Result) -> str:
    row = result.row
    if row.kind == "version":
        return gettext("Version %(number)s", number=row.number)
    if row.kind == "change_note":
        return gettext("Change %(number)s", number=row.number)
    return row.title or row.document_title


def _which(result: Result) -> str:
    """In which versions, or during which changes, the words stood."""
    row = result.row
    if row.kind != "section_text":
        return ""
    if row.versions:
        numbers = ", ".join(str(number) for number in row.versions)
        return gettext("version %(numbers)s", numbers=numbers)
    if row.until_no is None:
        return gettext("working draft since change %(number)s", number=row.from_no)
    return gettext("draft from change %(first)s to change %(last)s", first=row.from_no, last=row.until_no - 1)


def _text_href(result: Result) -> str:
    row = result.row
    anchor = f"s-{row.section_id[:12]}" if row.section_id else None
    if row.kind == "change_note":
        return url_for("documents.change", slug=row.document_slug, number=row.number)
    if row.kind == "version":
        return url_for("documents.version", slug=row.document_slug, number=row.number)
    if row.versions:
        return url_for("documents.version", slug=row.document_slug, number=row.versions[-1], _anchor=anchor)
    if row.kind == "section_text" and row.until_no is not None:
        return url_for("documents.change", slug=row.document_slug, number=row.from_no)
    if row.kind == "section_text" or current_viewer().sees_all:
        return url_for("documents.draft", slug=row.document_slug, _anchor=anchor)
    return url_for("documents.show", slug=row.document_slug)
