"""What a host says of a consultation besides its times, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from consult.domain.errors import InvalidInput
from consult.domain.process.announcing import CHANNELS
from consult.domain.process.fields import Decides, checked_fields
from consult.domain.process.legal_bases import FORMS, checked_own_days
from consult.domain.text.normalise import admit

LONGEST_SUMMARY = 2_000
LONGEST_PURPOSE = 8_000
LONGEST_ADDRESSEES = 3_000
LONGEST_LINE = 400
LONGEST_AREA = 300
LONGEST_CONTACT = 1_000
LONGEST_ADDRESS = 500
LONGEST_REASON = 4_000

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Details:
    """All optional. `channels` are addresses by the channel's code, `forms` and `fields` codes, `own_days` the host's
    own shortest term. A term shorter than the law's is taken only with `departure_reason` and
    `is_departure_confirmed`: the host says itself why, and that it knows."""

    purpose: str = ""
    addressees: str = ""
    fields: tuple[str, ...] = ()
    area: str = ""
    local_rule: str = ""
    own_days: int | None = None
    decides: str = "receipt"
    forms: tuple[str, ...] = ()
    channels: Mapping[str, str] = field(default_factory=dict)
    reading_place: str = ""
    contact: str = ""
    easy_href: str = ""
    sign_href: str = ""
    departure_reason: str = ""
    is_departure_confirmed: bool = False


def checked_details(details: Details) -> Details:
    """The same, as it is kept. Raises InvalidInput about the field that cannot be taken."""
    if details.decides not in tuple(Decides):
        raise InvalidInput("decides", field="decides")
    if not set(details.forms) <= set(FORMS):
        raise InvalidInput("form", field="forms")
    return Details(
        purpose=long_text(details.purpose, "purpose", LONGEST_PURPOSE),
        addressees=lines(details.addressees, "addressees", LONGEST_ADDRESSEES),
        fields=checked_fields(details.fields),
        area=one_line(details.area, "area", LONGEST_AREA),
        local_rule=one_line(details.local_rule, "local_rule", LONGEST_LINE),
        own_days=checked_own_days(details.own_days),
        decides=details.decides,
        forms=tuple(code for code in FORMS if code in details.forms),
        channels=checked_channels(details.channels),
        reading_place=one_line(details.reading_place, "reading_place", LONGEST_LINE),
        contact=long_text(details.contact, "contact", LONGEST_CONTACT),
        easy_href=checked_href(details.easy_href, "easy_href"),
        sign_href=checked_href(details.sign_href, "sign_href"),
        departure_reason=long_text(details.departure_reason, "departure_reason", LONGEST_REASON),
        is_departure_confirmed=details.is_departure_confirmed,
    )


def long_text(text: str, name: str, limit: int) -> str:
    """Words of several paragraphs, at most `limit` code points."""
    words = admit(text, field=name).strip()
    if len(words) > limit:
        raise InvalidInput("too_long", field=name, limit=limit)
    return words


def one_line(text: str, name: str, limit: int) -> str:
    return long_text(" ".join(admit(text, field=name).split()), name, limit)


def lines(text: str, name: str, limit: int) -> str:
    """One thing a line; empty lines and signs of lists at their beginning go."""
    kept = (" ".join(line.split()).lstrip("-–•* ") for line in admit(text, field=name).split("\n"))
    return long_text("\n".join(line for line in kept if line), name, limit)


def checked_channels(channels: Mapping[str, str]) -> dict[str, str]:
    """Addresses by channel, in the order of the list; what is empty is not offered."""
    if not set(channels) <= set(CHANNELS):
        raise InvalidInput("channel", field="channels")
    kept = {}
    for code in CHANNELS:
        words = one_line(channels.get(code, ""), code, LONGEST_LINE)
        if code == "email" and words and not _EMAIL.fullmatch(words):
            raise InvalidInput("email", field="email")
        if words:
            kept[code] = words
    return kept


def checked_href(text: str, name: str) -> str:
    """An address of the web, or nothing."""
    address = one_line(text, name, LONGEST_ADDRESS)
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        is_ours = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in address
    except ValueError:
        is_ours = False
    if not is_ours:
        raise InvalidInput("href", field=name)
    return address


def checked_reason(reason: str) -> str:
    """Why something was changed: owed to everybody."""
    words = long_text(reason, "reason", LONGEST_REASON)
    if not words:
        raise InvalidInput("reason_missing", field="reason")
    return words
