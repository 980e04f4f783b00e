"""Asking where words come from: a whole text, one section, or some words of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from consult.domain.consolidation.phrases import phrases
from consult.domain.consolidation.provenance import Known, Stretch
from consult.domain.errors import NotFound
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.text import numbering
from consult.services.authority import of_document, require
from consult.services.causes import CauseFound, Sight, cause_of, gather_causes, sight_of
from consult.services.provenance.keeping import Runs, runs_of
from consult.storage.queries import documents as queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.drafting import ChangeRow
from consult.storage.queries.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Origin:
    """A change that brought words, and why it was made."""

    change: ChangeRow
    cause: CauseFound


@dataclass(frozen=True, slots=True)
class Blamed:
    """Words of a section that came with one change: `start` and `end` in code points of its source."""

    section_id: str
    label: str
    heading: str
    start: int
    end: int
    words: str
    origin: Origin


def trace_texts(document: DocumentRow, sections: Sequence[SectionRow]) -> dict[int, Runs]:
    """The origins of the sources of sections, by text id."""
    lengths = {section.text_id: len(section.source) for section in sections}
    return runs_of(document.id, lengths, until=document.last_change_no)


def origins_numbered(document: DocumentRow, numbers: Collection[int], sight: Sight) -> dict[int, Origin]:
    """The changes of these numbers with their causes."""
    changes = drafting_queries.list_changes_numbered(document.id, numbers)
    known = gather_causes(changes.values(), sight)
    return {number: Origin(change, cause_of(change, known)) for number, change in changes.items()}


def blame_document(
    actor: Actor,
    slug: str,
    *,
    version_no: int | None = None,
    section: str = "",
    to_the_letter: bool = False,
) -> list[Blamed]:
    """Where every word of the working draft, or of a version, comes from, in reading order.

    `section` narrows it to one section by its label, its heading or the beginning of its id. In whole words, or
    `to_the_letter`: every code point of the sources is then in one of the rows. Raises NotFound, NotPermitted.
    """
    document = queries.get_document(slug, Viewer.of(actor))
    if version_no is None:
        require(actor, Permission.SEE_UNPUBLISHED, of_document(document))
        sections = queries.list_draft_sections(document.id)
        labels = numbering.labels([row.heading for row in sections], [row.level for row in sections])
    else:
        version = queries.get_version(document.id, version_no)
        sections = queries.list_version_sections(version.id)
        labels = tuple(row.label for row in sections)
    wanted = [
        (row, label)
        for row, label in zip(sections, labels, strict=True)
        if not section or section in (label, row.heading) or row.section_id.startswith(section)
    ]
    if section and not wanted:
        raise NotFound("section")
    runs = trace_texts(document, [row for row, _ in wanted])
    found = [
        (row, label, stretch)
        for row, label in wanted
        for stretch in _stretches(row, runs[row.text_id], to_the_letter)
    ]
    origins = origins_numbered(
        document, {stretch.origin for _, _, stretch in found}, sight_of(actor, document)
    )
    return [
        Blamed(
            row.section_id,
            label,
            row.heading,
            stretch.start,
            stretch.end,
            row.source[stretch.start : stretch.end],
            origins[stretch.origin],
        )
        for row, label, stretch in found
    ]


def _stretches(section: SectionRow, runs: Runs, to_the_letter: bool) -> list[Stretch]:
    whole = list(Known(section.source, runs).stretches(0, len(section.source), at=0))
    return whole if to_the_letter else phrases(section.source, whole)
