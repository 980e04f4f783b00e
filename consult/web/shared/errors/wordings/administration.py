"""Wordings of errors: administration."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "conflict.member_already": _("The person belongs to this organisation already."),
    "rule.not_oneself": _("You cannot close your own account here."),
    "rule.last_administrator": _("This is the last account that administers this site."),
    "rule.account_closed": _("This account is closed."),
}
