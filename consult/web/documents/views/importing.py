"""A file taken in: first what it would become, arranged by a person, then the document itself."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.services.exports import labelled
from consult.services.imports import (
    Choices,
    Preview,
    TakenIn,
    preview_import,
    take_in_file,
)
from consult.services.sockets import current_ports
from consult.storage.queries import documents as queries
from consult.web.documents.forms import ArrangeFile, ImportFile
from consult.web.documents.import_presenters import (
    ArrangedHeading,
    ArrangePage,
    ImportResult,
)
from consult.web.documents.views.outline import outline_of
from consult.web.documents.views.taking_over import (
    FileWording,
    choices_of,
    margin_of,
    suggestion_author,
    worth_saying,
)
from consult.web.documents.views.uploads import own_host, remarks_of, uploaded
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer


def import_file() -> ResponseReturnValue:
    """First a file, then, from the page it leads to, the document."""
    host_id = own_host()
    if "token" in request.form:
        return _arranged(host_id)
    form = ImportFile()
    if form.is_sent():
        try:
            content, name = uploaded(form.file.data)
            preview = preview_import(content, name)
        except ConsultError as error:
            refuse(form, error)
        else:
            arranging = ArrangeFile(formdata=None)
            arranging.token.data = current_ports().files.keep(content, name=name)
            arranging.title.data = form.title.data or preview.title
            arranging.kind.data = form.kind.data
            arranging.tracked.data = arranging.shown.data = "take"
            return _arrange(arranging, preview, _first_levels(preview), name, host_id)
    page = render_template("documents/import.html", form=form)
    return (page, 422) if form.errors else page


def _first_levels(preview: Preview) -> dict[int, int]:
    """Levels as the file has them; where it has no headings at all, as its lines look."""
    has_any = any(heading.level for heading in preview.headings)
    return {heading.line: heading.level if has_any else heading.likely for heading in preview.headings}


def _arranged(host_id: int | None) -> ResponseReturnValue:
    form = ArrangeFile()
    files = current_ports().files
    kept = files.find(form.token.data or "")
    if kept is None:
        say("warning", gettext("The file was kept for a day only. Please choose it again."))
        return redirect(url_for("documents.import_file"), code=303)
    content, name = kept
    is_sent = form.is_sent()
    choices = choices_of(form.tracked.data)
    if form.tracked.data != form.shown.data:
        # the other text has other lines: it is shown before anything is made of it
        preview = preview_import(content, name, Choices({}, keeps_proposals=choices.keeps_proposals))
        form.shown.data = form.tracked.data
        return _arrange(form, preview, _first_levels(preview), name, host_id)
    if is_sent and form.then.data == "make":
        try:
            made = take_in_file(
                current_actor(),
                content=content,
                filename=name,
                title=form.title.data or "",
                kind=form.kind.data or "",
                host_id=host_id,
                choices=choices,
                wording=FileWording(),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            files.drop(form.token.data or "")
            return _made(made)
    preview = preview_import(content, name, choices)
    return _arrange(form, preview, dict(choices.levels), name, host_id)


def _arrange(
    form: ArrangeFile, preview: Preview, levels: dict[int, int], name: str, host_id: int | None
) -> ResponseReturnValue:
    page = ArrangePage(
        filename=name,
        section_count=preview.sections,
        headings=tuple(
            ArrangedHeading(
                line=heading.line,
                words=heading.words or gettext("(no heading)"),
                level=levels.get(heading.line, heading.level),
                is_guess=not heading.level,
            )
            for heading in preview.headings
        ),
        suggestions=tuple(suggestion_author(one) for one in preview.text.suggestions),
        margin=margin_of(preview.text.margin, host_id),
        margin_count=len(preview.text.margin),
        remarks=remarks_of(tuple(worth_saying(preview.text))),
    )
    shown = render_template("documents/arrange.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _made(made: TakenIn) -> ResponseReturnValue:
    slug = made.imported.slug
    document = queries.get_document(slug, current_viewer())
    sections = labelled(queries.list_draft_sections(document.id))
    page = ImportResult(
        title=document.title,
        document_href=url_for("documents.draft", slug=slug),
        section_count=made.imported.sections,
        remarks=remarks_of(
            tuple(
                remark
                for remark in made.imported.remarks
                if not (made.comments and remark.code == "comments")
                and not (made.proposals and remark.code.startswith("tracked_"))
            )
        ),
        outline=outline_of(sections, {}),
        proposal_count=len(made.proposals),
        proposals_href=url_for("proposals.list_all", slug=slug) if made.proposals else "",
        comment_count=len(made.comments),
        comments_href=url_for("comments.list_all", slug=slug) if made.comments else "",
    )
    return render_template("documents/imported.html", page=page)
