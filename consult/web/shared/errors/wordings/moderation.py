"""Wordings of errors: moderation."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.moderation_reason": _("Please choose why the comment is hidden."),
    "rule.moderation_hidden": _("This comment is hidden already."),
    "rule.moderation_not_hidden": _("This comment is not hidden."),
    "rule.moderation_not_waiting": _("This comment does not wait to be published."),
    "rule.moderation_not_appealed": _("Nobody has appealed against hiding this comment."),
    "rule.moderation_same_person": _(
        "You hid this comment. Somebody else in your office has to decide on the appeal."
    ),
    "rule.appealed_already": _("An appeal against hiding this comment was received already."),
}
