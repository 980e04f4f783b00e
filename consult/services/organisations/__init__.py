"""Organisations: entered, verified, joined, and spoken for."""

from consult.services.organisations.checking import Profile
from consult.services.organisations.joining import (
    Invited,
    accept_invitation,
    accept_request,
    ask_to_join,
    invite,
    look_at_invitation,
    refuse_request,
    withdraw_invitation,
)
from consult.services.organisations.members import (
    change_member,
    leave_organisation,
    remove_member,
)
from consult.services.organisations.registering import (
    create_organisation,
    edit_organisation,
    register_organisation,
)
from consult.services.organisations.speaking import Standing, standing_of
from consult.services.organisations.verifying import (
    make_host,
    refuse_organisation,
    verify_organisation,
    what_is_claimed,
)

__all__ = [
    "Invited",
    "Profile",
    "Standing",
    "accept_invitation",
    "accept_request",
    "ask_to_join",
    "change_member",
    "create_organisation",
    "edit_organisation",
    "invite",
    "leave_organisation",
    "look_at_invitation",
    "make_host",
    "refuse_organisation",
    "refuse_request",
    "register_organisation",
    "remove_member",
    "standing_of",
    "verify_organisation",
    "what_is_claimed",
    "withdraw_invitation",
]
