"""Selects and updates about members' remarks, the points made of them, and which came of which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.joint_answers import (
    JointAnswerPlace,
    JointAnswerPoint,
    JointAnswerRemark,
    JointAnswerSource,
)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """The words something is about: a span in code points, or the whole section when `start` is None."""

    section_id: str
    text_id: int
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """What a member said. `name` is for those who put the answer together; `point_id` is what it went into."""

    id: int
    answer_id: int
    person_id: int | None
    name: str
    key_hash: str
    kind: str
    text: str
    justification: str
    proposed: str | None
    place: PlaceRow | None
    made_at: datetime
    withdrawn_at: datetime | None
    set_aside_at: datetime | None
    set_aside_reason: str
    point_id: int | None

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided yet what becomes of it."""
        return self.withdrawn_at is None and self.set_aside_at is None and self.point_id is None


@dataclass(frozen=True, slots=True)
class PointRow:
    """A comment as it is to be sent, or was; `no` grows with every rewording."""

    id: int
    answer_id: int
    no: int
    kind: str
    text: str
    justification: str
    proposed: str | None
    changed_at: datetime
    comment_id: int | None
    places: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class TrailRow:
    """Where a sent comment came from."""

    answer_id: int
    point_id: int


_REMARKS = (
    select(JointAnswerRemark, JointAnswerSource.point_id, Person.name)
    .outerjoin(JointAnswerSource, JointAnswerSource.remark_id == JointAnswerRemark.id)
    .outerjoin(Person, Person.id == JointAnswerRemark.person_id)
)


def _remark(row: Any) -> RemarkRow:
    remark: JointAnswerRemark = row[0]
    place = (
        PlaceRow(remark.section_id, remark.text_id, remark.start, remark.end)
        if remark.section_id is not None and remark.text_id is not None
        else None
    )
    return RemarkRow(
        id=remark.id,
        answer_id=remark.answer_id,
        person_id=remark.person_id,
        name=remark.name or row[2] or "",
        key_hash=remark.key_hash,
        kind=remark.kind,
        text=remark.text,
        justification=remark.justification,
        proposed=remark.proposed,
        place=place,
        made_at=remark.made_at,
        withdrawn_at=remark.withdrawn_at,
        set_aside_at=remark.set_aside_at,
        set_aside_reason=remark.set_aside_reason,
        point_id=row[1],
    )


def list_remarks(answer_id: int) -> list[RemarkRow]:
    """Everything members said, in the order they said it."""
    rows = db.session.execute(
        _REMARKS.where(JointAnswerRemark.answer_id == answer_id).order_by(JointAnswerRemark.id)
    )
    return [_remark(row) for row in rows]


def find_remark(remark_id: int) -> RemarkRow | None:
    row = db.session.execute(_REMARKS.where(JointAnswerRemark.id == remark_id)).one_or_none()
    return _remark(row) if row else None


def find_remark_by_form(form_token_hash: str) -> int | None:
    """The remark a form made already, when it is sent twice."""
    return db.session.scalar(
        select(JointAnswerRemark.id).where(JointAnswerRemark.form_token_hash == form_token_hash)
    )


def count_remarks(answer_id: int) -> int:
    found = select(func.count()).select_from(JointAnswerRemark)
    return db.session.scalar(found.where(JointAnswerRemark.answer_id == answer_id)) or 0


def update_remark(remark_id: int, **values: Any) -> None:
    db.session.execute(
        update(JointAnswerRemark)
        .where(JointAnswerRemark.id == remark_id)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )


def list_points(answer_id: int) -> list[PointRow]:
    """What is to be sent, in the order it was put in."""
    return _points(JointAnswerPoint.answer_id == answer_id)


def find_point(point_id: int) -> PointRow | None:
    return next(iter(_points(JointAnswerPoint.id == point_id)), None)


def find_point_of_comment(comment_id: int) -> TrailRow:
    """Raises NotFound for a comment that came of no joint answer."""
    row = db.session.execute(
        select(JointAnswerPoint.answer_id, JointAnswerPoint.id).where(
            JointAnswerPoint.comment_id == comment_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound("joint_answer")
    return TrailRow(*row)


def _points(condition: Any) -> list[PointRow]:
    points = list(db.session.scalars(select(JointAnswerPoint).where(condition).order_by(JointAnswerPoint.id)))
    places: dict[int, list[PlaceRow]] = defaultdict(list)
    rows = db.session.scalars(
        select(JointAnswerPlace)
        .where(JointAnswerPlace.point_id.in_([point.id for point in points]))
        .order_by(JointAnswerPlace.point_id, JointAnswerPlace.ordinal)
    )
    for row in rows:
        places[row.point_id].append(PlaceRow(row.section_id, row.text_id, row.start, row.end))
    return [
        PointRow(
            id=point.id,
            answer_id=point.answer_id,
            no=point.no,
            kind=point.kind,
            text=point.text,
            justification=point.justification,
            proposed=point.proposed,
            changed_at=point.changed_at,
            comment_id=point.comment_id,
            places=tuple(places[point.id]),
        )
        for point in points
    ]


def update_point(point_id: int, expected_no: int | None = None, **values: Any) -> bool:
    """False when it was reworded since `expected_no`."""
    statement = update(JointAnswerPoint).where(JointAnswerPoint.id == point_id)
    if expected_no is not None:
        statement = statement.where(JointAnswerPoint.no == expected_no)
    found = db.session.execute(statement.values(**values).execution_options(synchronize_session="fetch"))
    return bool(found.rowcount == 1)  # type: ignore[attr-defined]


def drop_point(point_id: int) -> None:
    """Take a point out; the remarks it was made of wait again."""
    for table, column in (
        (JointAnswerSource, JointAnswerSource.point_id),
        (JointAnswerPlace, JointAnswerPlace.point_id),
        (JointAnswerPoint, JointAnswerPoint.id),
    ):
        db.session.execute(
            delete(table).where(column == point_id).execution_options(synchronize_session="fetch")
        )


def list_sources(point_ids: Collection[int]) -> dict[int, list[int]]:
    """Ids of the remarks each point was made of."""
    rows = db.session.execute(
        select(JointAnswerSource.point_id, JointAnswerSource.remark_id)
        .where(JointAnswerSource.point_id.in_(point_ids))
        .order_by(JointAnswerSource.point_id, JointAnswerSource.remark_id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for point_id, remark_id in rows:
        found[point_id].append(remark_id)
    return found
