"""The second factor: asked for when signing in, set up, and turned off."""

from __future__ import annotations

import json
from datetime import datetime

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from consult.domain.errors import ConsultError, InvalidInput, NotFound, RuleBroken
from consult.domain.policy.sessions import CODE_AWAITED, is_staff
from consult.ports.vault import Unreadable
from consult.services.accounts import second_factor as service
from consult.services.accounts.sessions import strengthen_session
from consult.services.drawn_secrets import hashed
from consult.services.sockets import current_ports
from consult.storage.queries import second_factors as queries
from consult.storage.queries.accounts import find_person
from consult.storage.queries.sessions import find_session
from consult.web.accounts.entering import awaited, inside
from consult.web.accounts.forms import ConfirmSecondFactor, Onward, SignInCode, TurnOffSecondFactor
from consult.web.accounts.presenters import (
    DoublePage,
    RecoveryCodesPage,
    SecondFactorPage,
    SetUpPage,
    SignInCodePage,
)
from consult.web.accounts.views.private import account_menu
from consult.web.shared.forms import Form, refuse
from consult.web.shared.i18n import moment
from consult.web.shared.limits import limited
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import (
    admit_browser,
    current_actor,
    current_person,
    current_session,
    owes_second_factor,
)

CODES_KEY = "codes"
"""Where the session keeps recovery codes, encrypted, until their owner has them."""

CODES_SHOWN_FOR = 1800
"""Seconds."""


@limited("code")
def sign_in_code() -> ResponseReturnValue:
    """The code after the password."""
    token, onward = awaited()
    if current_person() is not None:
        return redirect(onward, code=303)
    found = find_session(hashed(token)) if token else None
    now = current_ports().clock.now()
    if found is None or not found.is_pending or now - found.made_at >= CODE_AWAITED:
        return _start_again(onward, was_awaited=bool(token))
    form = SignInCode()
    status = 200
    headers: dict[str, str] = {}
    if form.is_sent():
        try:
            done = service.complete_sign_in(token, form.code.data or "", now=now)
        except NotFound:
            return _start_again(onward, was_awaited=True)
        except (InvalidInput, RuleBroken) as error:
            refuse(form, error)
            form.code.data = ""
            status, headers = _refused(error)
        else:
            person = find_person(done.person_id)
            if person is None:
                return _start_again(onward, was_awaited=True)
            admit_browser(done.token, person)
            _say_what_is_left(done.codes_left)
            return redirect(onward, code=303)
    elif form.errors:
        status = 422
    is_recovery = request.args.get("with") == "recovery"
    page = SignInCodePage(
        is_recovery=is_recovery,
        other_href=_other_kind(is_recovery),
        start_href=url_for("accounts.sign_in", next=onward),
    )
    return render_template("accounts/sign_in_code.html", page=page, form=form), status, headers


def second_factor() -> ResponseReturnValue:
    """How it stands."""
    actor = current_actor()
    standing = queries.find_second_factor(actor.id or 0)
    since = standing.confirmed_at if standing else None
    form = Onward()
    form.next.data = inside(request.args.get("next"))
    page = SecondFactorPage(
        is_on=since is not None,
        is_owed=owes_second_factor(),
        is_asked=_is_asked(),
        since=moment(since) if since else None,
        codes_left=queries.count_recovery_codes(actor.id or 0) if since else 0,
        begin_href=url_for("accounts.begin_second_factor"),
        renew_href=url_for("accounts.renew_recovery_codes"),
        off_href=url_for("accounts.turn_off_second_factor"),
        menu=() if owes_second_factor() else account_menu("accounts.second_factor"),
    )
    return render_template("accounts/second_factor.html", page=page, form=form)


def begin_second_factor() -> ResponseReturnValue:
    form = Onward()
    if not form.is_sent():
        say_stale()
        return redirect(url_for("accounts.second_factor"), code=303)
    try:
        service.begin_second_factor(current_actor(), now=current_ports().clock.now())
    except RuleBroken:
        return redirect(url_for("accounts.second_factor"), code=303)
    return redirect(url_for("accounts.set_up_second_factor", next=inside(form.next.data)), code=303)


@limited("code")
def set_up_second_factor() -> ResponseReturnValue:
    """The key for the app, and the first code it makes."""
    actor, found = current_actor(), current_session()
    setting_up = service.find_setting_up(actor)
    if setting_up is None or found is None:
        return redirect(url_for("accounts.second_factor"), code=303)
    form, now = ConfirmSecondFactor(), current_ports().clock.now()
    if not form.is_submitted():
        form.next.data = inside(request.args.get("next"))
    elif form.is_sent():
        try:
            codes = service.confirm_second_factor(actor, form.code.data or "", keep=found.id, now=now)
        except InvalidInput as error:
            refuse(form, error)
            form.code.data = ""
        except (RuleBroken, NotFound):
            return redirect(url_for("accounts.second_factor"), code=303)
        else:
            person = current_person()
            if person is not None:
                admit_browser(strengthen_session(person.id, found.id, now=now), person)
            _keep_codes(codes, inside(form.next.data), now)
            say("done", gettext("Signing in now needs a code from the app as well."))
            return redirect(url_for("accounts.recovery_codes"), code=303)
    person = current_person()
    page = SetUpPage(
        key=" ".join(setting_up.secret[at : at + 4] for at in range(0, len(setting_up.secret), 4)),
        picture=setting_up.picture,
        account=person.email if person else "",
        back_href=url_for("accounts.second_factor"),
        is_owed=owes_second_factor(),
    )
    return _page("accounts/set_up_second_factor.html", page, form)


def recovery_codes() -> ResponseReturnValue:
    """The recovery codes just drawn, until their owner says they are kept."""
    kept = _kept_codes(current_ports().clock.now())
    if kept is None:
        session.pop(CODES_KEY, None)
        return redirect(url_for("accounts.second_factor"), code=303)
    codes, onward = kept
    form = Form()
    if form.is_sent():
        session.pop(CODES_KEY, None)
        return redirect(onward, code=303)
    response = current_app.make_response(
        _page("accounts/recovery_codes.html", RecoveryCodesPage(codes), form)
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@limited("code")
def renew_recovery_codes() -> ResponseReturnValue:
    actor, form = current_actor(), SignInCode()
    if not queries.has_second_factor(actor.id or 0):
        return redirect(url_for("accounts.second_factor"), code=303)
    status = 200
    headers: dict[str, str] = {}
    if form.is_sent():
        now = current_ports().clock.now()
        try:
            codes = service.renew_recovery_codes(actor, form.code.data or "", now=now)
        except (InvalidInput, RuleBroken) as error:
            refuse(form, error)
            form.code.data = ""
            status, headers = _refused(error)
        else:
            _keep_codes(codes, url_for("accounts.second_factor"), now)
            say("done", gettext("The old recovery codes no longer work."))
            return redirect(url_for("accounts.recovery_codes"), code=303)
    elif form.errors:
        status = 422
    page = _double_page()
    return render_template("accounts/renew_recovery_codes.html", page=page, form=form), status, headers


@limited("code")
def turn_off_second_factor() -> ResponseReturnValue:
    actor, form = current_actor(), TurnOffSecondFactor()
    if not queries.has_second_factor(actor.id or 0):
        return redirect(url_for("accounts.second_factor"), code=303)
    status = 200
    headers: dict[str, str] = {}
    if form.is_sent():
        try:
            service.turn_off_second_factor(
                actor,
                password=form.password.data or "",
                code=form.code.data or "",
                now=current_ports().clock.now(),
            )
        except (InvalidInput, RuleBroken) as error:
            refuse(form, error)
            form.code.data = ""
            status, headers = _refused(error)
        else:
            say("done", gettext("Signing in no longer needs a code."))
            return redirect(url_for("accounts.second_factor"), code=303)
    elif form.errors:
        status = 422
    page = _double_page()
    return render_template("accounts/turn_off_second_factor.html", page=page, form=form), status, headers


def _other_kind(is_recovery: bool) -> str:
    here = url_for("accounts.sign_in_code")
    return here if is_recovery else f"{here}?with=recovery"


def _start_again(onward: str, *, was_awaited: bool) -> ResponseReturnValue:
    if was_awaited:
        session.clear()
        say("warning", gettext("It took too long to give the code. Please sign in once more."))
    return redirect(url_for("accounts.sign_in", next=onward), code=303)


def _refused(error: ConsultError) -> tuple[int, dict[str, str]]:
    if error.code == "rule.too_many_codes":
        return 429, {"Retry-After": str(error.facts["seconds"])}
    return 422, {}


def _say_what_is_left(codes_left: int | None) -> None:
    if codes_left is None:
        return
    say(
        "warning",
        ngettext(
            "You signed in with a recovery code, which no longer works. One is left: draw new ones in your account.",
            "You signed in with a recovery code, which no longer works. %(num)d are left.",
            codes_left,
        )
        if codes_left
        else gettext("That was your last recovery code. Draw new ones in your account now."),
    )


def _keep_codes(codes: tuple[str, ...], onward: str, now: datetime) -> None:
    person = current_person()
    text = json.dumps({"codes": codes, "next": onward, "at": now.timestamp()})
    session[CODES_KEY] = current_ports().vault.lock(
        text, about=f"recovery codes of {person.id if person else 0}"
    )


def _kept_codes(now: datetime) -> tuple[tuple[str, ...], str] | None:
    person = current_person()
    try:
        text = current_ports().vault.unlock(
            str(session.get(CODES_KEY, "")), about=f"recovery codes of {person.id if person else 0}"
        )
    except Unreadable:
        return None
    kept = json.loads(text)
    if now.timestamp() - kept["at"] > CODES_SHOWN_FOR:
        return None
    return tuple(kept["codes"]), inside(kept["next"])


def _double_page() -> DoublePage:
    person = current_person()
    return DoublePage(
        has_password=bool(person and person.password_hash),
        is_asked=_is_asked(),
        back_href=url_for("accounts.second_factor"),
    )


def _is_asked() -> bool:
    return bool(current_app.config["SETTINGS"].staff_second_factor) and is_staff(current_actor())


def _page(template: str, page: object, form: Form) -> tuple[str, int]:
    return render_template(template, page=page, form=form), 422 if form.errors else 200
