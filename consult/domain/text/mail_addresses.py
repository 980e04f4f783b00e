"""Mail addresses in one form, so that one mailbox has one account.

Local parts are compared without regard to case, as practically every mail server does (RFC 5321 leaves it to them);
domains are kept as they travel: lower case, without the root's dot, internationalised ones in their ASCII form (RFC 5890).
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_ADDRESS = 254
LONGEST_LOCAL_PART = 64
"""Octets a mail server has to take (RFC 5321, 4.5.3.1)."""

_LOCAL_PART = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def canonical_address(address: str) -> str:
    """The one form of an address; what is no address at all comes back merely trimmed and in lower case."""
    local, at, domain = unicodedata.normalize("NFC", address).strip().lower().rpartition("@")
    if not at:
        return domain
    domain = domain.rstrip(".")
    if not domain.isascii() and len(domain) <= LONGEST_ADDRESS:
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return f"{local}@{domain}"
    return f"{local}@{domain}"


def is_mail_address(address: str) -> bool:
    """Whether a canonical address is one that ordinary mail servers take: `name@domain.tld`, no quotes, no brackets."""
    local, at, domain = address.rpartition("@")
    return (
        bool(at)
        and len(address) <= LONGEST_ADDRESS
        and len(local) <= LONGEST_LOCAL_PART
        and _LOCAL_PART.fullmatch(local) is not None
        and _DOMAIN.fullmatch(domain) is not None
    )
