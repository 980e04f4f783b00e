"""What the pages of a group's work share: who may see the draft, how people and parts are called."""

from __future__ import annotations

from flask import url_for

from consult.domain.policy.permissions import Permission
from consult.domain.text.numbering import title_without_label
from consult.services.authority import of_document, require
from consult.services.exports import labelled
from consult.storage.queries import documents as queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.web.shared.viewers import current_actor, current_viewer


def get_drafted(slug: str, permission: Permission = Permission.SEE_UNPUBLISHED) -> DocumentRow:
    """The document, for a reader who sees its draft and may do this. Raises NotFound, NotPermitted."""
    document = queries.get_document(slug, current_viewer())
    require(current_actor(), Permission.SEE_UNPUBLISHED, of_document(document))
    require(current_actor(), permission, of_document(document))
    return document


def standing_parts(document: DocumentRow) -> dict[str, SectionRow]:
    """The sections of the draft in reading order, by id, with the labels they would be printed with."""
    return {row.section_id: row for row in labelled(queries.list_draft_sections(document.id))}


def part_title(section: SectionRow) -> str:
    """The number and heading of a section, or its first words where it has none."""
    if not section.heading:
        return " ".join(section.plain.split()[:6])
    words = title_without_label(section.heading, section.label) if section.label else section.heading
    return f"{section.label} {words}".strip() if words else section.heading


def part_href(document: DocumentRow, section_id: str) -> str:
    return url_for("documents.draft", slug=document.slug, _anchor=f"s-{section_id[:12]}")
