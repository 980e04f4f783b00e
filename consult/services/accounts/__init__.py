"""Accounts: made, confirmed, signed in, kept by their owners, and turned into the actor everything else asks about."""

from consult.services.accounts.making import create_person
from consult.services.accounts.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from consult.services.accounts.signing_in import actor_of, sign_in

__all__ = [
    "LONGEST_PASSWORD",
    "SHORTEST_PASSWORD",
    "actor_of",
    "create_person",
    "sign_in",
]
