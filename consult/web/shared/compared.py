"""The sections that differ between two texts as pages show them: what happened to each, and what it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import url_for
from flask_babel import gettext

from consult.domain.diffing.laid import Line
from consult.domain.text.numbering import title_without_label
from consult.domain.text.passages import Shape
from consult.domain.text.pictures import PictureChange
from consult.services.comparison import Compared, ComparedSection
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.web.shared.causes import ChangeCause
from consult.web.shared.compared_references import with_numbers
from consult.web.shared.differences import Numbering, Part, Run, ShownRow, View, shown_rows
from consult.web.shared.i18n import as_written, phrase
from consult.web.shared.presenters import Link


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened to a section, for its badge: `code` is changed, moved, renamed, added, removed, split, joined,
    deeper or higher; `count` says how many differences there are where that is what the badge shows."""

    code: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A section that differs, in the contents of the comparison."""

    label: str
    title: str
    href: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A section that differs: `heading` as a redline, `marks` what happened to it, `details` sentences on where its
    words came from or went, `count` its differences. `causes` are those of what happened to the whole section. `id` is
    the place of that; `is_long` says that it changed more often than could be told apart."""

    anchor: str
    label: str
    title: str
    heading: tuple[Run, ...]
    marks: tuple[Mark, ...]
    count: int
    rows: tuple[ShownRow, ...]
    details: tuple[Link, ...] = ()
    causes: tuple[ChangeCause, ...] = ()
    id: str = ""
    links: tuple[Link, ...] = ()
    is_long: bool = False


COMMENTED = ("comment", "amendment")
MET = ("meeting", "decision")


@dataclass(slots=True)
class Tally:
    """Differences counted by what they came from, and where the first of each kind stands."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, causes: tuple[ChangeCause, ...], place: str) -> None:
        kind = _kind(causes)
        self.counts[kind] += 1
        self.first.setdefault(kind, place)


def _kind(causes: tuple[ChangeCause, ...]) -> str:
    """What a difference came from, in a word: whoever asked for it counts before whoever tidied up."""
    kinds = {cause.kind for cause in causes}
    for kind, codes in (
        ("comments", COMMENTED),
        ("meetings", MET),
        ("proposals", ("proposal",)),
        ("reasons", ("reason",)),
        ("editorial", ("editorial",)),
        ("others", ("beginning", "back", "merge", "import")),
    ):
        if kinds & set(codes):
            return kind
    return "none"


class Sections:
    """Makes the sections of one comparison, numbering their differences in the order in which they are read."""

    def __init__(
        self,
        document: DocumentRow,
        compared: Compared,
        causes: Mapping[int, ChangeCause],
        view: View,
        old: VersionRow | None,
        sees_draft: bool,
    ) -> None:
        self.document, self.compared, self.causes, self.view = document, compared, causes, view
        self.old, self.sees_draft = old, sees_draft
        self.numbering = Numbering()
        self.tally = Tally()

    def _causes(self, numbers: tuple[int, ...]) -> tuple[ChangeCause, ...]:
        return tuple(self.causes[number] for number in numbers if number in self.causes)

    def shown(self, section: ComparedSection) -> SectionShown:
        pair = section.pair
        placed = pair.new or pair.old
        assert placed is not None  # noqa: S101 - a pair holds one section at least
        before = self.numbering.count
        place = ""
        causes: tuple[ChangeCause, ...] = ()
        if section.is_whole or pair.is_moved:
            place = self.numbering.next()
            causes = self._causes(self._of_the_whole(section))
            self.tally.add(causes, place)
        if not section.is_whole:
            self._count(section)
        lines = with_numbers(section.lines, self.compared.titles, self.compared.old_titles)
        heading, body = _apart(lines)
        label, title = _named(placed.label, placed.heading)
        rows = shown_rows(
            body if not heading else lines,
            self.numbering,
            self.view,
            lambda number: self._causes(section.made_by.get(number, ())),
            is_one=section.is_whole,
        )
        runs: tuple[Run, ...] = (Run("same", (Part(title),)),)
        if heading and rows and rows[0].shape == str(Shape.HEADING):
            first = rows[0]
            runs, rows = _titled(first.runs or first.after, label, placed.label, title), rows[1:]
            causes = (*causes, *(cause for cause in first.causes if cause not in causes))
        seen = {cause.number for cause in causes}
        rows = tuple(_abridged(row, seen) for row in rows)
        return SectionShown(
            anchor=f"c-{placed.section_id[:12]}",
            label=label,
            title=title,
            heading=runs,
            marks=_marks(section),
            count=self.numbering.count - before,
            rows=rows,
            details=tuple(self._details(section)),
            causes=causes,
            id=place,
            links=tuple(self._links(section)),
            is_long=section.is_long,
        )

    def _of_the_whole(self, section: ComparedSection) -> tuple[int, ...]:
        """The changes that brought, took or moved a section: those no difference in it accounts for."""
        inside = {number for by in section.made_by.values() for number in by}
        if section.is_whole:
            return section.changed_by
        return tuple(number for number in section.changed_by if number not in inside) or section.changed_by

    def _count(self, section: ComparedSection) -> None:
        at = self.numbering.count
        for line in section.lines:
            for number in line.differences:
                at += 1
                self.tally.add(self._causes(section.made_by.get(number, ())), f"z-{at}")

    def outline(self, section: SectionShown) -> OutlineLine:
        marks = section.marks or (Mark("changed", section.count),)
        return OutlineLine(section.label, section.title, f"#{section.anchor}", marks)

    def _details(self, section: ComparedSection) -> list[Link]:
        """Where the section stood or stands, and where its words came from or went."""
        pair = section.pair
        found = []
        if pair.old and pair.new and pair.old.label != pair.new.label and pair.old.label:
            found.append(Link(gettext("was %(label)s", label=pair.old.label), ""))
        found += [Link(_picture_words(change), "") for change in section.pictures]
        if pair.is_by_words:
            found.append(Link(gettext("taken for the same part by its words"), ""))
        found += [
            Link(phrase(gettext("has words of %(title)s"), title=self._title(source)), self._anchor(source))
            for source in pair.sources
            if source != pair.section_id
        ]
        verb = gettext("joined to %(title)s") if pair.new is None else gettext("part of it went to %(title)s")
        found += [
            Link(phrase(verb, title=self._title(heir)), self._anchor(heir))
            for heir in pair.heirs
            if heir != pair.section_id
        ]
        return found

    def _title(self, section_id: str) -> str:
        label, heading = self.compared.titles.get(section_id, ("", ""))
        named = " ".join(part for part in _named(label, heading) if part)
        return as_written(named, self.document.language)

    def _anchor(self, section_id: str) -> str:
        shown = any(one.pair.section_id == section_id for one in self.compared.sections)
        return f"#c-{section_id[:12]}" if shown else ""

    def _links(self, section: ComparedSection) -> list[Link]:
        slug, pair = self.document.slug, section.pair
        links = []
        if self.old is not None and pair.old is not None:
            href = url_for(
                "documents.version",
                slug=slug,
                number=self.old.number,
                _anchor=f"s-{pair.old.section_id[:12]}",
            )
            links.append(Link(gettext("see it in version %(number)s", number=self.old.number), href))
        if self.sees_draft:
            where: dict[str, Any] = {"slug": slug, "section_id": pair.section_id}
            links.append(Link(gettext("history of this part"), url_for("documents.section_history", **where)))
        return links


def _abridged(row: ShownRow, seen: set[int]) -> ShownRow:
    """A row whose causes say in full only what none above them in the section said."""
    causes = []
    for cause in row.causes:
        causes.append(
            replace(cause, words="", note="", later="", is_repeated=True) if cause.number in seen else cause
        )
        seen.add(cause.number)
    return replace(row, causes=tuple(causes)) if causes else row


def _named(label: str, heading: str) -> tuple[str, str]:
    """The number and the words of a heading apart; a heading that is nothing but its number is all words."""
    words = title_without_label(heading, label) if label else heading
    if not words:
        return "", heading or label or gettext("(no heading)")
    return label, words


def _titled(runs: tuple[Run, ...], label: str, own: str, title: str) -> tuple[Run, ...]:
    """A heading as a redline without the number it carries itself, which stands before it anyway."""
    if all(run.kind == "same" for run in runs):
        return (Run("same", (Part(title),)),)
    if label and own and runs and runs[0].kind == "same":
        first = runs[0].parts[0]
        if first.text.startswith(own):
            cut = Part(first.text[len(own) :].lstrip(". "), first.tags, first.href)
            return (Run("same", (cut, *runs[0].parts[1:])), *runs[1:])
    return runs


def _apart(lines: tuple[Line, ...]) -> tuple[Line | None, tuple[Line, ...]]:
    """The line of the section's own heading and the others."""
    if lines and lines[0].shape is Shape.HEADING:
        return lines[0], lines[1:]
    return None, lines


def _marks(section: ComparedSection) -> tuple[Mark, ...]:
    pair = section.pair
    if pair.old is None:
        return (Mark("split" if pair.sources else "added"),)
    if pair.new is None:
        return (Mark("joined" if pair.heirs else "removed"),)
    found = []
    if pair.is_moved:
        found.append(Mark("moved"))
    if pair.is_renamed:
        found.append(Mark("renamed"))
    if pair.deeper:
        found.append(Mark("deeper" if pair.deeper > 0 else "higher"))
    if section.made_by:
        found.append(Mark("changed", len(section.made_by)))
    return tuple(found)


def _picture_words(change: PictureChange) -> str:
    """What became of a picture, with what it shows."""
    alt = as_written(change.picture.alt) if change.picture.alt else gettext("A picture without a description")
    if change.kind == "added":
        return phrase(gettext("picture added: %(alt)s"), alt=alt)
    if change.kind == "removed":
        return phrase(gettext("picture removed: %(alt)s"), alt=alt)
    return phrase(gettext("picture described anew: %(alt)s"), alt=alt)
