"""What is found around the texts: documents, consultations, meetings, opinions, explanations, organisations, groups.

A kind is one function that reads the rows of given ids a viewer may see, and one line in `AROUND`. The index is fed
with what it gives to `EVERYTHING`, a candidate is shown where it gives it to the viewer with the same stamp, and the
line of a result is made of it: so a rule of who may see what is written once. Another kind needs one more function,
its line, its words in `ports.search.vocabulary`, and its events in `services.search.keeping`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select

from consult.domain.text.plain import plain_of
from consult.storage.database import db
from consult.storage.models.collections import Collection
from consult.storage.models.comments import Comment
from consult.storage.models.consultations import WITH_PREPARED, Announcement, Consultation
from consult.storage.models.documents import Document
from consult.storage.models.groups import WorkingGroup
from consult.storage.models.history import Seal
from consult.storage.models.meeting_decisions import MeetingDecision
from consult.storage.models.meetings import Explanation, Meeting, Opinion
from consult.storage.models.organisations import HostText, Organisation
from consult.storage.models.proposals import Proposal, ProposalReply
from consult.storage.models.section_statuses import DissentingOpinion
from consult.storage.queries.groups import known_to
from consult.storage.queries.organisations.profiles import shown_to
from consult.storage.queries.search.dissents import read_dissents
from consult.storage.queries.search.hosts import read_collections, read_host_texts
from consult.storage.queries.search.known import Known
from consult.storage.queries.search.proposals import read_proposals, read_replies
from consult.storage.queries.viewers import Viewer, drafted_by_viewer, hosted_by_viewer


def is_known(viewer: Viewer) -> ColumnElement[bool]:
    """Condition: the document has been published, or the viewer may see its working draft."""
    return or_(Document.last_version_no > 0, drafted_by_viewer(Document.host_id, Document.id, viewer))


def is_announced(viewer: Viewer) -> ColumnElement[bool]:
    """Condition: the consultation has been announced, or is of a host the viewer works for."""
    return or_(Consultation.announced_on.is_not(None), hosted_by_viewer(Consultation.host_id, viewer))


def _lines(*words: str | None) -> str:
    return "\n".join(part for part in words if part)


def _documents(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    rows = db.session.execute(
        select(Document, Organisation.name)
        .join(Organisation, Organisation.id == Document.host_id)
        .where(Document.id.in_(ids), is_known(viewer))
    )
    return [
        Known(
            kind="document",
            row_id=document.id,
            title=document.title,
            body=document.summary,
            at=document.created_at,
            made_of=(document.summary,),
            host_id=document.host_id,
            host_name=host,
            document_id=document.id,
            document_slug=document.slug,
            document_title=document.title,
            language=document.language,
            fields=(("organisation", host),),
        )
        for document, host in rows
    ]


def _of_consultations(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Columns beside a consultation, the prepared ones too, its document and the name of its host."""
    return (
        select(Consultation, Document, Organisation.name, *columns)
        .join(Document, Document.id == Consultation.document_id)
        .join(Organisation, Organisation.id == Consultation.host_id)
        .execution_options(**WITH_PREPARED)
    )


def _beside(row: Row[*tuple[Any, ...]], **own: Any) -> Known:
    """Something of a consultation, from a row of `_of_consultations`."""
    consultation, document, host = row[0], row[1], row[2]
    return Known(
        host_id=consultation.host_id,
        host_name=host,
        document_id=document.id,
        document_slug=document.slug,
        document_title=document.title,
        consultation_id=consultation.id,
        **{"fields": (("organisation", host),), **own},
    )


def _consultations(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    rows = db.session.execute(_of_consultations().where(Consultation.id.in_(ids), is_announced(viewer)))
    return [_consultation(row) for row in rows]


def _consultation(row: Row[*tuple[Any, ...]]) -> Known:
    one: Consultation = row[0]
    body = _lines(
        one.summary, one.purpose, one.addressees, one.area, one.local_rule, one.reading_place, one.contact
    )
    return _beside(
        row,
        kind="consultation",
        row_id=one.id,
        title=one.title,
        body=body,
        at=one.created_at,
        made_of=(body,),
    )


def _announcements(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    rows = db.session.execute(
        _of_consultations(Announcement)
        .join(Announcement, Announcement.consultation_id == Consultation.id)
        .where(Announcement.id.in_(ids), is_announced(viewer))
    )
    return [
        _beside(
            row,
            kind="announcement",
            row_id=row[3].id,
            title=row[3].title,
            body=plain_of(row[3].html),
            at=row[3].published_at,
            made_of=(),
            number=row[3].number,
        )
        for row in rows
    ]


def _meetings(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    rows = db.session.execute(
        _of_consultations(Meeting)
        .join(Meeting, Meeting.consultation_id == Consultation.id)
        .where(Meeting.id.in_(ids), is_announced(viewer))
    )
    return [_meeting(row) for row in rows]


def _meeting(row: Row[*tuple[Any, ...]]) -> Known:
    one: Meeting = row[3]
    told = (one.place, one.room, one.series, one.block)
    return _beside(
        row,
        kind="meeting",
        row_id=one.id,
        title=one.title,
        body=_lines(*told, plain_of(one.programme_html), one.access_note),
        at=one.starts_at,
        made_of=(*told, one.programme_html, one.access_note),
    )


def _meeting_notes(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    rows = db.session.execute(
        _of_consultations(Meeting)
        .join(Meeting, Meeting.consultation_id == Consultation.id)
        .where(
            Meeting.id.in_(ids),
            Meeting.note_html != "",
            Meeting.note_published_at.is_not(None),  # before that it is only its writers', who have its page
            is_announced(viewer),
        )
    )
    return [
        _beside(
            row,
            kind="meeting_note",
            row_id=row[3].id,
            title=row[3].title,
            body=plain_of(row[3].note_html),
            at=row[3].note_published_at or row[3].starts_at,
            made_of=(row[3].note_html,),
        )
        for row in rows
    ]


def _decisions(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    """What was decided at meetings; known with the note of the meeting and not before."""
    rows = db.session.execute(
        _of_consultations(Meeting, MeetingDecision)
        .join(Meeting, Meeting.consultation_id == Consultation.id)
        .join(MeetingDecision, MeetingDecision.meeting_id == Meeting.id)
        .where(MeetingDecision.id.in_(ids), is_announced(viewer), Meeting.note_published_at.is_not(None))
    )
    return [
        _beside(
            row,
            kind="decision",
            row_id=row[4].id,
            title="",
            body=row[4].text,
            at=row[4].at,
            made_of=(row[4].text,),
            number=row[4].number,
            meeting_id=row[3].id,
        )
        for row in rows
    ]


def _opinions(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    rows = db.session.execute(
        _of_consultations(Opinion)
        .join(Opinion, Opinion.consultation_id == Consultation.id)
        .where(
            Opinion.id.in_(ids),
            is_announced(viewer),
            or_(Opinion.delivered_on.is_not(None), hosted_by_viewer(Opinion.host_id, viewer)),
        )
    )
    return [
        _beside(
            row,
            kind="opinion",
            row_id=row[3].id,
            title=row[3].body,
            body=_lines(row[3].legal_basis, row[3].summary, plain_of(row[3].html)),
            at=row[3].changed_at,
            made_of=(row[3].legal_basis, row[3].summary, row[3].html),
            fields=(("author", row[3].body), ("organisation", row[3].body)),
        )
        for row in rows
    ]


def _explanations(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    rows = db.session.execute(
        _of_consultations(Explanation, Seal.value, Comment.register_id, Comment.number)
        .join(Explanation, Explanation.consultation_id == Consultation.id)
        .join(Seal, Seal.id == Explanation.text_seal_id)
        .outerjoin(Comment, Comment.id == Explanation.comment_id)
        .where(Explanation.id.in_(ids), Seal.value.is_not(None), is_announced(viewer))
    )
    return [
        _beside(
            row,
            kind="explanation",
            row_id=row[3].id,
            title="",
            body=row[4],
            at=row[3].at,
            made_of=(),
            register_id=row[5],
            number=row[6],
            fields=(("author", row[2]), ("organisation", row[2])),
        )
        for row in rows
    ]


def _organisations(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(ids), shown_to(viewer)))
    return [
        Known(
            kind="organisation",
            row_id=one.id,
            title=one.name,
            body=_lines(*_told(one)),
            at=one.created_at,
            made_of=_told(one),
            host_id=one.id if one.is_host else None,
            slug=one.slug,
            fields=(("organisation", one.name),),
        )
        for one in rows
    ]


def _told(one: Organisation) -> tuple[str, ...]:
    return one.short_name, one.summary, one.seat, one.krs, one.regon, one.nip


def _groups(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    rows = db.session.execute(
        select(WorkingGroup, Organisation.name)
        .join(Organisation, Organisation.id == WorkingGroup.host_id)
        .where(WorkingGroup.id.in_(ids), known_to(viewer))
    )
    return [
        Known(
            kind="group",
            row_id=one.id,
            title=one.name,
            body=_lines(one.block, one.summary),
            at=one.created_at,
            made_of=(one.block, one.summary),
            host_id=one.host_id,
            host_name=host,
            slug=one.slug,
            fields=(("organisation", host),),
        )
        for one, host in rows
    ]


Reader = Callable[[Sequence[int], Viewer], list[Known]]

AROUND: dict[str, tuple[Reader, Any]] = {
    "document": (_documents, Document.id),
    "consultation": (_consultations, Consultation.id),
    "announcement": (_announcements, Announcement.id),
    "meeting": (_meetings, Meeting.id),
    "meeting_note": (_meeting_notes, Meeting.id),
    "opinion": (_opinions, Opinion.id),
    "explanation": (_explanations, Explanation.id),
    "organisation": (_organisations, Organisation.id),
    "group": (_groups, WorkingGroup.id),
    "proposal": (read_proposals, Proposal.id),
    "proposal_reply": (read_replies, ProposalReply.id),
    "decision": (_decisions, MeetingDecision.id),
    "dissent": (read_dissents, DissentingOpinion.id),
    "collection": (read_collections, Collection.id),
    "host_text": (read_host_texts, HostText.id),
}
"""By kind: how its rows are read, and the column of their ids."""


def list_decision_ids(meeting_id: int) -> list[int]:
    """Everything decided at a meeting."""
    return list(
        db.session.scalars(select(MeetingDecision.id).where(MeetingDecision.meeting_id == meeting_id))
    )


def list_announcement_ids(consultation_id: int) -> list[int]:
    """Everything announced about a consultation."""
    return list(
        db.session.scalars(select(Announcement.id).where(Announcement.consultation_id == consultation_id))
    )
