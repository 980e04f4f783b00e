"""Signing in with an account elsewhere: there, back, and joined to an account here.

What is asked is kept in the browser's session until the answer comes, and taken out of it then, whatever the answer:
an answer counts once, and in the browser that asked. The way there is a link and not a form, because our pages let
forms lead nowhere but to ourselves (Content-Security-Policy, form-action).
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import structlog
from flask import current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.ports.identity import BrokerFailed, Identity, IdentityBroker, Question
from consult.services.accounts import broker as service
from consult.services.sockets import current_ports
from consult.storage.queries import identities as queries
from consult.web.accounts.entering import enter, inside
from consult.web.accounts.forms import LinkIdentity, RegisterWithIdentity, Unlink
from consult.web.accounts.presenters import BrokerFailedPage, IdentitiesPage, IdentityLine, JoinPage
from consult.web.accounts.views.private import account_menu
from consult.web.shared.addresses import public, whole_number
from consult.web.shared.errors import wording
from consult.web.shared.forms import refuse
from consult.web.shared.i18n import language, moment
from consult.web.shared.limits import limited
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_person

ASKED_KEY = "asked"
JOINING_KEY = "joining"
ANSWERED_WITHIN = 900
"""Seconds from the question to the answer, and from the answer to the joining."""

STATUSES = {"denied": 403, "unreachable": 502, "mismatched": 400, "untrusted": 502}

log = structlog.get_logger()


@limited("broker")
def broker() -> ResponseReturnValue:
    """Off to the broker."""
    onward = inside(request.args.get("next"))
    if current_person() is not None:
        return redirect(onward, code=303)
    plug = _broker()
    try:
        question = plug.ask(_callback())
    except BrokerFailed as failure:
        return _failed(failure.case, STATUSES[failure.case], str(failure), onward)
    session[ASKED_KEY] = {
        "state": question.state,
        "nonce": question.nonce,
        "verifier": question.verifier,
        "at": _now().timestamp(),
        "next": onward,
    }
    return redirect(question.address, code=303)


@limited("broker")
def broker_back() -> ResponseReturnValue:
    """Back from the broker with its answer."""
    if current_person() is not None:
        return redirect(url_for("consultations.home"), code=303)
    plug, asked = _broker(), session.pop(ASKED_KEY, None)
    now = _now()
    if not isinstance(asked, dict) or now.timestamp() - asked["at"] > ANSWERED_WITHIN:
        return _failed("mismatched", STATUSES["mismatched"], "nothing was asked in this browser")
    onward = inside(asked["next"])
    question = Question("", asked["state"], asked["nonce"], asked["verifier"])
    try:
        identity = plug.identify(question, _callback(), request.args.to_dict(), at=now)
        found = service.recognise(identity, may_register=_may_register())
    except BrokerFailed as failure:
        return _failed(failure.case, STATUSES[failure.case], str(failure), onward)
    except RuleBroken as error:
        return _failed("refused", 403, error.code, onward, wording(error))
    if found.standing == "known" and found.person is not None:
        service.note_identity_used(identity, now=now)
        return enter(found.person, means="broker", is_strong=identity.is_multi_factor, onward=onward)
    session[JOINING_KEY] = {"identity": asdict(identity), "at": now.timestamp(), "next": onward}
    return redirect(url_for("accounts.broker_join"), code=303)


@limited("sign_in")
def broker_join() -> ResponseReturnValue:
    """The first time: an account here is linked by its password, or made."""
    if current_person() is not None:
        return redirect(url_for("consultations.home"), code=303)
    joining = _joining()
    if joining is None:
        session.pop(JOINING_KEY, None)
        return redirect(url_for("accounts.sign_in"), code=303)
    identity, onward = joining
    try:
        found = service.recognise(identity, may_register=_may_register())
    except RuleBroken as error:
        return _failed("refused", 403, error.code, onward, wording(error))
    if found.standing == "known":  # joined in another window a moment ago
        return redirect(url_for("accounts.broker", next=onward), code=303)
    is_new = found.standing == "new"
    form: RegisterWithIdentity | LinkIdentity = RegisterWithIdentity() if is_new else LinkIdentity()
    if form.is_sent():
        try:
            if isinstance(form, RegisterWithIdentity):
                person = service.register_with_identity(
                    identity, name=form.name.data or "", language=language(), now=_now()
                )
            else:
                person = service.link_identity(identity, form.password.data or "", now=_now())
        except (InvalidInput, RuleBroken) as error:
            refuse(form, error)
        else:
            response = enter(person, means="broker", is_strong=identity.is_multi_factor, onward=onward)
            _say_joined(is_new=is_new)
            return response
    elif isinstance(form, RegisterWithIdentity) and not form.is_submitted():
        form.name.data = identity.name[:200]
    page = JoinPage(
        is_new=is_new,
        can_link=bool(found.person and found.person.password_hash),
        address=found.address,
        broker_label=_broker().label,
        sign_in_href=url_for("accounts.sign_in", next=onward),
        forgot_href=url_for("accounts.forgot"),
    )
    return render_template("accounts/broker_join.html", page=page, form=form), 422 if form.errors else 200


def identities() -> ResponseReturnValue:
    """Accounts elsewhere one signs in with."""
    form, actor = Unlink(), current_actor()
    if form.is_submitted():
        _unlink(form)
        return redirect(url_for("accounts.identities"), code=303)
    person, plug = current_person(), current_ports().broker
    rows = queries.list_identities(actor.id or 0)
    has_password = bool(person and person.password_hash)
    page = IdentitiesPage(
        lines=tuple(
            IdentityLine(
                label=_issuer(row.issuer),
                linked=moment(row.linked_at),
                used=moment(row.used_at),
                identity_id=row.id,
                is_last_way_in=not has_password and len(rows) == 1,
            )
            for row in rows
        ),
        has_password=has_password,
        forgot_href=url_for("accounts.forgot"),
        broker_label=plug.label if plug else "",
        menu=account_menu("accounts.identities"),
    )
    return render_template("accounts/identities.html", page=page, form=form)


def _unlink(form: Unlink) -> None:
    if not form.is_sent():
        say_stale()
        return
    try:
        service.unlink_identity(current_actor(), whole_number(form.identity.data) or 0, now=_now())
    except NotFound:
        say("note", gettext("That account is not linked any more."))
    except RuleBroken:
        say("warning", gettext("You could not sign in any more: set a password first."))
    else:
        say("done", gettext("That account no longer signs you in here."))


def _broker() -> IdentityBroker:
    plug = current_ports().broker
    if plug is None:
        raise NotFound("page")
    return plug


def _joining() -> tuple[Identity, str] | None:
    kept: Any = session.get(JOINING_KEY)
    if not isinstance(kept, dict) or _now().timestamp() - kept["at"] > ANSWERED_WITHIN:
        return None
    return Identity(**kept["identity"]), inside(kept["next"])


def _failed(case: str, status: int, detail: str, onward: str = "", message: str = "") -> ResponseReturnValue:
    log.warning("signing in with a broker failed", case=case, detail=detail)
    plug = current_ports().broker
    page = BrokerFailedPage(
        case=case,
        message=message,
        broker_label=plug.label if plug else "",
        again_href=url_for("accounts.broker", next=onward or None),
        sign_in_href=url_for("accounts.sign_in", next=onward or None),
        reference=g.get("request_id", ""),
    )
    return render_template("accounts/broker_failed.html", page=page), status


def _say_joined(*, is_new: bool) -> None:
    label = _broker().label
    if is_new:
        say("done", gettext("Your account is made. From now on you sign in with %(broker)s.", broker=label))
    else:
        say("done", gettext("Linked: from now on you can sign in with %(broker)s as well.", broker=label))


def _issuer(issuer: str) -> str:
    plug = current_ports().broker
    is_ours = str(current_app.config["SETTINGS"].oidc_issuer).rstrip("/") == issuer
    return plug.label if plug and is_ours else issuer


def _callback() -> str:
    return public(url_for("accounts.broker_back"))


def _may_register() -> bool:
    return bool(current_app.config["SETTINGS"].registration)


def _now() -> datetime:
    return current_ports().clock.now()
