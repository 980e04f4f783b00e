"""What may be said of an organisation: its words, its addresses, its numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from consult.domain.errors import InvalidInput
from consult.domain.organisations.identifiers import checked_krs, checked_nip, checked_regon
from consult.domain.organisations.roles import KINDS
from consult.domain.text.mail_addresses import canonical_address, is_mail_address
from consult.domain.text.typed import require_seen, typed_address, typed_line, typed_words
from consult.storage.queries import organisations as queries

LONGEST_NAME = 300
LONGEST_SHORT_NAME = 100
LONGEST_SEAT = 500
LONGEST_SUMMARY = 2_000


@dataclass(frozen=True, slots=True)
class Profile:
    """What an organisation says of itself; `unit_of_id` is the office it is a unit of."""

    name: str
    kind: str
    short_name: str = ""
    krs: str = ""
    regon: str = ""
    nip: str = ""
    seat: str = ""
    website: str = ""
    email: str = ""
    summary: str = ""
    easy_to_read: str = ""
    sign_language: str = ""
    unit_of_id: int | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """What an administrator looked at when verifying."""
        return (self.name, self.kind, self.krs, self.regon, self.nip)

    @property
    def claims(self) -> tuple[object, ...]:
        """What else would let one organisation pass for another, or for a part of it."""
        return (self.short_name, self.unit_of_id)


def checked_profile(profile: Profile) -> Profile:
    """The profile as it is kept. Raises InvalidInput beside the field that cannot be."""
    if profile.kind not in KINDS:
        raise InvalidInput("organisation_kind", field="kind")
    name = typed_line(profile.name, "name", LONGEST_NAME)
    short_name = typed_line(profile.short_name, "short_name", LONGEST_SHORT_NAME)
    require_seen(name, "name")
    require_seen(short_name, "short_name")
    if not any(sign.isalnum() for sign in name):
        raise InvalidInput("organisation_name_missing", field="name")
    return replace(
        profile,
        name=name,
        short_name=short_name,
        krs=checked_krs(typed_line(profile.krs, "krs", 40)),
        regon=checked_regon(typed_line(profile.regon, "regon", 40)),
        nip=checked_nip(typed_line(profile.nip, "nip", 40)),
        seat=typed_words(profile.seat, "seat", LONGEST_SEAT),
        website=typed_address(profile.website, "website"),
        email=checked_email(profile.email, "email"),
        summary=typed_words(profile.summary, "summary", LONGEST_SUMMARY),
        easy_to_read=typed_address(profile.easy_to_read, "easy_to_read"),
        sign_language=typed_address(profile.sign_language, "sign_language"),
        unit_of_id=_office(profile),
    )


def checked_email(typed: str, field: str) -> str:
    """An e-mail address people may write to; "" for none."""
    address = canonical_address(typed_line(typed, field, 1_000))
    if address and not is_mail_address(address):
        raise InvalidInput("email", field=field)
    return address


def _office(profile: Profile) -> int | None:
    """The office a unit belongs to; only offices have units."""
    if profile.unit_of_id is None or profile.kind != "office":
        return None
    if profile.unit_of_id not in {number for number, _ in queries.list_offices()}:
        raise InvalidInput("unit_of", field="unit_of")
    return profile.unit_of_id
