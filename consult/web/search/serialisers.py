"""The answers of search as JSON; docs/search.md says what the names mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from consult.services.search import Answer, Result
from consult.storage.queries.appearances import EndRow


def answer_json(
    answer: Answer,
    *,
    query: str,
    href_of: Callable[[Result], str],
    next_href: str,
    ends: Mapping[int, EndRow],
) -> dict[str, object]:
    """One page of an answer. `href_of` gives the address of a result, `next_href` that of the next page, if any; `ends`
    tell how texts ended, by text."""
    return {
        "query": query,
        "total": answer.total,
        "is_at_least": answer.is_at_least,
        "start": answer.start,
        "next": next_href or None,
        "suggestion": answer.suggestion or None,
        "is_loose": answer.is_loose,
        "is_slow_way": answer.is_slow_way,
        "notes": [{"code": note.code, "words": note.words} for note in answer.notes],
        "facets": {
            name: [
                {"value": one.slug or one.value, "title": one.title or None, "count": one.count}
                for one in answer.facets
                if one.name == name
            ]
            for name in dict.fromkeys(one.name for one in answer.facets)
        },
        "results": [
            _result(result, href_of(result), ends.get(result.row.text_id or 0)) for result in answer.results
        ],
    }


def _result(result: Result, href: str, end: EndRow | None) -> dict[str, object]:
    row = result.row
    return {
        "ref": row.ref,
        "kind": row.kind,
        "href": href,
        "title": row.title or None,
        "number": row.number,
        "document": {"slug": row.document_slug, "title": row.document_title} if row.document_slug else None,
        "section": row.section_id or None,
        "language": row.language,
        "at": row.at.isoformat(),
        "versions": list(row.versions),
        "from_change": row.from_no,
        "until_change": row.until_no,
        "ended": _ended(end) if end else None,
        "capacity": row.capacity or None,
        "organisation": row.organisation_name or None,
        "author": row.author_name or None,
        "outcome": row.outcome or None,
        "snippet": [{"text": piece.text, "hit": piece.is_hit} for piece in result.marked.snippet],
        "hits": [[span.start, span.end] for span in result.marked.hits],
    }


def _ended(end: EndRow) -> dict[str, object]:
    """How a text came to an end: by which change, whether the part went too, and which comment asked for it."""
    return {
        "change": end.change_no,
        "removed": not end.is_followed,
        "cause": end.cause_kind or None,
        "comment": {"register": end.cause_register, "number": end.cause_number}
        if end.cause_number is not None
        else None,
    }
