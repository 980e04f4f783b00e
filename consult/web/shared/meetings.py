"""Meetings, opinions and explanations as several pages show them: ready to be read, with where they lead.

The page of a consultation puts ``meetings_of(…)``, ``opinions_of(…)`` and ``explanations_of(…)`` in its page; the
macros of ``templates/meetings/_list.html`` show them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import format_date, format_datetime, gettext
from markupsafe import Markup

from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process import opinions as opinion_process
from consult.domain.process.meetings import CAPACITIES, MeetingState, state_at
from consult.storage.queries import explanations as explanation_queries
from consult.storage.queries import meetings as queries
from consult.storage.queries import opinions as opinion_queries
from consult.storage.queries.explanations import ExplanationRow
from consult.storage.queries.meetings import MeetingChangeRow, MeetingRow
from consult.storage.queries.opinions import OpinionRow
from consult.web.shared.heads import now
from consult.web.shared.i18n import HOME, day, language, moment
from consult.web.shared.presenters import Moment
from consult.web.shared.viewers import current_actor, current_viewer


@dataclass(frozen=True, slots=True)
class Moved:
    """Where and when a meeting was to be, and why it no longer is."""

    was: Moment
    was_place: str
    reason: str


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A meeting in a list. `kind`, `state` and `access` are codes; `day_number`, `month` and `weekday` are the tile.

    `when` is day and hours in words. `came` is how many people were there, None before anybody counted.
    """

    id: int
    href: str
    title: str
    kind: str
    state: str
    when: Moment
    day_number: str
    month: str
    weekday: str
    hours: str
    place: str = ""
    room: str = ""
    link: str = ""
    is_online: bool = False
    series: str = ""
    block: str = ""
    access: tuple[str, ...] = ()
    moved: Moved | None = None
    cancelled_because: str = ""
    note_href: str = ""
    came: int | None = None
    calendar_href: str = ""
    consultation: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class MeetingList:
    """Meetings of a consultation: what lies ahead, the next first, then what is past, the last first.

    `new_href` is empty for those who may not announce one, `calendar_href` while there is none.
    """

    ahead: tuple[MeetingCard, ...]
    past: tuple[MeetingCard, ...]
    new_href: str = ""
    calendar_href: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """How many people came in one capacity."""

    capacity: str
    count: int


@dataclass(frozen=True, slots=True)
class AttendanceSums:
    """For the protocol: how many meetings were held and counted, and how many people came."""

    meetings: int
    people: int
    lines: tuple[AttendanceLine, ...]


@dataclass(frozen=True, slots=True)
class OpinionCard:
    """An opinion. `state` is its code; `due` the last day of its term; `html` its full text, safe."""

    id: int
    body: str
    body_kind: str
    state: str
    legal_basis: str
    delivered: Moment | None
    due: Moment | None
    given: Moment | None
    is_late: bool
    is_silence_waiver: bool
    term_days: int | None
    summary: str
    html: Markup
    edit_href: str = ""


@dataclass(frozen=True, slots=True)
class OpinionList:
    """Opinions of a consultation; `href` leads to their page, `new_href` to the form of those who may add one."""

    opinions: tuple[OpinionCard, ...]
    href: str
    new_href: str = ""


@dataclass(frozen=True, slots=True)
class ExplanationCard:
    """An explanation by the host, as paragraphs of plain text; a withdrawn one says when and why."""

    id: int
    host: str
    published: Moment
    paragraphs: tuple[str, ...]
    withdrawn: Moment | None = None
    withdrawn_because: str = ""
    withdraw_href: str = ""


@dataclass(frozen=True, slots=True)
class ExplanationList:
    """Explanations on the whole consultation, the first first; `new_href` is for the host's officials while it is open."""

    explanations: tuple[ExplanationCard, ...]
    new_href: str = ""


def consultation_path(consultation_id: int) -> str:
    """The page of a consultation."""
    return url_for("consultations.show", consultation_id=consultation_id)


# --- meetings ----------------------------------------------------------------------------------------------------


def meetings_of(consultation_id: int, *, host_id: int | None = None) -> MeetingList:
    """The meetings of a consultation; with `host_id` its officials get the way to announce another."""
    rows = queries.list_meetings(consultation_id)
    cards = cards_of(rows)
    return MeetingList(
        ahead=tuple(card for card in cards if not is_behind(card)),
        past=tuple(card for card in reversed(cards) if is_behind(card)),
        new_href=url_for("meetings.new", consultation_id=consultation_id)
        if host_id is not None and may_manage(host_id)
        else "",
        calendar_href=url_for("feeds.consultation_calendar", consultation_id=consultation_id) if rows else "",
    )


def is_behind(card: MeetingCard) -> bool:
    """Whether a card belongs to the past: over, or cancelled and over by now."""
    return card.state == MeetingState.PAST or (
        card.state == MeetingState.CANCELLED and datetime.fromisoformat(card.when.iso) < now()
    )


def cards_of(rows: Sequence[MeetingRow]) -> list[MeetingCard]:
    """Cards of meetings in the same order; one query for what was changed about all of them."""
    changes = queries.list_changes([row.id for row in rows if row.sequence])
    return [card_of(row, changes.get(row.id, ())) for row in rows]


def card_of(row: MeetingRow, changes: Sequence[MeetingChangeRow]) -> MeetingCard:
    local = row.starts_at.astimezone(HOME)
    href = url_for("meetings.show", meeting_id=row.id)
    return MeetingCard(
        id=row.id,
        href=href,
        title=row.title,
        kind=row.kind,
        state=str(state_at(row.starts_at, row.ends_at, row.cancelled_at, now())),
        when=when(row.starts_at, row.ends_at),
        day_number=str(local.day),
        month=format_date(local.date(), "LLL"),
        weekday=format_date(local.date(), "EEEE"),
        hours=hours(row.starts_at, row.ends_at),
        place=row.place,
        room=row.room,
        link=row.link,
        is_online=bool(row.link),
        series=row.series,
        block=row.block,
        access=row.access,
        moved=_moved(changes),
        cancelled_because=next((one.reason for one in reversed(changes) if one.kind == "cancelled"), ""),
        note_href=f"{href}#notatka" if row.note_published_at else "",
        came=row.came if row.attendance else None,
        calendar_href=url_for("feeds.meeting_calendar", meeting_id=row.id),
        consultation=row.consultation_title,
        host=row.host_name,
    )


def _moved(changes: Sequence[MeetingChangeRow]) -> Moved | None:
    """The last move; the earlier ones are on the meeting's own page."""
    last = next((one for one in reversed(changes) if one.kind == "moved"), None)
    return moved_from(last.before, last.reason) if last and "starts_at" in last.before else None


def moved_from(before: Mapping[str, Any], reason: str) -> Moved:
    starts, ends = (datetime.fromisoformat(before[name]) for name in ("starts_at", "ends_at"))
    place = ", ".join(part for part in (before.get("place", ""), before.get("room", "")) if part)
    return Moved(when(starts, ends), place, reason)


def when(starts_at: datetime, ends_at: datetime) -> Moment:
    """Weekday, day and hours, as people say them."""
    local = starts_at.astimezone(HOME)
    return Moment(
        local.isoformat(), f"{format_date(local.date(), 'EEEE, d MMMM yyyy')}, {hours(starts_at, ends_at)}"
    )


def hours(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when, on the wall in Warsaw."""
    pattern = "H.mm" if language() == "pl" else "HH:mm"
    # the joiners keep a line from breaking between the hours
    span = f"{format_datetime(starts_at, pattern)}\u2060–\u2060{format_datetime(ends_at, pattern)}"
    return f"godz.\xa0{span}" if language() == "pl" else span


def may_manage(host_id: int) -> bool:
    """Whether the reader announces meetings and keeps opinions of this host: to show links, never to guard."""
    return is_allowed(current_actor(), Permission.MANAGE_MEETINGS, Target(host_id=host_id))


def attendance_of(numbers: Mapping[str, int]) -> tuple[AttendanceLine, ...]:
    """Lines in the order capacities are always named in."""
    return tuple(AttendanceLine(code, numbers[code]) for code in CAPACITIES if numbers.get(code))


def attendance_sums(consultation_id: int) -> AttendanceSums:
    """Who came to the meetings of a consultation, for its protocol and its report."""
    meetings, sums = queries.attendance_sums(consultation_id)
    return AttendanceSums(meetings, sum(sums.values()), attendance_of(sums))


# --- opinions ----------------------------------------------------------------------------------------------------


def opinions_of(consultation_id: int, *, host_id: int) -> OpinionList:
    """The opinions of a consultation the reader may see."""
    rows = opinion_queries.list_opinions(consultation_id, current_viewer())
    manages = may_manage(host_id)
    today = opinion_process.today(now())
    return OpinionList(
        opinions=tuple(opinion_card(row, today, manages=manages) for row in rows),
        href=url_for("meetings.opinions", consultation_id=consultation_id),
        new_href=url_for("meetings.new_opinion", consultation_id=consultation_id) if manages else "",
    )


def opinion_card(row: OpinionRow, today: date, *, manages: bool) -> OpinionCard:
    due = opinion_process.due_on(row.delivered_on, row.term_days)
    return OpinionCard(
        id=row.id,
        body=row.body,
        body_kind=row.body_kind,
        state=str(
            opinion_process.state_on(
                row.outcome, row.delivered_on, row.term_days, row.is_silence_waiver, today
            )
        ),
        legal_basis=row.legal_basis,
        delivered=day(row.delivered_on) if row.delivered_on else None,
        due=day(due) if due else None,
        given=day(row.given_on) if row.given_on else None,
        is_late=opinion_process.is_late(row.given_on, row.delivered_on, row.term_days),
        is_silence_waiver=row.is_silence_waiver,
        term_days=row.term_days,
        summary=row.summary,
        html=Markup(row.html),  # noqa: S704 (sanitised by the rendering port)
        edit_href=url_for("meetings.edit_opinion", opinion_id=row.id) if manages else "",
    )


# --- explanations ------------------------------------------------------------------------------------------------


def explanations_of(consultation_id: int, *, host_id: int, is_open: bool) -> ExplanationList:
    """Explanations on the whole consultation; those of single comments stand under them."""
    rows = explanation_queries.list_explanations(consultation_id)
    runs = may_explain(host_id)
    return ExplanationList(
        explanations=tuple(explanation_card(row, runs=runs) for row in rows),
        new_href=url_for("meetings.explain", consultation_id=consultation_id) if runs and is_open else "",
    )


def may_explain(host_id: int) -> bool:
    """Whether the reader explains for this host: to show links, never to guard."""
    return is_allowed(current_actor(), Permission.RUN_CONSULTATION, Target(host_id=host_id))


def explanation_card(row: ExplanationRow, *, runs: bool) -> ExplanationCard:
    text = row.text if row.text is not None else gettext("[The text was removed.]")
    return ExplanationCard(
        id=row.id,
        host=row.host_name,
        published=moment(row.at),
        paragraphs=tuple(part.strip() for part in text.split("\n\n") if part.strip()),
        withdrawn=moment(row.withdrawn_at) if row.withdrawn_at else None,
        withdrawn_because=row.withdrawn_because,
        withdraw_href=url_for("meetings.withdraw", explanation_id=row.id)
        if runs and row.withdrawn_at is None
        else "",
    )
