"""The sockets for mail: composing a letter in somebody's language, and handing it to a mail server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to leave. `to` is the bare address, `name` whose it is (may be empty).

    `reference` names the letter for good: sent a second time after a crash, it carries the same Message-ID, so that
    the mail box or a person can tell that it is the same one. `stop_href` is where one press, without signing in,
    ends letters of this kind; empty for those that are not sent again and again.
    """

    to: str
    subject: str
    text: str
    html: str
    name: str = ""
    language: str = "pl"
    reference: str = ""
    stop_href: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """How a server took a letter: `server` as host:port, `tls` the protocol ("" when the line was open), `answer`
    what it said, `is_signed_in` whether a user and a password were given."""

    server: str
    tls: str = ""
    answer: str = ""
    is_signed_in: bool = False


class MailRefused(Exception):
    """The letter did not leave. `code` is stable (below); `answer` is what the server said, for the operator only:
    it may hold the address.

    Codes: setting, unreachable, tls, sign_in, sender_refused (nothing can leave now: `is_everybody`); broken_off,
    smtp_<status> (of this letter), address (cannot be written to at all).
    """

    def __init__(
        self, code: str, *, is_permanent: bool, is_everybody: bool = False, answer: str = ""
    ) -> None:
        self.code = code
        self.is_permanent = is_permanent
        self.is_everybody = is_everybody
        self.answer = answer
        super().__init__(code)


class Mailer(Protocol):
    """Hands letters over. May keep a line open between letters until `rest`."""

    def send(self, letter: Letter) -> Handover:
        """Hand one letter over, within a minute. Raises MailRefused."""
        ...

    def rest(self) -> None:
        """Let go of what was kept open; called after the last letter in a row."""
        ...


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter's words: one line of subject, plain text, and a whole HTML page; `stop_href` as in `Letter`."""

    subject: str
    text: str
    html: str
    stop_href: str = ""


class Composer(Protocol):
    """Writes letters from the templates of templates/mail."""

    def compose(self, letter: str, language: str, values: Mapping[str, Any]) -> Composed:
        """`letter` is the name of its folder ("accounts/confirm"). Raises whatever a template can raise."""
        ...
