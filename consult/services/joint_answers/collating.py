"""Remarks adopted, several made one, reworded, set aside with a reason; and the lead's own points.

What members said stays as they said it: a point holds its own words and knows what it was made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from consult.domain.errors import Conflict, InvalidInput, NotFound, RuleBroken, Stale
from consult.domain.history.events import JointAnswerChanged
from consult.domain.policy.actors import Actor
from consult.domain.process.comments import LONGEST_TEXT, MOST_COMMENTS, MOST_TARGETS
from consult.domain.process.joint_answers import LONGEST_REASON
from consult.domain.text.spans import Span
from consult.domain.text.typed import typed_words
from consult.services.comments import Pointing, Remark
from consult.services.comments.checking import checked_remark
from consult.services.joint_answers.remarking import places_of
from consult.services.joint_answers.standing import collecting, open_consultation
from consult.storage.models import JointAnswerPlace, JointAnswerPoint, JointAnswerSource
from consult.storage.queries import joint_answers as queries
from consult.storage.queries.joint_answers import AnswerRow, PlaceRow, PointRow, RemarkRow
from consult.storage.unit_of_work import Work, unit_of_work


def adopt_remarks(actor: Actor, answer_id: int, remark_ids: Sequence[int], *, now: datetime) -> int:
    """Make one point of one or several remarks; its id. Their words stand one after the other until they are reworded.

    Raises InvalidInput where none was chosen or they point at too many places, Conflict for one that went into a point
    already, NotFound for one that is not there (any more).
    """
    wanted = list(dict.fromkeys(remark_ids))
    if not wanted:
        raise InvalidInput("joint_remarks_missing", field="remarks")
    with unit_of_work() as work:
        answer = collecting(actor, answer_id)
        known = {row.id: row for row in queries.list_remarks(answer_id)}
        rows = [known[one] for one in wanted if one in known and known[one].withdrawn_at is None]
        if len(rows) != len(wanted):
            raise NotFound("joint_remark")
        if any(row.point_id is not None for row in rows):
            raise Conflict("joint_remark_adopted")
        point_id = _put(work, actor, answer, _merged(rows), now=now)
        for row in rows:
            work.add(JointAnswerSource(remark_id=row.id, point_id=point_id))
            if row.set_aside_at is not None:
                queries.update_remark(row.id, set_aside_at=None, set_aside_by=None, set_aside_reason="")
        work.flush()
        _changed(work, actor, answer, now)
        return point_id


def add_point(actor: Actor, answer_id: int, remark: Remark, *, now: datetime) -> int:
    """A point of the lead's own; its id."""
    checked = checked_remark(remark)
    with unit_of_work() as work:
        answer = collecting(actor, answer_id)
        consultation = open_consultation(answer, now)
        places = tuple(places_of(consultation, checked))
        point_id = _put(work, actor, answer, replace(checked, pointings=places), now=now)
        _changed(work, actor, answer, now)
        return point_id


def change_point(
    actor: Actor,
    answer_id: int,
    point_id: int,
    *,
    text: str,
    kind: str,
    justification: str,
    proposed: str | None,
    expected_no: int,
    now: datetime,
) -> None:
    """Reword a point. Raises Stale when somebody else has reworded it meanwhile, InvalidInput, NotFound."""
    with unit_of_work() as work:
        answer = collecting(actor, answer_id)
        point = _of_answer(answer_id, point_id)
        checked = checked_remark(
            Remark(text, kind, justification, proposed, tuple(pointing_of(one) for one in point.places))
        )
        if not queries.update_point(
            point_id,
            expected_no,
            text=checked.text,
            kind=checked.kind,
            justification=checked.justification,
            proposed=checked.proposed,
            no=expected_no + 1,
            changed_at=now,
            changed_by=actor.id,
        ):
            raise Stale("joint_point_changed")
        _changed(work, actor, answer, now)


def remove_point(actor: Actor, answer_id: int, point_id: int, *, now: datetime) -> None:
    """Take a point out; the remarks it was made of wait again."""
    with unit_of_work() as work:
        answer = collecting(actor, answer_id)
        _of_answer(answer_id, point_id)
        queries.drop_point(point_id)
        _changed(work, actor, answer, now)


def set_remark_aside(actor: Actor, answer_id: int, remark_id: int, reason: str, *, now: datetime) -> None:
    """Leave a remark out of the answer, and say why. Raises Conflict for one that went into a point."""
    words = typed_words(reason, "reason", LONGEST_REASON)
    if not words:
        raise InvalidInput("joint_reason_missing", field="reason")
    with unit_of_work() as work:
        collecting(actor, answer_id)
        remark = _remark(answer_id, remark_id)
        if remark.point_id is not None:
            raise Conflict("joint_remark_adopted")
        queries.update_remark(remark_id, set_aside_at=now, set_aside_by=actor.id, set_aside_reason=words)
        work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)


def take_remark_up(actor: Actor, answer_id: int, remark_id: int, *, now: datetime) -> None:
    """Let a remark that was set aside wait again."""
    with unit_of_work() as work:
        collecting(actor, answer_id)
        _remark(answer_id, remark_id)
        queries.update_remark(remark_id, set_aside_at=None, set_aside_by=None, set_aside_reason="")
        work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)


def pointing_of(place: PlaceRow) -> Pointing:
    """A kept place as comments point."""
    span = Span(place.start, place.end) if place.start is not None and place.end is not None else None
    return Pointing(place.section_id, place.text_id, span)


def _merged(rows: Sequence[RemarkRow]) -> Remark:
    """Several remarks as one: their words below one another, the most frequent kind, every place once, and the first
    wording proposed."""
    text = "\n\n".join(row.text for row in rows if row.text)
    if len(text) > LONGEST_TEXT:
        raise InvalidInput("comment_too_long", field="remarks", limit=LONGEST_TEXT)
    places = tuple(dict.fromkeys(pointing_of(row.place) for row in rows if row.place is not None))
    if len(places) > MOST_TARGETS:
        raise InvalidInput("too_many_targets", field="remarks", limit=MOST_TARGETS)
    return Remark(
        text=text,
        kind=Counter(row.kind for row in rows).most_common(1)[0][0],
        justification="\n\n".join(row.justification for row in rows if row.justification)[:LONGEST_TEXT],
        proposed=next((row.proposed for row in rows if row.proposed), None),
        pointings=places,
    )


def _put(work: Work, actor: Actor, answer: AnswerRow, remark: Remark, *, now: datetime) -> int:
    if len(queries.list_points(answer.id)) >= MOST_COMMENTS:
        raise RuleBroken("too_many_joint_points", limit=MOST_COMMENTS)
    point = JointAnswerPoint(
        answer_id=answer.id,
        no=1,
        kind=remark.kind,
        text=remark.text,
        justification=remark.justification,
        proposed=remark.proposed,
        made_by=actor.id,
        made_at=now,
        changed_at=now,
        changed_by=actor.id,
        comment_id=None,
    )
    work.add(point)
    work.flush()
    for ordinal, place in enumerate(remark.pointings, start=1):
        work.add(
            JointAnswerPlace(
                point_id=point.id,
                ordinal=ordinal,
                section_id=place.section_id,
                text_id=place.text_id,
                start=place.span.start if place.span else None,
                end=place.span.end if place.span else None,
            )
        )
    work.flush()
    return point.id


def _changed(work: Work, actor: Actor, answer: AnswerRow, now: datetime) -> None:
    """What was approved before is not what stands there now."""
    queries.update_answer(answer.id, revision=answer.revision + 1)
    work.record(JointAnswerChanged(str(answer.id)), at=now, actor_ref=actor.id)


def _of_answer(answer_id: int, point_id: int) -> PointRow:
    point = queries.find_point(point_id)
    if point is None or point.answer_id != answer_id:
        raise NotFound("joint_point")
    return point


def _remark(answer_id: int, remark_id: int) -> RemarkRow:
    remark = queries.find_remark(remark_id)
    if remark is None or remark.answer_id != answer_id or remark.withdrawn_at is not None:
        raise NotFound("joint_remark")
    return remark
