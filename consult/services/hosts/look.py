"""How a host looks and where it is found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from consult.domain.errors import InvalidInput
from consult.domain.history.events import HostEdited
from consult.domain.organisations.colours import ENOUGH, least_contrast, nearest_readable, read_colour
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.retention import LONGEST_MONTHS, SHORTEST_MONTHS
from consult.domain.text.typed import typed_address, typed_line, typed_words
from consult.services.authority import require
from consult.services.sockets import current_ports
from consult.storage.models import Host
from consult.storage.queries import organisations as queries
from consult.storage.unit_of_work import unit_of_work

CREST_SIDE = 512
LONGEST_PHONE = 60
LONGEST_PLACE = 600
LONGEST_DELIVERY = 100


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a host is found; `duty_address` and `duty_hours` may have several lines, `e_delivery` is AE:PL-… or a box."""

    phone: str = ""
    duty_address: str = ""
    duty_hours: str = ""
    e_delivery: str = ""
    bip: str = ""


def change_contact(actor: Actor, slug: str, contact: Contact, *, now: datetime) -> None:
    """Say where the host is found. Raises InvalidInput beside the field that cannot be."""
    phone = typed_line(contact.phone, "phone", LONGEST_PHONE)
    place = typed_words(contact.duty_address, "duty_address", LONGEST_PLACE)
    hours = typed_words(contact.duty_hours, "duty_hours", LONGEST_PLACE)
    delivery = typed_line(contact.e_delivery, "e_delivery", LONGEST_DELIVERY)
    bip = typed_address(contact.bip, "bip")

    def change(host: Host) -> None:
        host.phone, host.duty_address, host.duty_hours = phone, place, hours
        host.e_delivery, host.bip = delivery, bip

    _change(actor, slug, change, now)


def change_look(actor: Actor, slug: str, *, accent: str, now: datetime) -> None:
    """Give the host its colour, or the product's with "".

    A colour that could not be read (WCAG 2.2, 1.4.3) is refused with the nearest shade that can, so that the host
    decides and not we; for the dark theme a lighter shade of the same hue is computed.
    """
    colour = ""
    if accent.strip():
        read = read_colour(accent)
        if read is None:
            raise InvalidInput("colour", field="accent")
        if least_contrast(read) < ENOUGH:
            raise InvalidInput(
                "colour_contrast",
                field="accent",
                ratio=round(least_contrast(read), 1),
                nearest=nearest_readable(read),
            )
        colour = read

    def change(host: Host) -> None:
        host.accent = colour

    _change(actor, slug, change, now)


def change_crest(actor: Actor, slug: str, content: bytes, *, now: datetime) -> None:
    """Give the host its crest: a PNG, JPEG or WebP, kept as a PNG of at most 512 pixels made anew of it.

    Kept in the database, as everything else that a backup must hold; it is some tens of kilobytes.
    """
    host = queries.get_host_page(slug)
    require(actor, Permission.MANAGE_HOST, Target(host_id=host.id))
    if not content:
        raise InvalidInput("file_missing", field="crest")
    crest = current_ports().pictures.small_png(content, side=CREST_SIDE)

    def change(row: Host) -> None:
        row.crest, row.crest_hash = crest, hashlib.sha256(crest).hexdigest()

    _change(actor, slug, change, now)


def change_retention(actor: Actor, slug: str, months: str, *, now: datetime) -> None:
    """Say how many months contact data of senders are kept after a consultation. Raises InvalidInput beside "months"."""
    if not months.strip().isdecimal() or not SHORTEST_MONTHS <= int(months) <= LONGEST_MONTHS:
        raise InvalidInput(
            "retention_months", field="months", shortest=SHORTEST_MONTHS, longest=LONGEST_MONTHS
        )

    def change(row: Host) -> None:
        row.retention_months = int(months)

    _change(actor, slug, change, now)


def drop_crest(actor: Actor, slug: str, *, now: datetime) -> None:
    """Take the crest away."""

    def change(row: Host) -> None:
        row.crest, row.crest_hash = None, ""

    _change(actor, slug, change, now)


def _change(actor: Actor, slug: str, change: Callable[[Host], None], now: datetime) -> None:
    with unit_of_work() as work:
        host = queries.get_host_page(slug)
        require(actor, Permission.MANAGE_HOST, Target(host_id=host.id))
        queries.lock_organisation(host.id)
        row = queries.find_host(host.id)
        if row is None:
            row = Host(
                organisation_id=host.id,
                crest=None,
                crest_hash="",
                accent="",
                phone="",
                duty_address="",
                duty_hours="",
                e_delivery="",
                bip="",
                retention_months=None,
                changed_at=now,
            )
            work.add(row)
        change(row)
        row.changed_at = now
        work.flush()
        work.record(HostEdited(str(host.id)), at=now, actor_ref=actor.id)
