"""What runs in the background: letters that wait or failed, and the search index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.services import operations
from consult.services.accounts import administration
from consult.services.authority import require
from consult.services.sockets import current_ports
from consult.storage.queries import letters as letter_queries
from consult.storage.queries.letters import LetterRow
from consult.web.admin.presenters.frame import PAGE_SIZE, areas, asked_page, pages
from consult.web.admin.presenters.running import LetterEntry, LettersPage, SearchPage
from consult.web.shared.forms import Act
from consult.web.shared.i18n import moment
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor

_ = lazy_gettext

PROBLEMS = {
    "missing": _("It has never been built."),
    "outdated": _("It was built by another version of the language analysis."),
    "broken": _("It cannot be read."),
    "locked": _("Somebody else is writing to it."),
}
"""Why the index cannot answer, by the engine's code."""


def letters() -> str:
    require(current_actor(), Permission.SEE_OPERATIONS, Target())
    at, number = current_ports().clock.now(), asked_page()
    state = letter_queries.letters_overview(at)
    rows = letter_queries.list_unsent(at, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    page = LettersPage(
        areas=areas(),
        waiting=state.waiting,
        later=state.later,
        failed=state.failed,
        sent=state.sent_last_day,
        oldest=moment(state.oldest_due_at) if state.oldest_due_at else None,
        entries=tuple(_entry(row) for row in rows),
        pages=pages("admin.letters", number, letter_queries.count_unsent(at)),
    )
    return render_template("admin/letters.html", page=page, form=Act())


def _entry(row: LetterRow) -> LetterEntry:
    return LetterEntry(
        number=row.id,
        letter=row.letter,
        asked=moment(row.made_at),
        attempts=row.attempts,
        error=row.last_error,
        next_try=moment(row.next_at) if row.dropped_at is None else None,
        retry_href=url_for("admin.retry_letter", letter_id=row.id),
        drop_href=url_for("admin.drop_letter", letter_id=row.id) if row.dropped_at is None else "",
    )


def retry_letter(letter_id: int) -> ResponseReturnValue:
    return _act_on_letter(operations.retry_letter, letter_id, gettext("The letter is tried again."))


def drop_letter(letter_id: int) -> ResponseReturnValue:
    return _act_on_letter(operations.drop_letter, letter_id, gettext("The letter was given up."))


def _act_on_letter(act: Callable[..., None], letter_id: int, done: str) -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_OPERATIONS, Target())
    if Act().is_sent():
        act(current_actor(), letter_id, now=current_ports().clock.now())
        say("done", done)
    else:
        say_stale()
    return redirect(url_for("admin.letters"), code=303)


def search_index() -> ResponseReturnValue:
    actor, at = current_actor(), current_ports().clock.now()
    require(actor, Permission.SEE_OPERATIONS, Target())
    form = Act()
    if form.is_sent():
        administration.rebuild_index(actor, now=at)
        say("done", gettext("The worker builds the index anew. Search goes on meanwhile."))
        return redirect(url_for("admin.search_index"), code=303)
    return render_template("admin/search.html", page=_search_page(actor, at), form=form)


def _search_page(actor: Actor, at: datetime) -> SearchPage:
    health = operations.search_health()
    worker = operations.worker_health(at)
    return SearchPage(
        areas=areas(),
        problem=str(PROBLEMS.get(health.problem, health.problem)),
        lag=health.lag,
        watermark=health.watermark,
        last_event=health.last_event,
        records=health.records,
        analyser=health.analyser,
        is_worker_there=worker.is_there,
        may_rebuild=is_allowed(actor, Permission.ADMINISTER, Target()),
    )
