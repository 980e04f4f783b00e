"""Names and addresses as people type them into an account."""

from __future__ import annotations

from consult.domain.errors import InvalidInput
from consult.domain.process.comments import LONGEST_NAME
from consult.domain.text.mail_addresses import canonical_address, is_mail_address
from consult.domain.text.normalise import admit
from consult.domain.text.typed import require_seen

LANGUAGES = ("pl", "en")
"""Languages pages and letters are written in."""


def checked_name(name: str, *, field: str = "name") -> str:
    """A name on one line. Raises InvalidInput when it is empty, too long, or holds signs that are not seen but turn
    the direction of what stands around them; markup is a name like any other, escaped wherever it is shown."""
    name = " ".join(admit(name, field=field).split())
    if len(name) > LONGEST_NAME:
        raise InvalidInput("name_too_long", field=field, limit=LONGEST_NAME)
    require_seen(name, field)
    if not any(sign.isalnum() for sign in name):
        raise InvalidInput("name_missing", field=field)
    return name


def checked_address(email: str, *, field: str = "email") -> str:
    """The canonical form of a mail address. Raises InvalidInput for what is none."""
    address = canonical_address(admit(email, field=field))
    if not is_mail_address(address):
        raise InvalidInput("email", field=field)
    return address


def checked_language(language: str) -> str:
    """Raises InvalidInput for a language there are no pages in."""
    if language not in LANGUAGES:
        raise InvalidInput("account_language", field="language")
    return language
