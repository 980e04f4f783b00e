"""Decisions of a meeting, noted by those who keep it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services import meeting_decisions as service
from consult.services.authority import require
from consult.storage.queries import meeting_decisions as queries
from consult.storage.queries import meetings as meeting_queries
from consult.web.meeting_decisions.forms import DecisionForm
from consult.web.meeting_decisions.presenters import Decision, DecisionsPage
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.hosts import show_host
from consult.web.shared.i18n import moment
from consult.web.shared.limits import limited
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


@limited("meetings")
def decisions(meeting_id: int) -> ResponseReturnValue:
    meeting = meeting_queries.get_meeting(meeting_id, with_prepared=True)
    require(current_actor(), Permission.MANAGE_MEETINGS, Target(host_id=meeting.host_id))
    show_host(meeting.host_id)
    form = DecisionForm()
    if form.is_sent():
        try:
            service.note_decision(current_actor(), meeting_id, form.text.data or "", now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The decision is noted. Changes of the draft can name it as their cause."))
            return redirect(url_for("meeting_decisions.decisions", meeting_id=meeting_id), code=303)
    rows = queries.list_decisions(meeting_id)
    page = DecisionsPage(
        meeting=meeting.title,
        back_href=url_for("meetings.show", meeting_id=meeting_id),
        decisions=tuple(Decision(row.number, row.text, moment(row.at)) for row in rows),
        is_public=meeting.note_published_at is not None,
    )
    answer = render_template("meeting_decisions/list.html", page=page, form=form)
    return (answer, 422) if form.errors else answer
