"""Wordings of errors: accounts and signing in."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "conflict.email_taken": _("There is an account with this e-mail address already."),
    "conflict.slug_taken": _("This name in addresses is taken already."),
    "invalid.credentials": _("The e-mail address or the password is not right."),
    "invalid.password_length": _("A password needs at least %(shortest)s characters."),
    "invalid.email": _("This is not a complete e-mail address."),
}
