"""The sockets for turning Markdown into safe HTML and plain text, and for marking words in that HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from consult.domain.text.spans import Span


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


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to be marked in a rendered section.

    `span` is in the section's plain text. `ref` names what the words belong to, for scripts and as a link
    target: one word without spaces ("u63"), or several with spaces between them for words that belong to
    several comments at once. With an `href`, a link follows the last of the words: it shows `text` and
    is read out as `label`, in `language` where that is not the text's.
    """

    span: Span
    ref: str
    classes: tuple[str, ...] = ()
    href: str = ""
    label: str = ""
    text: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class BlockControl:
    """A link at the head of a block, the way to comment on it without selecting words.

    `ordinal` counts the section's blocks from 0, as `domain.text.plain.blocks` does. `text` is shown,
    `label` is read out, in `language` where that is not the text's; `classes` stand beside its own class "pn".
    """

    ordinal: int
    href: str
    text: str
    label: str
    classes: tuple[str, ...] = ()
    language: str = ""


class Decorator(Protocol):
    """Puts marks and links into a rendered section without changing its plain text."""

    def decorate(
        self, html: str, *, marks: Sequence[Mark] = (), controls: Sequence[BlockControl] = ()
    ) -> str:
        """`html` is what a `Renderer` gave. Marks may overlap and may span paragraphs, cells and emphasis;
        an empty mark and one beyond the text mark nothing. What is put in beside the words themselves
        carries the attribute `data-generated`."""
        ...
