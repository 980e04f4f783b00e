"""Changes as entries of a timeline, by day; a fixed number of queries for a page of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from flask import request, url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.services.comparison import Side, compare_texts
from consult.storage.queries import documents as queries
from consult.storage.queries import timelines as timeline_queries
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.storage.queries.timelines import TimelineRow
from consult.web.shared.addresses import address_with, whole_number
from consult.web.shared.causes import address_if_built, causes_of
from consult.web.shared.compared import Sections, SectionShown
from consult.web.shared.differences import View
from consult.web.shared.heads import may
from consult.web.shared.i18n import day, moment
from consult.web.shared.presenters import Link
from consult.web.shared.timelines import Day, Entry

PARTS_OF_AN_ENTRY = 3
SECTIONS_OF_A_REDLINE = 6


def entries_of(
    document: DocumentRow, rows: Sequence[TimelineRow], *, only: str = "", on_person: bool = False
) -> list[Entry]:
    """Entries of changes of one document, for those who may see its draft. `only` names the section whose history it
    is: its own redline is what opens."""
    causes = causes_of(document, rows)
    touched = timeline_queries.list_touched(document.id, [row.number for row in rows])
    titles = timeline_queries.list_headings({text for found in touched.values() for _, text, _ in found})
    versions = {row.change_no: row for row in queries.list_versions(document.id)} if not on_person else {}
    opened = whole_number(request.args.get("open"))
    found = []
    for row in rows:
        parts = _parts(document, touched.get(row.number, []), titles)
        is_open = row.number == opened and not on_person
        found.append(
            Entry(
                number=row.number,
                href=url_for("documents.change", slug=document.slug, number=row.number),
                kind=row.kind,
                at=moment(row.at),
                cause=causes[row.number],
                parts=parts[:PARTS_OF_AN_ENTRY],
                rest_count=max(0, len(parts) - PARTS_OF_AN_ENTRY),
                by=_author(row),
                document=Link(document.title, url_for("documents.history", slug=document.slug))
                if on_person
                else None,
                document_language=document.language,
                version=_version(document, versions.get(row.number)),
                show_href=_here(row.number) if not is_open and not on_person else "",
                hide_href=_here(None, row.number) if is_open else "",
                sections=redline_of(document, row, view="only", only=only) if is_open else (),
                acts=acts_of(document, row),
            )
        )
    return found


def by_day(rows: Sequence[TimelineRow], entries: Sequence[Entry]) -> tuple[Day, ...]:
    """Entries under the days on which they happened, in their order."""
    pairs = zip(rows, entries, strict=True)
    return tuple(
        Day(day(list_of[0][0].at), tuple(entry for _, entry in list_of))
        for _, group in groupby(pairs, key=lambda pair: day(pair[0].at).iso)
        if (list_of := list(group))
    )


def redline_of(
    document: DocumentRow,
    row: TimelineRow,
    *,
    view: View,
    only: str = "",
    limit: int = SECTIONS_OF_A_REDLINE,
) -> tuple[SectionShown, ...]:
    """What a change did, section by section, without saying of each place what it came from: the entry says it."""
    compared = compare_texts(document.id, Side(row.number - 1), Side(row.number), only=only)
    made = Sections(document, compared, {}, view, None, may(Permission.SEE_UNPUBLISHED, document))
    return tuple(replace(made.shown(section), causes=()) for section in compared.sections[:limit])


def acts_of(document: DocumentRow, row: TimelineRow) -> tuple[Link, ...]:
    """What one may do about a change: compare with now, take it back, bring its state back."""
    slug, is_last = document.slug, row.number == document.last_change_no
    links = []
    if not is_last:
        compare = address_with("comparison.show", {"slug": slug}, {"from": f"c{row.number}", "to": "draft"})
        links.append(Link(gettext("Compare with the draft now"), compare))
    if may(Permission.EDIT_DRAFT, document):
        where = {"slug": slug, "number": row.number}
        if row.number > 1:
            links.append(Link(gettext("Take this change back"), address_if_built("documents.undo", **where)))
        if not is_last:
            restore = address_if_built("documents.restore", **where)
            links.append(Link(gettext("Bring back the text as it stood then"), restore))
    return tuple(link for link in links if link.href)


def _parts(
    document: DocumentRow, touched: Sequence[tuple[str, int, bool]], titles: Mapping[int, str]
) -> tuple[Link, ...]:
    """The sections a change touched, by the headings it left them or took away."""
    found: dict[str, str] = {}
    for section_id, text_id, stands in touched:
        if stands or section_id not in found:
            found[section_id] = titles.get(text_id, "")
    return tuple(
        Link(
            title or gettext("(no heading)"),
            url_for("documents.section_history", slug=document.slug, section_id=section_id),
        )
        for section_id, title in found.items()
    )


def _author(row: TimelineRow) -> Link:
    name = row.author if row.author is not None else gettext("[name removed]")
    href = url_for("documents.person_history", person_id=row.author_id) if row.author_id else ""
    return Link(name, href)


def _version(document: DocumentRow, version: VersionRow | None) -> Link | None:
    if version is None:
        return None
    return Link(
        gettext("published as version %(number)s", number=version.number),
        url_for("documents.version", slug=document.slug, number=version.number),
    )


def _here(opened: int | None, at: int | None = None) -> str:
    """This page with the redline of one change open, or of none."""
    query = {name: value for name, value in request.args.items() if name not in ("open", "lang")}
    address = address_with(request.endpoint or "", request.view_args or {}, {**query, "open": opened})
    return f"{address}#change-{opened or at}"
