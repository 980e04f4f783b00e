"""What a host says of a consultation besides its times, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from consult.domain.errors import InvalidInput
from consult.domain.process.announcing import CHANNELS
from consult.domain.process.fields import Decides, checked_fields
from consult.domain.process.legal_bases import FORMS, checked_own_days
from consult.domain.text.typed import typed_address, typed_line, typed_list, typed_words

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
        purpose=typed_words(details.purpose, "purpose", LONGEST_PURPOSE),
        addressees=typed_list(details.addressees, "addressees", LONGEST_ADDRESSEES),
        fields=checked_fields(details.fields),
        area=typed_line(details.area, "area", LONGEST_AREA),
        local_rule=typed_line(details.local_rule, "local_rule", LONGEST_LINE),
        own_days=checked_own_days(details.own_days),
        decides=details.decides,
        forms=tuple(code for code in FORMS if code in details.forms),
        channels=checked_channels(details.channels),
        reading_place=typed_line(details.reading_place, "reading_place", LONGEST_LINE),
        contact=typed_words(details.contact, "contact", LONGEST_CONTACT),
        easy_href=typed_address(details.easy_href, "easy_href", LONGEST_ADDRESS),
        sign_href=typed_address(details.sign_href, "sign_href", LONGEST_ADDRESS),
        departure_reason=typed_words(details.departure_reason, "departure_reason", LONGEST_REASON),
        is_departure_confirmed=details.is_departure_confirmed,
    )


def checked_channels(channels: Mapping[str, str]) -> dict[str, str]:
    """Addresses by channel, in the order of the list; what is empty is not offered."""
    if not set(channels) <= set(CHANNELS):
        raise InvalidInput("offered_channel", field="channels")
    kept = {}
    for code in CHANNELS:
        words = typed_line(channels.get(code, ""), code, LONGEST_LINE)
        if code == "email" and words and not _EMAIL.fullmatch(words):
            raise InvalidInput("email", field="email")
        if words:
            kept[code] = words
    return kept


def checked_reason(reason: str) -> str:
    """Why something was changed: owed to everybody."""
    words = typed_words(reason, "reason", LONGEST_REASON)
    if not words:
        raise InvalidInput("why_missing", field="reason")
    return words
