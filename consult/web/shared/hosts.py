"""A host in the frame of pages: its name, crest, colour, and the texts the law wants within reach."""

from __future__ import annotations

import hashlib

from flask import g, url_for

from consult.storage.queries import organisations as queries
from consult.storage.queries.organisations import HostPageRow
from consult.web.shared.presenters import HostFrame


def host_frame(host_id: int, *, row: HostPageRow | None = None) -> HostFrame:
    """The frame of a host; one query for each host and request, none where the page has the row. Raises NotFound."""
    frames: dict[int, HostFrame] = g.setdefault("host_frames", {})
    if host_id not in frames:
        frames[host_id] = frame_of(row or queries.get_host_page_by_id(host_id))
    return frames[host_id]


def show_host(host_id: int) -> HostFrame:
    """Let the frame of this page show whose page it is: the host's colours at the head, its texts at the foot."""
    frame = host_frame(host_id)
    g.host_shown = frame
    return frame


def shown_host() -> HostFrame | None:
    """The host the frame of this page shows, if it shows one; asks nothing."""
    frame: HostFrame | None = g.get("host_shown")
    return frame


def frame_of(row: HostPageRow) -> HostFrame:
    def text(endpoint: str, kind: str) -> str:
        return url_for(f"organisations.{endpoint}", slug=row.slug) if kind in row.texts else ""

    return HostFrame(
        name=row.short_name or row.name,
        href=url_for("organisations.host", slug=row.slug),
        crest_href=crest_href(row.slug, row.crest_hash),
        look_href=look_href(row.slug, row.accent),
        accessibility_href=text("accessibility", "accessibility"),
        privacy_href=text("privacy", "privacy"),
        clause_href=text("clause", "clause"),
        rules_href=text("rules", "rules"),
    )


def clause_href(submission_id: int) -> str:
    """The address of the information clause comments were handed in under; "" where the host had none then."""
    clause = queries.find_clause_of_submission(submission_id)
    if clause is None:
        return ""
    return url_for("organisations.clause", slug=clause.host_slug, version=clause.number)


def crest_href(slug: str, crest_hash: str) -> str:
    """The address of a crest, which changes with it; "" without one."""
    return url_for("organisations.crest", slug=slug, v=crest_hash[:16]) if crest_hash else ""


def look_href(slug: str, accent: str) -> str:
    """The address of a host's colours, which changes with them; "" where it has the product's own."""
    return url_for("organisations.look", slug=slug, v=look_tag(accent)) if accent else ""


def look_tag(accent: str) -> str:
    """What names the sheet made of a colour; the maker's number is in it, so that new rules make new sheets."""
    return hashlib.sha256(f"1 {accent}".encode()).hexdigest()[:16]
