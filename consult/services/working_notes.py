"""Working notes: what a group says to itself beside its draft. They leave it by no way: no feed, search or file."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.history.events import WorkingNoteKept
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.text.typed import typed_line
from consult.services.proposals.shared import checked_words, get_discussed
from consult.storage.models import WorkingNote
from consult.storage.queries import documents as document_queries
from consult.storage.queries import working_notes as queries
from consult.storage.unit_of_work import unit_of_work

LONGEST_QUOTE = 1_000


def write_note(actor: Actor, slug: str, section_id: str, text: str, *, quote: str = "", now: datetime) -> int:
    """Write a note on a section, or on words that stand in it; its id. Raises InvalidInput when they do not."""
    document = get_discussed(actor, slug, Permission.WRITE_NOTES)
    words = checked_words(text, "text")
    passage = typed_line(quote, "quote", LONGEST_QUOTE)
    with unit_of_work() as work:
        section = document_queries.get_section(document.id, section_id)
        if passage and passage not in " ".join(section.plain.split()):
            raise InvalidInput("note_quote", field="quote")
        note = WorkingNote(
            document_id=document.id,
            section_id=section_id,
            quote=passage,
            parent_id=None,
            text=words,
            at=now,
            person_id=actor.id,
            resolved_at=None,
            resolved_by=None,
        )
        work.add(note)
        work.flush()
        work.record(WorkingNoteKept(str(document.id)), at=now, actor_ref=actor.id)
        return note.id


def answer_note(actor: Actor, slug: str, note_id: int, text: str, *, now: datetime) -> int:
    """Answer a note that is not settled; the answer's id."""
    document = get_discussed(actor, slug, Permission.WRITE_NOTES)
    words = checked_words(text, "text")
    with unit_of_work() as work:
        note = _beginning(document.id, note_id)
        if note.resolved_at is not None:
            raise RuleBroken("note_resolved")
        answer = WorkingNote(
            document_id=document.id,
            section_id=note.section_id,
            quote="",
            parent_id=note.id,
            text=words,
            at=now,
            person_id=actor.id,
            resolved_at=None,
            resolved_by=None,
        )
        work.add(answer)
        work.flush()
        work.record(WorkingNoteKept(str(document.id)), at=now, actor_ref=actor.id)
        return answer.id


def resolve_note(actor: Actor, slug: str, note_id: int, *, is_resolved: bool = True, now: datetime) -> None:
    """Say that the matter of a note is settled, or that it is not after all."""
    document = get_discussed(actor, slug, Permission.WRITE_NOTES)
    with unit_of_work() as work:
        note = _beginning(document.id, note_id)
        note.resolved_at = now if is_resolved else None
        note.resolved_by = actor.id if is_resolved else None
        work.record(WorkingNoteKept(str(document.id)), at=now, actor_ref=actor.id)


def _beginning(document_id: int, note_id: int) -> WorkingNote:
    note = queries.find_note(document_id, note_id)
    if note is None or note.parent_id is not None:
        raise NotFound("note")
    return note
