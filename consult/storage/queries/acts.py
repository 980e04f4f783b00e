"""Selects that read what people decided or said about a document as it is kept, for chaining it and recomputing that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from consult.domain.history.acts import ActKind
from consult.domain.history.canonical import Canonical
from consult.storage.database import db
from consult.storage.models.acts import RecordedAct
from consult.storage.models.attachments import AttachmentState
from consult.storage.models.attributions import ChangeAttribution
from consult.storage.models.comments import Comment, CommentRevision, Submission
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.dispositions import DispositionRevision
from consult.storage.models.documents import Document
from consult.storage.models.drafting import Change
from consult.storage.models.history import Seal
from consult.storage.models.meeting_decisions import MeetingDecision
from consult.storage.models.meetings import Meeting
from consult.storage.models.moderation import ModerationAct
from consult.storage.models.proposals import Proposal, ProposalTurn
from consult.storage.models.section_statuses import SectionStatus, StageStep
from consult.storage.models.submissions import LateDecision


@dataclass(frozen=True, slots=True)
class ActRow:
    """What the row of an act says. `ref` is its key, `name` what people call it, `words` are those its act seals."""

    ref: str
    name: str
    at: datetime
    person_id: int | None
    facts: Mapping[str, Canonical]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeptAct:
    """A link of the chain."""

    number: int
    kind: str
    ref: str
    salt: bytes
    digest: str
    prev_hash: str
    hash: str


def list_acts(document_id: int) -> list[KeptAct]:
    """The chain of a document, in order."""
    rows = db.session.execute(
        select(
            RecordedAct.number,
            RecordedAct.kind,
            RecordedAct.ref,
            RecordedAct.salt,
            RecordedAct.digest,
            RecordedAct.prev_hash,
            RecordedAct.hash,
        )
        .where(RecordedAct.document_id == document_id)
        .order_by(RecordedAct.number)
    )
    return [KeptAct(*row) for row in rows]


def get_act_head(document_id: int) -> tuple[int, str]:
    """(number, hash) of the last act a document counts; (0, "") before the first."""
    row = db.session.execute(
        select(Document.last_act_no, Document.act_head).where(Document.id == document_id)
    ).one()
    return row[0], row[1]


def read_acts(kind: ActKind, document_id: int, *, ref: str | None = None) -> list[ActRow]:
    """The rows of acts of one kind about a document in the order in which they were kept, or the one with the key `ref`."""
    return _READERS[kind](document_id, ref)


def _keyed(column: Any, ref: str | None) -> list[ColumnElement[bool]]:
    return [] if ref is None else [column == int(ref)]


def _rows(statement: Select[*tuple[Any, ...]]) -> list[Any]:
    return list(db.session.execute(statement))


def _attributions(document_id: int, ref: str | None) -> list[ActRow]:
    rows = _rows(
        select(
            ChangeAttribution, Change.number, Change.hash.label("change_hash"), Seal.digest.label("reason")
        )
        .join(Change, Change.id == ChangeAttribution.change_id)
        .join(Seal, Seal.id == ChangeAttribution.reason_seal_id)
        .where(Change.document_id == document_id, *_keyed(ChangeAttribution.id, ref))
        .order_by(ChangeAttribution.id)
    )
    return [
        ActRow(
            str(said.id),
            str(number),
            said.at,
            said.person_id,
            {
                "change": change_hash,
                "no": said.no,
                "cause": {"kind": said.cause_kind, "ref": said.cause_ref},
                "reason": reason,
            },
            {},
        )
        for said, number, change_hash, reason in rows
    ]


def _statuses(document_id: int, ref: str | None) -> list[ActRow]:
    rows = _rows(
        select(SectionStatus)
        .where(SectionStatus.document_id == document_id, *_keyed(SectionStatus.id, ref))
        .order_by(SectionStatus.id)
    )
    return [
        ActRow(
            str(said.id),
            said.section_id,
            said.at,
            said.person_id,
            {
                "section": said.section_id,
                "status": said.status,
                "text": said.text_id,
                "change": said.change_no,
            },
            {"note": said.note},
        )
        for (said,) in rows
    ]


def _stages(document_id: int, ref: str | None) -> list[ActRow]:
    rows = _rows(
        select(StageStep)
        .where(StageStep.document_id == document_id, *_keyed(StageStep.id, ref))
        .order_by(StageStep.id)
    )
    return [
        ActRow(
            str(step.id),
            step.to_stage,
            step.at,
            step.person_id,
            {"from": step.from_stage, "to": step.to_stage, "change": step.change_no},
            {"note": step.note},
        )
        for (step,) in rows
    ]


def _turns(document_id: int, ref: str | None) -> list[ActRow]:
    rows = _rows(
        select(ProposalTurn, Proposal.number)
        .join(Proposal, Proposal.id == ProposalTurn.proposal_id)
        .where(Proposal.document_id == document_id, *_keyed(ProposalTurn.id, ref))
        .order_by(ProposalTurn.id)
    )
    return [
        ActRow(
            str(turn.id),
            str(number),
            turn.at,
            turn.person_id,
            {"proposal": number, "state": turn.state, "change": turn.change_no},
            {"reason": turn.reason},
        )
        for turn, number in rows
    ]


def _decisions(document_id: int, ref: str | None) -> list[ActRow]:
    rows = _rows(
        select(MeetingDecision)
        .join(Meeting, Meeting.id == MeetingDecision.meeting_id)
        .join(Consultation, Consultation.id == Meeting.consultation_id)
        .where(Consultation.document_id == document_id, *_keyed(MeetingDecision.id, ref))
        .order_by(MeetingDecision.id)
    )
    return [
        ActRow(
            str(decision.id),
            f"{decision.meeting_id}/{decision.number}",
            decision.at,
            decision.person_id,
            {"meeting": decision.meeting_id, "number": decision.number},
            {"text": decision.text},
        )
        for (decision,) in rows
    ]


def _late(document_id: int, ref: str | None) -> list[ActRow]:
    keyed = []
    if ref is not None:
        submission_id, _, no = ref.partition("/")
        keyed = [LateDecision.submission_id == int(submission_id), LateDecision.no == int(no)]
    rows = _rows(
        select(LateDecision, Submission.register_id, Submission.receipt_no, Seal.digest)
        .join(Submission, Submission.id == LateDecision.submission_id)
        .join(Register, Register.id == Submission.register_id)
        .join(Seal, Seal.id == LateDecision.reason_seal_id)
        .where(Register.document_id == document_id, *keyed)
        .order_by(LateDecision.at, LateDecision.submission_id, LateDecision.no)
    )
    return [
        ActRow(
            f"{said.submission_id}/{said.no}",
            f"{register_id}/{receipt_no}",
            said.at,
            said.person_id,
            {
                "register": register_id,
                "receipt": receipt_no,
                "no": said.no,
                "considered": said.is_considered,
                "reason": reason,
            },
            {},
        )
        for said, register_id, receipt_no, reason in rows
    ]


def _revisions(document_id: int, ref: str | None) -> list[ActRow]:
    """What authors corrected or took back; the first words of a comment are in its receipt."""
    keyed: list[ColumnElement[bool]] = [CommentRevision.no > 1]
    if ref is not None:
        comment_id, _, no = ref.partition("/")
        keyed = [CommentRevision.comment_id == int(comment_id), CommentRevision.no == int(no)]
    text, reasons, wording = aliased(Seal), aliased(Seal), aliased(Seal)
    rows = _rows(
        select(
            CommentRevision,
            Comment.register_id,
            Comment.number,
            text.digest,
            reasons.digest,
            wording.digest,
        )
        .join(Comment, Comment.id == CommentRevision.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .join(text, text.id == CommentRevision.text_seal_id)
        .join(reasons, reasons.id == CommentRevision.justification_seal_id)
        .outerjoin(wording, wording.id == CommentRevision.proposed_seal_id)
        .where(Register.document_id == document_id, *keyed)
        .order_by(CommentRevision.at, CommentRevision.comment_id, CommentRevision.no)
    )
    return [
        ActRow(
            f"{said.comment_id}/{said.no}",
            f"{register_id}/{number}",
            said.at,
            None,
            {
                "register": register_id,
                "comment": number,
                "no": said.no,
                "withdrawn": said.is_withdrawn,
                "text": words,
                "justification": because,
                "proposed": proposed,
            },
            {},
        )
        for said, register_id, number, words, because, proposed in rows
    ]


def _attachments(document_id: int, ref: str | None) -> list[ActRow]:
    rows = _rows(
        select(AttachmentState)
        .where(AttachmentState.document_id == document_id, *_keyed(AttachmentState.id, ref))
        .order_by(AttachmentState.id)
    )
    return [
        ActRow(
            str(state.id),
            f"{state.attachment_id}/{state.id}",
            state.at,
            state.person_id,
            {
                "attachment": state.attachment_id,
                "act": state.act,
                "file": state.digest,
                "type": state.kind,
                "size": state.size,
                "position": state.position,
            },
            {
                "name": state.file_name,
                "title": state.title,
                "description": state.description,
                "reason": state.reason,
            },
        )
        for (state,) in rows
    ]


def _answers(document_id: int, ref: str | None) -> list[ActRow]:
    keyed: list[ColumnElement[bool]] = []
    if ref is not None:
        comment_id, _, no = ref.partition("/")
        keyed = [DispositionRevision.comment_id == int(comment_id), DispositionRevision.no == int(no)]
    rows = _rows(
        select(DispositionRevision, Comment.register_id, Comment.number, Seal.digest)
        .join(Comment, Comment.id == DispositionRevision.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .join(Seal, Seal.id == DispositionRevision.justification_seal_id)
        .where(Register.document_id == document_id, *keyed)
        .order_by(DispositionRevision.at, DispositionRevision.comment_id, DispositionRevision.no)
    )
    return [
        ActRow(
            f"{answer.comment_id}/{answer.no}",
            f"{register_id}/{number}",
            answer.at,
            answer.decided_by,
            {
                "register": register_id,
                "comment": number,
                "no": answer.no,
                "outcome": answer.outcome,
                "reasons": reasons,
            },
            {},
        )
        for answer, register_id, number, reasons in rows
    ]


def _moderation(document_id: int, ref: str | None) -> list[ActRow]:
    rows = _rows(
        select(ModerationAct, Consultation.id, Comment.register_id, Comment.number, Seal.digest)
        .join(Consultation, Consultation.id == ModerationAct.consultation_id)
        .join(Seal, Seal.id == ModerationAct.words_seal_id)
        .outerjoin(Comment, Comment.id == ModerationAct.comment_id)
        .where(Consultation.document_id == document_id, *_keyed(ModerationAct.id, ref))
        .order_by(ModerationAct.id)
    )
    return [
        ActRow(
            str(act.id),
            f"{register_id}/{number}" if number else str(consultation_id),
            act.at,
            act.person_id,
            {
                "consultation": consultation_id,
                "register": register_id,
                "comment": number,
                "act": act.act,
                "reason": act.reason,
                "words": words,
            },
            {},
        )
        for act, consultation_id, register_id, number, words in rows
    ]


_READERS: Mapping[ActKind, Callable[[int, str | None], list[ActRow]]] = {
    ActKind.ATTRIBUTION: _attributions,
    ActKind.SECTION_STATUS: _statuses,
    ActKind.STAGE: _stages,
    ActKind.PROPOSAL: _turns,
    ActKind.DECISION: _decisions,
    ActKind.LATE: _late,
    ActKind.REVISION: _revisions,
    ActKind.MODERATION: _moderation,
    ActKind.ATTACHMENT: _attachments,
    ActKind.ANSWER: _answers,
}
