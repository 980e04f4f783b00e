"""Editing the working draft: a section saved, added, moved, removed."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from consult.domain.errors import ConsultError, InvalidInput, NotFound
from consult.services import drafting as service
from consult.services.drafting import Conflicted, Saved, Unchanged, get_editable
from consult.services.exports import labelled
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.web.documents.forms import AddSection, EditSection, MoveSection, RemoveSection
from consult.web.documents.presenters import ConflictPage, Dispute, EditPage, SectionPage
from consult.web.documents.views.outline import anchor_of, title_of
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.i18n import moment
from consult.web.shared.presenters import DocumentHead
from consult.web.shared.redlines import redline
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


def edit(slug: str, section_id: str) -> ResponseReturnValue:
    document = get_editable(current_actor(), slug)
    section = queries.get_section(document.id, section_id)
    form = EditSection()
    if not form.is_submitted():
        form.source.data, form.base.data = section.source, str(section.text_id)
        return _edit_page(document, section, form)
    if not form.is_sent():
        return _edit_page(document, section, form), 422
    try:
        saved = service.save_section(
            current_actor(),
            slug,
            section_id,
            source=form.source.data or "",
            base_text_id=_base(form),
            note=form.note.data or "",
            now=now(),
        )
    except InvalidInput as error:
        refuse(form, error)
        return _edit_page(document, section, form), 422
    if isinstance(saved, Conflicted):
        return _conflict_page(document, section, form, saved), 409
    _say_saved(saved)
    return redirect(_back(slug, section), code=303)


def preview(slug: str, section_id: str) -> ResponseReturnValue:
    """How the text typed would read: a fragment for the editor, the whole editor without a script."""
    document = get_editable(current_actor(), slug)
    section = queries.get_section(document.id, section_id)
    form = EditSection()
    if not form.is_sent():
        return _edit_page(document, section, form), 422
    try:
        rendered = service.preview_section(current_actor(), slug, source=form.source.data or "")
    except InvalidInput as error:
        refuse(form, error)
        return _edit_page(document, section, form), 422
    # the renderer's own sanitised HTML
    words = Markup(rendered.html)  # noqa: S704
    if request.headers.get("X-Requested-With") == "fetch":
        return render_template("documents/_preview.html", page=_edit_values(document, section, words))
    return render_template(
        "documents/edit.html",
        page=_edit_values(document, section, words, fell_back=rendered.fell_back),
        form=form,
    )


def add(slug: str) -> ResponseReturnValue:
    document = get_editable(current_actor(), slug)
    form = AddSection()
    sections = labelled(queries.list_draft_sections(document.id))
    if not form.is_submitted():
        after = request.args.get("after", "")
        here = next((section for section in sections if section.section_id == after), None)
        last = sections[-1].section_id if sections else ""
        form.position.data = here.section_id if here else last
        form.level.data = str(here.level or 2) if here else "2"
    elif form.is_sent():
        try:
            section_id, recorded = service.add_section(
                current_actor(),
                slug,
                after_section_id=form.position.data or None,
                title=form.title.data or "",
                level=whole_number(form.level.data) or 0,
                body=form.source.data or "",
                note=form.note.data or "",
                now=now(),
            )
        except InvalidInput as error:
            refuse(form, error)
        else:
            say("done", gettext("The part was added as change %(number)s.", number=recorded.number))
            return redirect(url_for("documents.draft", slug=slug, _anchor=f"s-{section_id[:12]}"), code=303)
    page = SectionPage(
        head=_head(document),
        section_title="",
        back_href=url_for("documents.draft", slug=slug),
        positions=_positions(sections),
    )
    return _with_status(render_template("documents/add.html", page=page, form=form), form.errors)


def move(slug: str, section_id: str) -> ResponseReturnValue:
    document = get_editable(current_actor(), slug)
    form = MoveSection()
    section, page = _section_page(document, section_id)
    if not form.is_submitted():
        form.position.data = page.stands_after
        return render_template("documents/move.html", page=page, form=form)
    if form.is_sent():
        try:
            moved = service.move_section(
                current_actor(),
                slug,
                section_id,
                after_section_id=form.position.data or None,
                note=form.note.data or "",
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            if isinstance(moved, Unchanged):
                say("note", gettext("The part stands there already."))
            else:
                say("done", gettext("The part was moved as change %(number)s.", number=moved.number))
            return redirect(_back(slug, section), code=303)
    return _with_status(render_template("documents/move.html", page=page, form=form), form.errors)


def remove(slug: str, section_id: str) -> ResponseReturnValue:
    document = get_editable(current_actor(), slug)
    form = RemoveSection()
    _section, page = _section_page(document, section_id)
    if not form.is_submitted():
        return render_template("documents/remove.html", page=page, form=form)
    if form.is_sent():
        try:
            recorded = service.remove_section(
                current_actor(), slug, section_id, with_branch=True, note=form.note.data or "", now=now()
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say(
                "done",
                gettext(
                    "The part was removed as change %(number)s; its history and comments stay.",
                    number=recorded.number,
                ),
            )
            return redirect(url_for("documents.draft", slug=slug), code=303)
    return _with_status(render_template("documents/remove.html", page=page, form=form), form.errors)


# What the pages share


def _head(document: DocumentRow) -> DocumentHead:
    state = gettext("working draft after change %(number)s", number=document.last_change_no)
    return document_head(document, state_text=state)


def _edit_values(
    document: DocumentRow, section: SectionRow, words: Markup | None = None, *, fell_back: bool = False
) -> EditPage:
    return EditPage(
        head=_head(document),
        section_title=title_of(section),
        back_href=_back(document.slug, section),
        preview_href=url_for("documents.preview", slug=document.slug, section_id=section.section_id),
        draft_key=f"{document.slug}/{section.section_id}/{current_actor().id}",
        preview=words,
        fell_back=fell_back,
    )


def _edit_page(document: DocumentRow, section: SectionRow, form: EditSection) -> Response:
    page = _edit_values(document, section)
    return make_response(render_template("documents/edit.html", page=page, form=form))


def _conflict_page(
    document: DocumentRow, section: SectionRow, form: EditSection, conflict: Conflicted
) -> Response:
    form.source.data = conflict.merged.text
    form.base.data = str(conflict.theirs_text_id)
    last = drafting_queries.list_changes_of_section(section.section_id, limit=1)
    page = ConflictPage(
        head=_head(document),
        section_title=title_of(section),
        back_href=_back(document.slug, section),
        theirs_by=(last[0].author or "") if last else "",
        theirs_at=moment(last[0].at if last else document.changed_at),
        base=conflict.base,
        theirs=redline(conflict.base, conflict.theirs),
        yours=redline(conflict.base, conflict.yours),
        disputes=tuple(
            Dispute(dispute.base, dispute.theirs, dispute.ours) for dispute in conflict.merged.conflicts
        ),
    )
    return make_response(render_template("documents/conflict.html", page=page, form=form))


def _section_page(document: DocumentRow, section_id: str) -> tuple[SectionRow, SectionPage]:
    sections = labelled(queries.list_draft_sections(document.id))
    standing = drafting_queries.list_standing(document.id)
    under = service.branch(standing, section_id)
    gone = {row.section_id for row in under}
    at, section = next((at, row) for at, row in enumerate(sections) if row.section_id == section_id)
    placed = comment_queries.list_placed_in_draft(document.id)
    return section, SectionPage(
        head=_head(document),
        section_title=title_of(section),
        back_href=_back(document.slug, section),
        positions=_positions([row for row in sections if row.section_id not in gone]),
        stands_after=sections[at - 1].section_id if at else "",
        child_count=len(under) - 1,
        comment_count=len({row.comment_id for row in placed if row.section_id in gone}),
    )


def _positions(sections: list[SectionRow]) -> tuple[tuple[str, str], ...]:
    return tuple((section.section_id, title_of(section)) for section in sections)


def _back(slug: str, section: SectionRow) -> str:
    return url_for("documents.draft", slug=slug, _anchor=anchor_of(section))


def _base(form: EditSection) -> int:
    """The text the editor started from; without it nobody could tell what others saved meanwhile."""
    base = whole_number(form.base.data)
    if base is None:
        raise NotFound("text")
    return base


def _say_saved(saved: Saved | Unchanged) -> None:
    if isinstance(saved, Unchanged):
        say("note", gettext("Nothing differed from what stands there, so nothing was recorded."))
        return
    words = gettext("Saved as change %(number)s.", number=saved.change_no)
    if saved.merged:
        words += " " + gettext("What others saved meanwhile was taken in as well.")
    if saved.added:
        words += " " + gettext("A heading in the text began a new part.")
    say("done", words)


def _with_status(page: str, errors: object) -> ResponseReturnValue:
    return (page, 422) if errors else page
