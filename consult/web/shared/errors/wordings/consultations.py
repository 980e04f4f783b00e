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
    "rule.consultation_not_open_yet": _("The consultation has not begun yet."),
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
    "invalid.hour_skipped": _(
        "On %(day)s clocks go forward and %(hour)s is skipped. Please choose another hour."
    ),
    "invalid.term_too_short": _(
        "The term is too short: it has %(given)s days and the least is %(least_days)s. The earliest end is %(earliest)s."
    ),
    "invalid.meetings_missing": _(
        "The act asks that the announcement name the meetings, and there is none yet. Enter one, or say why there is none."
    ),
    "invalid.meetings_unconfirmed": _(
        "Please confirm that the host answers for an announcement without meetings."
    ),
    "invalid.departure_unconfirmed": _("Please confirm that the host answers for the shorter term."),
    "invalid.own_term": _("A term of one's own is between 1 and %(limit)s days."),
    "invalid.field": _("Please choose fields from the list."),
    "invalid.too_many_fields": _("Choose at most %(limit)s fields, so that the consultation can be found."),
    "invalid.postmark_without_letter": _("Only a letter on paper, with the day it came, has a postmark."),
    "invalid.postmark_after_receipt": _("A letter cannot be stamped after the day it came."),
    "invalid.decides": _("Please say whether the day of receipt or the postmark decides."),
    "invalid.form": _("Please choose forms from the list."),
    "invalid.offered_channel": _("Please choose channels from the list."),
    "invalid.end_unchanged": _("The end stays as it was. Please choose a later day or hour."),
    "invalid.nothing_corrected": _("Nothing has been changed yet. Correct at least one thing."),
    "invalid.act": _("Please choose a notice or an order."),
    "invalid.effects_missing": _("Please say what came of the consultation."),
    "rule.effects_too_early": _("What came of it is said once the report or the protocol is published."),
    "rule.consultation_cancelled": _("The consultation was cancelled, so nothing is taken or changed here."),
    "rule.already_cancelled": _("The consultation is cancelled already."),
    "rule.cancel_closed": _("The consultation has ended, so it can no longer be cancelled."),
    "rule.extend_closed": _(
        "The consultation has ended, so it cannot be extended. Open a new consultation of the same document instead."
    ),
    "rule.announce_closed": _("The consultation has ended, so it can no longer be announced."),
    "rule.already_reported": _("The report or the protocol is published, so nothing here can be corrected."),
    "rule.protocol_too_early": _("The protocol can be published after the consultation has ended."),
    "rule.protocol_with_comments": _(
        "Comments in the register: %(count)s. They are answered; a protocol only says that nobody commented."
    ),
    "rule.too_many_announcements": _("There are %(limit)s announcements already."),
    "not_found.announcement": _("There is no such announcement."),
}
