"""A later end, something put right, the whole called off: each with its reason, told to everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, RuleBroken
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.windows import LAST_MINUTE, WARSAW, last_moment, next_working_day
from consult.services import consultations as service
from consult.services.addressees import addressees_of
from consult.services.authority import require
from consult.storage.queries import consultations as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.web.consultations.forms import CancelForm, CorrectForm, EffectsForm, ExtendForm
from consult.web.consultations.presenters import ChangePage
from consult.web.consultations.views.showing import document_of
from consult.web.consultations.views.terms import moment_named
from consult.web.shared.addresses import public
from consult.web.shared.errors import wording
from consult.web.shared.fields import field_choices
from consult.web.shared.forms import Form, is_our_token, new_token, refuse
from consult.web.shared.heads import document_head, now
from consult.web.shared.i18n import deadline
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor

WEEK = 7


def extend(consultation_id: int) -> ResponseReturnValue:
    row = managed(consultation_id)
    form = ExtendForm()
    if request.method == "GET":
        form.token.data = new_token()
        last = last_moment(row.closes_at)
        form.closes_on.data = next_working_day(last.date().fromordinal(last.toordinal() + WEEK))
        local = row.closes_at.astimezone(WARSAW).time().replace(second=0, microsecond=0)
        form.closes_time.data = LAST_MINUTE if local == time(0, 0) else local

    def act() -> None:
        service.extend_consultation(
            current_actor(),
            consultation_id,
            closes_at=moment_named(
                form.closes_on.data, form.closes_time.data or LAST_MINUTE, "closes", is_end=True
            ),
            reason=form.reason.data or "",
            address=page_address(consultation_id),
            form_token=token_of(form),
            now=now(),
        )

    done = gettext("The consultation is extended. Everybody concerned gets a letter.")
    return _changed(
        row, form, act, done, "extend", service.require_extendable, gettext("Extend the consultation")
    )


def correct(consultation_id: int) -> ResponseReturnValue:
    row = managed(consultation_id)
    form = CorrectForm()
    if request.method == "GET":
        form.token.data = new_token()
        form.fill(row)

    def act() -> None:
        service.correct_consultation(
            current_actor(),
            consultation_id,
            service.Correction(
                summary=form.summary.data or "", details=form.details(), erratum=form.erratum.data or ""
            ),
            reason=form.reason.data or "",
            address=page_address(consultation_id),
            form_token=token_of(form),
            now=now(),
        )

    done = gettext("The correction is published. Everybody concerned gets a letter.")
    title = gettext("Correct the announcement")
    return _changed(row, form, act, done, "correct", service.require_correctable, title)


def cancel(consultation_id: int) -> ResponseReturnValue:
    row = managed(consultation_id)
    form = CancelForm()
    if request.method == "GET":
        form.token.data = new_token()

    def act() -> None:
        service.cancel_consultation(
            current_actor(),
            consultation_id,
            reason=form.reason.data or "",
            address=page_address(consultation_id),
            form_token=token_of(form),
            now=now(),
        )

    done = gettext("The consultation is cancelled. Everybody concerned gets a letter.")
    return _changed(
        row, form, act, done, "cancel", service.require_cancellable, gettext("Cancel the consultation")
    )


def effects(consultation_id: int) -> ResponseReturnValue:
    row = managed(consultation_id)
    form = EffectsForm()
    if request.method == "GET":
        form.token.data = new_token()

    def act() -> None:
        service.record_effects(
            current_actor(),
            consultation_id,
            effects=form.effects.data or "",
            form_token=token_of(form),
            now=now(),
        )

    done = gettext("What came of it is published. Everybody concerned gets a letter.")
    return _changed(row, form, act, done, "effects", service.require_reported, gettext("What came of it"))


def managed(consultation_id: int) -> ConsultationRow:
    """A consultation the reader runs. Raises NotPermitted for everybody else's."""
    row = queries.get_consultation(consultation_id, with_prepared=True)
    require(current_actor(), Permission.RUN_CONSULTATION, Target(host_id=row.host_id))
    return row


def page_address(consultation_id: int) -> str:
    """The page of a consultation as people outside of the site type it."""
    return public(url_for("consultations.show", consultation_id=consultation_id))


def token_of(form: Form) -> str:
    """The form's token, if it is one of ours: sent twice, it acts once."""
    token = form["token"].data or ""
    return token if is_our_token(token) else ""


def refused(check: Callable[..., None], row: ConsultationRow) -> str:
    """Why something cannot be done now, in words; nothing where it can."""
    try:
        check(row, now())
    except RuleBroken as error:
        return wording(error)
    return ""


def _changed(
    row: ConsultationRow,
    form: Form,
    act: Callable[[], None],
    done: str,
    name: str,
    check: Callable[..., None],
    title: str,
) -> ResponseReturnValue:
    """The page of a change: shown, sent and shown again with what is wrong, or done."""
    back = url_for("consultations.show", consultation_id=row.id)
    if form.is_sent():
        try:
            act()
        except ConsultError as error:
            refuse(form, error)
        else:
            say(
                "done", gettext("Changed. It will stand so in the announcement.") if row.is_prepared else done
            )
            return redirect(back, code=303)
    document = document_of(row)
    page = ChangePage(
        head=document_head(document),
        back_href=back,
        title=title,
        closes=deadline(row.closes_at),
        comment_count=row.comment_count,
        concerned=len(addressees_of(row.id)),
        refusal=refused(check, row),
        new_href=url_for("consultations.new", slug=row.slug),
        is_prepared=row.is_prepared,
    )
    shown = render_template(f"consultations/{name}.html", page=page, form=form, fields=field_choices())
    return (shown, 422) if form.errors else shown
