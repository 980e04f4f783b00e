"""What a comment may be, in whose name it is made and how it reaches the host; and how long it may be.

Codes are kept in tables and spreadsheets and never change once released.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a comment is about."""

    SUBSTANTIVE = "substantive"
    EDITORIAL = "editorial"
    QUESTION = "question"
    SUPPORT = "support"
    GENERAL = "general"


class Capacity(StrEnum):
    """In whose name somebody speaks; always shown beside the comment."""

    RESIDENT = "resident"
    NGO = "ngo"
    OFFICE = "office"
    COUNCIL = "council"
    INSTITUTION = "institution"
    BUSINESS = "business"


class Channel(StrEnum):
    """How a submission reached the host."""

    WEB = "web"
    EMAIL = "email"
    PAPER = "paper"
    EPUAP = "epuap"
    EDORECZENIA = "edoreczenia"
    MEETING = "meeting"
    DUTY = "duty"
    PHONE = "phone"


class ShownAs(StrEnum):
    """What everybody sees of a sender's name; an organisation in whose name somebody speaks is always named."""

    NOTHING = "nothing"
    INITIALS = "initials"
    NAME = "name"


KINDS = tuple(Kind)
SHOWN_AS = tuple(ShownAs)
CAPACITIES = tuple(Capacity)
CHANNELS = tuple(Channel)

LONGEST_TEXT = 20_000
"""Code points of a comment: some ten pages, and no hostile load."""

LONGEST_JUSTIFICATION = 20_000
LONGEST_PROPOSED = 50_000
"""Code points of proposed wording, which may be a whole chapter."""

LONGEST_NAME = 200
LONGEST_ORGANISATION = 300
LONGEST_EMAIL = 254
"""The longest address that mail can carry (RFC 5321)."""

MOST_TARGETS = 20
"""Passages one comment may point at."""

MOST_COMMENTS = 500
"""Comments in one submission."""


def shown_name(name: str, shown_as: str) -> str:
    """What everybody sees of a name: all of it, the initials ("Jan Nowak-Lis" is "J. N.-L."), or nothing."""
    if shown_as == ShownAs.NAME:
        return " ".join(name.split())
    if shown_as != ShownAs.INITIALS:
        return ""
    parts = (
        "-".join(f"{piece[0].upper()}." for piece in word.split("-") if piece and piece[0].isalpha())
        for word in name.split()
    )
    return " ".join(part for part in parts if part)


def is_on_behalf_of_others(capacity: Capacity) -> bool:
    """Whether an organisation stands behind the comment, so that its name belongs beside it."""
    return capacity is not Capacity.RESIDENT


def is_entered_by_the_host(channel: Channel) -> bool:
    """Whether somebody at the host typed the submission in, so that date received and case sign are asked for."""
    return channel is not Channel.WEB
