"""Announcing a meeting, changing it, cancelling it."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from consult.domain.errors import ConsultError, InvalidInput, RuleBroken
from consult.domain.process.meetings import Access, MeetingKind
from consult.services import meetings as service
from consult.services.meetings import MeetingPlan
from consult.storage.queries.meetings import MeetingRow
from consult.web.meetings.forms import CancelForm, MeetingForm, number_in
from consult.web.meetings.presenters import FormPage
from consult.web.meetings.views.shared import (
    consultation_to_manage,
    meeting_to_manage,
    seen_again,
)
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.i18n import HOME
from consult.web.shared.limits import limited
from consult.web.shared.meetings import consultation_path, when
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor

KINDS = tuple(str(kind) for kind in MeetingKind)
ACCESS = tuple(str(code) for code in Access)


@limited("meetings")
def new(consultation_id: int) -> ResponseReturnValue:
    consultation = consultation_to_manage(consultation_id)
    form = MeetingForm()
    if form.is_sent():
        try:
            made = service.announce_meeting(
                current_actor(),
                consultation_id,
                _plan(form),
                weeks=number_in(form.weeks.data, "weeks") or 1,
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say(
                "done",
                ngettext(
                    "The meeting is announced; it stands on the page of the consultation and in its calendar.",
                    "%(num)d meetings are announced; they stand on the page of the consultation and in its calendar.",
                    len(made),
                ),
            )
            return redirect(url_for("meetings.show", meeting_id=made[0]), code=303)
    page = FormPage(consultation.title, consultation_path(consultation_id), is_new=True)
    return _shown(form, page)


@limited("meetings")
def edit(meeting_id: int) -> ResponseReturnValue:
    meeting = meeting_to_manage(meeting_id)
    if meeting.cancelled_at is not None:
        raise RuleBroken("meeting_cancelled")
    form = MeetingForm()
    here = url_for("meetings.show", meeting_id=meeting_id)
    if request.method == "GET":
        _fill(form, meeting)
    elif form.is_sent():
        try:
            is_changed = service.edit_meeting(
                current_actor(),
                meeting_id,
                _plan(form),
                reason=form.reason.data or "",
                expected_sequence=whole_number(form.seen.data),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
            meeting = seen_again(form, error, meeting)
        else:
            say(
                "done", gettext("The change is published.") if is_changed else gettext("Nothing had changed.")
            )
            return redirect(here, code=303)
    page = FormPage(meeting.title, here, stands=when(meeting.starts_at, meeting.ends_at).text)
    return _shown(form, page)


def _shown(form: MeetingForm, page: FormPage) -> ResponseReturnValue:
    shown = render_template("meetings/edit.html", page=page, form=form, kinds=KINDS, access=ACCESS)
    return (shown, 422) if form.errors else shown


@limited("meetings")
def cancel(meeting_id: int) -> ResponseReturnValue:
    meeting = meeting_to_manage(meeting_id)
    if meeting.cancelled_at is not None:
        raise RuleBroken("meeting_cancelled")
    form = CancelForm()
    here = url_for("meetings.show", meeting_id=meeting_id)
    if request.method == "GET":
        form.seen.data = str(meeting.sequence)
    elif form.is_sent():
        try:
            service.cancel_meeting(
                current_actor(),
                meeting_id,
                reason=form.reason.data or "",
                expected_sequence=whole_number(form.seen.data),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
            meeting = seen_again(form, error, meeting)
        else:
            say("done", gettext("The meeting is cancelled. Those who commented or follow get a letter."))
            return redirect(here, code=303)
    page = FormPage(meeting.title, here, stands=when(meeting.starts_at, meeting.ends_at).text)
    shown = render_template("meetings/cancel.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _plan(form: MeetingForm) -> MeetingPlan:
    if form.day.data is None:
        raise InvalidInput("meeting_day_missing", field="day")
    if form.starts.data is None:
        raise InvalidInput("meeting_hour_missing", field="starts")
    if form.ends.data is None:
        raise InvalidInput("meeting_hour_missing", field="ends")
    return MeetingPlan(
        kind=form.kind.data or "",
        title=form.title.data or "",
        day=form.day.data,
        starts=form.starts.data,
        ends=form.ends.data,
        place=form.place.data or "",
        room=form.room.data or "",
        link=form.link.data or "",
        series=form.series.data or "",
        block=form.block.data or "",
        capacity=number_in(form.capacity.data, "capacity"),
        programme=form.programme.data or "",
        access=form.access(),
        access_contact=form.access_contact.data or "",
        access_until=form.access_until.data,
        access_note=form.access_note.data or "",
    )


def _fill(form: MeetingForm, meeting: MeetingRow) -> None:
    starts, ends = meeting.starts_at.astimezone(HOME), meeting.ends_at.astimezone(HOME)
    form.kind.data, form.title.data = meeting.kind, meeting.title
    form.day.data, form.starts.data, form.ends.data = starts.date(), starts.time(), ends.time()
    form.place.data, form.room.data, form.link.data = meeting.place, meeting.room, meeting.link
    form.series.data, form.block.data = meeting.series, meeting.block
    form.capacity.data = "" if meeting.capacity is None else str(meeting.capacity)
    form.programme.data = meeting.programme
    for code in ACCESS:
        form[f"access_{code}"].data = code in meeting.access
    form.access_contact.data, form.access_until.data = meeting.access_contact, meeting.access_until
    form.access_note.data = meeting.access_note
    form.seen.data = str(meeting.sequence)
