"""Proposals: made, discussed, brought up to date, and taken, whole or in part, or declined."""

from consult.services.proposals.deciding import decline_proposal, reopen_proposal, take_proposal
from consult.services.proposals.making import (
    discuss_proposal,
    propose_changes,
    renew_proposal,
    withdraw_proposal,
)
from consult.services.proposals.values import PartDraft, Pick, Renewal, Taken, Unjoinable, Unjoined

__all__ = [
    "PartDraft",
    "Pick",
    "Renewal",
    "Taken",
    "Unjoinable",
    "Unjoined",
    "decline_proposal",
    "discuss_proposal",
    "propose_changes",
    "renew_proposal",
    "reopen_proposal",
    "take_proposal",
    "withdraw_proposal",
]
