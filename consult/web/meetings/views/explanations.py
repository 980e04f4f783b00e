"""Explanations by the host: the page of a consultation's, writing one, withdrawing one."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, NotFound, RuleBroken
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services import explanations as service
from consult.services.authority import require
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import explanations as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.web.meetings.forms import ExplanationForm, WithdrawalForm
from consult.web.meetings.presenters import ExplanationsPage, FormPage
from consult.web.shared.cards import card_of, comment_href
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.hosts import show_host
from consult.web.shared.limits import limited
from consult.web.shared.meetings import consultation_path, explanation_card, explanations_of, may_explain
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


def explanations(consultation_id: int) -> str:
    consultation = consultation_queries.get_consultation(consultation_id)
    general = explanations_of(
        consultation_id, host_id=consultation.host_id, is_open=consultation.is_open(now())
    )
    under = queries.list_explanations_on_comments(consultation_id)
    runs = may_explain(consultation.host_id)
    show_host(consultation.host_id)
    comments = comment_queries.list_comments_by_id(list(under), with_drafts=False)
    page = ExplanationsPage(
        consultation=consultation.title,
        consultation_href=consultation_path(consultation_id),
        general=general.explanations,
        on_comments=tuple(
            (card_of(comment), tuple(explanation_card(row, runs=runs) for row in under[comment.id]))
            for comment in comments
        ),
        new_href=general.new_href,
    )
    return render_template("meetings/explanations.html", page=page)


@limited("meetings")
def explain(consultation_id: int) -> ResponseReturnValue:
    consultation = _to_explain(consultation_id)
    form = ExplanationForm()
    back = url_for("meetings.explanations", consultation_id=consultation_id)
    if form.is_sent():
        try:
            service.explain_consultation(current_actor(), consultation_id, form.text.data or "", now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            return _published(back)
    return _shown(form, FormPage(consultation.title, consultation_path(consultation_id)))


@limited("meetings")
def explain_comment(register_id: int, number: int) -> ResponseReturnValue:
    comment = comment_queries.find_comment(register_id, number, with_drafts=False)
    if comment is None or comment.consultation_id is None:
        raise NotFound("comment")
    _to_explain(comment.consultation_id)
    form = ExplanationForm()
    back = comment_href(register_id, number)
    if form.is_sent():
        try:
            service.explain_comment(current_actor(), comment.id, form.text.data or "", now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            return _published(back)
    page = FormPage(gettext("Comment %(number)s", number=number), back, stands=(comment.text or "").strip())
    return _shown(form, page)


@limited("meetings")
def withdraw(explanation_id: int) -> ResponseReturnValue:
    explanation = queries.get_explanation(explanation_id)
    require(current_actor(), Permission.RUN_CONSULTATION, Target(host_id=explanation.host_id))
    show_host(explanation.host_id)
    form = WithdrawalForm()
    consultation = consultation_queries.get_consultation(explanation.consultation_id)
    back = url_for("meetings.explanations", consultation_id=consultation.id)
    if form.is_sent():
        try:
            service.withdraw_explanation(
                current_actor(), explanation_id, reason=form.reason.data or "", now=now()
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The explanation is withdrawn; it stays in its place with the reason."))
            return redirect(back, code=303)
    page = FormPage(consultation.title, back, stands=explanation.text or "")
    shown = render_template("meetings/withdraw.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _to_explain(consultation_id: int) -> ConsultationRow:
    """Raises NotFound, NotPermitted, and RuleBroken unless the consultation is open."""
    consultation = consultation_queries.get_consultation(consultation_id)
    require(current_actor(), Permission.RUN_CONSULTATION, Target(host_id=consultation.host_id))
    show_host(consultation.host_id)
    if not consultation.is_open(now()):
        raise RuleBroken("explanation_not_open")
    return consultation


def _published(back: str) -> ResponseReturnValue:
    say("done", gettext("The explanation is published."))
    return redirect(back, code=303)


def _shown(form: ExplanationForm, page: FormPage) -> ResponseReturnValue:
    shown = render_template("meetings/explain.html", page=page, form=form)
    return (shown, 422) if form.errors else shown
