"""The code with which members remark without an account: made, shown to be handed over, and the page it opens."""

from __future__ import annotations

import secrets

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import RuleBroken
from consult.services import joint_answers as service
from consult.services.sockets import current_ports
from consult.storage.queries import accounts as account_queries
from consult.web.joint_answers.presenters import CodePage, EnterPage
from consult.web.joint_answers.views.shared import (
    CODES,
    KEYS,
    MADE,
    consultation_of,
    do_and_return,
    frame_of,
    lead_in_hand,
    private,
)
from consult.web.shared.addresses import public
from consult.web.shared.forms import Act
from consult.web.shared.heads import now
from consult.web.shared.limits import limited
from consult.web.shared.site import say_stale
from consult.web.shared.viewers import current_actor

KEY_BYTES = 24


def make_code(answer_id: int) -> ResponseReturnValue:
    if not Act().is_sent():
        say_stale()
        return redirect(url_for("joint_answers.show", answer_id=answer_id), code=303)
    session[MADE] = [answer_id, service.make_code(current_actor(), answer_id, now=now())]
    return redirect(url_for("joint_answers.code", answer_id=answer_id), code=303)


def code(answer_id: int) -> ResponseReturnValue:
    """The link and its picture, to be copied or printed, in the browser that made it."""
    answer, part = lead_in_hand(answer_id)
    made = session.get(MADE)
    secret = made[1] if made and made[0] == answer_id else ""
    link, picture = "", ""
    if secret and _still_works(secret):
        link = public(url_for("joint_answers.enter", token=secret))
        picture = current_ports().square_codes.picture(link)
    page = CodePage(frame_of(answer, part, here="show"), link, picture)
    return private(render_template("joint_answers/code.html", page=page, form=Act()))


def _still_works(secret: str) -> bool:
    try:
        service.look_at_code(secret, now=now())
    except RuleBroken:
        return False
    return True


def withdraw_code(answer_id: int) -> ResponseReturnValue:
    session.pop(MADE, None)
    return do_and_return(
        lambda: service.withdraw_code(current_actor(), answer_id, now=now()),
        gettext("The code lets nobody in any more. What was written with it stays."),
        "joint_answers.show",
        answer_id,
    )


@limited("links")
def enter(token: str) -> ResponseReturnValue:
    """The page a code opens. It is remembered by pressing the button, so that programs that follow every link in a
    letter do nothing here."""
    try:
        answer, _ = service.look_at_code(token, now=now())
    except RuleBroken:
        return gone()
    form = Act()
    if form.is_sent():
        session[CODES] = {**(session.get(CODES) or {}), str(answer.id): token}
        keys = session.get(KEYS) or {}
        session[KEYS] = {**keys, str(answer.id): keys.get(str(answer.id)) or secrets.token_urlsafe(KEY_BYTES)}
        return redirect(url_for("joint_answers.text", answer_id=answer.id), code=303)
    if form.is_submitted():
        say_stale()
        return redirect(url_for("joint_answers.enter", token=token), code=303)
    lead = account_queries.find_person(answer.lead_id)
    page = EnterPage(
        frame=frame_of(answer, None),
        lead=lead.name if lead else "",
        is_open=consultation_of(answer).is_open(now()) and answer.state == "collecting",
    )
    return private(render_template("joint_answers/enter.html", page=page, form=form))


def gone() -> ResponseReturnValue:
    """A kind page for those whose code was withdrawn."""
    return private(render_template("joint_answers/gone.html"), 410)
