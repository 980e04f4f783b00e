"""Signing in and out."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import login_user, logout_user

from consult.domain.errors import InvalidInput
from consult.services import accounts as service
from consult.web.accounts.forms import SignIn
from consult.web.accounts.presenters import SignInPage
from consult.web.shared.forms import Act, refuse
from consult.web.shared.limits import limited
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import SignedIn, current_person

LONGEST_NEXT = 2_000
_UNLIKE_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f\\]")
_ONE_SLASH = re.compile(r"/(?!/)")


@limited("sign_in")
def sign_in() -> ResponseReturnValue:
    form = SignIn()
    if not form.is_submitted():
        form.next.data = _inside(request.args.get("next", ""))
        if current_person() is not None:
            return redirect(form.next.data, code=303)
    elif form.is_sent():
        try:
            person = service.sign_in(form.email.data or "", form.password.data or "")
        except InvalidInput as error:
            refuse(form, error)
        else:
            session.clear()  # a session begun by somebody else is not carried over
            login_user(SignedIn(person))
            return redirect(_inside(form.next.data), code=303)
    reason = gettext("Sign in to go on to that page.") if request.args.get("next") else ""
    page = render_template("accounts/sign_in.html", page=SignInPage(reason=reason), form=form)
    return (page, 422) if form.errors else page


def sign_out() -> ResponseReturnValue:
    if Act().is_sent():
        logout_user()
        session.clear()
        say("done", gettext("You are signed out."))
    else:
        say_stale()
    return redirect(url_for("consultations.home"), code=303)


def _inside(address: str | None) -> str:
    """An address of this site to go on to; anything else leads home.

    Browsers drop white space from addresses and read a backslash as a slash and any number of slashes as two, so
    what begins with more than one slash however written, or holds what addresses cannot, is nobody's.
    """
    home = url_for("consultations.home")
    if not address or len(address) > LONGEST_NEXT or _UNLIKE_AN_ADDRESS.search(address):
        return home
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc and _ONE_SLASH.match(address) else home
