"""Wordings of errors: words looked for through time."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.phrase_empty": _("Type at least one word or number that stands in the text."),
    "invalid.phrase_too_long": _("This is too long to look for; take at most %(limit)s characters of it."),
}
