"""Letters before the end to those who lead an answer that was not sent, and one when the end has passed."""

from __future__ import annotations

from datetime import datetime

from consult.domain.process.joint_answers import ENDED, reminder_due
from consult.services.posting import post
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import joint_answers as queries
from consult.storage.queries.joint_answers import AnswerRow
from consult.storage.unit_of_work import Work, unit_of_work


def remind_leads(now: datetime) -> int:
    """Post what is due, each step once for each end; how many letters. A consultation given more time counts anew."""
    posted = 0
    for answer in queries.list_live_answers():
        if _step(answer, now) is None:
            continue
        with unit_of_work() as work:
            posted += _remind(work, queries.lock_answer(answer.id), now)
    return posted


def _remind(work: Work, answer: AnswerRow, now: datetime) -> int:
    step = _step(answer, now)  # looked at once more: it may have been sent while this waited
    if step is None:
        return 0
    closes_at = consultation_queries.get_consultation(answer.consultation_id).closes_at
    queries.update_answer(answer.id, reminded_hours=step, reminded_of=closes_at)
    post(
        work,
        "joint_answers/ended" if step == ENDED else "joint_answers/closing",
        person_id=answer.lead_id,
        ref={"answer_id": answer.id},
        at=now,
    )
    return 1


def _step(answer: AnswerRow, now: datetime) -> int | None:
    """The step that is due and was not taken yet."""
    consultation = consultation_queries.get_consultation(answer.consultation_id)
    step = reminder_due(consultation.closes_at, now)
    if step is None or consultation.is_cancelled or not answer.is_live:
        return None
    done = answer.reminded_hours if answer.reminded_of == consultation.closes_at else None
    return None if done is not None and done <= step else step
