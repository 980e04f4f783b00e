"""What the pages of pictures show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, Link, Moment


@dataclass(frozen=True, slots=True)
class Described:
    """A picture as it stands in one part of the draft. `alt` is "" where it only decorates or is undescribed."""

    part: Link
    alt: str
    is_decorative: bool
    is_undescribed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the document: `uses` are the places it stands in now, `markdown` is what shows it in a text."""

    name: str
    href: str
    width: int
    height: int
    alt: str
    kind_text: str
    sent: Moment
    by: str
    uses: tuple[Described, ...]
    markdown: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class PicturesPage:
    """`pictures/list_all.html`; variable `page`. `undescribed` counts places in the draft where a picture has no words."""

    head: DocumentHead
    pictures: tuple[Shown, ...]
    undescribed: int
    add_href: str


@dataclass(frozen=True, slots=True)
class NewPicturePage:
    """`pictures/new.html`; variables `page`, `form` (picture, alt, is_decorative, caption)."""

    head: DocumentHead
    back_href: str
    limit_text: str
