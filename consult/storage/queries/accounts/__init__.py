"""Selects and updates about people with an account, the links sent to them, and what is held about them."""

from consult.storage.queries.accounts.people import (
    MembershipRow,
    PersonRow,
    add_person,
    change_address,
    change_person,
    delete_unconfirmed,
    find_person,
    find_person_by_email,
    is_closed,
    list_public_names,
    list_unconfirmed,
)

__all__ = [
    "MembershipRow",
    "PersonRow",
    "add_person",
    "change_address",
    "change_person",
    "delete_unconfirmed",
    "find_person",
    "find_person_by_email",
    "is_closed",
    "list_public_names",
    "list_unconfirmed",
]
