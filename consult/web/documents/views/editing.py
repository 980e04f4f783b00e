"""The editor: a section written anew, seen as it will be read, saved and joined with what others saved; a section added."""

from __future__ import annotations

from contextlib import suppress

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from consult.domain.errors import ConsultError, InvalidInput, NotFound
from consult.domain.policy.actors import Actor
from consult.domain.text import outline
from consult.services import drafting as service
from consult.services.drafting import Conflicted, Saved, Unchanged, get_editable
from consult.services.exports import labelled
from consult.services.meeting_decisions import cause_named
from consult.services.together import all_or_nothing
from consult.services.unsaved_texts import Place, end_presence
from consult.storage.queries import documents as queries
from consult.storage.queries import unsaved_texts as unsaved_queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.web.documents.forms import AddSection, EditSection
from consult.web.documents.presenters import EditPage, GonePage, SectionPage
from consult.web.documents.views.conflicts import conflict_page, is_settled_by_choices, settled
from consult.web.documents.views.outline import title_of
from consult.web.documents.views.sections import back_to, draft_head, positions_of
from consult.web.shared import editing
from consult.web.shared.addresses import whole_number
from consult.web.shared.cause_choices import cause_choices
from consult.web.shared.editing import NOTHING, Begun, WritingForm, begin_writing, editor_of, put_right
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.kept_forms import keep_sent, settle_sent
from consult.web.shared.pictures import words_with_pictures
from consult.web.shared.signed_out import keeps_when_signed_out
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


def edit(slug: str, section_id: str) -> ResponseReturnValue:
    document = get_editable(current_actor(), slug)
    form = EditSection()
    try:
        section = queries.get_section(document.id, section_id)
    except NotFound:
        return _gone(document, section_id, form)
    if not form.is_submitted():
        begun = begin_writing(
            form, document, Place("edit", section_id), source=section.source, base_text_id=section.text_id
        )
        return _edit_page(document, section, form, begun)
    if not form.is_sent():
        return _again(document, section, form)
    try:
        source = settled(section, form) if is_settled_by_choices() else form.source.data or ""
        saved = _save(document, section_id, form, source)
    except InvalidInput as error:
        refuse(form, error)
        if not is_settled_by_choices():  # else your own edit is kept already, with the text it began from
            editing.keep(form, document, Place("edit", section_id))
        return _again(document, section, form)
    if isinstance(saved, Conflicted):
        form.source.data = saved.yours
        if editing.keep(form, document, Place("edit", section_id)) is not None:
            settle_sent()  # words chosen for the places of an earlier conflict are in this text now
        return make_response(conflict_page(document, section, form, saved, was=_base(form)), 409)
    _say_saved(saved)
    return redirect(back_to(slug, section), code=303)


def _save(
    document: DocumentRow, section_id: str, form: EditSection, source: str
) -> Saved | Unchanged | Conflicted:
    """Save, and forget what was kept of the form, or neither."""
    with all_or_nothing():
        saved = service.save_section(
            current_actor(),
            document.slug,
            section_id,
            source=source,
            base_text_id=_base(form),
            note=form.note.data or "",
            cause=cause_named(document, form.cause.data or ""),
            now=now(),
        )
        if not isinstance(saved, Conflicted):
            editing.settle(form)
            end_presence(current_actor(), section_id)
    return saved


def _again(document: DocumentRow, section: SectionRow, form: EditSection) -> Response:
    """The form once more with everything in it: the page on which a conflict is settled, or the editor."""
    was = whole_number(form.was.data)
    if was is not None and form.yours.data:
        shown = conflict_page(document, section, form, None, was=was)
        if shown:
            return make_response(shown, 422)
    return make_response(_edit_page(document, section, form), 422)


def preview(slug: str, section_id: str) -> ResponseReturnValue:
    """The editor with the words as they will be read: the way without a script."""
    document = get_editable(current_actor(), slug)
    section = queries.get_section(document.id, section_id)
    form = EditSection()
    if not form.is_sent():
        return make_response(_edit_page(document, section, form), 422)
    if request.form.get("show") == "put-right":
        put_right(document, form)
    editing.keep(form, document, Place("edit", section_id))
    try:
        rendered = service.preview_section(current_actor(), slug, source=form.source.data or "")
    except InvalidInput as error:
        refuse(form, error)
        return make_response(_edit_page(document, section, form), 422)
    words = words_with_pictures(document, rendered.html)
    return _edit_page(document, section, form, words=words, fell_back=rendered.fell_back)


def _edit_page(
    document: DocumentRow,
    section: SectionRow,
    form: EditSection,
    begun: Begun = NOTHING,
    *,
    words: Markup | None = None,
    fell_back: bool = False,
) -> Response:
    page = EditPage(
        head=draft_head(document),
        section_title=title_of(section),
        back_href=back_to(document.slug, section),
        preview_page_href=url_for("documents.preview", slug=document.slug, section_id=section.section_id),
        editor=editor_of(
            document, Place("edit", section.section_id), begun, preview=words, fell_back=fell_back
        ),
        causes=cause_choices(document),
    )
    return make_response(render_template("documents/edit.html", page=page, form=form))


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


# A part that was removed while somebody wrote in it


def _gone(document: DocumentRow, section_id: str, form: EditSection) -> ResponseReturnValue:
    """Words written for a part that no longer stands: they may become a part of their own. Without words, NotFound."""
    if not unsaved_queries.is_section_of(document.id, section_id):
        raise NotFound("section")
    place = Place("edit", section_id)
    if form.is_submitted():
        if form.is_sent():
            editing.keep(form, document, place)
    elif begin_writing(form, document, place).restored is None:
        raise NotFound("section")
    words = form.source.data or ""
    title, level, body = _taken_apart(words)
    sections = labelled(queries.list_draft_sections(document.id))
    new = AddSection(formdata=None)
    new.title.data, new.level.data, new.source.data = title, str(level), body
    new.note.data, new.window.data, new.taken.data = form.note.data, form.window.data, form.taken.data
    new.position.data = sections[-1].section_id if sections else ""
    page = GonePage(
        head=draft_head(document),
        section_title=title,
        back_href=url_for("documents.draft", slug=document.slug),
        add_href=url_for("documents.add", slug=document.slug),
        history_href=url_for("documents.section_history", slug=document.slug, section_id=section_id),
        positions=positions_of(sections),
    )
    return make_response(render_template("documents/gone.html", page=page, form=new), 404)


def _taken_apart(words: str) -> tuple[str, int, str]:
    """(heading, level, the rest) of a section's words."""
    if not words.strip():
        return "", 2, words
    first = outline.split(words)[0]
    if not first.level:
        return "", 2, words
    return first.heading, first.level, words[len(first.heading_source) :].lstrip("\n")


# A part added


def add(slug: str) -> ResponseReturnValue:
    document = get_editable(current_actor(), slug)
    form, place = AddSection(), Place("add")
    sections = labelled(queries.list_draft_sections(document.id))
    begun, words, fell_back = NOTHING, None, False
    if not form.is_submitted():
        after = request.args.get("after", "")
        here = next((section for section in sections if section.section_id == after), None)
        last = sections[-1].section_id if sections else ""
        form.position.data = here.section_id if here else last
        form.level.data = str(here.level or 2) if here else "2"
        if request.args.get("annex"):
            form.title.data, form.level.data = service.next_annex(document)
        begun = begin_writing(form, document, place)
    elif form.is_sent():
        try:
            if "show" in request.form:
                if request.form["show"] == "put-right":
                    put_right(document, form)
                editing.keep(form, document, place)
                rendered = service.preview_section(current_actor(), slug, source=form.source.data or "")
                words, fell_back = words_with_pictures(document, rendered.html), rendered.fell_back
            else:
                return _added(slug, form, {section.section_id for section in sections})
        except InvalidInput as error:
            refuse(form, error)
            editing.keep(form, document, place)
    page = SectionPage(
        head=draft_head(document),
        section_title="",
        back_href=url_for("documents.draft", slug=slug),
        positions=positions_of(sections),
        editor=editor_of(document, place, begun, preview=words, fell_back=fell_back),
    )
    shown = render_template("documents/add.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _added(slug: str, form: AddSection, standing: set[str]) -> Response:
    """Add the part. Raises InvalidInput when the part it should stand after was removed meanwhile."""
    if form.position.data and form.position.data not in standing:
        raise InvalidInput("place_gone", field="position")
    with all_or_nothing():
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
        editing.settle(form)
    say("done", gettext("The part was added as change %(number)s.", number=recorded.number))
    return make_response(
        redirect(url_for("documents.draft", slug=slug, _anchor=f"s-{section_id[:12]}"), code=303)
    )


# Signed out while writing


def keep_edit(actor: Actor, slug: str, section_id: str) -> str:
    """Keep what somebody sent whose sign-in ran out meanwhile; where they find it again, or "" if it was not kept."""
    form = EditSection()
    if form.was.data and form.yours.data and is_settled_by_choices():
        # the text of the form holds one side of every place: saved as it is, it would undo the other. Your edit is kept
        # with the text it began from, to meet the other one again, and the words for the places for when it does
        keep_sent(actor)
        form.source.data, form.base.data = form.yours.data, form.was.data
    kept = _keep_for(actor, slug, form, Place("edit", section_id))
    return url_for("documents.edit", slug=slug, section_id=section_id) if kept else ""


def keep_addition(actor: Actor, slug: str) -> str:
    """The same of a part that was to be added."""
    return url_for("documents.add", slug=slug) if _keep_for(actor, slug, AddSection(), Place("add")) else ""


def _keep_for(actor: Actor, slug: str, form: WritingForm, place: Place) -> bool:
    if not form.is_sent():
        return False
    with suppress(ConsultError):
        document = get_editable(actor, slug)
        return editing.keep(form, document, place, actor=actor) is not None
    return False


keeps_when_signed_out("documents.edit", keep_edit)
keeps_when_signed_out("documents.preview", keep_edit)
keeps_when_signed_out("documents.add", keep_addition)
