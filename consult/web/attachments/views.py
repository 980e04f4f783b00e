"""Files attached to a document: the list, the forms, what became of each, and the files themselves."""

from __future__ import annotations

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.ports.attached_files import ENDINGS
from consult.ports.exports import captions_for
from consult.services import attachments as service
from consult.services.attachments import Words
from consult.storage.queries import attachments as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.attachments import AttachmentRow
from consult.storage.queries.documents import DocumentRow
from consult.web.attachments.forms import AttachmentForm, RemovalForm
from consult.web.attachments.presenters import AttachmentPage, AttachmentsPage, Entry, HistoryPage, State
from consult.web.shared.attachments import attached_file
from consult.web.shared.forms import Act, refuse
from consult.web.shared.group_work import get_drafted
from consult.web.shared.heads import document_head, may, now
from consult.web.shared.i18n import language, moment
from consult.web.shared.limits import limited
from consult.web.shared.pictures import FILE_POLICY, FOR_A_YEAR
from consult.web.shared.presenters import DocumentHead, Link
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_viewer


def list_all(slug: str) -> str:
    """The attachments of the working draft for those who see it, of the last version for everybody else."""
    document = document_queries.get_document(slug, current_viewer())
    is_draft = may(Permission.SEE_UNPUBLISHED, document)
    version = None if is_draft else document_queries.get_version(document.id, document.last_version_no)
    rows = service.attachments_of(document, version)
    can_edit = is_draft and may(Permission.EDIT_DRAFT, document)
    standing = {row.attachment_id for row in rows}
    gone: dict[int, AttachmentRow] = {}
    for row in queries.list_states(document.id) if is_draft else ():
        if row.attachment_id not in standing:
            gone.setdefault(row.attachment_id, row)
    page = AttachmentsPage(
        head=_draft_head(document) if is_draft else document_head(document, version=version),
        entries=tuple(
            _entry(document, row, is_draft=is_draft, can_edit=can_edit, at=at, last=len(rows) - 1)
            for at, row in enumerate(rows)
        ),
        removed=tuple(
            Link(row.title, url_for("attachments.history", slug=slug, attachment_id=attachment_id))
            for attachment_id, row in gone.items()
        ),
        add_href=url_for("attachments.new", slug=slug) if can_edit else "",
        is_draft=is_draft,
    )
    return render_template("attachments/list_all.html", page=page, form=Act())


def _entry(
    document: DocumentRow, row: AttachmentRow, *, is_draft: bool, can_edit: bool, at: int, last: int
) -> Entry:
    def href(endpoint: str, is_possible: bool, to: str | None = None) -> str:
        if not is_possible:
            return ""
        return url_for(f"attachments.{endpoint}", slug=document.slug, attachment_id=row.attachment_id, to=to)

    return Entry(
        file=attached_file(document, row),
        history_href=href("history", is_draft),
        edit_href=href("edit", can_edit),
        remove_href=href("remove", can_edit),
        up_href=href("move", can_edit and at > 0, to="up"),
        down_href=href("move", can_edit and at < last, to="down"),
    )


@limited("attachments")
def new(slug: str) -> ResponseReturnValue:
    document = get_drafted(slug, Permission.EDIT_DRAFT)
    form = AttachmentForm()
    if form.is_sent():
        content, name = _upload()
        try:
            service.attach_file(
                current_actor(),
                slug,
                content=content,
                file_name=name,
                words=Words(form.title.data or "", form.description.data or ""),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The file is attached. Readers see it with the next published version."))
            return redirect(url_for("attachments.list_all", slug=slug), code=303)
    shown = render_template("attachments/new.html", page=_page(document, gettext("Attach a file")), form=form)
    return (shown, 422) if form.errors else shown


@limited("attachments")
def edit(slug: str, attachment_id: int) -> ResponseReturnValue:
    document = get_drafted(slug, Permission.EDIT_DRAFT)
    row = queries.get_attachment(document.id, attachment_id)
    form = AttachmentForm()
    if form.is_sent():
        content, name = _upload()
        try:
            is_changed = service.change_attachment(
                current_actor(),
                slug,
                attachment_id,
                words=Words(form.title.data or "", form.description.data or ""),
                content=content,
                file_name=name,
                reason=form.reason.data or "",
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            if is_changed:
                say("done", gettext("The attachment is changed. What it was stays in its history."))
            else:
                say("note", gettext("Nothing differed, so nothing was changed."))
            return redirect(url_for("attachments.list_all", slug=slug), code=303)
    elif not form.is_submitted():
        form.title.data, form.description.data = row.title, row.description
    page = _page(document, gettext("Change the attachment"), row)
    shown = render_template("attachments/edit.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def move(slug: str, attachment_id: int) -> ResponseReturnValue:
    get_drafted(slug, Permission.EDIT_DRAFT)
    if Act().is_sent():
        is_up = request.args.get("to") == "up"
        service.move_attachment(current_actor(), slug, attachment_id, is_up=is_up, now=now())
    else:
        say_stale()
    return redirect(url_for("attachments.list_all", slug=slug), code=303)


def remove(slug: str, attachment_id: int) -> ResponseReturnValue:
    document = get_drafted(slug, Permission.EDIT_DRAFT)
    row = queries.get_attachment(document.id, attachment_id)
    form = RemovalForm()
    if form.is_sent():
        try:
            service.remove_attachment(
                current_actor(), slug, attachment_id, reason=form.reason.data or "", now=now()
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say(
                "done",
                gettext("The attachment is removed. It stays in its history and in the versions it was in."),
            )
            return redirect(url_for("attachments.list_all", slug=slug), code=303)
    page = _page(document, gettext("Remove the attachment?"), row)
    shown = render_template("attachments/remove.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def history(slug: str, attachment_id: int) -> str:
    document, rows = service.list_history(current_actor(), slug, attachment_id)
    can_edit = may(Permission.EDIT_DRAFT, document)
    page = HistoryPage(
        head=_draft_head(document),
        title=rows[0].title,
        states=tuple(
            State(
                act=row.act,
                file=attached_file(document, row),
                at=moment(row.at),
                by=row.by,
                reason=row.reason,
                back_href=url_for("attachments.bring_back", slug=slug, state_id=row.id)
                if can_edit and _may_come_back(row, rows[0])
                else "",
            )
            for row in rows
        ),
        back_href=url_for("attachments.list_all", slug=slug),
    )
    return render_template("attachments/history.html", page=page, form=Act())


def _may_come_back(row: AttachmentRow, last: AttachmentRow) -> bool:
    """Whether something would change if an attachment stood again as it once stood."""
    differs = (row.digest, row.title, row.description) != (last.digest, last.title, last.description)
    return row.is_there and row.act != "removed" and (differs or last.act == "removed")


def bring_back(slug: str, state_id: int) -> ResponseReturnValue:
    get_drafted(slug, Permission.EDIT_DRAFT)
    if Act().is_sent():
        service.bring_attachment_back(current_actor(), slug, state_id, now=now())
        say("done", gettext("The attachment stands again as it stood."))
    else:
        say_stale()
    return redirect(url_for("attachments.list_all", slug=slug), code=303)


def file(slug: str, state_id: int) -> Response:
    """A file to be saved, never shown by the browser as a page of ours."""
    given = service.give_attachment(current_actor(), slug, state_id)
    response = make_response(given.content)
    response.headers["Content-Type"] = given.media_type
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers.set("Content-Disposition", "attachment", filename=given.file_name)
    response.headers["Cache-Control"] = FOR_A_YEAR if given.is_public else "private, no-cache"
    response.set_etag(given.digest)
    response.make_conditional(request)
    return response


def _draft_head(document: DocumentRow) -> DocumentHead:
    return document_head(
        document,
        state_text=gettext("working draft after change %(number)s", number=document.last_change_no),
    )


def _page(document: DocumentRow, title: str, row: AttachmentRow | None = None) -> AttachmentPage:
    limit = int(current_app.config["MAX_CONTENT_LENGTH"])
    return AttachmentPage(
        head=_draft_head(document),
        title=title,
        back_href=url_for("attachments.list_all", slug=document.slug),
        taken=",".join(f".{ending}" for ending in (*ENDINGS,)),
        limit=captions_for(language()).size_of(limit),
        file=attached_file(document, row) if row else None,
    )


def _upload() -> tuple[bytes, str]:
    """The file sent, and its name; nothing where none was chosen."""
    upload = request.files.get("file")
    return (upload.read(), upload.filename or "") if upload and upload.filename else (b"", "")
