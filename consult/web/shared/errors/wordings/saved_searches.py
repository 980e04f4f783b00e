"""Wordings of errors: saved searches."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "not_found.saved_search": _("There is no such saved search, or it is somebody else's."),
    "invalid.search_name_empty": _("Give the search a name."),
    "invalid.search_name_too_long": _("This name is too long; %(limit)s characters are the most."),
    "invalid.search_pace": _("Choose how often letters are to come."),
    "invalid.search_too_long": _("This search is too long to be saved. Search for fewer words."),
    "invalid.searches_too_many": _(
        "You have saved %(limit)s searches already, which is as many as one can. Delete one first."
    ),
    "invalid.search_not_now": _(
        "The search index is being rebuilt, so letters cannot begin now. Try again in a few minutes."
    ),
}
"""English words by code of error."""
