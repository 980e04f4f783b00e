"""What stands beside a section and binds nobody: its summary in plain language ("W skrócie") and explanations.

They are no part of the text: neither of its checksum nor of its history of changes. Every wording is kept; which of them
stood beside a version is kept with the version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import escape

from consult.domain.errors import InvalidInput
from consult.domain.history.events import SectionNoteWritten
from consult.domain.policy.actors import Actor
from consult.domain.text.typed import typed_words
from consult.ports.exports import Captions, ExportedSection, captions_for
from consult.services.drafting import get_editable
from consult.storage.models import SectionNote, VersionNote
from consult.storage.queries import documents as document_queries
from consult.storage.queries import section_notes as queries
from consult.storage.queries.documents import DocumentRow, SectionRow, VersionRow
from consult.storage.queries.section_notes import SectionNoteRow
from consult.storage.unit_of_work import Work, unit_of_work

KINDS = ("summary", "explanation")
"""In the order they stand beside a section."""

LONGEST_NOTE = 5_000


def write_section_note(
    actor: Actor, slug: str, section_id: str, kind: str, text: str, *, now: datetime
) -> int | None:
    """Word a note beside a section anew, or take it away with no words; None when it read so already.

    Raises InvalidInput beside the field named as the kind, NotFound for a section that does not stand.
    """
    document = get_editable(actor, slug)
    if kind not in KINDS:
        raise InvalidInput("section_note_kind", field="kind")
    words = typed_words(text, kind, LONGEST_NOTE)
    with unit_of_work() as work:
        document_queries.lock_document(document.id)
        section = document_queries.get_section(document.id, section_id)
        held = {row.kind: row for row in queries.list_draft_notes(document.id, section_id=section_id)}
        if words == (held[kind].text if kind in held else ""):
            return None
        note = SectionNote(
            document_id=document.id,
            section_id=section_id,
            kind=kind,
            text=words,
            text_id=section.text_id,
            at=now,
            person_id=actor.id,
        )
        work.add(note)
        work.flush()
        work.record(SectionNoteWritten(str(document.id), str(note.id)), at=now, actor_ref=actor.id)
        return note.id


def publish_notes(work: Work, document_id: int, version_id: int) -> None:
    """Keep with a version which notes stood beside its sections."""
    work.add(
        *(VersionNote(version_id=version_id, note_id=row.id) for row in queries.list_draft_notes(document_id))
    )


def notes_beside(document: DocumentRow, version: VersionRow | None) -> dict[str, tuple[SectionNoteRow, ...]]:
    """The notes of each section, in the order of `KINDS`: those published with a version, or those of the draft."""
    rows = queries.list_version_notes(version.id) if version else queries.list_draft_notes(document.id)
    found: dict[str, tuple[SectionNoteRow, ...]] = {}
    for row in sorted(rows, key=lambda row: (KINDS.index(row.kind), row.id)):
        found[row.section_id] = (*found.get(row.section_id, ()), row)
    return found


def with_notes(
    document: DocumentRow,
    version_no: int | None,
    sections: Sequence[SectionRow],
    exported: Sequence[ExportedSection],
) -> tuple[ExportedSection, ...]:
    """Exported sections with their notes behind the words, set off and named as binding nobody.

    They are marked as generated, so that a file that comes back is read without them.
    """
    version = document_queries.get_version(document.id, version_no) if version_no is not None else None
    notes = notes_beside(document, version)
    captions = captions_for(document.language)
    return tuple(
        replace(one, html=one.html + "".join(_set_off(note, captions) for note in notes[section.section_id]))
        if section.section_id in notes
        else one
        for section, one in zip(sections, exported, strict=True)
    )


def _set_off(note: SectionNoteRow, captions: Captions) -> str:
    title = {"summary": captions.in_short, "explanation": captions.explanation}[note.kind]
    blocks = [f"<strong>{escape(title)}</strong> ({escape(captions.not_binding)})"]
    blocks += [escape(" ".join(each.split())) for each in note.text.split("\n\n") if each.strip()]
    return (
        "<blockquote>"
        + "".join(f'<p><span data-generated="">{words}</span></p>' for words in blocks)
        + "</blockquote>"
    )
