"""References between the sections of a document: shown with the numbers sections bear now, and those that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from consult.domain.text.cross_references import SIGNS, Target, list_references, renumbered
from consult.domain.text.numbering import labels, title_without_label
from consult.ports.exports import captions_for
from consult.storage.queries import cross_references as queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.drafting import Standing, list_standing

Find = Callable[[str], Target | None]


@dataclass(frozen=True, slots=True)
class Dangling:
    """A reference of the working draft that leads nowhere: where it stands, its words, and the heading of the section it
    led to, "" where no such section was ever in this document."""

    section_id: str
    words: str
    was: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference of the working draft from one standing section to another."""

    from_section: str
    to_section: str
    words: str


@dataclass(frozen=True, slots=True)
class References:
    """All references of a working draft, in the order of the text."""

    standing: tuple[Reference, ...]
    dangling: tuple[Dangling, ...]


def with_present_numbers(
    document: DocumentRow,
    sections: Sequence[SectionRow],
    *,
    with_links: bool = True,
    is_generated: bool = True,
) -> list[SectionRow]:
    """The sections of one text, their labels known, with the numbers they bear in it in all references among them.

    Plain text stays as it is. A section that was joined to another is found under that one. Costs a query only where
    something refers to a section that does not stand in the text.
    """
    if not any("#s-" in section.html for section in sections):
        return list(sections)
    find = _finder(document.id, {row.section_id: (row.label, row.heading) for row in sections}, with_links)
    gone = captions_for(document.language).gone_part
    return [
        replace(section, html=renumbered(section.html, find, gone=gone, is_generated=is_generated))
        for section in sections
    ]


def with_numbers_of_draft(document: DocumentRow, html: str) -> str:
    """Rendered words of a working draft with the present numbers in their references."""
    if "#s-" not in html:
        return html
    find = _finder(document.id, _named(list_standing(document.id)), with_links=True)
    return renumbered(html, find, gone=captions_for(document.language).gone_part)


def list_draft_references(document: DocumentRow) -> References:
    """The references of the working draft: those that lead somewhere, and those that do not."""
    referring = queries.list_referring(document.id)
    if not referring:
        return References((), ())
    resolve = _resolver(document.id, [row.section_id for row in list_standing(document.id)])
    standing: list[Reference] = []
    lost: list[tuple[str, str, str]] = []
    for row in referring:
        for reference in list_references(row.html):
            target = resolve(reference.name)
            if target is None:
                lost.append((row.section_id, reference.name, reference.words))
            else:
                standing.append(Reference(row.section_id, target, reference.words))
    were = queries.list_headings_once(document.id, frozenset(name for _, name, _ in lost))
    dangling = tuple(Dangling(section_id, words, were.get(name, "")) for section_id, name, words in lost)
    return References(tuple(standing), dangling)


def _named(order: Sequence[Standing]) -> dict[str, tuple[str, str]]:
    """(label, heading) of each section as it would be printed now."""
    found = labels([row.heading for row in order], [row.level for row in order])
    return {row.section_id: (label, row.heading) for row, label in zip(order, found, strict=True)}


def _finder(document_id: int, named: Mapping[str, tuple[str, str]], with_links: bool) -> Find:
    resolve = _resolver(document_id, list(named))

    def find(name: str) -> Target | None:
        section_id = resolve(name)
        if section_id is None:
            return None
        label, heading = named[section_id]
        href = f"#s-{section_id[:SIGNS]}" if with_links else ""
        return Target(label, title_without_label(heading, label), href)

    return find


def _resolver(document_id: int, section_ids: Sequence[str]) -> Callable[[str], str | None]:
    """Finds the standing section a name means, following those that were joined to another."""
    standing = {section_id[:SIGNS]: section_id for section_id in section_ids}
    joined: dict[str, str] | None = None

    def resolve(name: str) -> str | None:
        nonlocal joined
        if name in standing:
            return standing[name]
        if joined is None:
            joined = {left[:SIGNS]: to[:SIGNS] for left, to in queries.list_joined(document_id).items()}
        seen: set[str] = set()
        while name in joined and name not in seen:
            seen.add(name)
            name = joined[name]
            if name in standing:
                return standing[name]
        return None

    return resolve
