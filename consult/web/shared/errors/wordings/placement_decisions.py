"""Wordings of errors: where a comment's words stand, decided by a person."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS: dict[str, object] = {
    "invalid.quote_missing": _("Please select the words in the text, or type them."),
    "invalid.quote_too_long": _("These words are longer than %(limit)s characters."),
    "invalid.quote_not_here": _(
        "These words do not stand in the chosen part. Copy them from the text on this page."
    ),
    "invalid.quote_often_here": _(
        "These words stand in this part %(count)s times. Select them in the text on this page, or add the words beside them."
    ),
    "rule.nothing_to_confirm": _(
        "There are no words to confirm. Show the words the comment speaks of, or say that they are gone."
    ),
    "stale.placement_moved_on": _(
        "The text changed meanwhile, and with it the place of comment %(number)s. This is how it stands now."
    ),
}
