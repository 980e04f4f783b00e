"""Timelines of a document, of a section, of a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.services.authority import of_document, require
from consult.storage.queries import documents as queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import timelines as timeline_queries
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.storage.queries.timelines import Chosen, Origin, Stay, TimelineRow
from consult.web.documents.views.history.entries import by_day, entries_of
from consult.web.documents.views.history.words import CAUSES, KINDS
from consult.web.shared.addresses import address_with, whole_number
from consult.web.shared.causes import address_if_built
from consult.web.shared.heads import document_head, may
from consult.web.shared.i18n import HOME, moment
from consult.web.shared.presenters import Link
from consult.web.shared.timelines import (
    Entry,
    HistoryPage,
    Narrowing,
    PersonHistoryPage,
    PublishedVersion,
    SectionHistoryPage,
)
from consult.web.shared.viewers import current_actor, current_viewer

CHANGES_ON_A_PAGE = 20
SYSTEM = "0"


def history(slug: str) -> str:
    document = queries.get_document(slug, current_viewer())
    versions = queries.list_versions(document.id)
    page = HistoryPage(
        head=document_head(document, tab="history"),
        versions=tuple(_version(document, row) for row in versions),
        days=(),
        compare_href=url_for("comparison.show", slug=slug) if document.last_version_no > 1 else "",
        words_href=url_for("appearances.words", slug=slug),
    )
    if may(Permission.SEE_UNPUBLISHED, document):
        page = _with_changes(document, page)
    return render_template("documents/history.html", page=page)


def _with_changes(document: DocumentRow, page: HistoryPage) -> HistoryPage:
    part = request.args.get("part", "")
    part = part if part and timeline_queries.is_section_of(document.id, part) else ""
    chosen = _chosen()
    before = whole_number(request.args.get("before"))
    if part:
        origins = timeline_queries.list_origins(document.id, part)
        rows, more = _rows_of_section(document, origins, chosen, before)
    else:
        found = timeline_queries.list_document_timeline(
            document.id, chosen, before=before, limit=CHANGES_ON_A_PAGE + 1
        )
        rows, more = found[:CHANGES_ON_A_PAGE], len(found) > CHANGES_ON_A_PAGE
    entries = entries_of(document, rows, only=part)
    authors = timeline_queries.list_authors(document.id)
    parts = [
        (row.section_id, row.heading or gettext("(no heading)"))
        for row in drafting_queries.list_standing(document.id)
    ]
    here = {"slug": document.slug}
    return replace(
        page,
        days=by_day(rows, entries),
        narrowing=_narrowing(
            people=[(str(key or SYSTEM), name or gettext("the system")) for key, name in authors],
            parts=parts,
            everything_href=url_for("documents.history", slug=document.slug),
        ),
        older_href=_older("documents.history", here, rows[-1].number) if more and rows else "",
        newest_href=_newest("documents.history", here) if before else "",
    )


def section_history(slug: str, section_id: str) -> str:
    document = queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
    if not timeline_queries.is_section_of(document.id, section_id):
        abort(404)
    standing = {row.section_id: row for row in drafting_queries.list_standing(document.id)}
    origins = timeline_queries.list_origins(document.id, section_id)
    before = whole_number(request.args.get("before"))
    rows, more = _rows_of_section(document, origins, Chosen(), before)
    entries = entries_of(document, rows, only=section_id)
    here = {"slug": slug, "section_id": section_id}
    now_standing = standing.get(section_id)
    title = now_standing.heading if now_standing else _last_title(section_id, document)
    page = SectionHistoryPage(
        head=document_head(document, tab="history"),
        title=title or gettext("(no heading)"),
        days=by_day(
            rows,
            _own(document, entries, section_id, origins, now_standing.text_id if now_standing else None),
        ),
        is_gone=now_standing is None,
        read_href=url_for("documents.draft", slug=slug, _anchor=f"s-{section_id[:12]}")
        if now_standing
        else "",
        descent=_descent(document, section_id),
        older_href=_older("documents.section_history", here, rows[-1].number) if more and rows else "",
        newest_href=_newest("documents.section_history", here) if before else "",
    )
    return render_template("documents/section_history.html", page=page)


def _rows_of_section(
    document: DocumentRow, origins: Sequence[Origin], chosen: Chosen, before: int | None
) -> tuple[list[TimelineRow], bool]:
    """A page of changes that touched a section or those its words came from, and whether there are more."""
    stays = timeline_queries.list_stays(
        origins, document.id, chosen, before=before, limit=CHANGES_ON_A_PAGE + 1
    )
    numbers = {stay.from_no for stay in stays}
    if chosen.is_everything:
        numbers |= _removals(stays, origins, before)
    wanted = sorted(numbers, reverse=True)
    page = wanted[:CHANGES_ON_A_PAGE]
    found = timeline_queries.list_changes_in(document.id, page)
    return [found[number] for number in page if number in found], len(wanted) > CHANGES_ON_A_PAGE


def _removals(stays: Sequence[Stay], origins: Sequence[Origin], before: int | None) -> set[int]:
    """Changes that took a section out: it ends with them, and nothing of it begins."""
    limits = {origin.section_id: origin.until_no for origin in origins}
    begins = {(stay.section_id, stay.from_no) for stay in stays}
    gone = set()
    for stay in stays:
        number, limit = stay.until_no, limits.get(stay.section_id)
        if number is None or (stay.section_id, number) in begins or (limit is not None and number > limit):
            continue
        if before is None or number < before:
            gone.add(number)
    return gone


def _own(
    document: DocumentRow,
    entries: Sequence[Entry],
    section_id: str,
    origins: Sequence[Origin],
    current: int | None,
) -> list[Entry]:
    """Entries that touched another section, which words came from, say so; one may bring back the section's own texts."""
    others = {origin.section_id for origin in origins} - {section_id}
    stays = {
        stay.from_no: stay.text_id
        for stay in timeline_queries.list_stays(
            [Origin(section_id, None)],
            document.id,
            Chosen(),
            before=max((entry.number for entry in entries), default=0) + 1,
            limit=CHANGES_ON_A_PAGE + 1,
        )
    }
    may_edit = may(Permission.EDIT_DRAFT, document)
    found = []
    for entry in entries:
        elsewhere = [part for part in entry.parts if any(other in part.href for other in others)]
        is_own = entry.number in stays
        acts = entry.acts
        if is_own and may_edit and stays[entry.number] != current:
            href = address_if_built(
                "documents.restore_text",
                slug=document.slug,
                section_id=section_id,
                text_id=stays[entry.number],
            )
            if href:
                acts = (*acts, Link(gettext("Bring back this text of the part"), href))
        found.append(
            replace(
                entry,
                acts=acts,
                from_elsewhere=elsewhere[0].text if elsewhere and not is_own else "",
            )
        )
    return found


def _descent(document: DocumentRow, section_id: str) -> tuple[Link, ...]:
    """Where words of a section came from and went, with the changes by which they did."""
    kin = timeline_queries.list_kin(document.id, section_id)
    found = []
    for row in kin:
        came = row.to_section == section_id
        words = (
            gettext("words came from %(title)s, change %(number)s")
            if came
            else gettext("words went to %(title)s, change %(number)s")
        )
        other = row.from_section if came else row.to_section
        found.append(
            Link(
                words % {"title": row.title or gettext("(no heading)"), "number": row.number},
                url_for("documents.section_history", slug=document.slug, section_id=other),
            )
        )
    return tuple(found)


def _last_title(section_id: str, document: DocumentRow) -> str:
    stays = timeline_queries.list_stays(
        [Origin(section_id, None)], document.id, Chosen(), before=None, limit=1
    )
    return next(iter(timeline_queries.list_headings([stay.text_id for stay in stays]).values()), "")


def person_history(person_id: int) -> str:
    """What a person changed in documents whose drafts the reader may see; nobody learns more of anybody."""
    chosen, viewer = _chosen(), current_viewer()
    before = whole_number(request.args.get("before"))
    slug = request.args.get("document", "")
    found = timeline_queries.list_person_timeline(
        person_id, viewer, chosen, slug=slug, before=before, limit=CHANGES_ON_A_PAGE + 1
    )
    known = found or timeline_queries.list_person_timeline(
        person_id, viewer, Chosen(), slug="", before=None, limit=1
    )
    if not known:
        abort(404)
    # ids follow the clock but for what was taken over from elsewhere: a day stands on a page once
    shown = sorted(found[:CHANGES_ON_A_PAGE], key=lambda row: row.change.at, reverse=True)
    entries: dict[int, Entry] = {}
    for name in dict.fromkeys(row.slug for row in shown):
        document = queries.get_document(name, viewer)
        own = [row.change for row in shown if row.slug == name]
        entries |= {
            row.id: entry for row, entry in zip(own, entries_of(document, own, on_person=True), strict=True)
        }
    rows = [row.change for row in shown]
    here = {"person_id": person_id}
    author = known[0].change.author
    page = PersonHistoryPage(
        name=author if author is not None else gettext("[name removed]"),
        days=by_day(rows, [entries[row.id] for row in rows]),
        narrowing=_narrowing(
            people=[],
            parts=[],
            everything_href=url_for("documents.person_history", **here),  # type: ignore[arg-type]
        ),
        older_href=_older("documents.person_history", here, min(row.id for row in rows))
        if len(found) > CHANGES_ON_A_PAGE
        else "",
        newest_href=_newest("documents.person_history", here) if before else "",
    )
    return render_template("documents/person_history.html", page=page)


# what is asked for


def _chosen() -> Chosen:
    """What the address narrows the timeline by; what makes no sense narrows nothing."""
    kind = request.args.get("kind", "")
    cause = request.args.get("cause", "")
    return Chosen(
        author_id=whole_number(request.args.get("who")),
        kinds=KINDS[kind][1] if kind in KINDS else (),
        cause=cause if cause in CAUSES else "",
        since=_day(request.args.get("since", ""), 0),
        until=_day(request.args.get("until", ""), 1),
    )


def _day(text: str, later: int) -> datetime | None:
    """The moment a day begins in Warsaw, or the one after it."""
    try:
        on = date.fromisoformat(text) + timedelta(days=later)
    except (ValueError, OverflowError):
        return None
    if not 1990 <= on.year <= 2200:
        return None
    return datetime.combine(on, time(), tzinfo=HOME).astimezone(UTC)


def _narrowing(
    *, people: Sequence[tuple[str, str]], parts: Sequence[tuple[str, str]], everything_href: str
) -> Narrowing:
    asked = {name: request.args.get(name, "") for name in ("who", "kind", "cause", "part", "since", "until")}
    return Narrowing(
        people=tuple(people),
        kinds=tuple((code, str(words)) for code, (words, _) in KINDS.items()),
        causes=tuple((code, str(words)) for code, words in CAUSES.items()),
        parts=tuple(parts),
        who=asked["who"],
        kind=asked["kind"],
        cause=asked["cause"],
        part=asked["part"],
        since=asked["since"] if _day(asked["since"], 0) else "",
        until=asked["until"] if _day(asked["until"], 0) else "",
        is_narrowed=any(asked.values()),
        everything_href=everything_href,
    )


def _older(endpoint: str, path: Mapping[str, Any], before: int) -> str:
    query = {name: value for name, value in request.args.items() if name not in ("open", "lang")}
    return address_with(endpoint, path, {**query, "before": before})


def _newest(endpoint: str, path: Mapping[str, Any]) -> str:
    query = {name: value for name, value in request.args.items() if name not in ("open", "lang", "before")}
    return address_with(endpoint, path, query)


def _version(document: DocumentRow, row: VersionRow) -> PublishedVersion:
    between = {"from": f"v{row.number - 1}", "to": f"v{row.number}"}
    may_restore = may(Permission.EDIT_DRAFT, document) and row.change_no < document.last_change_no
    return PublishedVersion(
        number=row.number,
        label=row.label,
        href=url_for("documents.version", slug=document.slug, number=row.number),
        published=moment(row.published_at),
        checksum=row.checksum,
        compare_href=address_with("comparison.show", {"slug": document.slug}, between)
        if row.number > 1
        else "",
        restore_href=address_if_built("documents.restore", slug=document.slug, number=row.change_no)
        if may_restore
        else "",
    )
