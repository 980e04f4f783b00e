"""Wordings of errors: causes of past changes."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.cause_kind": _("Please choose what the change came from."),
    "invalid.cause_comment": _("There is no comment with this number on this document."),
    "invalid.cause_meeting": _("Please choose a meeting from the list."),
    "invalid.cause_reason": _("Please give the reason in a sentence."),
    "conflict.cause_recorded": _("The record already says what this change came from."),
    "conflict.attributed_already": _("That is already written down for this change."),
}
