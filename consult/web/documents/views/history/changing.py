"""One change, for links that name it."""

from __future__ import annotations

from dataclasses import replace

from flask import render_template, request, url_for
from flask_babel import gettext

from consult.domain.diffing.outlines import Pair
from consult.domain.errors import NotFound
from consult.domain.policy.permissions import Permission
from consult.services.authority import of_document, require
from consult.services.comparison import Compared, Side, compare_texts
from consult.storage.queries import documents as queries
from consult.storage.queries import timelines as timeline_queries
from consult.storage.queries.comparisons import list_version_places
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.storage.queries.timelines import TimelineRow
from consult.web.documents.views.history.entries import acts_of
from consult.web.shared.addresses import address_with
from consult.web.shared.causes import causes_of
from consult.web.shared.compared import Sections, SectionShown
from consult.web.shared.differences import VIEWS, View
from consult.web.shared.heads import document_head, may
from consult.web.shared.i18n import moment
from consult.web.shared.presenters import Link
from consult.web.shared.timelines import ChangePage, Entry
from consult.web.shared.viewers import current_actor, current_viewer

MOST_SECTIONS = 60


def change(slug: str, number: int) -> str:
    document = queries.get_document(slug, current_viewer())
    row = timeline_queries.list_changes_in(document.id, {number}).get(number)
    if row is None:
        raise NotFound("change", number=number)
    sees_draft = may(Permission.SEE_UNPUBLISHED, document)
    versions = queries.list_versions(document.id)
    if not sees_draft and not any(number <= version.change_no for version in versions):
        require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
    view: View = next((one for one in VIEWS if one == request.args.get("view")), "only")
    sections, is_partly_hidden = shown_sections(document, row, versions, view)
    page = ChangePage(
        head=document_head(document, tab="history"),
        title=gettext("Change %(number)s", number=number),
        entry=_entry(document, row, sees_draft),
        sections=sections,
        view=view,
        views=_views(document, number, view) if sections else (),
        where=tuple(_where(document, number, versions)),
        previous_href=_neighbour(document, number - 1, versions, sees_draft),
        next_href=_neighbour(document, number + 1, versions, sees_draft),
        is_partly_hidden=is_partly_hidden,
    )
    return render_template("documents/change.html", page=page)


def shown_sections(
    document: DocumentRow, row: TimelineRow, versions: list[VersionRow], view: View
) -> tuple[tuple[SectionShown, ...], bool]:
    """What a change did, and whether some of it is kept from the reader: those outside see words only where these went
    from one published version into the next."""
    sees_draft = may(Permission.SEE_UNPUBLISHED, document)
    if row.number == 1:
        return (), False
    compared = compare_texts(document.id, Side(row.number - 1), Side(row.number))
    wanted = list(compared.sections)
    if not sees_draft:
        published = _Published.around(versions, row.number)
        wanted = [section for section in wanted if published.holds(section.pair)]
    made = Sections(document, compared if sees_draft else Compared((), 0), {}, view, None, sees_draft)
    shown = [replace(made.shown(section), causes=()) for section in wanted[:MOST_SECTIONS]]
    if not sees_draft:
        shown = [replace(section, details=()) for section in shown]
    return tuple(shown), len(wanted) < len(compared.sections) or len(wanted) > MOST_SECTIONS


class _Published:
    """Texts by section in the last version before a change and in the first one with it."""

    def __init__(self, before: dict[str, int], after: dict[str, int]) -> None:
        self.before, self.after = before, after

    @classmethod
    def around(cls, versions: list[VersionRow], number: int) -> _Published:
        before = next((row for row in versions if row.change_no < number), None)
        after = next((row for row in reversed(versions) if row.change_no >= number), None)
        return cls(_texts(before), _texts(after))

    def holds(self, pair: Pair) -> bool:
        """Whether a section went from published words to published words, and no words came from elsewhere."""
        if pair.sources or pair.heirs:
            return False
        old_id = pair.old.section_id if pair.old else pair.section_id
        return self.before.get(old_id) == (pair.old.text_id if pair.old else None) and self.after.get(
            pair.section_id
        ) == (pair.new.text_id if pair.new else None)


def _texts(version: VersionRow | None) -> dict[str, int]:
    rows = list_version_places(version.id) if version else []
    return {row.section_id: row.text_id for row in rows}


def _entry(document: DocumentRow, row: TimelineRow, sees_draft: bool) -> Entry:
    """The change itself; outside of the office it is the office's, without the note."""
    cause = causes_of(document, [row])[row.number]
    author = row.author if row.author is not None else gettext("[name removed]")
    href = url_for("documents.person_history", person_id=row.author_id) if row.author_id else ""
    return Entry(
        number=row.number,
        href=url_for("documents.change", slug=document.slug, number=row.number),
        kind=row.kind,
        at=moment(row.at),
        cause=cause,
        by=Link(author, href) if sees_draft else Link(document.host_name, ""),
        acts=acts_of(document, row) if sees_draft else (),
    )


def _views(document: DocumentRow, number: int, view: View) -> tuple[Link, ...]:
    words = {
        "only": gettext("Changes only"),
        "text": gettext("In the text"),
        "side": gettext("Side by side"),
    }
    return tuple(
        Link(
            text,
            address_with(
                "documents.change",
                {"slug": document.slug, "number": number},
                {"view": code if code != "only" else None},
            ),
            code == view,
        )
        for code, text in words.items()
    )


def _where(document: DocumentRow, number: int, versions: list[VersionRow]) -> list[Link]:
    """The first version that holds the change, and the newest one."""
    holding = [version for version in versions if version.change_no >= number]
    if not holding:
        return []
    first, last = holding[-1], holding[0]
    found = [
        Link(
            gettext("in the text since version %(number)s", number=first.number),
            url_for("documents.version", slug=document.slug, number=first.number),
        )
    ]
    if last.number != first.number:
        found.append(
            Link(
                gettext("read the newest version, %(number)s", number=last.number),
                url_for("documents.version", slug=document.slug, number=last.number),
            )
        )
    return found


def _neighbour(document: DocumentRow, number: int, versions: list[VersionRow], sees_draft: bool) -> str:
    last = document.last_change_no if sees_draft else max((row.change_no for row in versions), default=0)
    if not 1 <= number <= last:
        return ""
    return url_for("documents.change", slug=document.slug, number=number)
