"""Wordings of errors: contact data, words cut out."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.retention_months": _("Please give a number of months from %(shortest)s to %(longest)s."),
    "rule.sender_erased": _("Nothing is held of this sender any more."),
    "not_found.redaction": _("There is no such redaction."),
    "invalid.redaction_words": _("Please give the words that are to be cut out."),
    "invalid.redaction_words_absent": _("These words do not stand in the comment: %(words)s"),
    "invalid.redaction_reason": _("Please choose why the words are cut out."),
    "invalid.redaction_note": _("Please write what the decision rests on."),
    "rule.redaction_ended": _("These words have been put back already."),
    "rule.redaction_destroyed": _("The words were destroyed and cannot be put back."),
}
