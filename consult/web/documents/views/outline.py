"""The contents of a text, and how its parts are named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext

from consult.domain.text.numbering import title_without_label
from consult.storage.queries.documents import SectionRow
from consult.web.shared.presenters import OutlineEntry


def outline_of(sections: Sequence[SectionRow], counts: Mapping[str, int]) -> tuple[OutlineEntry, ...]:
    """The contents as a tree, with how many comments speak of each entry and what lies under it."""
    sums = _sums(sections, counts)
    busiest = max(sums, default=0)

    def entries(start: int, end: int) -> tuple[OutlineEntry, ...]:
        found: list[OutlineEntry] = []
        at = start
        while at < end:
            section = sections[at]
            below = at + 1
            while below < end and section.level and sections[below].level > section.level:
                below += 1
            if section.heading or section.label:
                label, title = label_and_title(section)
                found.append(
                    OutlineEntry(
                        label=label,
                        title=title,
                        href=f"#{anchor_of(section)}",
                        count=sums[at],
                        heat=min(4, -(-4 * sums[at] // busiest)) if busiest else 0,
                        children=entries(at + 1, below),
                    )
                )
            at = below
        return tuple(found)

    top = entries(0, len(sections))
    if len(top) == 1 and top[0].children and not top[0].label:
        return top[0].children
    return top


def _sums(sections: Sequence[SectionRow], counts: Mapping[str, int]) -> list[int]:
    """Comments of each section and all under it."""
    sums = [counts.get(section.section_id, 0) for section in sections]
    for at in range(len(sections) - 1, -1, -1):
        level = sections[at].level
        for above in range(at - 1, -1, -1):
            if level and 0 < sections[above].level < level:
                sums[above] += sums[at]
                break
    return sums


def anchor_of(section: SectionRow) -> str:
    return f"s-{section.section_id[:12]}"


def label_and_title(section: SectionRow) -> tuple[str, str]:
    """The number and the words of a heading apart; a heading that is nothing but its number is all words."""
    words = title_without_label(section.heading, section.label) if section.label else section.heading
    if not words:
        return "", section.heading or section.label or gettext("(no heading)")
    return section.label, words


def title_of(section: SectionRow) -> str:
    return " ".join(part for part in label_and_title(section) if part)
