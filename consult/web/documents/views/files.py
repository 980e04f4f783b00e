"""Documents made of files, revised with files, published."""

from __future__ import annotations

from typing import Literal

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.diffing.alignment import State
from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services import documents as service
from consult.services.authority import require
from consult.services.cross_references import list_draft_references
from consult.services.drafting import get_editable
from consult.services.exports import labelled
from consult.services.sockets import current_ports
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as queries
from consult.storage.queries.documents import DocumentRow
from consult.web.documents.forms import (
    ConfirmRevision,
    NewDocument,
    PublishVersion,
    ReviseWithFile,
)
from consult.web.documents.import_presenters import AlignedSection, RevisePage, RevisePreview
from consult.web.documents.presenters import PublishPage
from consult.web.documents.views.outline import title_of
from consult.web.documents.views.uploads import own_host, remarks_of, uploaded
from consult.web.shared.forms import refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.presenters import DocumentHead
from consult.web.shared.redlines import redline, shortened
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer

SHOWN_REDLINES = 60
"""Redlines on the preview of a revision; further changed parts are named without one."""


def new() -> ResponseReturnValue:
    host_id = own_host()
    form = NewDocument()
    if form.is_sent():
        try:
            text = (form.source.data or "").strip()
            if text:
                made = service.import_document(
                    current_actor(),
                    content=f"{text}\n".encode(),
                    filename="text.md",
                    title=form.title.data or "",
                    kind=form.kind.data or "",
                    host_id=host_id,
                    now=now(),
                )
                slug = made.slug
            else:
                slug = service.create_document(
                    current_actor(),
                    title=form.title.data or "",
                    kind=form.kind.data or "",
                    host_id=host_id,
                    now=now(),
                )
        except ConsultError as error:
            refuse(form, error)
        else:
            say(
                "done",
                gettext("The document was created. Only your office sees it until you publish a version."),
            )
            return redirect(url_for("documents.draft", slug=slug), code=303)
    page = render_template("documents/new.html", form=form)
    return (page, 422) if form.errors else page


def revise(slug: str) -> ResponseReturnValue:
    """First a file and what it would change, then, from that page, the change itself."""
    document = get_editable(current_actor(), slug)
    if "token" in request.form:
        return _confirmed(document)
    form = ReviseWithFile()
    if form.is_sent():
        try:
            content, name = uploaded(form.file.data)
            return _preview(document, content, name, form.note.data or "")
        except ConsultError as error:
            refuse(form, error)
    page = RevisePage(head=_head(document), back_href=url_for("documents.draft", slug=slug))
    shown = render_template("documents/revise.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _preview(document: DocumentRow, content: bytes, name: str, note: str) -> ResponseReturnValue:
    text = service.read_file(content, name)
    sections = labelled(queries.list_draft_sections(document.id))
    pieces, alignment = service.align_with_file(sections, text.source)
    standing = {section.section_id: section for section in sections}
    rows: list[AlignedSection] = []
    for piece, continued in zip(pieces, alignment.pieces, strict=True):
        old = standing.get(continued.old_id) if continued.old_id is not None else None
        if old is not None and continued.state is State.KEPT:
            continue
        differs = old is not None and old.source != piece.source
        rows.append(
            AlignedSection(
                change=_CODES[continued.state],
                title=piece.heading or gettext("(no heading)"),
                detail=gettext("was: %(title)s", title=title_of(old)) if old and continued.is_renamed else "",
                redline=shortened(redline(old.source, piece.source))
                if old and differs and len(rows) < SHOWN_REDLINES
                else (),
            )
        )
    rows += [AlignedSection("removed", title_of(standing[gone])) for gone in alignment.removed]
    counts = alignment.count()
    form = ConfirmRevision(formdata=None)
    form.token.data, form.note.data = current_ports().files.keep(content, name=name), note
    page = RevisePreview(
        head=_head(document),
        back_href=url_for("documents.revise", slug=document.slug),
        filename=name,
        counts=(
            ("kept", counts[State.KEPT]),
            ("changed", counts[State.CHANGED] + counts[State.RENAMED]),
            ("moved", counts[State.MOVED]),
            ("added", counts[State.ADDED]),
            ("removed", counts[State.REMOVED]),
        ),
        sections=tuple(rows),
        remarks=remarks_of(text.remarks),
    )
    return render_template("documents/revise_preview.html", page=page, form=form)


_CODES: dict[State, Literal["kept", "changed", "moved", "added", "removed"]] = {
    State.KEPT: "kept",
    State.CHANGED: "changed",
    State.RENAMED: "changed",
    State.MOVED: "moved",
    State.ADDED: "added",
    State.REMOVED: "removed",
}


def _confirmed(document: DocumentRow) -> ResponseReturnValue:
    slug = document.slug
    form = ConfirmRevision()
    files = current_ports().files
    kept = files.find(form.token.data or "")
    if not form.is_sent() or kept is None:
        say(
            "warning",
            gettext(
                "The file was kept for a day only, or this page had been open for too long. Please choose it again."
            ),
        )
        return redirect(url_for("documents.revise", slug=slug), code=303)
    content, name = kept
    revised = service.revise_document(
        current_actor(), document.slug, content=content, filename=name, note=form.note.data or "", now=now()
    )
    files.drop(form.token.data or "")
    if revised.change_no is None:
        say("note", gettext("The file holds the same text, so nothing was recorded."))
    else:
        say("done", gettext("Saved as change %(number)s.", number=revised.change_no))
    return redirect(url_for("documents.draft", slug=slug), code=303)


def publish(slug: str) -> ResponseReturnValue:
    document = queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.PUBLISH_VERSION, Target(host_id=document.host_id))
    form = PublishVersion()
    if form.is_sent():
        try:
            published = service.publish_version(current_actor(), slug, label=form.label.data or "", now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("Version %(number)s is published.", number=published.number))
            return redirect(url_for("documents.version", slug=slug, number=published.number), code=303)
    last = queries.find_version(document.id, document.last_version_no)
    uncertain = sum(row.state == "uncertain" for row in comment_queries.list_placed_in_draft(document.id))
    lost = list_draft_references(document).dangling
    page = PublishPage(
        head=_head(document),
        back_href=url_for("documents.draft", slug=slug),
        next_number=document.last_version_no + 1,
        change_count=document.last_change_no - (last.change_no if last else 0),
        uncertain_count=uncertain,
        uncertain_href=url_for("comments.list_all", slug=slug, placement="uncertain") if uncertain else "",
        lost_references=tuple(one.words for one in lost),
        references_href=url_for("cross_references.show", slug=slug),
    )
    shown = render_template("documents/publish.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _head(document: DocumentRow) -> DocumentHead:
    return document_head(
        document, state_text=gettext("working draft after change %(number)s", number=document.last_change_no)
    )
