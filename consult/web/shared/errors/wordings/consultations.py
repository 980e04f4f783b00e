"""Wordings of errors: consultations."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.legal_basis": _("Please choose the legal basis."),
    "invalid.closes_before_opening": _("The end must come after the beginning."),
    "invalid.closes_in_the_past": _("The end has already passed."),
    "invalid.opens_too_late": _("A consultation is announced at most %(limit)s days ahead."),
    "invalid.window_too_long": _("A consultation lasts %(limit)s days at most."),
    "rule.consultation_closed": _("The consultation has ended, so comments are no longer taken here."),
    "rule.consultation_overlaps": _("Another consultation of this document takes place then: “%(title)s”."),
    "rule.still_open": _("The consultation is still open; answers are published after it has ended."),
    "rule.unanswered": _(
        "Comments without an answer: %(count)s. Every comment is owed one before the answers are published."
    ),
    "rule.window_empty": _("The consultation would last no time at all."),
    "rule.window_shortened": _("A term may be made longer, never shorter (it ends on %(last_day)s)."),
    "rule.window_too_short": _(
        "This legal basis asks for at least %(least_days)s days; the earliest end is %(earliest)s."
    ),
    "rule.not_the_next_step": _("This step does not follow from the present one."),
}
