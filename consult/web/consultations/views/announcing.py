"""An announcement prepared, looked at and published; a protocol that nobody commented."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from consult.domain.errors import ConsultError, InvalidInput, RuleBroken
from consult.domain.process.announcing import Composed, Signature
from consult.domain.process.stages import ConsultationState
from consult.services import consultations as service
from consult.storage.queries import consultations as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.web.consultations.forms import AnnounceForm, ProtocolForm
from consult.web.consultations.presenters import PreparePage
from consult.web.consultations.views.changing import managed, page_address, refused, token_of
from consult.web.consultations.views.showing import announcement_line, document_of, host_page
from consult.web.shared.addresses import public
from consult.web.shared.errors import wording
from consult.web.shared.forms import Form, new_token, refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


def announcement(consultation_id: int) -> ResponseReturnValue:
    """The announcement of a consultation as it would read now; published from here, it stands as it is."""
    row = managed(consultation_id)
    form = AnnounceForm()
    if request.method == "GET":
        form.token.data = new_token()
    clause = host_page(row, "clause")
    clause_address = public(clause) if clause else ""
    if form.is_sent() and form.then.data != "look":
        try:
            kept = service.publish_announcement(
                current_actor(),
                consultation_id,
                act=form.act.data or "",
                introduction=form.introduction.data or "",
                body=form.body.data or "",
                act_number=form.act_number.data or "",
                address=page_address(consultation_id),
                clause_address=clause_address,
                form_token=token_of(form),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("Announcement %(number)s is published.", number=kept.number))
            return redirect(
                url_for("consultations.announced", consultation_id=consultation_id, number=kept.number),
                code=303,
            )
    composed: Composed | None = None
    html = ""
    try:
        composed, html = service.preview_announcement(
            row,
            act=form.act.data or "notice",
            introduction=form.introduction.data or "",
            signature=Signature(form.body.data or "", form.act_number.data or ""),
            address=page_address(consultation_id),
            clause_address=clause_address,
        )
    except InvalidInput as error:
        if not form.errors:
            refuse(form, error)
    return _shown(row, form, "announcement", gettext("Announcement"), composed, html, _announce_refusal(row))


def protocol(consultation_id: int) -> ResponseReturnValue:
    """The protocol of a consultation in which nobody commented."""
    row = managed(consultation_id)
    form = ProtocolForm()
    if request.method == "GET":
        form.token.data = new_token()
    if form.is_sent() and form.then.data != "look":
        try:
            kept = service.publish_protocol(
                current_actor(),
                consultation_id,
                closing=form.closing.data or "",
                body=form.body.data or "",
                address=page_address(consultation_id),
                form_token=token_of(form),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The protocol is published. The consultation is reported."))
            return redirect(
                url_for("consultations.announced", consultation_id=consultation_id, number=kept.number),
                code=303,
            )
    refusal = refused(service.require_protocol, row)
    composed, html = None, ""
    if not refusal:
        composed, html = service.preview_protocol(
            row,
            closing=form.closing.data or "",
            signature=Signature(form.body.data or ""),
            address=page_address(consultation_id),
        )
    return _shown(row, form, "protocol", gettext("Protocol"), composed, html, refusal)


def _announce_refusal(row: ConsultationRow) -> str:
    state = row.state(now())
    if state is ConsultationState.CANCELLED:
        return wording(RuleBroken("consultation_cancelled"))
    if state not in (ConsultationState.ANNOUNCED, ConsultationState.OPEN):
        return wording(RuleBroken("announce_closed"))
    return ""


def _shown(
    row: ConsultationRow,
    form: Form,
    name: str,
    title: str,
    composed: Composed | None,
    html: str,
    refusal: str,
) -> ResponseReturnValue:
    page = PreparePage(
        head=document_head(document_of(row)),
        back_href=url_for("consultations.show", consultation_id=row.id),
        title=title,
        preview_title=composed.title if composed else "",
        preview=Markup(html),  # noqa: S704 (sanitised by the rendering port)
        refusal=refusal,
        published=tuple(announcement_line(one) for one in queries.list_announcements(row.id)),
    )
    shown = render_template(f"consultations/{name}.html", page=page, form=form)
    return (shown, 422) if form.errors else shown
