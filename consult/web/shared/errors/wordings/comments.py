"""Wordings of errors: comments."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.comment_empty": _("Please write what you want to say."),
    "invalid.comment_too_long": _(
        "This is longer than %(limit)s characters. Please send it as several comments."
    ),
    "invalid.too_many_comments": _("At most %(limit)s comments can be sent at once."),
    "invalid.comment_kind": _("Please choose what kind of comment it is."),
    "invalid.too_many_targets": _("One comment may point at %(limit)s passages at most."),
    "invalid.capacity": _("Please say in whose name you comment."),
    "invalid.channel": _("There is no such way of handing in a comment."),
    "invalid.name_too_long": _("The name is longer than %(limit)s characters."),
    "invalid.organisation_missing": _("Please give the name of the organisation, office or firm."),
    "invalid.passage": _("The words you pointed at are not in this text any more. Please choose them again."),
    "invalid.quote_not_found": _("These words do not stand in the text."),
}
