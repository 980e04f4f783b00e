"""Wordings of errors: following and mail."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "not_found.followed": _("There is nothing here to follow, or it is not public."),
    "invalid.follow_kind": _("This cannot be followed."),
    "invalid.followed_too_much": _("You follow %(limit)s things already, which is as many as one can."),
}
