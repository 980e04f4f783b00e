"""What the styles of an OpenDocument text mean for reading it: looks of words, titles and quotes, printed numbers.

OpenDocument 1.3, part 3, sections 16 (styles) and 19 (attributes). Named styles stand in `styles.xml`, those a writer
makes by pressing buttons in `content.xml`; each may inherit from another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from consult.adapters.import_files.composition import Label
from consult.adapters.import_files.package import Element, attribute, child, tag, whole_number
from consult.adapters.import_files.printed import in_format

LEVELS = 10
_MOST_ANCESTORS = 20
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(frozen=True, slots=True)
class Look:
    """How words look; None where a style says nothing."""

    strong: bool | None = None
    emphasised: bool | None = None
    raised: bool | None = None
    lowered: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None

    def over(self, other: Look) -> Look:
        """This look where it says something, the other elsewhere."""
        said = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        return replace(other, **said)


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    prefix: str
    suffix: str
    start: int
    shown: int
    is_bullet: bool


class Styles:
    """The styles of a document: of its own and of its buttons."""

    def __init__(self, *parts: Element | None) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, dict[int, _Level]] = {}
        self._outline: dict[int, _Level] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        for part in parts:
            for group in part if part is not None else ():
                if tag(group) in ("office:styles", "office:automatic-styles"):
                    self._take(group)

    def _take(self, group: Element) -> None:
        for element in group:
            name = attribute(element, "style:name") or ""
            if tag(element) == "style:style":
                self._styles[attribute(element, "style:family") or "", name] = element
            elif tag(element) == "text:list-style":
                self._lists[name] = _levels(element)
            elif tag(element) == "text:outline-style":
                self._outline = _levels(element)

    def look(self, family: str, name: str) -> Look:
        """The look a style and all it inherits from give to words."""
        key = (family, name)
        if key not in self._looks:
            look = Look()
            for style in self._line(family, name):
                look = look.over(_look_of(child(style, "style:text-properties")))
            self._looks[key] = look
        return self._looks[key]

    def is_called(self, name: str, *names: str) -> bool:
        """Whether a paragraph style, or one it inherits from, has one of the names every program knows."""
        return any(attribute(style, "style:name") in names for style in self._line("paragraph", name))

    def list_of(self, paragraph_style: str) -> str:
        """The list style a paragraph style brings along, or nothing."""
        for style in self._line("paragraph", paragraph_style):
            named = attribute(style, "style:list-style-name")
            if named is not None:
                return named
        return ""

    def level(self, list_style: str, level: int) -> _Level | None:
        """How a list numbers a level (from 1); None for a list nobody described."""
        return self._lists.get(list_style, {}).get(level)

    def outline_level(self, level: int) -> _Level | None:
        return self._outline.get(level)

    def _line(self, family: str, name: str) -> list[Element]:
        """A style and those it inherits from, the nearest first."""
        line: list[Element] = []
        while name and len(line) < _MOST_ANCESTORS:
            style = self._styles.get((family, name))
            if style is None:
                break
            line.append(style)
            name = attribute(style, "style:parent-style-name") or ""
        return line


class Counters:
    """The numbers of one list, counted as its entries come."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def label(self, levels: Mapping[int, _Level], level: int, *, start: int | None = None) -> Label | None:
        """The label of the next entry at a level (from 1); None where nothing is printed."""
        here = levels.get(level)
        for deeper in [each for each in self._counts if each > level]:
            del self._counts[deeper]
        if here is None:
            return None
        if here.is_bullet:
            return Label(level - 1, "•", is_bullet=True)
        count = self._counts.get(level)
        self._counts[level] = start if start is not None else here.start if count is None else count + 1
        if not here.format:
            return None
        first = max(1, level - here.shown + 1)
        numbers = [
            in_format(
                self._counts.get(each, levels[each].start), _FORMATS.get(levels[each].format, "decimal")
            )
            for each in range(first, level + 1)
            if each in levels and levels[each].format
        ]
        printed = ".".join(number or "" for number in numbers)
        text = f"{here.prefix}{printed}{here.suffix}".strip()
        is_plain = here.format == "1" and text == f"{self._counts[level]}."
        return Label(
            level - 1,
            text,
            number=self._counts[level] if is_plain else None,
            exact=here.format in _FORMATS,
        )


def _levels(element: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for each in element:
        level = whole_number(attribute(each, "text:level")) or 0
        if not 1 <= level <= LEVELS:
            continue
        found[level] = _Level(
            format=attribute(each, "style:num-format") or "",
            prefix=(attribute(each, "style:num-prefix") or "")[:20],
            suffix=(attribute(each, "style:num-suffix") or "")[:20],
            start=whole_number(attribute(each, "text:start-value")) or 1,
            shown=whole_number(attribute(each, "text:display-levels")) or 1,
            is_bullet=tag(each) in ("text:list-level-style-bullet", "text:list-level-style-image"),
        )
    return found


def _look_of(properties: Element | None) -> Look:
    if properties is None:
        return Look()
    weight = attribute(properties, "fo:font-weight")
    slant = attribute(properties, "fo:font-style")
    position = (attribute(properties, "style:text-position") or "").split(" ")[0]
    struck = attribute(properties, "style:text-line-through-style")
    display = attribute(properties, "text:display")
    return Look(
        strong=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        emphasised=None if slant is None else slant in ("italic", "oblique"),
        raised=None if not position else position == "super" or _percent(position) > 0,
        lowered=None if not position else position == "sub" or _percent(position) < 0,
        struck=None if struck is None else struck != "none",
        hidden=None if display is None else display == "none",
    )


def _percent(position: str) -> int:
    return whole_number(position.removesuffix("%")) or 0
