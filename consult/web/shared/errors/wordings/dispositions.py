"""Wordings of errors: answers."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.outcome": _("Please choose a position."),
    "invalid.justification_missing": _("Please give the reasons: everybody who commented is owed them."),
    "invalid.justification_too_long": _("The reasons are longer than %(limit)s characters."),
    "invalid.wording_not_taken": _("With this position no wording is taken into the text."),
}
