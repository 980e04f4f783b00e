"""A form that came back: chosen, read, and shown as a submission that is ready to be entered."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.domain.errors import ConsultError, InvalidInput, RuleBroken
from consult.domain.process.windows import WARSAW
from consult.services import comment_forms
from consult.services import submissions as service
from consult.services.comment_forms import ReadForm
from consult.services.sockets import current_ports
from consult.storage.queries.consultations import ConsultationRow
from consult.web.shared.errors import wording
from consult.web.shared.forms import new_token, refuse
from consult.web.shared.heads import now
from consult.web.shared.limits import limited
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor
from consult.web.submissions.forms import ReturnedForm, SubmissionForm, Typed, submission_form
from consult.web.submissions.presenters import ReturnedPage
from consult.web.submissions.views.shared import consultation_in_hand, frame_of
from consult.web.submissions.views.uploads import Waiting, written

CHANNEL = "email"
"""How files come, mostly."""


@limited("submissions")
def returned(consultation_id: int) -> ResponseReturnValue:
    consultation = consultation_in_hand(consultation_id)
    try:
        service.require_enterable(consultation, now())
    except RuleBroken as error:
        say("warning", wording(error))
        return redirect(url_for("submissions.list_all", consultation_id=consultation_id), code=303)
    form = ReturnedForm()
    if form.is_sent():
        upload = request.files.get("file")
        try:
            if upload is None or not upload.filename:
                raise InvalidInput("file_missing", field="file")
            content = upload.read()
            comment_forms.read_returned_form(current_actor(), consultation_id, content, upload.filename)
        except ConsultError as error:
            refuse(form, error)
        else:
            token = current_ports().files.keep(content, name=upload.filename)
            return redirect(url_for("submissions.new", consultation_id=consultation_id, file=token), code=303)
    page = ReturnedPage(
        frame=frame_of(consultation),
        form_href=url_for("comment_forms.show", consultation_id=consultation_id),
    )
    shown = render_template("submissions/returned.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def read_kept(consultation: ConsultationRow, token: str) -> tuple[SubmissionForm, ReadForm] | None:
    """The form of a submission filled from a file kept aside; None where it is kept no longer."""
    kept = current_ports().files.find(token)
    if kept is None:
        return None
    content, name = kept
    read = comment_forms.read_returned_form(current_actor(), consultation.id, content, name)
    form = submission_form(max(len(read.entries), 1))
    form.token.data = new_token()
    form.channel.data = CHANNEL
    form.received_on.data = now().astimezone(WARSAW).date()
    form.kept.data = written([Waiting(token, read.kind)])
    form.letter.data = read.letter
    sender = read.sender
    form.name.data = sender.get("name", "")
    form.organisation.data = sender.get("organisation", "")
    # an address without the consent to messages is no address to write to
    form.email.data = sender.get("email", "") if sender.get("consent") else ""
    form.capacity.data = sender.get("capacity") or ("ngo" if sender.get("organisation") else "resident")
    form.show([_typed(entry) for entry in read.entries] or [Typed()])
    return form, read


def _typed(entry: comment_forms.ReadEntry) -> Typed:
    row, place = entry.row, entry.place
    state = "lost" if place.is_lost else "renamed" if place.was else "added" if row.is_added else ""
    return Typed(
        text=row.text,
        section=place.section_id,
        quote=row.quote,
        kind=row.kind or "substantive",
        proposed=row.proposed,
        justification=row.justification,
        start=str(entry.passage.start),
        end=str(entry.passage.end),
        was=place.was or (row.title if state else ""),
        state=state,
    )
