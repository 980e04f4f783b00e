"""Wordings of errors: drafting and versions."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "rule.preamble_stays": _("The opening part without a heading always stands first."),
    "rule.last_section": _("A document keeps at least one part."),
    "rule.move_into_itself": _("A part cannot stand inside itself."),
    "rule.nothing_to_publish": _("There is no text to publish yet."),
    "rule.nothing_published": _("Nothing was published yet, so there is no record to check."),
    "conflict.form_already_sent": _(
        "This form was sent already, with other words, and has receipt number %(receipt_no)s. To say something more, please begin a new comment; your text is below."
    ),
    "stale.answered_meanwhile": _(
        "Somebody else answered comment %(number)s meanwhile. Your text is below; compare it with theirs before saving."
    ),
}
