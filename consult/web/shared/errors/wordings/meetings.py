"""Wordings of errors: meetings, opinions and explanations."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS: dict[str, object] = {
    "not_found.meeting": _("There is no such meeting."),
    "not_found.opinion": _("There is no such opinion."),
    "not_found.explanation": _("There is no such explanation."),
    "invalid.meeting_kind": _("Please choose what is held."),
    "invalid.meeting_ends_before_start": _("The end must come after the beginning, on the same day."),
    "invalid.meeting_too_long": _("A meeting lasts %(limit)s hours at most."),
    "invalid.meeting_out_of_reach": _("This day is too far away. Please check the year."),
    "invalid.meeting_day_missing": _("Please give the day."),
    "invalid.meeting_hour_missing": _("Please give the hour."),
    "invalid.meeting_place_missing": _("Please give the address, so that people find their way."),
    "invalid.meeting_link_missing": _("Please give the link people join with."),
    "invalid.meeting_capacity": _("The number of places lies between 1 and %(limit)s."),
    "invalid.meeting_access": _("Please choose what the place offers from the list."),
    "invalid.access_until_too_late": _(
        "People can ask for support until the day of the meeting at the latest."
    ),
    "invalid.meeting_weeks": _("Choose between 1 and %(limit)s weeks."),
    "invalid.meeting_note_empty": _("Please write the note first."),
    "invalid.whole_number": _("Please write a whole number, in digits."),
    "invalid.attendance": _("A number of people lies between 0 and %(limit)s."),
    "invalid.opinion_body": _("Please choose the kind of body."),
    "invalid.opinion_body_missing": _("Please give the full name of the body."),
    "invalid.opinion_outcome": _("Please say whether the opinion was given or refused."),
    "invalid.delivered_in_future": _(
        "This day has not come yet: a delivery is written down when it has happened."
    ),
    "invalid.opinion_undelivered": _("Please give the day on which the draft was delivered."),
    "invalid.opinion_undated": _("Please give the day of the opinion."),
    "invalid.opinion_in_future": _("This day has not come yet."),
    "invalid.opinion_before_delivery": _("An opinion cannot come before the draft was delivered."),
    "invalid.term_days": _("A term has between 1 and %(limit)s days."),
    "invalid.explanation_empty": _("Please write the explanation first."),
    "rule.meeting_cancelled": _("This meeting was cancelled, so it is not changed any more."),
    "rule.meeting_over": _("This meeting is over, so it can no longer be cancelled."),
    "rule.meeting_not_begun": _("This meeting has not begun yet."),
    "rule.explanation_not_open": _(
        "The host explains while the consultation is open. After its end comments get their answers."
    ),
    "stale.meeting_changed": _(
        "Somebody changed this meeting meanwhile. What you typed is still here; look at the meeting and send it again."
    ),
    "conflict.explained_already": _("This explanation is published already."),
    "conflict.withdrawn_already": _("This explanation was withdrawn already."),
}
