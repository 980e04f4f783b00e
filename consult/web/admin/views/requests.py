"""What people ask to be done with their personal data, and the decisions (Regulation (EU) 2016/679, art. 12, 16, 17)."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, pgettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services import accounts as service
from consult.services.accounts import administration
from consult.services.authority import require
from consult.services.sockets import current_ports
from consult.storage.queries.accounts import requests as queries
from consult.storage.queries.accounts.requests import DataRequestRow
from consult.web.admin.forms import Decision
from consult.web.admin.presenters.frame import PAGE_SIZE, areas, asked_page, pages
from consult.web.admin.presenters.requests import RequestEntry, RequestPage, RequestsPage
from consult.web.shared.forms import refuse
from consult.web.shared.i18n import day, moment
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor

_ = lazy_gettext

KINDS = {
    "erase": _("Erase my personal data"),
    "correct": _("Correct my personal data"),
}
OUTCOMES = {
    "carried_out": _("Carry it out"),
    "refused": _("Refuse it, with reasons"),
}


def state_words(code: str) -> str:
    """How a request stands."""
    words = {
        "open": pgettext("request", "to be decided"),
        "carried_out": pgettext("request", "carried out"),
        "refused": pgettext("request", "refused"),
        "withdrawn": pgettext("request", "withdrawn"),
        "lapsed": pgettext("request", "lapsed: the data were erased"),
    }
    return words.get(code, code)


def requests() -> str:
    require(current_actor(), Permission.ADMINISTER, Target())
    number = asked_page()
    rows = queries.list_requests(offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    page = RequestsPage(
        areas=areas(),
        entries=tuple(_entry(row) for row in rows),
        pages=pages("admin.requests", number, queries.count_requests()),
    )
    return render_template("admin/requests.html", page=page)


def _entry(row: DataRequestRow) -> RequestEntry:
    today = current_ports().clock.now().date()
    return RequestEntry(
        title=str(KINDS.get(row.kind, row.kind)),
        href=url_for("admin.data_request", request_id=row.id),
        name=row.person_name or gettext("Erased account %(number)s", number=row.person_id),
        state=state_words(row.state),
        is_open=row.state == queries.OPEN,
        due=day(row.due_on),
        is_late=row.state == queries.OPEN and row.due_on < today,
    )


def data_request(request_id: int) -> ResponseReturnValue:
    actor, at = current_actor(), current_ports().clock.now()
    require(actor, Permission.ADMINISTER, Target())
    row = queries.get_request(request_id)
    form = Decision()
    if form.is_sent():
        try:
            service.decide_data_request(
                actor,
                request_id,
                decision=form.decision.data or "",
                reason=form.reason.data or "",
                now=at,
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The request is decided, and the person is told by letter."))
            return redirect(url_for("admin.requests"), code=303)
    page = RequestPage(
        areas=areas(),
        entry=_entry(row),
        person_href=url_for("admin.person", person_id=row.person_id),
        look_href=url_for("admin.look", person_id=row.person_id, back=request_id),
        is_shown=administration.may_see_person(actor, row.person_id, now=at),
        words=row.words,
        made=moment(row.made_at),
        reason=row.reason,
        decided=moment(row.decided_at) if row.decided_at else None,
        decided_by=row.decided_by_name,
        outcomes=tuple((code, str(words)) for code, words in OUTCOMES.items()),
    )
    shown = render_template("admin/data_request.html", page=page, form=form)
    return (shown, 422) if form.errors else shown
