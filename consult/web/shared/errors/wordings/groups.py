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
    "invalid.nobody_named": _("Please choose an organisation from the list."),
    "invalid.invitation_way": _("Please choose how to bring somebody into the group."),
    "invalid.invitation_address": _("Please give the address the invitation should go to."),
    "conflict.already_in_group": _("This person is in the group already."),
    "conflict.already_sitting": _("You have a seat in this group already."),
    "conflict.already_invited": _(
        "An invitation to this address is waiting already. You can send it once more below."
    ),
    "rule.last_chair": _(
        "You are the only one in the chair. Please ask the office that keeps the group to name somebody else first."
    ),
    "rule.invitation_just_sent": _(
        "The letter was sent a moment ago. Please give it ten minutes before you send it once more."
    ),
    "rule.invitation_for_another": _(
        "This invitation was sent to another address. Please sign in with the account of that address, or ask for a new invitation."
    ),
}
