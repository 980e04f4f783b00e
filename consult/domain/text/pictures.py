"""Pictures in a text: how Markdown names them, how they stand in rendered HTML, and how they are put into a page.

A picture is named by its content: ``![what it shows](#p-<32 signs>)``, "p-" and the first 32 signs (128 bits) of the
SHA-256 of the file as it is kept. So the checksum of a text holds its pictures as well: another picture is another
text. The words in square brackets are its alternative text. A picture that only decorates says so
(``![](#p-<32 signs>-decorative)``); one with neither is *undescribed*, which is shown to those who draft and asked for.

A picture alone in its paragraph is a figure, and the line right below it, in the same paragraph, is its caption:

    ![Three circles that overlap](#p-1a2b…)
    Figure 1. The three planes of cooperation

Rendered, a picture is an ``img`` that names it and has no address: ``data-picture`` is its name; ``alt`` its words, empty
with ``data-decorative`` and missing where it is undescribed. Wherever nobody puts the address in (`shown`), a browser
shows the words and asks nobody for anything. A picture has no letters, so plain text is the same with and without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

SIGNS = 32
"""Signs of a picture's SHA-256 that name it in a text."""

DECORATIVE = "-decorative"

_ADDRESS = re.compile(rf"#p-([0-9a-f]{{{SIGNS}}})({DECORATIVE})?")
_NAME = re.compile(rf"[0-9a-f]{{{SIGNS}}}")
_IMAGE = re.compile(r"<img((?:\s[a-z-]+(?:=\"[^\"]*\")?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"([a-z-]+)(?:=\"([^\"]*)\")?")
_IN_SOURCE = re.compile(rf"\]\(#p-([0-9a-f]{{{SIGNS}}})")


@dataclass(frozen=True, slots=True)
class Named:
    """What an address in a text names: a picture, and whether it only decorates."""

    name: str
    is_decorative: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it stands in a rendered section; without words and not decorative it is undescribed."""

    name: str
    alt: str
    is_decorative: bool

    @property
    def is_undescribed(self) -> bool:
        return not self.alt and not self.is_decorative


@dataclass(frozen=True, slots=True)
class Source:
    """Where a picture is shown from, and its size in pixels of the page."""

    href: str
    width: int
    height: int


def name_of(digest: str) -> str:
    """The name of a picture of this SHA-256 (64 hexadecimal signs)."""
    return digest[:SIGNS]


def is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text))


def address_of(name: str, *, is_decorative: bool = False) -> str:
    """What the Markdown of a picture links to."""
    return f"#p-{name}{DECORATIVE if is_decorative else ''}"


def named_by(address: str) -> Named | None:
    """The picture an address names, or None when it names none."""
    found = _ADDRESS.fullmatch(address)
    return Named(found[1], bool(found[2])) if found else None


def marker(name: str, *, alt: str = "", caption: str = "", is_decorative: bool = False) -> str:
    """The Markdown of a picture, on one line, with its caption on the next where it has one."""
    words = "" if is_decorative else _bracketed(alt)
    written = f"![{words}]({address_of(name, is_decorative=is_decorative)})"
    return f"{written}\n{_one_line(caption)}" if _one_line(caption) else written


def list_names(source: str) -> tuple[str, ...]:
    """The names of pictures a Markdown text refers to, in order, each once."""
    return tuple(dict.fromkeys(_IN_SOURCE.findall(source)))


def renamed(source: str, names: dict[str, str]) -> str:
    """A Markdown text with its pictures under other names, in the same places; those not among `names` stay."""
    return _IN_SOURCE.sub(lambda found: f"](#p-{names.get(found[1], found[1])}", source)


def without(source: str, names: frozenset[str]) -> str:
    """A Markdown text without these pictures; what stood on the same lines stays."""
    for name in names:
        source = re.sub(rf"!\[(?:[^\[\]\\]|\\.)*\]\(#p-{name}(?:{DECORATIVE})?\)", "", source)
    return source


def list_pictures(html: str) -> tuple[Picture, ...]:
    """The pictures in a section as it was rendered, in order."""
    if "data-picture" not in html:
        return ()
    found = (_read(image[1]) for image in _IMAGE.finditer(html))
    return tuple(picture for picture in found if picture.name)


@dataclass(frozen=True, slots=True)
class PictureChange:
    """What became of a picture from one text to the next: `kind` is "added", "removed" or "reworded"."""

    kind: str
    picture: Picture


def list_changes(old_html: str, new_html: str) -> tuple[PictureChange, ...]:
    """What became of the pictures of a section, those of the new text first in its order. A picture has no letters, so no
    comparison of words tells it."""
    old, new = list_pictures(old_html), list_pictures(new_html)
    before = {picture.name for picture in old}
    said = set(old)
    found = [
        PictureChange("reworded" if picture.name in before else "added", picture)
        for picture in new
        if picture not in said
    ]
    now = {picture.name for picture in new}
    return (*found, *(PictureChange("removed", picture) for picture in old if picture.name not in now))


def shown(
    html: str, find: Callable[[str], Source | None], *, gone: str, undescribed: str, is_generated: bool = True
) -> str:
    """A rendered section with the address and the size of every picture; its plain text is the same.

    `find` gives the source of a picture by name, None when the document has none of that name: then its words stand in
    its place with `gone` behind them, as generated. A picture without words says `undescribed` to whoever cannot see it.
    """
    if "data-picture" not in html:
        return html
    mark = ' data-generated=""' if is_generated else ""

    def written(found: re.Match[str]) -> str:
        picture = _read(found[1])
        if not picture.name:
            return ""
        source = find(picture.name)
        if source is None:
            words = " ".join(filter(None, (picture.alt, gone)))
            return f'<span class="picture-gone"{mark}>{escape(words)}</span>'
        alt = "" if picture.is_decorative else picture.alt or undescribed
        kind = ' class="undescribed"' if picture.is_undescribed else ""
        size = f'width="{source.width}" height="{source.height}"'
        return (
            f'<img src="{escape(source.href)}" alt="{escape(alt)}" {size} loading="lazy" decoding="async"'
            f' data-picture="{picture.name}"{kind}>'
        )

    return _IMAGE.sub(written, html)


def without_strays(html: str) -> str:
    """Sanitised HTML with no image but those that name a picture kept here."""
    if "<img" not in html:
        return html
    return _IMAGE.sub(lambda found: found[0] if _read(found[1]).name else "", html)


def _read(attributes: str) -> Picture:
    said = dict(_ATTRIBUTE.findall(attributes))
    name = said.get("data-picture", "")
    return Picture(
        name=name if is_name(name) else "",
        alt=" ".join(unescape(said.get("alt", "")).split()),
        is_decorative="data-decorative" in said,
    )


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _bracketed(words: str) -> str:
    """Words as they may stand in square brackets."""
    return re.sub(r"([\\\[\]`*_<>&])", r"\\\1", _one_line(words))
