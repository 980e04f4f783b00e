"""Consultations as lists show them: on the home page, in the list of all, on a host's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for
from flask_babel import gettext, ngettext

from consult.domain.process.legal_bases import LEGAL_BASES, report_due
from consult.domain.process.stages import ConsultationState
from consult.storage.queries.listings import CallRow
from consult.web.shared.fields import field_word
from consult.web.shared.i18n import HOME, day, deadline, moment
from consult.web.shared.presenters import Moment

SOON = 3
"""Days before the end from which a deadline is marked."""


@dataclass(frozen=True, slots=True)
class Call:
    """A consultation in a list.

    `state` is its code (announced, open, closed, answering, reported, effects, cancelled). `left` says in words how much
    time is left; `days` is the number the tile shows, None when none is left; `passed` and `whole` are days of the
    term for the bar. `due` is the day the report is due, `published` the day it was published and `report_kind` what it was (report, protocol; answers where empty). `href` leads to the page
    of the consultation, `read_href` to its text, `comment_href` to the composer while comments are taken.
    """

    title: str
    kind: str
    host: str
    host_href: str
    href: str
    read_href: str
    state: str
    opens: Moment
    closes: Moment
    left: str = ""
    days: int | None = None
    is_soon: bool = False
    passed: int = 0
    whole: int = 1
    due: Moment | None = None
    published: Moment | None = None
    report_kind: str = ""
    comment_href: str = ""
    comments_href: str = ""
    comment_count: int = 0
    summary: str = ""
    fields: tuple[str, ...] = ()
    area: str = ""
    easy_href: str = ""
    sign_href: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to narrow a list: the `name` in the address, what it is called, the (value, words) there are, the one chosen."""

    name: str
    label: str
    every: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a list cut into pages: "" where there is none before or after."""

    number: int
    count: int
    previous_href: str = ""
    next_href: str = ""


def call_of(row: CallRow, at: datetime) -> Call:
    """A consultation as it stands at a moment."""
    state = row.state(at)
    last_day = _last_day(row.closes_at)
    read_href = url_for("documents.version", slug=row.slug, number=row.version_no)
    days = (last_day - at.astimezone(HOME).date()).days
    is_open = state is ConsultationState.OPEN
    whole = max((last_day - row.opens_at.astimezone(HOME).date()).days, 1)
    return Call(
        title=row.title,
        kind=row.document_kind,
        host=row.host_name,
        host_href=url_for("organisations.host", slug=row.host_slug),
        href=url_for("consultations.show", consultation_id=row.id),
        read_href=read_href,
        state=str(state),
        opens=moment(row.opens_at),
        closes=deadline(row.closes_at),
        left=left_words(days) if is_open else "",
        days=days if is_open else None,
        is_soon=is_open and days <= SOON,
        passed=min(max(whole - days, 0), whole),
        whole=whole,
        due=_due(row) if state in (ConsultationState.ANSWERING, ConsultationState.CLOSED) else None,
        published=day(row.answered_at) if row.answered_at else None,
        report_kind=row.report_kind if not row.answers_published_at else "",
        comment_href=url_for("comments.new", slug=row.slug) if is_open else "",
        comments_href=url_for("comments.list_all", slug=row.slug),
        comment_count=row.comment_count,
        summary=row.summary,
        fields=tuple(field_word(code) for code in row.fields),
        area=row.area,
        easy_href=row.easy_href,
        sign_href=row.sign_href,
    )


def left_words(days: int) -> str:
    """How much time is left, in calendar days of Warsaw; 0 is the last day itself."""
    if days <= 0:
        return gettext("last day today")
    if days == 1:
        return gettext("until tomorrow")
    return ngettext("%(num)d day left", "%(num)d days left", days)


def turns(rows: Iterable[CallRow], at: datetime) -> datetime:
    """The next moment at which these consultations read differently by the clock alone: midnight at the latest."""
    local = at.astimezone(HOME)
    midnight = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), HOME)
    moments = [moment for row in rows for moment in (row.opens_at, row.closes_at) if moment > at]
    return min([midnight, *moments])


def week_ends(at: datetime) -> datetime:
    """The end of the week, Sunday midnight in Warsaw."""
    local = at.astimezone(HOME)
    monday = local.date() + timedelta(days=7 - local.weekday())
    return datetime.combine(monday, datetime.min.time(), HOME)


def month_ends(at: datetime) -> datetime:
    """The end of the month in Warsaw."""
    first = at.astimezone(HOME).date().replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return datetime.combine(following, datetime.min.time(), HOME)


def choice(name: str, label: str, every: str, options: Sequence[tuple[str, str]], chosen: str) -> Choice:
    """A choice whose chosen value is one there is, or none."""
    return Choice(name, label, every, tuple(options), chosen if chosen in dict(options) else "")


def _last_day(closes_at: datetime) -> date:
    return (closes_at - timedelta(minutes=1)).astimezone(HOME).date()


def _due(row: CallRow) -> Moment | None:
    basis = LEGAL_BASES.get(row.legal_basis)
    due = report_due(basis, _last_day(row.closes_at)) if basis else None
    return day(due) if due else None
