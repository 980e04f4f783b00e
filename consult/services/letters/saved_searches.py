"""Letters about searches people follow: what they newly find."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.ports.search import Highlighted, Passage
from consult.services.accounts import actor_of
from consult.services.letters.recipients import Gatherer, Recipient
from consult.services.saved_searches import MOST_IN_A_LETTER, draw_stop_link, list_found, read_query
from consult.storage.queries import saved_searches as queries
from consult.storage.queries import search as search_queries
from consult.storage.queries.accounts import find_person
from consult.storage.queries.search import ResultRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import current_ports


def gather_found(recipient: Recipient, ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any] | None:
    """What a search newly found that the person may still see; None where there is nothing of it left, or where they
    no longer want to hear of it."""
    saved = queries.find_saved_search(int(ref["search_id"]), recipient.person_id)
    person = find_person(recipient.person_id) if recipient.person_id is not None else None
    query = read_query(saved.query) if saved else None
    if saved is None or person is None or query is None or saved.pace == "none":
        return None
    actor = actor_of(person)
    wanted = set(ref["found"])
    found = [one.hit.ref for one in list_found(actor, saved) if one.known_as in wanted]
    rows = search_queries.list_results(found[:MOST_IN_A_LETTER], Viewer.of(actor))
    shown = [rows[one] for one in found if one in rows]
    if not shown:
        return None
    marked = current_ports().search.highlight(
        query,
        [
            Passage(body=row.body, title=row.title or row.document_title, language=row.language)
            for row in shown
        ],
    )
    return {
        "name": saved.name,
        "count": len(found),
        "places": [_place(row, words) for row, words in zip(shown, marked, strict=True)],
        "more_count": len(found) - len(shown),
        "search_path": saved.address,
        "stop_path": f"/searches/stop/{draw_stop_link(saved.id, now)}",
        "own_path": "/account/searches",
    }


def _place(row: ResultRow, marked: Highlighted) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "title": row.title,
        "number": row.number,
        "document": row.document_title,
        "words": " ".join("".join(piece.text for piece in marked.snippet).split()),
        "path": _path(row),
    }


def _path(row: ResultRow) -> str:
    """Where it is read; "" for what has no page of its own that could be named from here."""
    match row.kind:
        case "section_text" if row.versions:
            return f"/documents/{row.document_slug}/versions/{row.versions[-1]}#s-{row.section_id[:12]}"
        case "section_text":
            return f"/documents/{row.document_slug}/draft#s-{row.section_id[:12]}"
        case "comment" | "disposition":
            return f"/comments/{row.register_id}/{row.number}"
        case "version":
            return f"/documents/{row.document_slug}/versions/{row.number}"
        case "change_note":
            return f"/documents/{row.document_slug}/changes/{row.number}"
        case "decision":
            return f"/meetings/{row.meeting_id}#decyzja-{row.number}"
        case "meeting" | "meeting_note":
            return f"/meetings/{row.row_id}"
        case "dissent" if row.versions:
            return f"/documents/{row.document_slug}/versions/{row.versions[-1]}#s-{row.section_id[:12]}"
        case "dissent":
            return f"/documents/{row.document_slug}/draft#s-{row.section_id[:12]}"
        case "collection":
            return f"/collections/{row.slug}"
        case "host_text":
            return f"/hosts/{row.slug}/{row.text_kind}"
        case "organisation":
            return f"/organisations/{row.slug}"
        case "group":
            return f"/groups/{row.slug}"
    if row.consultation_id:
        return f"/consultations/{row.consultation_id}"
    return f"/documents/{row.document_slug}" if row.document_slug else ""


GATHERERS: dict[str, Gatherer] = {"saved_searches/found": gather_found}
