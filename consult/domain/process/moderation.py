"""Moderation of comments: what can be done to one, and for which reasons.

A comment keeps its number and its row whatever is done; only its words are shown or not. Codes are kept in tables and
never change once released.
"""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What somebody did to a comment, or decided for a whole consultation (before, after)."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    RESTORED = "restored"
    APPEALED = "appealed"
    UPHELD = "upheld"
    BEFORE = "before"
    AFTER = "after"


class Standing(StrEnum):
    """Why the words of a comment are not for everybody."""

    WAITING = "waiting"
    HIDDEN = "hidden"


class Reason(StrEnum):
    """Why a comment is hidden."""

    INSULTS = "insults"
    PERSONAL_DATA = "personal_data"
    UNLAWFUL = "unlawful"
    ADVERTISING = "advertising"
    OTHER = "other"


REASONS = tuple(Reason)

LONGEST_WORDS = 1_000
"""Code points of what is said about an act of moderation, and of an appeal."""
