"""The notes beside a part: read, written, worded anew, taken away."""

from __future__ import annotations

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.services import section_notes as service
from consult.services.together import all_or_nothing
from consult.storage.queries import documents as document_queries
from consult.storage.queries import section_notes as queries
from consult.storage.queries.documents import DocumentRow
from consult.web.section_notes.forms import NotesForm
from consult.web.section_notes.presenters import NotesPage, Wording
from consult.web.shared.forms import refuse
from consult.web.shared.group_work import get_drafted, part_href, part_title, standing_parts
from consult.web.shared.heads import document_head, now
from consult.web.shared.i18n import moment
from consult.web.shared.section_notes import paragraphs_of
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


def write(slug: str, section_id: str) -> ResponseReturnValue:
    document = get_drafted(slug, Permission.EDIT_DRAFT)
    document_queries.get_section(document.id, section_id)
    form = NotesForm()
    if not form.is_sent():
        held = {row.kind: row.text for row in queries.list_draft_notes(document.id, section_id=section_id)}
        if not form.errors:
            form.summary.data, form.explanation.data = held.get("summary", ""), held.get("explanation", "")
        shown = _page(document, section_id, form)
        return (shown, 422) if form.errors else shown
    typed = {"summary": form.summary.data or "", "explanation": form.explanation.data or ""}
    try:
        with all_or_nothing():
            written = [
                service.write_section_note(current_actor(), slug, section_id, kind, text, now=now())
                for kind, text in typed.items()
            ]
    except ConsultError as error:
        refuse(form, error)
        return _page(document, section_id, form), 422
    if any(note_id is not None for note_id in written):
        say("done", gettext("The notes are saved. Readers see them with the next published version."))
    else:
        say("note", gettext("The notes read so already."))
    return redirect(part_href(document, section_id), code=303)


def _page(document: DocumentRow, section_id: str, form: NotesForm) -> str:
    page = NotesPage(
        head=document_head(
            document,
            state_text=gettext("working draft after change %(number)s", number=document.last_change_no),
        ),
        title=part_title(standing_parts(document)[section_id]),
        wordings=tuple(
            Wording(row.kind, paragraphs_of(row.text), moment(row.at), row.by)
            for row in queries.list_wordings(document.id, section_id)
        ),
        back_href=part_href(document, section_id),
        limit=service.LONGEST_NOTE,
    )
    return render_template("section_notes/write.html", page=page, form=form)
