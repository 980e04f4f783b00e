"""What is kept of a meeting that took place: its note, and how many came."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, RuleBroken, Stale
from consult.domain.process.meetings import CAPACITIES
from consult.services import meetings as service
from consult.storage.queries.meetings import MeetingRow
from consult.web.meetings.forms import AttendanceForm, NoteForm, number_in
from consult.web.meetings.presenters import FormPage
from consult.web.meetings.views.shared import meeting_to_manage, seen_again
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.limits import limited
from consult.web.shared.meetings import when
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


@limited("meetings")
def note(meeting_id: int) -> ResponseReturnValue:
    meeting = _held(meeting_id)
    form = NoteForm()
    theirs = ""
    if request.method == "GET":
        form.note.data, form.seen.data = meeting.note, str(meeting.sequence)
    elif form.is_sent():
        publishes = form.act.data != "keep"
        try:
            service.save_note(
                current_actor(),
                meeting_id,
                form.note.data or "",
                publish=publishes,
                expected_sequence=whole_number(form.seen.data),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
            meeting = seen_again(form, error, meeting)
            theirs = meeting.note if isinstance(error, Stale) else ""
        else:
            say(
                "done",
                gettext("The note is published.")
                if publishes
                else gettext("The note is kept; only you and your office see it."),
            )
            return redirect(url_for("meetings.show", meeting_id=meeting_id), code=303)
    shown = render_template("meetings/note.html", page=_page(meeting, theirs=theirs), form=form)
    return (shown, 422) if form.errors else shown


@limited("meetings")
def attendance(meeting_id: int) -> ResponseReturnValue:
    meeting = _held(meeting_id)
    form = AttendanceForm()
    if request.method == "GET":
        form.seen.data = str(meeting.sequence)
        for capacity, count in meeting.attendance.items():
            form[capacity].data = str(count)
    elif form.is_sent():
        try:
            service.count_attendance(
                current_actor(),
                meeting_id,
                {capacity: number_in(form[capacity].data, capacity) for capacity in CAPACITIES},
                reason=form.reason.data or "",
                expected_sequence=whole_number(form.seen.data),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
            meeting = seen_again(form, error, meeting)
        else:
            say("done", gettext("The numbers are published."))
            return redirect(url_for("meetings.show", meeting_id=meeting_id), code=303)
    page = _page(meeting, is_new=not meeting.attendance)
    shown = render_template("meetings/attendance.html", page=page, form=form, capacities=CAPACITIES)
    return (shown, 422) if form.errors else shown


def _held(meeting_id: int) -> MeetingRow:
    meeting = meeting_to_manage(meeting_id)
    if meeting.cancelled_at is not None:
        raise RuleBroken("meeting_cancelled")
    if now() < meeting.starts_at:
        raise RuleBroken("meeting_not_begun")
    return meeting


def _page(meeting: MeetingRow, *, is_new: bool = False, theirs: str = "") -> FormPage:
    return FormPage(
        meeting.title,
        url_for("meetings.show", meeting_id=meeting.id),
        is_new=is_new,
        stands=when(meeting.starts_at, meeting.ends_at).text,
        is_public=meeting.note_published_at is not None,
        theirs=theirs,
    )
