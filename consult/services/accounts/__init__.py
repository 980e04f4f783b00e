"""Accounts: made, confirmed, signed in, kept by their owners, and turned into the actor everything else asks about."""

from consult.services.accounts.making import create_person
from consult.services.accounts.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from consult.services.accounts.registering import forget_unconfirmed
from consult.services.accounts.requests import (
    ask_data_request,
    count_data_requests,
    decide_data_request,
    list_data_requests,
    withdraw_data_request,
)
from consult.services.accounts.signing_in import actor_of, sign_in
from consult.services.accounts.taking_away import own_record

__all__ = [
    "LONGEST_PASSWORD",
    "SHORTEST_PASSWORD",
    "actor_of",
    "ask_data_request",
    "count_data_requests",
    "create_person",
    "decide_data_request",
    "forget_unconfirmed",
    "list_data_requests",
    "own_record",
    "sign_in",
    "withdraw_data_request",
]
