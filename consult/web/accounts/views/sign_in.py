"""Signing in with a password, and out."""

from __future__ import annotations

import contextlib

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import InvalidInput, NotFound
from consult.services import accounts as service
from consult.services.accounts.sessions import end_session
from consult.services.sockets import current_ports
from consult.web.accounts.entering import enter, inside
from consult.web.accounts.forms import SignIn
from consult.web.accounts.presenters import SignInPage
from consult.web.accounts.views.private import is_registration_open, remember_address
from consult.web.shared.forms import Act, refuse
from consult.web.shared.limits import limited
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_person, current_session


@limited("sign_in")
def sign_in() -> ResponseReturnValue:
    form = SignIn()
    is_unconfirmed = False
    if not form.is_submitted():
        form.next.data = inside(request.args.get("next", ""))
        if current_person() is not None:
            return redirect(form.next.data, code=303)
    elif form.is_sent():
        try:
            person = service.sign_in(form.email.data or "", form.password.data or "")
        except InvalidInput as error:
            refuse(form, error)
            is_unconfirmed = error.code == "invalid.address_unconfirmed"
        else:
            return enter(person, means="password", onward=form.next.data)
    reason = gettext("Sign in to go on to that page.") if request.args.get("next") else ""
    if is_unconfirmed:
        remember_address(form.email.data)
    page = render_template(
        "accounts/sign_in.html",
        page=_page(reason, form.next.data or "", is_unconfirmed=is_unconfirmed),
        form=form,
    )
    return (page, 422) if form.errors else page


def sign_out() -> ResponseReturnValue:
    if Act().is_sent():
        found = current_session()
        if found is not None:
            with contextlib.suppress(NotFound):  # ended from elsewhere a moment ago
                end_session(current_actor(), found.id, now=current_ports().clock.now())
        session.clear()
        say("done", gettext("You are signed out."))
    else:
        say_stale()
    return redirect(url_for("consultations.home"), code=303)


def _page(reason: str, onward: str, *, is_unconfirmed: bool) -> SignInPage:
    broker = current_ports().broker
    return SignInPage(
        reason=reason,
        forgot_href=url_for("accounts.forgot"),
        register_href=url_for("accounts.register") if is_registration_open() else "",
        broker_href=url_for("accounts.broker", next=onward) if broker else "",
        broker_label=broker.label if broker else "",
        again_href=url_for("accounts.send_again") if is_unconfirmed else "",
    )
