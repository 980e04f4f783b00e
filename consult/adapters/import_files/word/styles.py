"""What the named styles of a file mean: headings, titles, quotations, emphasis, inherited numbering.

Word writes the English name of a built-in style whatever its interface language; LibreOffice, Google
Docs and converters write local names, so both are recognised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from consult.adapters.import_files.package import (
    Element,
    attribute,
    child,
    children,
    is_on,
    tag,
    value,
    whole_number,
)

_CHAIN_LENGTH = 30
_HEADING = re.compile(
    r"(?:heading|header|nagłówek|naglowek|nagwek|überschrift|titre|título|titolo|заголовок|nadpis|kop|rubrik)"
    r"[ _-]?([1-9])",
    re.IGNORECASE,
)
_TITLE = re.compile(r"title|tytuł|tytul|titel|название|název", re.IGNORECASE)
_QUOTE = re.compile(r"(?:intense )?quote|block ?text|cytat(?: intensywny)?|quotations", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|contents|spis treści) ?(?:\d|heading)|nagłówek spisu treści", re.IGNORECASE)
BODY_LEVEL = 10


@dataclass(frozen=True, slots=True)
class Numbered:
    """A reference into the numbering: which list, which level (None: the level that names the style)."""

    list_id: str
    level: int | None


@dataclass(frozen=True, slots=True)
class ParagraphKind:
    """`level` 1-9 for a heading, else 0; at most one of the others."""

    level: int = 0
    is_title: bool = False
    is_quote: bool = False
    is_contents: bool = False
    numbered: Numbered | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class RunFormat:
    strong: bool = False
    emphasised: bool = False
    hidden: bool = False
    struck: bool = False
    raised: bool = False
    lowered: bool = False
    generated: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    paragraph: Element | None
    run: Element | None


GENERATED_NUMBER_STYLE = "Numer części"
"""The character style our own export gives to numbers it prints before headings; they are not words."""


class Styles:
    """The styles part, or nothing where a file has none."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default_paragraph = ""
        self._kinds: dict[str, ParagraphKind] = {}
        self._formats: dict[str, RunFormat] = {}
        for style in children(root, "w:style"):
            identity = attribute(style, "w:styleId") or ""
            self._styles[identity] = _Style(
                name=(value(style, "w:name") or identity).strip(),
                based_on=value(style, "w:basedOn") or "",
                paragraph=child(style, "w:pPr"),
                run=child(style, "w:rPr"),
            )
            is_default = attribute(style, "w:default") in ("1", "true", "on")
            if is_default and attribute(style, "w:type") == "paragraph":
                self._default_paragraph = identity

    def paragraph_kind(self, properties: Element | None) -> ParagraphKind:
        """What a paragraph is, from its own properties over those of its style and the styles below."""
        identity = value(properties, "w:pStyle") or self._default_paragraph
        kind = self._kind_of_style(identity)
        outline = _outline_level(properties)
        numbered = _numbering(properties, inherited=kind.numbered)
        level = kind.level if outline is None or kind.is_title else outline % BODY_LEVEL
        return ParagraphKind(level, kind.is_title, kind.is_quote, kind.is_contents, numbered, identity)

    def run_format(self, properties: Element | None) -> RunFormat:
        """How a run looks, from its own properties over those of its character style."""
        if properties is None:
            return RunFormat()
        return _format(properties, self._format_of_style(value(properties, "w:rStyle") or ""))

    def _chain(self, identity: str) -> list[_Style]:
        """A style and what it is based on, nearest first; a circle is cut."""
        chain: list[_Style] = []
        seen: set[str] = set()
        while identity in self._styles and identity not in seen and len(chain) < _CHAIN_LENGTH:
            seen.add(identity)
            chain.append(self._styles[identity])
            identity = self._styles[identity].based_on
        return chain

    def _kind_of_style(self, identity: str) -> ParagraphKind:
        if identity not in self._kinds:
            self._kinds[identity] = self._read_kind(identity)
        return self._kinds[identity]

    def _read_kind(self, identity: str) -> ParagraphKind:
        # a style a file uses without defining is judged by its identifier
        chain = self._chain(identity) or [_Style(identity, "", None, None)]
        own_name = chain[0].name
        numbered: Numbered | None = None
        for style in reversed(chain):
            numbered = _numbering(style.paragraph, inherited=numbered)
        level = 0
        for style in chain:
            named = _HEADING.fullmatch(style.name)
            outline = _outline_level(style.paragraph)
            if named or outline is not None:
                level = outline % BODY_LEVEL if outline is not None else int(named[1]) if named else 0
                break
        return ParagraphKind(
            level=level,
            is_title=bool(_TITLE.fullmatch(own_name)),
            is_quote=bool(_QUOTE.fullmatch(own_name)),
            is_contents=bool(_CONTENTS.fullmatch(own_name)),
            numbered=numbered,
            style=identity,
        )

    def _format_of_style(self, identity: str) -> RunFormat:
        if identity not in self._formats:
            found = RunFormat()
            chain = self._chain(identity)
            for style in reversed(chain):
                if style.run is not None:
                    found = _format(style.run, found)
            if chain and chain[0].name == GENERATED_NUMBER_STYLE:
                found = RunFormat(generated=True)
            self._formats[identity] = found
        return self._formats[identity]


def _outline_level(properties: Element | None) -> int | None:
    """1-9 for a heading, BODY_LEVEL for plain text, None where nothing is said."""
    level = whole_number(value(properties, "w:outlineLvl"))
    return None if level is None or not 0 <= level < BODY_LEVEL else level + 1


def _numbering(properties: Element | None, *, inherited: Numbered | None) -> Numbered | None:
    reference = child(properties, "w:numPr")
    if reference is None:
        return inherited
    list_id = value(reference, "w:numId")
    level = whole_number(value(reference, "w:ilvl"))
    if list_id == "0":
        return None
    if list_id is None:
        return Numbered(inherited.list_id, level) if inherited else None
    return Numbered(list_id, level)


def _format(properties: Element, inherited: RunFormat) -> RunFormat:
    def switch(name: str, before: bool) -> bool:
        said = is_on(properties, name)
        return before if said is None else said

    height = next((attribute(each, "w:val") for each in properties if tag(each) == "w:vertAlign"), None)
    return RunFormat(
        strong=switch("w:b", inherited.strong),
        emphasised=switch("w:i", inherited.emphasised),
        hidden=switch("w:vanish", inherited.hidden),
        struck=switch("w:strike", inherited.struck) or switch("w:dstrike", False),
        raised=height == "superscript" if height else inherited.raised,
        lowered=height == "subscript" if height else inherited.lowered,
        generated=inherited.generated,
    )
