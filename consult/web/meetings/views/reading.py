"""Meetings as everybody reads them: all that are announced, and one with what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import render_template, url_for
from flask_babel import gettext
from markupsafe import Markup

from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.meetings import MeetingState
from consult.storage.queries import meetings as queries
from consult.storage.queries.meeting_decisions import list_decisions
from consult.storage.queries.meetings import MeetingChangeRow, MeetingRow
from consult.web.meetings.presenters import Correction, MeetingPage, MeetingsPage
from consult.web.shared.heads import now
from consult.web.shared.hosts import show_host
from consult.web.shared.i18n import day, moment
from consult.web.shared.meetings import (
    MeetingCard,
    attendance_of,
    card_of,
    cards_of,
    consultation_path,
    is_behind,
    may_manage,
    moved_from,
)
from consult.web.shared.viewers import current_actor

SHOWN_BACK = timedelta(days=90)
MOST_AHEAD = 200
MOST_PAST = 30


def list_all() -> str:
    at = now()
    cards = cards_of(queries.list_between(at - SHOWN_BACK, limit=MOST_AHEAD + MOST_PAST))
    page = MeetingsPage(
        ahead=tuple(card for card in cards if not is_behind(card))[:MOST_AHEAD],
        past=tuple(card for card in reversed(cards) if is_behind(card))[:MOST_PAST],
        calendar_href=url_for("feeds.all_calendar"),
    )
    return render_template("meetings/list_all.html", page=page)


def show(meeting_id: int) -> str:
    row = queries.get_meeting(meeting_id, with_drafts=True, with_prepared=True)
    manages = may_manage(row.host_id)
    if not manages:
        row = queries.get_meeting(meeting_id)
    show_host(row.host_id)
    changes = queries.list_changes([meeting_id])[meeting_id]
    card = card_of(row, changes)
    can_change = manages and row.cancelled_at is None
    has_begun = card.state in (MeetingState.ON, MeetingState.PAST)
    page = MeetingPage(
        card=card,
        consultation=row.consultation_title,
        consultation_href=consultation_path(row.consultation_id),
        programme=Markup(row.programme_html),  # noqa: S704 (sanitised by the rendering port)
        access_contact=row.access_contact,
        access_until=day(row.access_until) if row.access_until else None,
        access_note=row.access_note,
        capacity=row.capacity,
        moves=tuple(
            moved_from(one.before, one.reason)
            for one in changes
            if one.kind == "moved" and "starts_at" in one.before
        ),
        attendance=attendance_of(row.attendance),
        came=row.came if row.attendance else None,
        note=Markup(row.note_html),  # noqa: S704 (sanitised by the rendering port)
        is_note_draft=bool(row.note_html) and row.note_published_at is None,
        note_published=moment(row.note_published_at) if row.note_published_at else None,
        corrections=_corrections(changes),
        series=_others(row),
        edit_href=url_for("meetings.edit", meeting_id=meeting_id) if can_change else "",
        cancel_href=url_for("meetings.cancel", meeting_id=meeting_id)
        if can_change and card.state != MeetingState.PAST
        else "",
        note_href=url_for("meetings.note", meeting_id=meeting_id) if can_change and has_begun else "",
        enter_href=url_for("submissions.new", consultation_id=row.consultation_id, meeting=meeting_id)
        if can_change
        and row.note
        and is_allowed(current_actor(), Permission.ANSWER_COMMENTS, Target(host_id=row.host_id))
        else "",
        attendance_href=url_for("meetings.attendance", meeting_id=meeting_id)
        if can_change and has_begun
        else "",
        decisions=tuple((one.number, one.text) for one in list_decisions(meeting_id))
        if manages or row.note_published_at
        else (),
        decisions_href=url_for("meeting_decisions.decisions", meeting_id=meeting_id)
        if can_change and has_begun
        else "",
    )
    return render_template("meetings/show.html", page=page)


def _others(row: MeetingRow) -> tuple[MeetingCard, ...]:
    """The other meetings of its series."""
    if not row.series:
        return ()
    others = [one for one in queries.list_series(row.consultation_id, row.series) if one.id != row.id]
    return tuple(cards_of(others))


def _corrections(changes: Sequence[MeetingChangeRow]) -> tuple[Correction, ...]:
    """What was public about the meeting once it had been held, and was corrected since."""
    found = []
    for one in changes:
        if one.kind == "counted" and one.before.get("attendance"):
            people = sum(one.before["attendance"].values())
            before = gettext("it said %(count)s people before", count=people)
            found.append(Correction("counted", moment(one.at), before, one.reason))
        elif one.kind == "noted" and one.before.get("note_published_at"):
            found.append(Correction("noted", moment(one.at)))
    return tuple(found)
