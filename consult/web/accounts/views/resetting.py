"""A forgotten password."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import InvalidInput, NotFound
from consult.services.accounts import SHORTEST_PASSWORD
from consult.services.accounts import keeping as service
from consult.services.sockets import current_ports
from consult.web.accounts.forms import AskForLetter, NewPassword
from consult.web.accounts.presenters import ResetPage
from consult.web.accounts.views.private import gone_page, page_language, remember_address, sealed_page
from consult.web.shared.forms import refuse
from consult.web.shared.limits import limited
from consult.web.shared.site import say
from consult.web.shared.viewers import current_person


@limited("forgot")
def forgot() -> ResponseReturnValue:
    form = AskForLetter()
    if form.is_sent():
        try:
            service.ask_reset(
                form.email.data or "", language=page_language(), now=current_ports().clock.now()
            )
        except InvalidInput as error:
            refuse(form, error)
        else:
            remember_address(form.email.data)
            return redirect(url_for("accounts.check_mail", about="forgot"), code=303)
    elif not form.is_submitted():
        person = current_person()
        form.email.data = person.email if person else ""
    shown = render_template("accounts/forgot.html", form=form)
    return (shown, 422) if form.errors else shown


@limited("links")
def reset(key: str) -> ResponseReturnValue:
    now = current_ports().clock.now()
    person = service.find_reset(key, now)
    if person is None:
        return gone_page("reset")
    form = NewPassword()
    if form.is_sent():
        try:
            service.reset_password(key, form.password.data or "", now=now)
        except NotFound:
            return gone_page("reset")
        except InvalidInput as error:
            refuse(form, error)
        else:
            session.clear()
            say("done", gettext("The new password is set. Sign in with it."))
            return redirect(url_for("accounts.sign_in"), code=303)
    page = ResetPage(address=person.email, shortest=SHORTEST_PASSWORD)
    shown = render_template("accounts/reset.html", page=page, form=form)
    return sealed_page(shown, 422 if request.method == "POST" else 200)
