"""Feeds and calendars."""

from __future__ import annotations

from consult.web.feeds.views import (
    about,
    all_calendar,
    all_feed,
    consultation_calendar,
    document_feed,
    host_calendar,
    host_feed,
    meeting_calendar,
)
from consult.web.shared.routes import PUBLIC, blueprint, route

pages = blueprint(
    "feeds",
    [
        route("/feeds", about, PUBLIC),
        route("/feeds/consultations.atom", all_feed, PUBLIC),
        route("/feeds/hosts/<slug>.atom", host_feed, PUBLIC),
        route("/feeds/documents/<slug>.atom", document_feed, PUBLIC),
        route("/calendars/consultations.ics", all_calendar, PUBLIC),
        route("/calendars/hosts/<slug>.ics", host_calendar, PUBLIC),
        route("/consultations/<int:consultation_id>/calendar.ics", consultation_calendar, PUBLIC),
        route("/meetings/<int:meeting_id>/calendar.ics", meeting_calendar, PUBLIC),
    ],
)
