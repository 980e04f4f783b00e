"""Opinions of statutory bodies: the page of a consultation's, and the form officials keep them with."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.opinions import BODIES, OUTCOMES
from consult.services import opinions as service
from consult.services.authority import require
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import opinions as queries
from consult.web.meetings.forms import OpinionForm, number_in
from consult.web.meetings.presenters import FormPage, OpinionsPage
from consult.web.meetings.views.shared import consultation_to_manage
from consult.web.shared.addresses import printable
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.hosts import show_host
from consult.web.shared.limits import limited
from consult.web.shared.meetings import consultation_path, opinions_of
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer


def opinions(consultation_id: int) -> str:
    consultation = consultation_queries.get_consultation(consultation_id, with_prepared=True)
    show_host(consultation.host_id)
    kept = opinions_of(consultation_id, host_id=consultation.host_id)
    page = OpinionsPage(
        consultation=consultation.title,
        consultation_href=consultation_path(consultation_id),
        opinions=kept.opinions,
        new_href=kept.new_href,
    )
    return render_template("meetings/opinions.html", page=page)


@limited("meetings")
def new_opinion(consultation_id: int) -> ResponseReturnValue:
    consultation = consultation_to_manage(consultation_id)
    form = OpinionForm()
    if request.method == "GET":
        _begin(form, printable(request.args.get("body", ""))[:20])
    elif form.is_sent():
        try:
            service.enter_opinion(current_actor(), consultation_id, _form(form), now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The opinion is on the list."))
            return redirect(url_for("meetings.opinions", consultation_id=consultation_id), code=303)
    return _shown(form, FormPage(consultation.title, consultation_path(consultation_id), is_new=True))


@limited("meetings")
def edit_opinion(opinion_id: int) -> ResponseReturnValue:
    opinion = queries.get_opinion(opinion_id, current_viewer())
    require(current_actor(), Permission.MANAGE_MEETINGS, Target(host_id=opinion.host_id))
    show_host(opinion.host_id)
    here = url_for("meetings.opinions", consultation_id=opinion.consultation_id)
    form = OpinionForm()
    if request.method == "GET":
        for name in ("body_kind", "body", "legal_basis", "delivered_on", "outcome", "given_on"):
            form[name].data = getattr(opinion, name)
        form.term_days.data = "" if opinion.term_days is None else str(opinion.term_days)
        form.is_silence_waiver.data = opinion.is_silence_waiver
        form.summary.data, form.source.data = opinion.summary, opinion.source
    elif form.is_sent():
        try:
            is_changed = service.edit_opinion(current_actor(), opinion_id, _form(form), now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say(
                "done", gettext("The change is published.") if is_changed else gettext("Nothing had changed.")
            )
            return redirect(f"{here}#opinia-{opinion_id}", code=303)
    return _shown(form, FormPage(opinion.body, here))


def _shown(form: OpinionForm, page: FormPage) -> ResponseReturnValue:
    shown = render_template(
        "meetings/opinion.html", page=page, form=form, bodies=tuple(BODIES), outcomes=("", *OUTCOMES)
    )
    return (shown, 422) if form.errors else shown


def _begin(form: OpinionForm, code: str) -> None:
    """A form begins with what the law says of the body one came for."""
    body = BODIES.get(code) or BODIES["council"]
    form.body_kind.data, form.legal_basis.data = body.code, body.source
    form.term_days.data = "" if body.term_days is None else str(body.term_days)
    form.is_silence_waiver.data = body.is_silence_waiver


def _form(form: OpinionForm) -> service.OpinionForm:
    return service.OpinionForm(
        body_kind=form.body_kind.data or "",
        body=form.body.data or "",
        legal_basis=form.legal_basis.data or "",
        delivered_on=form.delivered_on.data,
        term_days=number_in(form.term_days.data, "term_days"),
        is_silence_waiver=bool(form.is_silence_waiver.data),
        outcome=form.outcome.data or "",
        given_on=form.given_on.data,
        summary=form.summary.data or "",
        source=form.source.data or "",
    )
