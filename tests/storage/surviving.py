"""Which sections of a text survived in another, by what anybody can see: a heading or a text that stands once in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from consult.storage.queries.documents import SectionRow


@dataclass
class Survivors:
    """Sections that survived and those that got another identity.

    Of a heading that stands over other words than before there are two honest readings, and the words win: its section
    `went_on` under another heading, or the heading `took_over` the words of another section. Nothing else may be lost.
    """

    texts: int = 0
    headings: int = 0
    went_on: list[str] = field(default_factory=list)
    took_over: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def compare(self, old: Sequence[SectionRow], new: Sequence[SectionRow]) -> None:
        kept = {row.section_id for row in new}
        known = {row.section_id for row in old}
        for key, is_text in ((_text, True), (_heading, False)):
            for before, after in _once_in_both(old, new, key):
                self.texts += is_text
                self.headings += not is_text
                if before.section_id == after.section_id:
                    continue
                if is_text:
                    self.lost.append(before.source)
                elif before.section_id in kept:
                    self.went_on.append(before.heading)
                elif after.section_id in known:
                    self.took_over.append(before.heading)
                else:
                    self.lost.append(before.heading)


def _text(row: SectionRow) -> str:
    return " ".join(row.source.split())


def _heading(row: SectionRow) -> str:
    return row.heading.strip()


def _once_in_both(
    old: Sequence[SectionRow], new: Sequence[SectionRow], key: Callable[[SectionRow], str]
) -> list[tuple[SectionRow, SectionRow]]:
    before, after = Counter(map(key, old)), Counter(map(key, new))
    there = {key(row): row for row in new}
    return [(row, there[key(row)]) for row in old if key(row) and before[key(row)] == 1 == after[key(row)]]
