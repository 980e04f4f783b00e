"""Wordings of errors: texts kept while somebody writes."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "not_found.unsaved_text": _("This unsaved text is no longer there."),
    "invalid.unsaved_place": _("This page does not say where the text belongs. Please open it anew."),
    "invalid.unsaved_too_many": _(
        "You have left %(limit)s texts unsaved. Save some, or throw some away, so that this one can be kept too."
    ),
    "invalid.unsaved_too_much": _(
        "What you have left unsaved is too long together. Save some of it, or throw some away, so that this text can be kept too."
    ),
    "invalid.two_ways_at_once": _(
        "You have also changed the whole text by hand. Save either your choices or the text; both are still here."
    ),
}
