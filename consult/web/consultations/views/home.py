"""The home page: what is open, what comes, what is being answered; and for people with an account what concerns them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from consult.domain.policy.actors import EDITOR, OFFICIAL
from consult.domain.process.stages import ConsultationState
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import listings
from consult.storage.queries import news as news_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.listings import CallRow, WorkRow
from consult.web.consultations.presenters_front import HomePage, NewsLine, Personal, Task
from consult.web.shared.addresses import address_with, printable
from consult.web.shared.calls import Choice, call_of, choice, month_ends, turns, week_ends
from consult.web.shared.fields import field_word
from consult.web.shared.heads import now
from consult.web.shared.i18n import HOME, day, deadline, language, moment
from consult.web.shared.kept_pages import answer_kept
from consult.web.shared.news import seen_until, summed_up
from consult.web.shared.places import built
from consult.web.shared.presenters import DocumentRow, Moment
from consult.web.shared.viewers import current_actor, current_viewer

OPEN_SHOWN = 30
BESIDE_SHOWN = 8
DOCUMENTS_SHOWN = 6
NEWS_SHOWN = 4
TASKS_SHOWN = 8
NEWS_WINDOW = 200
KEPT_AT_MOST = timedelta(minutes=5)
"""A kept page is made anew after this, whatever the clock and the record say."""


def home() -> Response:
    """For guests kept as long as nothing happens and no day, opening or closing passes."""
    at = now()
    standing, waiting = listings.list_standing(at), listings.list_waiting(at)
    finished = listings.list_lately_finished(at)
    works = listings.list_works(current_viewer(), limit=DOCUMENTS_SHOWN)
    rows = [*standing, *waiting, *finished]
    depends_on = (
        request.full_path,
        language(),
        at.astimezone(HOME).date(),
        tuple((row, row.state(at)) for row in rows),
        tuple((work, work.stage(at)) for work in works),
    )
    until = min(turns(rows, at), at + KEPT_AT_MOST)
    return answer_kept(depends_on, lambda: _compose(at, standing, waiting, finished, works), until=until)


def _compose(
    at: datetime,
    standing: Sequence[CallRow],
    waiting: Sequence[CallRow],
    finished: Sequence[CallRow],
    works: Sequence[WorkRow],
) -> str:
    choices = _choices([*standing, *waiting])
    asked = {one.name: one.chosen for one in choices}
    shown = [row for row in standing if _suits(row, asked, at)]
    open_now = [row for row in shown if row.state(at) is ConsultationState.OPEN]
    announced = sorted(
        (row for row in shown if row.state(at) is ConsultationState.ANNOUNCED), key=lambda row: row.opens_at
    )
    beside = {name: asked[name] for name in ("host", "field", "area")}
    narrowing = {name: value for name, value in asked.items() if value}
    page = HomePage(
        open=tuple(call_of(row, at) for row in open_now[:OPEN_SHOWN]),
        announced=tuple(call_of(row, at) for row in announced[:BESIDE_SHOWN]),
        answering=tuple(
            call_of(row, at) for row in [row for row in waiting if _suits(row, beside, at)][:BESIDE_SHOWN]
        ),
        finished=tuple(call_of(row, at) for row in finished if _suits(row, beside, at)),
        documents=tuple(_document(work, at) for work in works),
        choices=choices,
        is_narrowed=bool(narrowing),
        open_count=len(open_now),
        home_href=url_for("consultations.home"),
        all_href=address_with("consultations.list_all", {}, beside),
        all_open_href=address_with("consultations.list_all", {}, {**beside, "state": "open"})
        if len(open_now) > OPEN_SHOWN
        else "",
        documents_href=url_for("documents.list_all"),
        feed_href=built("/feeds/consultations.atom"),
        calendar_href=built("/calendars/consultations.ics"),
        personal=_personal(at),
    )
    return render_template("consultations/home.html", page=page)


def _choices(rows: Sequence[CallRow]) -> tuple[Choice, ...]:
    """What the list can be narrowed by; a choice of one thing only is none and is left out."""
    hosts = sorted({(row.host_slug, row.host_name) for row in rows}, key=lambda pair: pair[1])
    fields = sorted(
        {(code, field_word(code)) for row in rows for code in row.fields}, key=lambda pair: pair[1]
    )
    areas = sorted({(row.area, row.area) for row in rows if row.area})
    ends = [("week", gettext("this week")), ("month", gettext("this month"))] if rows else []
    asked = {name: printable(request.args.get(name, ""))[:200] for name in ("host", "field", "area", "ends")}
    return (
        choice("host", gettext("Host"), gettext("all hosts"), hosts, asked["host"]),
        choice("field", gettext("Field"), gettext("all fields"), fields, asked["field"]),
        choice("area", gettext("Area"), gettext("all areas"), areas, asked["area"]),
        choice("ends", gettext("Comments end"), gettext("at any time"), ends, asked["ends"]),
    )


def _suits(row: CallRow, asked: dict[str, str], at: datetime) -> bool:
    last = {"week": week_ends, "month": month_ends}.get(asked.get("ends", ""))
    return (
        asked["host"] in ("", row.host_slug)
        and (not asked["field"] or asked["field"] in row.fields)
        and asked["area"] in ("", row.area)
        and (last is None or row.closes_at <= last(at))
    )


def _document(work: WorkRow, at: datetime) -> DocumentRow:
    return DocumentRow(
        title=work.title,
        kind=work.kind,
        href=url_for("documents.show", slug=work.slug),
        stage=str(work.stage(at)),
        host=work.host_name,
        detail=gettext("changed %(day)s", day=day(work.changed_at).text),
        language=work.language,
    )


def _personal(at: datetime) -> Personal | None:
    """What concerns the reader; None for guests."""
    actor = current_actor()
    if actor.id is None:
        return None
    since, is_marked = seen_until(actor.id, at)
    news = news_queries.list_news(actor.id, current_viewer(), since=since, window=NEWS_WINDOW)
    lines = summed_up(news.rows)
    tasks = _tasks(at)
    writes = any(role in (EDITOR, OFFICIAL) for _, role in actor.memberships)
    return Personal(
        news=tuple(
            NewsLine(row.document_title, sentence.text, sentence.href, moment(row.at), row.document_language)
            for row, sentence in lines[:NEWS_SHOWN]
        ),
        more=max(len(lines) - NEWS_SHOWN, 0),
        since=moment(since),
        is_marked=is_marked,
        changes_href=url_for("notifications.changes"),
        seen_href=url_for("notifications.seen"),
        following_href=url_for("notifications.following"),
        tasks=tasks[:TASKS_SHOWN] if tasks is not None else None,
        more_tasks=max(len(tasks or ()) - TASKS_SHOWN, 0),
        tasks_href=address_with("consultations.list_all", {}, {"state": "answering"}),
        new_href=url_for("documents.new") if writes else "",
    )


def _tasks(at: datetime) -> tuple[Task, ...] | None:
    """What the officials of a host still owe; None for everybody else."""
    hosts = {host for host, role in current_actor().memberships if role == OFFICIAL}
    if not hosts:
        return None
    rows = [row for row in listings.list_to_do(hosts) if row.closes_at <= at or row.comment_count]
    answered = listings.count_answered([row.id for row in rows if row.comment_count])
    # what waits for the office first, then what people are commenting on
    rows.sort(key=lambda row: (row.closes_at > at, row.closes_at))
    waiting = (_waiting(row) for row in consultation_queries.list_prepared(host_ids=hosts))
    return (*waiting, *(_task(row, answered.get(row.id, 0), at) for row in rows))


def _waiting(row: ConsultationRow) -> Task:
    """A consultation nobody else sees yet."""
    return Task(
        row.title,
        row.host_name,
        gettext("Prepared; people will see it once its announcement is published."),
        gettext("Look at it and publish it"),
        url_for("consultations.announcement", consultation_id=row.id),
        deadline(row.opens_at),
        gettext("to begin"),
    )


def _task(row: CallRow, answered: int, at: datetime) -> Task:
    state = row.state(at)
    call = call_of(row, at)
    queue = url_for("dispositions.queue", consultation_id=row.id)
    if state is ConsultationState.OPEN:
        return Task(
            row.title,
            row.host_name,
            gettext("Open; comments so far: %(count)s.", count=row.comment_count),
            gettext("See the comments"),
            queue,
            deadline(row.closes_at),
            gettext("comments until"),
        )
    if not row.comment_count:
        text = gettext("Nobody commented; the protocol saying so is still due.")
        protocol = built(f"/consultations/{row.id}/protocol") or call.href
        return _due_task(row, text, gettext("Publish the protocol"), protocol, call.due, at)
    left = max(row.comment_count - answered, 0)
    if left:
        text = gettext("Waiting for an answer: %(left)s of %(count)s.", left=left, count=row.comment_count)
        return _due_task(row, text, gettext("Answer comments"), queue, call.due, at)
    text = gettext("Every comment has an answer; they can be published.")
    return _due_task(row, text, gettext("Check and publish"), queue, call.due, at)


def _due_task(row: CallRow, text: str, act: str, href: str, due: Moment | None, at: datetime) -> Task:
    is_late = due is not None and due.iso < at.astimezone(HOME).date().isoformat()
    due_text = gettext("was due") if is_late else gettext("due")
    return Task(row.title, row.host_name, text, act, href, due, due_text, is_late)
