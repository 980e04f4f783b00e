"""The socket for turning Markdown into safe HTML and the plain text anchors live in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Rendered:
    """One section as readers get it.

    `html` is sanitised and may be put into a page as it is. `plain` is the text a reader selects
    in that page: blocks separated by a newline, table cells by a tab, soft breaks as spaces, no
    generated numbers or footnote marks. `fell_back` says that the source could not be rendered
    within its limits and is shown as escaped text instead.
    """

    html: str
    plain: str
    fell_back: bool = False


class Renderer(Protocol):
    """Renders sections; bounded in time whatever the source holds."""

    def render(self, source: str, *, definitions: str = "") -> Rendered:
        """Render one section's Markdown; `definitions` is Markdown holding the footnote and link
        definitions of the whole document (see `domain.text.markup.definitions`)."""
        ...

    def render_many(self, sources: Sequence[str], *, definitions: str = "") -> list[Rendered]:
        """Render the sections of one document in order; equal to rendering each alone."""
        ...
