"""Selects about opinions; readers see those whose draft was delivered, the host's people all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.consultations import WITH_PREPARED, Consultation
from consult.storage.models.history import Seal
from consult.storage.models.meetings import Opinion, OpinionChange
from consult.storage.queries.viewers import Viewer, hosted_by_viewer


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """An opinion as it is kept; its state and term are said by `domain.process.opinions`."""

    id: int
    consultation_id: int
    consultation_title: str
    host_id: int
    body_kind: str
    body: str
    legal_basis: str
    delivered_on: date | None
    term_days: int | None
    is_silence_waiver: bool
    outcome: str
    given_on: date | None
    summary: str
    source: str
    html: str
    created_at: datetime
    changed_at: datetime


def _list(viewer: Viewer, *conditions: ColumnElement[bool]) -> list[OpinionRow]:
    """Only of announced consultations, and before that for their host."""
    rows = db.session.execute(
        select(Opinion, Consultation.title)
        .join(Consultation, Consultation.id == Opinion.consultation_id)
        .where(
            or_(Consultation.announced_on.is_not(None), hosted_by_viewer(Opinion.host_id, viewer)),
            *conditions,
        )
        .order_by(Opinion.delivered_on.is_(None), Opinion.delivered_on, Opinion.id)
        .execution_options(**WITH_PREPARED)
    )
    return [_row(opinion, title) for opinion, title in rows]


def _row(opinion: Opinion, title: str) -> OpinionRow:
    return OpinionRow(
        id=opinion.id,
        consultation_id=opinion.consultation_id,
        consultation_title=title,
        host_id=opinion.host_id,
        body_kind=opinion.body_kind,
        body=opinion.body,
        legal_basis=opinion.legal_basis,
        delivered_on=opinion.delivered_on,
        term_days=opinion.term_days,
        is_silence_waiver=opinion.is_silence_waiver,
        outcome=opinion.outcome,
        given_on=opinion.given_on,
        summary=opinion.summary,
        source=opinion.source,
        html=opinion.html,
        created_at=opinion.created_at,
        changed_at=opinion.changed_at,
    )


def list_opinions(consultation_id: int, viewer: Viewer) -> list[OpinionRow]:
    """Opinions of a consultation the viewer may see, the first delivered first."""
    return _list(
        viewer,
        Opinion.consultation_id == consultation_id,
        or_(Opinion.delivered_on.is_not(None), hosted_by_viewer(Opinion.host_id, viewer)),
    )


def get_opinion(opinion_id: int, viewer: Viewer) -> OpinionRow:
    """The opinion of this id. Raises NotFound, also for one the viewer may not see."""
    rows = _list(
        viewer,
        Opinion.id == opinion_id,
        or_(Opinion.delivered_on.is_not(None), hosted_by_viewer(Opinion.host_id, viewer)),
    )
    if not rows:
        raise NotFound("opinion")
    return rows[0]


def load_opinion(opinion_id: int) -> Opinion:
    """The opinion to be changed, held until the transaction ends. Raises NotFound."""
    row = db.session.execute(
        select(Opinion).where(Opinion.id == opinion_id).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        raise NotFound("opinion")
    db.session.refresh(row)
    return row


def next_change_number(opinion_id: int) -> int:
    return (
        db.session.scalar(
            select(func.max(OpinionChange.number)).where(OpinionChange.opinion_id == opinion_id)
        )
        or 0
    ) + 1


def list_changes(opinion_id: int) -> list[tuple[datetime, Mapping[str, Any]]]:
    """(when, the fields as they stood before) of an opinion's changes, the first first."""
    rows = db.session.execute(
        select(OpinionChange.at, Seal.value)
        .join(Seal, Seal.id == OpinionChange.before_seal_id)
        .where(OpinionChange.opinion_id == opinion_id)
        .order_by(OpinionChange.number)
    )
    return [(row[0], json.loads(row[1] or "{}")) for row in rows]
