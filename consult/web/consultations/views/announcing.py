"""An announcement prepared, looked at and published; a protocol that nobody commented."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from consult.domain.errors import ConsultError, InvalidInput
from consult.domain.process.announcing import Composed, Signature
from consult.domain.process.legal_bases import LEGAL_BASES
from consult.domain.process.windows import LAST_MINUTE, WARSAW, last_moment
from consult.services import consultations as service
from consult.storage.queries import consultations as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.web.consultations.forms import AnnounceForm, ProtocolForm
from consult.web.consultations.presenters import PreparePage
from consult.web.consultations.views.changing import managed, page_address, refused, token_of
from consult.web.consultations.views.showing import announcement_line, document_of, host_page
from consult.web.consultations.views.terms import moment_named, offered_end, panel_of, put_end
from consult.web.shared.addresses import public
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
        form.departure_reason.data = row.departure_reason
        _fill_end(form, row.closes_at)
    clause = host_page(row, "clause")
    clause_address = public(clause) if clause else ""
    is_sent = form.is_sent()
    if is_sent and form.then.data == "earliest":
        _move_end(form, row)
    closes_at = _end_named(form, row)
    if is_sent and not form.errors and form.then.data not in ("look", "earliest"):
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
                closes_at=closes_at,
                departure_reason=form.departure_reason.data or "",
                is_departure_confirmed=bool(form.departure_confirmed.data),
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
            now=now(),
            closes_at=closes_at,
            act=form.act.data or "notice",
            introduction=form.introduction.data or "",
            signature=Signature(form.body.data or "", form.act_number.data or ""),
            address=page_address(consultation_id),
            clause_address=clause_address,
        )
    except InvalidInput as error:
        if not form.errors:
            refuse(form, error)
    page = _page(row, gettext("Announcement"), composed, html, refused(service.require_announceable, row))
    return _shown(form, "announcement", replace(page, **_asked(row, closes_at)))


def _fill_end(form: AnnounceForm, closes_at: datetime) -> None:
    last = last_moment(closes_at)
    local = closes_at.astimezone(WARSAW).time().replace(second=0, microsecond=0)
    form.closes_on.data, form.closes_time.data = (
        last.date(),
        LAST_MINUTE if local == time(0, 0) else local,
    )


def _end_named(form: AnnounceForm, row: ConsultationRow) -> datetime | None:
    """The end the form names for what is only prepared; None where it stays."""
    if not row.is_prepared or form.closes_on.data is None:
        return None
    try:
        return moment_named(form.closes_on.data, form.closes_time.data or LAST_MINUTE, "closes", is_end=True)
    except ConsultError as error:
        refuse(form, error)
    return None


def _move_end(form: AnnounceForm, row: ConsultationRow) -> None:
    """Put the end on the earliest lawful day, counted from today."""
    basis, standing = LEGAL_BASES[row.legal_basis], service.as_announced(row, now())
    term = service.term_of(
        basis, standing.counted_on, standing.opens_at, standing.closes_at, standing.own_days
    )
    put_end(form, offered_end(basis, term))


def _asked(row: ConsultationRow, closes_at: datetime | None) -> dict[str, Any]:
    """What the page of the first announcement asks for besides its words."""
    at = now()
    standing = service.as_announced(row, at, closes_at=closes_at)
    needs_meetings = service.needs_meetings(row)
    departs = standing.opens_at < standing.closes_at and service.departs_in_term(row, standing) is not None
    return {
        "term": panel_of(standing) if row.is_prepared else None,
        "asks_end": row.is_prepared,
        "needs_departure": departs or needs_meetings,
        "needs_meetings": needs_meetings,
        "meetings_href": url_for("meetings.new", consultation_id=row.id),
    }


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
    return _shown(form, "protocol", _page(row, gettext("Protocol"), composed, html, refusal))


def _page(
    row: ConsultationRow, title: str, composed: Composed | None, html: str, refusal: str
) -> PreparePage:
    return PreparePage(
        head=document_head(document_of(row)),
        back_href=url_for("consultations.show", consultation_id=row.id),
        title=title,
        preview_title=composed.title if composed else "",
        preview=Markup(html),  # noqa: S704 (sanitised by the rendering port)
        refusal=refusal,
        published=tuple(announcement_line(one) for one in queries.list_announcements(row.id)),
    )


def _shown(form: Form, name: str, page: PreparePage) -> ResponseReturnValue:
    shown = render_template(f"consultations/{name}.html", page=page, form=form)
    return (shown, 422) if form.errors else shown
