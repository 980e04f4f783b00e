"""Where one is signed in."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from consult.domain.errors import NotFound
from consult.services.accounts import sessions as service
from consult.services.sockets import current_ports
from consult.storage.queries import sessions as queries
from consult.storage.queries.sessions import SessionRow
from consult.web.accounts.forms import EndSession
from consult.web.accounts.presenters import SessionLine, SessionsPage
from consult.web.accounts.views.private import account_menu
from consult.web.shared.addresses import whole_number
from consult.web.shared.i18n import moment
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_session, is_live

OTHERS = "others"


def sessions() -> ResponseReturnValue:
    form = EndSession()
    if form.is_submitted():
        _end(form)
        return redirect(url_for("accounts.sessions"), code=303)
    actor, this = current_actor(), current_session()
    rows = [row for row in queries.list_sessions(actor.id or 0) if is_live(row, actor)]
    rows.sort(key=lambda row: row.id != (this.id if this else 0))
    page = SessionsPage(
        lines=tuple(_line(row, is_this=this is not None and row.id == this.id) for row in rows),
        has_others=len(rows) > 1,
        password_href=url_for("accounts.password"),
        menu=account_menu("accounts.sessions"),
    )
    return render_template("accounts/sessions.html", page=page, form=form)


def _end(form: EndSession) -> None:
    if not form.is_sent():
        say_stale()
        return
    actor, this, now = current_actor(), current_session(), current_ports().clock.now()
    if form.session.data == OTHERS:
        ended = service.end_other_sessions(actor, keep=this.id if this else None, now=now)
        say(
            "done",
            ngettext("One other browser was signed out.", "%(num)d other browsers were signed out.", ended)
            if ended
            else gettext("You were not signed in anywhere else."),
        )
        return
    try:
        service.end_session(actor, whole_number(form.session.data) or 0, now=now)
    except NotFound:
        say("note", gettext("That browser is signed out already."))
    else:
        say("done", gettext("That browser is signed out."))


def _line(row: SessionRow, *, is_this: bool) -> SessionLine:
    return SessionLine(
        device=_device(row),
        is_this=is_this,
        begun=moment(row.made_at),
        seen=moment(row.last_seen_at),
        means=_means(row),
        session_id=row.id,
    )


def _device(row: SessionRow) -> str:
    known = ", ".join(name for name in (row.browser, row.system) if name)
    return known or gettext("A browser we do not know")


def _means(row: SessionRow) -> str:
    if row.means == "broker":
        return (
            gettext("with an account elsewhere and a second factor")
            if row.is_strong
            else gettext("with an account elsewhere")
        )
    return gettext("with a password and a code") if row.is_strong else gettext("with a password")
