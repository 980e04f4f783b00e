"""What every event is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

Ref = str
"""The lasting identifier of a record, as written in the event table."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `kind` names it, the fields say to what."""

    kind: ClassVar[str] = ""

    def refs(self) -> dict[str, Ref | None]:
        """The identifiers by name, as they are kept in the event's row."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
