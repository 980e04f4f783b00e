"""Selects and updates about people with an account, the links sent to them, and what is held about them."""

from consult.storage.queries.accounts.people import (
    MembershipRow,
    PersonRow,
    find_person,
    find_person_by_email,
)

__all__ = ["MembershipRow", "PersonRow", "find_person", "find_person_by_email"]
