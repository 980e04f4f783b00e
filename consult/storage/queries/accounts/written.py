"""The words a person wrote as themselves while working on documents: to be taken away, and freed of their name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select, update

from consult.storage.database import Base, db
from consult.storage.models.attributions import ChangeAttribution
from consult.storage.models.consultations import Consultation
from consult.storage.models.documents import Document
from consult.storage.models.drafting import Change
from consult.storage.models.history import Seal
from consult.storage.models.meeting_decisions import MeetingDecision
from consult.storage.models.meetings import Meeting
from consult.storage.models.proposals import Proposal, ProposalPart, ProposalReply, ProposalTurn
from consult.storage.models.section_notes import SectionNote
from consult.storage.models.section_statuses import DissentingOpinion, SectionStatus, StageStep
from consult.storage.models.working_notes import WorkingNote

LEFT_OUT = "[…]"
"""What stands in the place of an erased name."""

_DOCUMENT = (Document.slug, Document.title)


def list_written_by(person_id: int) -> list[dict[str, object]]:
    """Every piece of writing as `kind`, `id`, `document` (slug), `title` of the document, `at` in ISO 8601, and `words` by
    what they are; by kind, the first first. Pieces without words are left out."""
    found: list[dict[str, object]] = []
    for kind, fields, statement in _pieces(person_id):
        for row in db.session.execute(statement):
            row_id, at, slug, title, *values = row
            words = {field: value for field, value in zip(fields, values, strict=True) if value}
            if kind == "proposal":
                words["wordings"] = _wordings(row_id)
            if any(words.values()):
                found.append(
                    {
                        "kind": kind,
                        "id": row_id,
                        "document": slug,
                        "title": title,
                        "at": at.isoformat(),
                        "words": words,
                    }
                )
    return found


def _wordings(proposal_id: int) -> list[str]:
    """The wordings a proposal asked for, as they were sent."""
    statement = select(ProposalPart.first_source).where(ProposalPart.proposal_id == proposal_id)
    return [source for source in db.session.scalars(statement.order_by(ProposalPart.id)) if source]


def _pieces(person_id: int) -> Iterator[tuple[str, tuple[str, ...], Select[*tuple[Any, ...]]]]:
    """(kind, names of the words, select of id, moment, document and words)."""
    yield (
        "proposal",
        ("title", "rationale"),
        select(Proposal.id, Proposal.created_at, *_DOCUMENT, Proposal.title, Proposal.rationale)
        .join(Document, Document.id == Proposal.document_id)
        .where(Proposal.person_id == person_id)
        .order_by(Proposal.id),
    )
    for kind, table, field in (
        ("proposal_reply", ProposalReply, "text"),
        ("proposal_turn", ProposalTurn, "reason"),
    ):
        yield (
            kind,
            (field,),
            select(table.id, table.at, *_DOCUMENT, getattr(table, field))
            .join(Proposal, Proposal.id == table.proposal_id)
            .join(Document, Document.id == Proposal.document_id)
            .where(table.person_id == person_id)
            .order_by(table.id),
        )
    for kind, own, field in (
        ("dissenting_opinion", DissentingOpinion, "text"),
        ("working_note", WorkingNote, "text"),
        ("section_note", SectionNote, "text"),
        ("section_status", SectionStatus, "note"),
        ("stage_step", StageStep, "note"),
    ):
        yield (
            kind,
            (field,),
            select(own.id, own.at, *_DOCUMENT, getattr(own, field))
            .join(Document, Document.id == own.document_id)
            .where(own.person_id == person_id)
            .order_by(own.id),
        )
    yield (
        "meeting_decision",
        ("text",),
        select(MeetingDecision.id, MeetingDecision.at, *_DOCUMENT, MeetingDecision.text)
        .join(Meeting, Meeting.id == MeetingDecision.meeting_id)
        .join(Consultation, Consultation.id == Meeting.consultation_id)
        .join(Document, Document.id == Consultation.document_id)
        .where(MeetingDecision.person_id == person_id)
        .order_by(MeetingDecision.id),
    )
    yield (
        "change",
        ("note",),
        select(Change.id, Change.at, *_DOCUMENT, Seal.value)
        .join(Document, Document.id == Change.document_id)
        .join(Seal, Seal.id == Change.note_seal_id)
        .where(Change.actor_ref == person_id)
        .order_by(Change.id),
    )
    yield (
        "change_attribution",
        ("reason",),
        select(ChangeAttribution.id, ChangeAttribution.at, *_DOCUMENT, Seal.value)
        .join(Change, Change.id == ChangeAttribution.change_id)
        .join(Document, Document.id == Change.document_id)
        .join(Seal, Seal.id == ChangeAttribution.reason_seal_id)
        .where(ChangeAttribution.person_id == person_id)
        .order_by(ChangeAttribution.id),
    )


_FREE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("proposal", ("title", "rationale")),
    ("proposal_reply", ("text",)),
    ("dissenting_opinion", ("text",)),
    ("working_note", ("text",)),
)
"""What is no record, and so can be altered when its author is erased."""


def forget_name(person_id: int, *names: str) -> int:
    """Leave a person's own words without their name and address, whoever signed them; how many pieces were altered.

    The words themselves stay: others answered them, and they are about the text. What is record is not altered.
    """
    wanted = [re.escape(name) for name in names if name.strip()]
    if not wanted:
        return 0
    named = re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", re.IGNORECASE)
    altered = 0
    for name, fields in _FREE:
        table = Base.metadata.tables[name]
        columns = [table.c[field] for field in fields]
        for row_id, *values in db.session.execute(
            select(table.c.id, *columns).where(table.c.person_id == person_id)
        ):
            freed = {field: named.sub(LEFT_OUT, value) for field, value in zip(fields, values, strict=True)}
            if list(freed.values()) != values:
                db.session.execute(update(table).where(table.c.id == row_id).values(freed))
                altered += 1
    db.session.expire_all()
    return altered
