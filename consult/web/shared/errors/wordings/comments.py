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
    "invalid.shown_as": _("Please say what everybody may see of your name."),
    "invalid.shown_name_missing": _(
        "Please give the name you want to be shown, or choose that nothing of it is."
    ),
    "invalid.nothing_unsent": _(
        "There is no comment to be sent here. It may have been sent from another page."
    ),
    "invalid.unsent_too_much": _(
        "Your unsent comments are longer than %(limit)s characters together. Send them before you write more."
    ),
    "invalid.unsent_documents": _(
        "You have unsent comments on %(limit)s documents. Send or remove some before you begin on another."
    ),
    "invalid.stale_page": _("This page had been open for too long. Please open it anew."),
    "not_found.unsent_comment": _("This unsent comment is no longer there: it was sent or removed."),
    "rule.revision_over": _(
        "Comments can be changed and withdrawn until the consultation ends. It has ended."
    ),
    "rule.comment_withdrawn": _("This comment was withdrawn; it cannot be changed any more."),
    "invalid.quote_not_found": _("These words do not stand in the text."),
}
