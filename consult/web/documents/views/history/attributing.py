"""Saying afterwards what a past change came from."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField

from consult.domain.errors import Conflict, InvalidInput, NotFound
from consult.domain.policy.permissions import Permission
from consult.services.attributions import attribute_change
from consult.services.authority import of_document, require
from consult.storage.queries import attributions as queries
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import timelines as timeline_queries
from consult.storage.queries.documents import DocumentRow
from consult.web.documents.views.history.changing import shown_sections
from consult.web.shared.addresses import whole_number
from consult.web.shared.causes import causes_of
from consult.web.shared.forms import Form, refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.i18n import day
from consult.web.shared.site import say
from consult.web.shared.timelines import AttributePage
from consult.web.shared.viewers import current_actor, current_viewer


class CauseForm(Form):
    kind = StringField()
    register = StringField()
    comment = StringField()
    meeting = StringField()
    reason = TextAreaField()


def attribute(slug: str, number: int) -> str | Response | tuple[str, int]:
    document = document_queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.EDIT_DRAFT, of_document(document))
    row = timeline_queries.list_changes_in(document.id, {number}).get(number)
    if row is None:
        raise NotFound("change", number=number)
    form = CauseForm()
    if form.is_sent():
        try:
            attribute_change(
                current_actor(),
                slug,
                number,
                kind=form.kind.data or "",
                ref=_ref(document, form),
                reason=form.reason.data or "",
                now=now(),
            )
        except (InvalidInput, Conflict) as error:
            refuse(form, error)
        else:
            say("done", gettext("What change %(number)s came from is written down.", number=number))
            return redirect(url_for("documents.change", slug=slug, number=number), code=303)
    registers = queries.list_registers(document.id)
    sections, _ = shown_sections(document, row, document_queries.list_versions(document.id), "only")
    page = AttributePage(
        head=document_head(document, tab="history"),
        change_text=gettext("Change %(number)s", number=number),
        change_href=url_for("documents.change", slug=slug, number=number),
        cause=causes_of(document, [row])[number],
        sections=sections,
        kinds=(
            ("comment", gettext("a comment")),
            ("meeting", gettext("a meeting")),
            ("editorial", gettext("an editorial correction that changes no meaning")),
            ("reason", gettext("another reason")),
        ),
        registers=tuple(
            (str(one.id), one.title or gettext("comments of the team, outside of consultations"))
            for one in registers
        ),
        meetings=(
            ("", gettext("choose a meeting")),
            *(
                (str(one.id), f"{one.title} ({day(one.starts_at).text})")
                for one in queries.list_meeting_options(document.id)
            ),
        ),
        back_href=url_for("documents.change", slug=slug, number=number),
    )
    answer = render_template("documents/attribute.html", page=page, form=form)
    return (answer, 422) if request.method == "POST" else answer


def _ref(document: DocumentRow, form: CauseForm) -> int | None:
    """The id of the comment or meeting chosen."""
    if form.kind.data == "meeting":
        return whole_number(form.meeting.data or "")
    if form.kind.data != "comment":
        return None
    number = whole_number((form.comment.data or "").strip().lstrip("#"))
    own = [row.id for row in queries.list_registers(document.id)]
    register = whole_number(form.register.data or "") or next(iter(own), None)
    if number is None or register not in own:
        return None
    comment = comment_queries.find_comment(register, number, with_drafts=False)
    return comment.id if comment else None
