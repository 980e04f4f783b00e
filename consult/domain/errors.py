"""The one tree of things that can go wrong, each with a stable code and plain facts.

The core never words an error for people: `code` names it, `facts` hold the values a wording needs
(section titles, limits, dates), and the web and the command line turn both into a sentence in the
reader's language.
"""

from __future__ import annotations

from typing import ClassVar

Fact = str | int | float | bool | None


class ConsultError(Exception):
    """Any refusal of the core: a stable `code` (``family.case``) and the `facts` a wording needs."""

    family: ClassVar[str] = "error"

    def __init__(self, case: str, **facts: Fact) -> None:
        self.code = f"{self.family}.{case}"
        self.facts = facts
        super().__init__(self.code)


class NotFound(ConsultError):
    """There is no such thing, or the asker may not know that there is."""

    family = "not_found"


class NotPermitted(ConsultError):
    """The asker may know of the thing but not do this to it."""

    family = "not_permitted"


class InvalidInput(ConsultError):
    """What was handed in cannot be taken as it is; `field` in the facts names the place, if there is one."""

    family = "invalid"


class RuleBroken(ConsultError):
    """Well-formed and permitted, but the process does not allow it now."""

    family = "rule"


class Stale(ConsultError):
    """The thing changed since the asker looked at it."""

    family = "stale"


class Conflict(ConsultError):
    """Two acts cannot both stand."""

    family = "conflict"
