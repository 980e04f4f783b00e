"""The socket for setting pages of print: a layout and the values it prints become a tagged PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Mark:
    """A place a layout reports: `kind` names it within the layout, `page` counts from 1, the rest are points from the top
    left corner of the page."""

    kind: str
    name: str
    page: int
    x: float
    y: float
    width: float
    height: float


class Typesetter(Protocol):
    def typeset(self, layout: str, values: Mapping[str, Any], *, written_at: datetime) -> bytes:
        """A PDF/UA-1 of the layout "comment_forms/form" with these JSON values; the same ones give the same bytes.

        What the fonts at hand cannot show is printed as an empty box; nothing typed can break a page.
        """
        ...

    def typeset_with_marks(
        self, layout: str, values: Mapping[str, Any], *, written_at: datetime
    ) -> tuple[bytes, tuple[Mark, ...]]:
        """The same, with the places the layout reports in their order."""
        ...
