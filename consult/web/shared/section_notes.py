"""Notes beside the parts of a document as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from consult.domain.policy.permissions import Permission
from consult.services.section_notes import notes_beside
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.storage.queries.section_notes import SectionNoteRow
from consult.web.shared.heads import may
from consult.web.shared.i18n import day
from consult.web.shared.presenters import Moment


@dataclass(frozen=True, slots=True)
class Note:
    """A note beside a part: `kind` is summary or explanation; `is_later` says that the part's words have changed since."""

    kind: str
    paragraphs: tuple[str, ...]
    at: Moment
    is_later: bool = False


@dataclass(frozen=True, slots=True)
class PartNotes:
    """What stands beside one part, and where it is written."""

    notes: tuple[Note, ...] = ()
    edit_href: str = ""


def note_of(row: SectionNoteRow, text_id: int) -> Note:
    """A note beside the text `text_id`."""
    return Note(row.kind, paragraphs_of(row.text), day(row.at), is_later=row.text_id != text_id)


def paragraphs_of(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split("\n\n") if each.strip())


def notes_of_parts(
    document: DocumentRow, version: VersionRow | None, texts: dict[str, int]
) -> dict[str, PartNotes]:
    """What stands beside the sections of a version, or of the draft when None; `texts` are their texts."""
    rows = notes_beside(document, version)
    can_edit = version is None and may(Permission.EDIT_DRAFT, document)
    return {
        section_id: PartNotes(
            tuple(note_of(row, text_id) for row in rows.get(section_id, ())),
            url_for("section_notes.write", slug=document.slug, section_id=section_id) if can_edit else "",
        )
        for section_id, text_id in texts.items()
        if can_edit or section_id in rows
    }
