"""What there is to do today, and whether everything runs."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext, ngettext

from consult.services import operations
from consult.services.operations import Operations
from consult.services.sockets import current_ports
from consult.storage.queries import administration as queries
from consult.storage.queries.administration import Waiting
from consult.web.admin.presenters.frame import areas
from consult.web.admin.presenters.overview import OverviewPage, Sign, Task
from consult.web.shared.i18n import day, moment
from consult.web.shared.viewers import current_actor


def overview() -> str:
    at = current_ports().clock.now()
    state = operations.see_operations(current_actor(), now=at)
    waiting = queries.count_waiting()
    page = OverviewPage(areas=areas(), tasks=_tasks(waiting, state), signs=_signs(state, waiting))
    return render_template("admin/overview.html", page=page)


def _tasks(waiting: Waiting, state: Operations) -> tuple[Task, ...]:
    """What somebody is waiting for, the most pressing first."""
    tasks = []
    if waiting.requests:
        due = day(waiting.requests_due_on).text if waiting.requests_due_on else ""
        tasks.append(
            Task(
                ngettext(
                    "%(num)d request about personal data",
                    "%(num)d requests about personal data",
                    waiting.requests,
                ),
                gettext("The first is to be decided by %(day)s.", day=due) if due else "",
                url_for("admin.requests"),
            )
        )
    if waiting.organisations:
        tasks.append(
            Task(
                ngettext(
                    "%(num)d organisation waits to be verified",
                    "%(num)d organisations wait to be verified",
                    waiting.organisations,
                ),
                gettext("Until then its comments are shown as unconfirmed."),
                url_for("admin.organisations"),
            )
        )
    if state.letters.failed:
        tasks.append(
            Task(
                ngettext(
                    "%(num)d letter could not be sent",
                    "%(num)d letters could not be sent",
                    state.letters.failed,
                ),
                gettext("Try again once the cause is mended, or give them up."),
                url_for("admin.letters"),
            )
        )
    if waiting.administrators_without_second_factor:
        tasks.append(
            Task(
                ngettext(
                    "%(num)d administrator has no second factor",
                    "%(num)d administrators have no second factor",
                    waiting.administrators_without_second_factor,
                ),
                gettext("Ask them to set one up in their accounts."),
                url_for("admin.people"),
            )
        )
    if waiting.administrators == 1:
        tasks.append(
            Task(
                gettext("There is only one administrator"),
                gettext("If that account is lost, nobody can look after this site."),
                url_for("admin.people"),
            )
        )
    return tuple(tasks)


def _signs(state: Operations, waiting: Waiting) -> tuple[Sign, ...]:
    """Whether each part of the installation runs."""
    heard = state.worker.heard_at
    failures = [run for run in state.worker.works if run.failure]
    letters = state.letters
    return (
        Sign(
            gettext("Worker"),
            state.worker.is_there and not failures,
            gettext("Its last sign of life: %(moment)s.", moment=moment(heard).text)
            if heard
            else gettext("It has never given a sign of life."),
            gettext("What is done in the background, such as mail and search, waits until it is started.")
            if not state.worker.is_there
            else "",
            "",
        ),
        Sign(
            gettext("Search index"),
            not state.search.problem and state.search.lag == 0,
            ngettext(
                "The index has not heard of %(num)d event yet.",
                "The index has not heard of %(num)d events yet.",
                state.search.lag,
            )
            if state.search.lag
            else gettext("The index has heard of everything that happened."),
            gettext("The index cannot be read; search answers more slowly from the database.")
            if state.search.problem
            else "",
            url_for("admin.search_index"),
        ),
        Sign(
            gettext("Letters"),
            not letters.failed,
            ngettext(
                "%(num)d letter was sent in the last 24 hours.",
                "%(num)d letters were sent in the last 24 hours.",
                letters.sent_last_day,
            ),
            ngettext("%(num)d letter is waiting.", "%(num)d letters are waiting.", letters.waiting)
            if letters.waiting
            else "",
            url_for("admin.letters"),
        ),
        Sign(
            gettext("Administrators"),
            waiting.administrators > 1,
            ngettext("%(num)d person", "%(num)d people", waiting.administrators),
            "",
            url_for("admin.people"),
        ),
    )
