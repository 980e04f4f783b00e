"""The socket for signing in with an account elsewhere: a broker that says who somebody is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Failing = Literal["denied", "unreachable", "mismatched", "untrusted"]


class BrokerFailed(Exception):
    """No identity came of it. `case` says why:

    ``denied`` the person or the broker declined; ``unreachable`` the broker does not answer, or not as one;
    ``mismatched`` the answer is not the one to our question; ``untrusted`` what it says of the person does not hold.
    """

    def __init__(self, case: Failing, detail: str = "") -> None:
        self.case = case
        super().__init__(f"{case}: {detail}" if detail else case)


@dataclass(frozen=True, slots=True)
class Question:
    """What the broker is asked: `address` is where to send the browser, the rest has to be kept for the answer."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is by the word of `issuer`; `subject` is lasting and unique there, the rest may change.

    `is_multi_factor` says that the broker saw a second factor.
    """

    issuer: str
    subject: str
    email: str = ""
    is_email_verified: bool = False
    name: str = ""
    is_multi_factor: bool = False


class IdentityBroker(Protocol):
    @property
    def label(self) -> str:
        """What people call it."""
        ...

    def ask(self, callback: str) -> Question:
        """A question whose answer comes to the address `callback`. Raises BrokerFailed."""
        ...

    def identify(
        self, question: Question, callback: str, answer: Mapping[str, str], *, at: datetime
    ) -> Identity:
        """Who the answer (the query the browser came back with) is about. Raises BrokerFailed."""
        ...
