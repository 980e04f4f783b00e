"""Whom a letter goes to, and what gathers its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter goes to, read at the moment it leaves. `address` is empty where a letter was posted to neither an
    account nor a submission; then the gatherer has to say it (see `Gatherer`)."""

    address: str
    name: str
    language: str
    person_id: int | None
    submission_id: int | None


Gatherer = Callable[[Recipient, Mapping[str, Any], datetime], Mapping[str, Any] | None]
"""(recipient, the ids it was posted with, now) → the values of the templates; None when the letter is no longer
wanted. May write, in a transaction of its own: one-time secrets are made here, so that none is ever kept in clear.

Two values are for the sender and not for the templates: `to_address` replaces the recipient's address (a new address
that has to be confirmed, an invitation), `to_language` the language.
"""
