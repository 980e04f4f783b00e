"""Making oneself an account, and confirming addresses."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, InvalidInput, NotFound
from consult.services.accounts import SHORTEST_PASSWORD
from consult.services.accounts import registering as service
from consult.services.accounts.links import CHANGE_ADDRESS
from consult.services.sockets import current_ports
from consult.web.accounts.forms import AskForLetter, Confirm, Register
from consult.web.accounts.presenters import CheckMailPage, ConfirmPage, RegisterPage
from consult.web.accounts.views.private import (
    ADDRESS_KEY,
    MARK_KEY,
    gone_page,
    is_registration_open,
    page_language,
    remember_address,
    sealed_page,
)
from consult.web.shared.forms import refuse
from consult.web.shared.limits import limited
from consult.web.shared.site import say
from consult.web.shared.viewers import current_person


@limited("register")
def register() -> ResponseReturnValue:
    if not is_registration_open():
        abort(404)
    form = Register()
    if form.is_sent():
        try:
            mark = service.register(
                name=form.name.data or "",
                email=form.email.data or "",
                password=form.password.data or "",
                language=page_language(),
                now=current_ports().clock.now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            session[MARK_KEY] = mark
            remember_address(form.email.data)
            return redirect(url_for("accounts.check_mail", about="register"), code=303)
    page = RegisterPage(
        shortest=SHORTEST_PASSWORD,
        sign_in_href=url_for("accounts.sign_in"),
        account_href=url_for("accounts.account") if current_person() else "",
    )
    shown = render_template("accounts/register.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def check_mail() -> ResponseReturnValue:
    """The same words whatever there is or is not with the address given."""
    asked = request.args.get("about", "")
    about = next((known for known in ("confirm", "forgot") if known == asked), "register")
    page = CheckMailPage(
        about=about,  # type: ignore[arg-type]
        address=session.get(ADDRESS_KEY, ""),
        again_href=url_for("accounts.forgot" if about == "forgot" else "accounts.send_again"),
    )
    return sealed_page(render_template("accounts/check_mail.html", page=page))


@limited("forgot")
def send_again() -> ResponseReturnValue:
    form = AskForLetter()
    if form.is_sent():
        try:
            service.ask_to_confirm_again(
                form.email.data or "", language=page_language(), now=current_ports().clock.now()
            )
        except InvalidInput as error:
            refuse(form, error)
        else:
            remember_address(form.email.data)
            return redirect(url_for("accounts.check_mail", about="confirm"), code=303)
    elif not form.is_submitted():
        form.email.data = session.get(ADDRESS_KEY, "")
    shown = render_template("accounts/send_again.html", form=form)
    return (shown, 422) if form.errors else shown


@limited("links")
def confirm(token: str) -> ResponseReturnValue:
    now = current_ports().clock.now()
    found = service.find_confirmation(token, now)
    if found is None:
        return gone_page("confirm")
    link, person = found
    mark = str(session.get(MARK_KEY, ""))
    form = Confirm()
    if form.is_sent():
        try:
            service.confirm(token, mark=mark, password=form.password.data or "", now=now)
        except NotFound:
            return gone_page("confirm")
        except InvalidInput as error:
            refuse(form, error)
        else:
            return _confirmed(is_change=link.purpose == CHANGE_ADDRESS)
    is_change = link.purpose == CHANGE_ADDRESS
    page = ConfirmPage(
        address=link.address if is_change else person.email,
        old_address=person.email if is_change else "",
        asks_password=not service.is_confirmed_by_button(person, link, mark),
        forgot_href=url_for("accounts.forgot"),
    )
    shown = render_template("accounts/confirm.html", page=page, form=form)
    return sealed_page(shown, 422 if form.errors else 200)


def _confirmed(*, is_change: bool) -> ResponseReturnValue:
    session.pop(MARK_KEY, None)
    session.pop(ADDRESS_KEY, None)
    if is_change:
        say("done", gettext("The new address is confirmed. From now on you sign in with it."))
        return redirect(url_for("accounts.account" if current_person() else "accounts.sign_in"), code=303)
    say("done", gettext("Your address is confirmed. You can sign in now."))
    return redirect(url_for("accounts.sign_in"), code=303)
