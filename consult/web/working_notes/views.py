"""The working notes of a group: one page, kept from everybody else."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.services import working_notes as service
from consult.storage.queries import working_notes as queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.working_notes import NoteRow
from consult.web.shared.forms import refuse
from consult.web.shared.group_work import get_drafted, part_href, part_title, standing_parts
from consult.web.shared.heads import document_head, may, now
from consult.web.shared.i18n import moment
from consult.web.shared.limits import limited
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor
from consult.web.working_notes.forms import NoteForm, ThreadForm
from consult.web.working_notes.presenters import Noted, NotesPage, Said, Thread


def list_all(slug: str) -> str:
    document = get_drafted(slug, Permission.READ_NOTES)
    form = NoteForm(formdata=None)
    form.section.data = request.args.get("section", "")
    return _page(document, form, only=request.args.get("section", ""))


@limited("proposals")
def write(slug: str) -> ResponseReturnValue:
    document = get_drafted(slug, Permission.WRITE_NOTES)
    form = NoteForm()
    if form.is_sent():
        try:
            note_id = service.write_note(
                current_actor(),
                slug,
                form.section.data or "",
                form.text.data or "",
                quote=form.quote.data or "",
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The note is written. Only the group reads it."))
            return redirect(_href(slug, note_id), code=303)
    return _page(document, form), 422


@limited("proposals")
def thread(slug: str, note_id: int) -> ResponseReturnValue:
    """Answer a note, settle it, take it up again."""
    document = get_drafted(slug, Permission.WRITE_NOTES)
    form = ThreadForm()
    if form.is_sent():
        try:
            if form.act.data == "answer":
                service.answer_note(current_actor(), slug, note_id, form.answer.data or "", now=now())
            else:
                service.resolve_note(
                    current_actor(), slug, note_id, is_resolved=form.act.data == "resolve", now=now()
                )
        except ConsultError as error:
            refuse(form, _beside_answer(error))
        else:
            done = {
                "answer": gettext("Your answer stands under the note."),
                "resolve": gettext("The matter is settled."),
            }
            say("done", done.get(form.act.data or "", gettext("The matter is open again.")))
            return redirect(_href(slug, note_id), code=303)
    return _page(document, NoteForm(formdata=None), answer=form, answered=note_id), 422


def _beside_answer(error: ConsultError) -> ConsultError:
    error.facts["field"] = "answer"
    return error


def _href(slug: str, note_id: int) -> str:
    return url_for("working_notes.list_all", slug=slug, _anchor=f"notatka-{note_id}")


def _page(
    document: DocumentRow,
    form: NoteForm,
    *,
    only: str = "",
    answer: ThreadForm | None = None,
    answered: int = 0,
) -> str:
    sections = standing_parts(document)
    rows = queries.list_notes(document.id, section_id=only or None)
    writes = may(Permission.WRITE_NOTES, document)
    answers: dict[int, list[NoteRow]] = {}
    for row in rows:
        if row.parent_id is not None:
            answers.setdefault(row.parent_id, []).append(row)
    first = [row for row in rows if row.parent_id is None]
    by_section: dict[str, list[NoteRow]] = {}
    for row in sorted(first, key=lambda row: row.resolved_at is not None):
        by_section.setdefault(row.section_id, []).append(row)
    order = [*(key for key in sections if key in by_section), *(by_section.keys() - sections.keys())]
    page = NotesPage(
        head=document_head(
            document,
            state_text=gettext("working draft after change %(number)s", number=document.last_change_no),
        ),
        parts=tuple(
            Noted(
                title=part_title(sections[key])
                if key in sections
                else gettext("(a part that is no longer in the draft)"),
                href=part_href(document, key) if key in sections else "",
                threads=tuple(
                    _thread(document, row, answers.get(row.id, []), sections.get(key), writes=writes)
                    for row in by_section[key]
                ),
            )
            for key in order
        ),
        sections=tuple((key, part_title(section)) for key, section in sections.items()),
        open_count=sum(row.resolved_at is None for row in first),
        only=part_title(sections[only]) if only in sections else "",
        all_href=url_for("working_notes.list_all", slug=document.slug) if only else "",
        write_href=url_for("working_notes.write", slug=document.slug) if writes else "",
        answered=answered,
    )
    return render_template(
        "working_notes/list.html", page=page, form=form, answer=answer or ThreadForm(formdata=None)
    )


def _thread(
    document: DocumentRow,
    row: NoteRow,
    answers: list[NoteRow],
    section: SectionRow | None,
    *,
    writes: bool,
) -> Thread:
    return Thread(
        id=row.id,
        anchor=f"notatka-{row.id}",
        quote=row.quote,
        first=_said(row),
        answers=tuple(_said(each) for each in answers),
        is_resolved=row.resolved_at is not None,
        resolved_by=row.resolved_by,
        is_gone=bool(row.quote) and (section is None or row.quote not in " ".join(section.plain.split())),
        act_href=url_for("working_notes.thread", slug=document.slug, note_id=row.id) if writes else "",
    )


def _said(row: NoteRow) -> Said:
    return Said(
        row.person_name or gettext("[name removed]"),
        moment(row.at),
        tuple(each.strip() for each in row.text.split("\n\n") if each.strip()),
    )
