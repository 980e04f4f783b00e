"""What the pages show that say where words come from. Codes of what stands behind words are those of
`services.causes.Behind`: comment, meeting, proposal, start, group; `templates/provenance/_words.html` words
them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from consult.web.shared.causes import ChangeCause
from consult.web.shared.presenters import Card, DocumentHead, Link, Moment, OutlineEntry, Piece


@dataclass(frozen=True, slots=True)
class Source:
    """A change words of the text came with, and why it was made.

    `ref` names it on the page ("z12"), `behind` is the code of its colour, `reason` what its authors said of
    it later. `words` counts its words in the text shown.
    """

    ref: str
    number: int
    href: str
    at: Moment
    by: str
    note: str
    behind: str
    cause: ChangeCause
    reason: str = ""
    words: int = 0


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One colour of the text: `code` is a cause, or "age-1" to "age-4" with the days between which its changes lie.
    `percent` is a share of all words, as printed."""

    code: str
    words: int
    percent: str
    first: Moment | None = None
    last: Moment | None = None


@dataclass(frozen=True, slots=True)
class TracedPart:
    """A section with its words marked and every paragraph headed by where its words last came from; `heading` and
    `body` are safe HTML as on the reading page. `href` leads to this section alone."""

    section_id: str
    text_id: int
    anchor: str
    depth: int
    heading: Markup
    body: Markup
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class GutterPage:
    """`provenance/text.html`; variable `page`.

    `views` are the ways to colour the words, `filters` all words or those from comments only. With `only_title` the page
    shows one section, with `around` leading to its neighbours and to the whole. `all_words` counts the words shown,
    `comment_words` those that came from comments. `composer` is the address the script completes for selected words.
    """

    head: DocumentHead
    outline: tuple[OutlineEntry, ...]
    parts: tuple[TracedPart, ...]
    sources: tuple[Source, ...]
    legend: tuple[LegendEntry, ...]
    views: tuple[Link, ...]
    filters: tuple[Link, ...]
    all_words: int
    comment_words: int
    by_age: bool
    read_href: str
    passage_href: str
    only_title: str = ""
    around: tuple[Link, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class PassageRun:
    """Words of the passage asked about; `ref` and `number` name their change, empty and 0 for what lies between."""

    text: str
    behind: str = ""
    ref: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class PassageSource:
    """One change behind the passage: its words there, the comments that asked for it, and what stood there before.

    `earlier` is the redline of what it replaced; `earlier_href` asks where that came from. `is_first` when nothing
    stood there before.
    """

    source: Source
    words: tuple[str, ...]
    cards: tuple[Card, ...] = ()
    earlier: tuple[Piece, ...] = ()
    earlier_href: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class PassagePage:
    """`provenance/passage.html`; variable `page`. `notice` says that the words are of an earlier text."""

    head: DocumentHead
    place: str
    place_href: str
    gutter_href: str
    runs: tuple[PassageRun, ...]
    sources: tuple[PassageSource, ...]
    notice: str = ""
