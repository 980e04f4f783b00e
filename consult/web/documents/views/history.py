"""What happened to a document: versions, changes, the history of one section, files to take away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.services import exports as export_service
from consult.services.authority import of_document, require
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.documents import DocumentRow
from consult.web.documents.presenters import ChangeRow, Download, DownloadsPage, HistoryPage, VersionRow
from consult.web.shared.addresses import public, whole_number
from consult.web.shared.heads import document_head, may, now
from consult.web.shared.i18n import moment
from consult.web.shared.presenters import Piece
from consult.web.shared.redlines import redline, shortened
from consult.web.shared.viewers import current_actor, current_viewer
from consult.web.shared.wording import TranslatedWording

CHANGES_ON_A_PAGE = 20
REDLINES_OF_A_CHANGE = 5


def history(slug: str) -> str:
    document = queries.get_document(slug, current_viewer())
    changes: tuple[ChangeRow, ...] = ()
    more = ""
    if may(Permission.SEE_UNPUBLISHED, document):
        before = whole_number(request.args.get("before"))
        rows = drafting_queries.list_changes(document.id, before=before, limit=CHANGES_ON_A_PAGE)
        changes = _changes(document, rows)
        if rows and rows[-1].number > 1 and len(rows) == CHANGES_ON_A_PAGE:
            more = url_for("documents.history", slug=slug, before=rows[-1].number)
    page = HistoryPage(
        head=document_head(document, tab="history"),
        versions=tuple(_version(document, row) for row in queries.list_versions(document.id)),
        changes=changes,
        compare_href=url_for("comparison.show", slug=slug) if document.last_version_no > 1 else "",
        more_href=more,
        words_href=url_for("appearances.words", slug=slug),
    )
    return render_template("documents/versions.html", page=page)


def change(slug: str, number: int) -> str:
    """One change, for links that name it."""
    document = queries.get_document(slug, current_viewer())
    row = drafting_queries.get_change(document.id, number)
    if not (may(Permission.SEE_UNPUBLISHED, document) or _is_published(document, number)):
        require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
    page = HistoryPage(
        head=document_head(document, tab="history"),
        versions=(),
        changes=_changes(document, [row])
        if may(Permission.SEE_UNPUBLISHED, document)
        else _changes_in_public(document, [row]),
        section_title=gettext("change %(number)s", number=number),
        more_href="",
    )
    return render_template("documents/versions.html", page=page)


def _is_published(document: DocumentRow, number: int) -> bool:
    """Whether what a change brought is part of a published version."""
    last = queries.find_version(document.id, document.last_version_no)
    return last is not None and number <= last.change_no


def section_history(slug: str, section_id: str) -> str:
    document = queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
    rows = drafting_queries.list_changes_of_section(section_id, limit=CHANGES_ON_A_PAGE)
    rows = [row for row in rows if row.document_id == document.id]
    if not rows:
        abort(404)
    standing = next(
        (row for row in drafting_queries.list_standing(document.id) if row.section_id == section_id), None
    )
    page = HistoryPage(
        head=document_head(document, tab="history"),
        versions=(),
        changes=_changes(document, rows, only=section_id),
        section_title=standing.heading if standing else gettext("a removed part"),
    )
    return render_template("documents/versions.html", page=page)


def downloads(slug: str) -> str:
    document = queries.get_document(slug, current_viewer())
    number = document.last_version_no or None
    if number is None:
        require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
    version = queries.get_version(document.id, number) if number else None
    formats = (
        ("Word", "docx", gettext("to print, to work on, to attach")),
        ("HTML", "html", gettext("one page for a website, readable by screen readers")),
        ("Markdown", "md", gettext("the text as it is kept here")),
    )
    has_comments = bool(consultation_queries.count_comments(document.id))
    page = DownloadsPage(
        head=document_head(document, tab="downloads", version=version),
        text=tuple(
            Download(
                name,
                ending,
                url_for("documents.download", slug=slug, extension=ending, version=number),
                detail,
            )
            for name, ending, detail in formats
        ),
        comments=(
            Download(
                "Excel",
                "xlsx",
                url_for("documents.download", slug=slug, extension="xlsx"),
                gettext("one row for each comment, in the order of the text"),
            ),
        )
        if has_comments
        else (),
        checksum=version.checksum if version else "",
        record_href=url_for("documents.record", slug=slug) if version else "",
    )
    return render_template("documents/downloads.html", page=page)


def download(slug: str, extension: str) -> Response:
    if extension == "xlsx":
        file = export_service.export_comment_table(current_actor(), slug, TranslatedWording())
    else:
        file = export_service.export_text(
            current_actor(),
            slug,
            extension,
            TranslatedWording(),
            version_no=whole_number(request.args.get("version")),
            address=public(url_for("documents.show", slug=slug)),
            now=now(),
        )
    response = make_response(file.content)
    response.headers["Content-Type"] = file.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _version(document: DocumentRow, row: queries.VersionRow) -> VersionRow:
    return VersionRow(
        number=row.number,
        label=row.label,
        href=url_for("documents.version", slug=document.slug, number=row.number),
        published=moment(row.published_at),
        by="",
        checksum=row.checksum,
        compare_href=url_for("comparison.show", slug=document.slug, **_between(row.number))
        if row.number > 1
        else "",
    )


def _between(number: int) -> dict[str, Any]:
    """Query of the comparison of a version with the one before ("from" is a word of the language)."""
    return {"from": f"v{number - 1}", "to": f"v{number}"}


def _changes(
    document: DocumentRow,
    rows: list[drafting_queries.ChangeRow],
    *,
    only: str = "",
    is_public: bool = False,
) -> tuple[ChangeRow, ...]:
    comments = {
        comment.id: comment
        for comment in comment_queries.list_comments_by_id(
            {row.cause_ref for row in rows if row.cause_kind == "comment" and row.cause_ref},
            with_drafts=False,
        )
        if comment.consultation_id is not None or not is_public
    }
    found = []
    for row in rows:
        comment = comments.get(row.cause_ref or 0) if row.cause_kind == "comment" else None
        found.append(
            ChangeRow(
                number=row.number,
                by=row.author if row.author is not None else gettext("[name removed]"),
                at=moment(row.at),
                note=row.note or "",
                cause=_cause_code(row),
                cause_text=gettext("comment %(number)s", number=comment.number) if comment else "",
                cause_href=url_for("comments.show", register_id=comment.register_id, number=comment.number)
                if comment
                else "",
                href=url_for("documents.change", slug=document.slug, number=row.number),
                redlines=() if is_public else _redlines(document, row, only),
            )
        )
    return tuple(found)


def _changes_in_public(
    document: DocumentRow, rows: list[drafting_queries.ChangeRow]
) -> tuple[ChangeRow, ...]:
    """Changes as those outside the office see them: in the office's name, without notes, without words that stood in
    no published version, and without comments made outside of a consultation."""
    return tuple(
        replace(
            shown,
            by=document.host_name,
            note="",
            redlines=_redlines(document, row, "", _published_around(document, row.number)),
        )
        for row, shown in zip(rows, _changes(document, rows, is_public=True), strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Published:
    """Sources by section in the last version before a change and in the first one with it."""

    before: Mapping[str, str]
    after: Mapping[str, str]

    def holds(self, step: drafting_queries.Step) -> bool:
        """Whether a step went from published words to published words."""
        section_id = step.section_id
        return step.before == self.before.get(section_id) and step.after == self.after.get(section_id)


def _published_around(document: DocumentRow, number: int) -> _Published:
    versions = queries.list_versions(document.id)
    before = next((row for row in versions if row.change_no < number), None)
    after = next((row for row in reversed(versions) if row.change_no >= number), None)
    return _Published(_sources(before), _sources(after))


def _sources(version: queries.VersionRow | None) -> dict[str, str]:
    rows = queries.list_version_sections(version.id) if version else []
    return {row.section_id: row.source for row in rows}


def _shown(step: drafting_queries.Step) -> tuple[str, str]:
    """The words before and after as readers see them; the Markdown where only that differs."""
    if step.words_before != step.words_after:
        return step.words_before or "", step.words_after or ""
    return step.before or "", step.after or ""


def _cause_code(row: drafting_queries.ChangeRow) -> str:
    if row.cause_kind:
        return row.cause_kind
    return "edit" if row.kind == "save" else row.kind


def _redlines(
    document: DocumentRow, row: drafting_queries.ChangeRow, only: str, published: _Published | None = None
) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    if row.kind == "import":
        return ()
    steps = [
        step
        for step in drafting_queries.list_steps(document.id, row.number)
        if step.before != step.after
        and (not only or step.section_id == only)
        and (published is None or published.holds(step))
    ]
    return tuple(
        (step.heading or gettext("(no heading)"), shortened(redline(*_shown(step))))
        for step in steps[:REDLINES_OF_A_CHANGE]
    )
