"""Wordings of errors: what others say to a comment."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "rule.support_over": _(
        "This comment cannot be supported: it was taken back, or its consultation is not open now."
    ),
    "rule.support_own": _("This is your own comment. Others can support it."),
    "rule.support_without_cookie": _(
        "Your browser does not keep cookies for this site, so you cannot be told from others and counted once. Please allow them, or sign in."
    ),
}
