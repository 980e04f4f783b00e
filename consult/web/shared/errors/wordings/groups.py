"""Wordings of errors: working groups."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "not_found.group": _("There is no such working group, or it is not public."),
    "not_found.seat": _("This person or organisation is not in the group."),
    "invalid.group_host": _("Please choose the host of the group."),
    "invalid.group_name": _("Please give the group a name."),
    "invalid.group_visibility": _("Please choose who sees the group."),
    "invalid.group_role": _("Please choose a role in the group."),
    "invalid.group_organisation": _("Please choose an organisation from the list."),
    "invalid.group_documents": _("A group works on documents of its own host."),
    "invalid.nobody_named": _("Please choose an organisation, or give the address of an account."),
    "invalid.no_such_account": _(
        "Nobody has an account with this address. You can add an organisation instead."
    ),
    "conflict.already_in_group": _("This person is in the group already."),
}
