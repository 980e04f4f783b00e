"""Selects about what an organisation did here in public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select

from consult.storage.database import db
from consult.storage.models.comments import Comment, Submission
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.dispositions import Disposition
from consult.storage.models.documents import Document, Version
from consult.storage.models.joint_answers import SubmissionParty


@dataclass(frozen=True, slots=True)
class TakingPartRow:
    """What an organisation said in one consultation, and how much of it has a published answer."""

    consultation_id: int
    title: str
    slug: str
    closes_at: datetime
    comment_count: int
    answered_count: int


def list_taking_part(organisation_id: int, *, limit: int = 50) -> list[TakingPartRow]:
    """Consultations an organisation took part in, the last first. Only what was said in its name by somebody who
    may: a mere claim is not held against anybody's account."""
    stood_behind = select(SubmissionParty.submission_id).where(
        SubmissionParty.organisation_id == organisation_id, SubmissionParty.is_confirmed
    )
    answered = func.sum(case((Disposition.state == "published", 1), else_=0))
    rows = db.session.execute(
        select(
            Consultation.id,
            Consultation.title,
            Document.slug,
            Consultation.closes_at,
            func.count(Comment.id),
            answered,
        )
        .join(Register, Register.consultation_id == Consultation.id)
        .join(Document, Document.id == Consultation.document_id)
        .join(Comment, Comment.register_id == Register.id)
        .join(Submission, Submission.id == Comment.submission_id)
        .outerjoin(Disposition, and_(Disposition.comment_id == Comment.id, Disposition.state == "published"))
        .where(
            or_(
                and_(Submission.organisation_id == organisation_id, Submission.is_capacity_verified),
                Submission.id.in_(stood_behind),
            ),
            Document.last_version_no > 0,
        )
        .group_by(Consultation.id, Consultation.title, Document.slug, Consultation.closes_at)
        .order_by(Consultation.closes_at.desc(), Consultation.id.desc())
        .limit(limit)
    )
    return [TakingPartRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class HostedRow:
    """A published document of a host."""

    slug: str
    title: str
    kind: str
    stage: str
    changed_at: datetime
    last_version_no: int
    language: str


def list_hosted(host_id: int, *, limit: int = 50) -> list[HostedRow]:
    """Published documents of a host, those changed last first; what is not published is nobody's to see here."""
    rows = db.session.execute(
        select(
            Document.slug,
            Document.title,
            Document.kind,
            Document.stage,
            Document.changed_at,
            Document.last_version_no,
            Document.language,
        )
        .where(Document.host_id == host_id, Document.last_version_no > 0)
        .order_by(Document.changed_at.desc(), Document.id.desc())
        .limit(limit)
    )
    return [HostedRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class CallRow:
    """A consultation of a host."""

    id: int
    title: str
    summary: str
    slug: str
    version_no: int
    opens_at: datetime
    closes_at: datetime


def list_calls(host_id: int, now: datetime, *, limit: int = 50) -> list[CallRow]:
    """Consultations of a host that are open or announced, by deadline."""
    rows = db.session.execute(
        select(
            Consultation.id,
            Consultation.title,
            Consultation.summary,
            Document.slug,
            Version.number,
            Consultation.opens_at,
            Consultation.closes_at,
        )
        .join(Document, Document.id == Consultation.document_id)
        .join(Version, Version.id == Consultation.version_id)
        .where(
            Consultation.host_id == host_id,
            Consultation.closes_at > now,
            Consultation.cancelled_at.is_(None),
        )
        .order_by(Consultation.closes_at, Consultation.id)
        .limit(limit)
    )
    return [CallRow(*row) for row in rows]
