"""Selects about explanations by hosts, with their withdrawals; both are public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.consultations import Consultation
from consult.storage.models.history import Seal
from consult.storage.models.meetings import Explanation, ExplanationWithdrawal
from consult.storage.models.organisations import Organisation


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """An explanation; `text` is None once erased. A withdrawn one keeps its place with the reason."""

    id: int
    consultation_id: int
    host_id: int
    host_name: str
    comment_id: int | None
    text: str | None
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: str


def _list(*conditions: ColumnElement[bool]) -> list[ExplanationRow]:
    text, reason = aliased(Seal), aliased(Seal)
    rows = db.session.execute(
        select(
            Explanation.id,
            Explanation.consultation_id,
            Consultation.host_id,
            Organisation.name,
            Explanation.comment_id,
            text.value,
            Explanation.at,
            ExplanationWithdrawal.at,
            reason.value,
        )
        .join(Consultation, Consultation.id == Explanation.consultation_id)
        .join(Organisation, Organisation.id == Consultation.host_id)
        .join(text, text.id == Explanation.text_seal_id)
        .outerjoin(ExplanationWithdrawal, ExplanationWithdrawal.explanation_id == Explanation.id)
        .outerjoin(reason, reason.id == ExplanationWithdrawal.reason_seal_id)
        .where(*conditions)
        .order_by(Explanation.at, Explanation.id)
    )
    return [ExplanationRow(*row[:8], row[8] or "") for row in rows]


def list_explanations(consultation_id: int) -> list[ExplanationRow]:
    """Explanations on a whole consultation, the first first."""
    return _list(Explanation.consultation_id == consultation_id, Explanation.comment_id.is_(None))


def list_explanations_of(comment_ids: Collection[int]) -> dict[int, list[ExplanationRow]]:
    """Explanations by comment, the first first."""
    found: dict[int, list[ExplanationRow]] = defaultdict(list)
    ids = sorted(comment_ids)
    for start in range(0, len(ids), 500):
        for row in _list(Explanation.comment_id.in_(ids[start : start + 500])):
            if row.comment_id is not None:
                found[row.comment_id].append(row)
    return found


def list_explanations_on_comments(consultation_id: int) -> dict[int, list[ExplanationRow]]:
    """Explanations under comments of a consultation, by comment, the first first."""
    found: dict[int, list[ExplanationRow]] = defaultdict(list)
    for row in _list(Explanation.consultation_id == consultation_id, Explanation.comment_id.is_not(None)):
        if row.comment_id is not None:
            found[row.comment_id].append(row)
    return found


def list_clarifications(comment_ids: Collection[int]) -> dict[int, str]:
    """The words of the explanations that hold, by comment; those with none are left out."""
    found = {}
    for comment_id, rows in list_explanations_of(comment_ids).items():
        texts = [row.text for row in rows if row.text and row.withdrawn_at is None]
        if texts:
            found[comment_id] = "\n\n".join(texts)
    return found


def count_acts(consultation_ids: Collection[int]) -> tuple[int, int]:
    """(explanations, withdrawals) in these consultations: whether a page that shows them has to be made anew."""
    within = Explanation.consultation_id.in_(sorted(consultation_ids))
    row = db.session.execute(
        select(func.count(Explanation.id), func.count(ExplanationWithdrawal.explanation_id))
        .outerjoin(ExplanationWithdrawal, ExplanationWithdrawal.explanation_id == Explanation.id)
        .where(within)
    ).one()
    return row[0], row[1]


def get_explanation(explanation_id: int) -> ExplanationRow:
    """The explanation of this id. Raises NotFound."""
    rows = _list(Explanation.id == explanation_id)
    if not rows:
        raise NotFound("explanation")
    return rows[0]
