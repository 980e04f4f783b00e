"""The numbers Word prints before paragraphs, worked out as Word does.

They stand nowhere in the file as text: a paragraph names a list and a level, and the reader has to
count. Counters belong to the abstract list, so two lists over one abstract list continue each other
unless the second says where it starts (ISO/IEC 29500-1, 17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from consult.adapters.import_files.composition import Label
from consult.adapters.import_files.package import (
    Element,
    attribute,
    child,
    children,
    is_on,
    value,
    whole_number,
)
from consult.adapters.import_files.printed import in_format
from consult.adapters.import_files.word.styles import Numbered

LEVELS = 9
_LABEL_LENGTH = 60
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    pattern: str
    legal: bool
    restarts: bool


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    restarted: frozenset[int]


class Numbering:
    """The numbering part with its running counters; ask for labels in reading order."""

    def __init__(self, root: Element | None) -> None:
        abstracts = {
            attribute(each, "w:abstractNumId") or "": each for each in children(root, "w:abstractNum")
        }
        linked = {
            value(each, "w:styleLink"): each
            for each in abstracts.values()
            if child(each, "w:styleLink") is not None
        }
        self._levels_by_style: dict[tuple[str, str], int] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()
        for each in children(root, "w:num"):
            identity = attribute(each, "w:numId") or ""
            abstract = value(each, "w:abstractNumId") or ""
            source = abstracts.get(abstract)
            source = linked.get(value(source, "w:numStyleLink"), source)
            self._lists[identity] = self._read_list(identity, abstract, source, each)

    def label(self, numbered: Numbered, style: str) -> Label | None:
        """The label of the next paragraph of that list and level, or None when nothing is printed."""
        found = self._lists.get(numbered.list_id)
        if found is None:
            return None
        level = numbered.level
        if level is None:
            level = self._levels_by_style.get((numbered.list_id, style), 0)
        level = min(max(level, 0), LEVELS - 1)
        counters = self._advance(numbered.list_id, found, level)
        rule = found.levels.get(level)
        if rule is None:
            return None
        if rule.format == "bullet":
            return Label(level, "•", is_bullet=True)
        return _printed(found.levels, rule, level, counters)

    def _read_list(self, identity: str, abstract: str, source: Element | None, instance: Element) -> _List:
        levels: dict[int, _Level] = {}
        starts: dict[int, int] = {}
        for level in children(source, "w:lvl"):
            self._add_level(identity, levels, level)
        for override in children(instance, "w:lvlOverride"):
            position = whole_number(attribute(override, "w:ilvl"))
            start = whole_number(value(override, "w:startOverride"))
            if position is not None and start is not None:
                starts[position] = start
            replacement = child(override, "w:lvl")
            if replacement is not None:
                self._add_level(identity, levels, replacement)
        for position, start in starts.items():
            if position in levels:
                levels[position] = replace(levels[position], start=start)
        return _List(abstract, levels, frozenset(starts))

    def _add_level(self, identity: str, levels: dict[int, _Level], level: Element) -> None:
        position = whole_number(attribute(level, "w:ilvl"))
        if position is None or not 0 <= position < LEVELS:
            return
        start = whole_number(value(level, "w:start"))
        levels[position] = _Level(
            start=0 if start is None else start,
            format=value(level, "w:numFmt") or "decimal",
            pattern=(value(level, "w:lvlText") or "")[:_LABEL_LENGTH],
            legal=bool(is_on(level, "w:isLgl")),
            restarts=value(level, "w:lvlRestart") != "0",
        )
        style = value(level, "w:pStyle")
        if style:
            self._levels_by_style[identity, style] = position

    def _advance(self, identity: str, found: _List, level: int) -> dict[int, int]:
        counters = self._counters.setdefault(found.abstract, {})
        if identity not in self._started:
            self._started.add(identity)
            for position in found.restarted:
                counters.pop(position, None)
        for position in range(level):
            if position not in counters and position in found.levels:
                counters[position] = found.levels[position].start
        if level in counters:
            counters[level] += 1
        else:
            rule = found.levels.get(level)
            counters[level] = rule.start if rule else 1
        for position in [each for each in counters if each > level]:
            rule = found.levels.get(position)
            if rule is None or rule.restarts:
                del counters[position]
        return counters


def _printed(levels: dict[int, _Level], rule: _Level, level: int, counters: dict[int, int]) -> Label | None:
    exact = True

    def number(place: re.Match[str]) -> str:
        nonlocal exact
        position = int(place[1]) - 1
        there = levels.get(position)
        count = counters.get(position, there.start if there else 1)
        style = "decimal" if rule.legal or there is None else there.format
        written = in_format(count, style)
        if written is None:
            exact = False
            written = str(count)
        return written

    text = _PLACE.sub(number, rule.pattern).strip()
    if not text:
        return None
    is_plain = rule.format == "decimal" and rule.pattern.strip() == f"%{level + 1}." and counters[level] >= 0
    return Label(level, text, number=counters[level] if is_plain else None, exact=exact)
