"""What members say for their organisation's answer, with an account or with a code.

A remark points at the same words in the same way as a comment everybody sends. It is the member's: nobody rewords it,
and they may take it back, which erases its words.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.history.events import JointAnswerChanged
from consult.domain.policy.actors import Actor
from consult.domain.process.comments import LONGEST_NAME
from consult.domain.process.joint_answers import LIVE, MOST_REMARKS, AnswerState
from consult.domain.text.spans import Span
from consult.domain.text.typed import require_seen, typed_line
from consult.services.comments import Pointing, Remark
from consult.services.comments.checking import checked_remark
from consult.services.comments.pointing import commentable_texts, meant_span
from consult.services.drawn_secrets import hashed
from consult.services.joint_answers.standing import (
    open_consultation,
    part_of_reader,
    require_leading,
    require_state,
)
from consult.storage.models import JointAnswerRemark
from consult.storage.queries import documents as document_queries
from consult.storage.queries import joint_answers as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.joint_answers import AnswerRow, CodeRow, RemarkRow
from consult.storage.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class NewRemark:
    """A remark as it is written. `name` is a name or initials for those who put the answer together; `key` is what the
    writer's browser keeps to find its own again."""

    remark: Remark
    name: str = ""
    key: str = ""


def look_at_code(secret: str, *, now: datetime) -> tuple[AnswerRow, CodeRow]:
    """What a code leads to. Raises NotFound for one there never was, RuleBroken for one that lets nobody in any more."""
    del now
    code = queries.find_code_by_token(hashed(secret))
    if code is None:
        raise NotFound("joint_code")
    if code.withdrawn_at is not None:
        raise RuleBroken("joint_code_withdrawn")
    return queries.get_answer(code.answer_id), code


def admitted(actor: Actor, answer_id: int, code: str) -> AnswerRow:
    """The answer, for a member with an account or whoever holds a code for it. Raises NotFound, RuleBroken when the
    code was withdrawn."""
    answer = queries.find_answer(answer_id)
    part = part_of_reader(actor, answer) if answer is not None else None
    if answer is not None and part is not None and (part.belongs or part.leads or part.is_of_party):
        return answer
    if not code:
        raise NotFound("joint_answer")
    row = queries.find_code_by_token(hashed(code))
    if row is None or row.answer_id != answer_id or answer is None:
        raise NotFound("joint_answer")
    if row.withdrawn_at is not None:
        raise RuleBroken("joint_code_withdrawn")
    return answer


def write_remark(
    actor: Actor,
    answer_id: int,
    new: NewRemark,
    *,
    code: str = "",
    form_token: str = "",
    now: datetime,
) -> int:
    """Say something for the answer; the remark's id. The same form sent twice makes one.

    Raises NotFound, RuleBroken once the answer stands still or the consultation is over, InvalidInput.
    """
    checked = checked_remark(new.remark)
    name = typed_line(new.name, "name", LONGEST_NAME)
    require_seen(name, "name")
    if actor.id is None and not name:
        raise InvalidInput("joint_name_missing", field="name")
    with unit_of_work() as work:
        admitted(actor, answer_id, code)
        answer = queries.lock_answer(answer_id)
        token_hash = hashed(form_token) if form_token else None
        if token_hash and (done := queries.find_remark_by_form(token_hash)) is not None:
            return done
        require_state(answer, AnswerState.COLLECTING)
        consultation = open_consultation(answer, now)
        if queries.count_remarks(answer_id) >= MOST_REMARKS:
            raise RuleBroken("too_many_joint_remarks", limit=MOST_REMARKS)
        places = places_of(consultation, checked)
        if len(places) > 1:
            raise InvalidInput("passage", field="passage")
        place = places[0] if places else None
        row = JointAnswerRemark(
            answer_id=answer_id,
            person_id=actor.id,
            name=name if actor.id is None else "",
            key_hash=hashed(new.key) if new.key and actor.id is None else "",
            form_token_hash=token_hash,
            kind=checked.kind,
            text=checked.text,
            justification=checked.justification,
            proposed=checked.proposed,
            section_id=place.section_id if place else None,
            text_id=place.text_id if place else None,
            start=place.span.start if place and place.span else None,
            end=place.span.end if place and place.span else None,
            made_at=now,
        )
        work.add(row)
        work.flush()
        work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)
        return row.id


def places_of(consultation: ConsultationRow, remark: Remark) -> list[Pointing]:
    """What a remark points at, each checked to be in the version consulted, with the span that was meant."""
    document = document_queries.get_document_by_id(consultation.document_id)
    texts = commentable_texts(document, consultation, [remark])
    found = []
    for pointing in remark.pointings:
        span: Span | None = None
        if pointing.span is not None:
            span = meant_span(pointing, texts[pointing.text_id])
        found.append(Pointing(pointing.section_id, pointing.text_id, span))
    return found


def withdraw_own_remark(
    actor: Actor, answer_id: int, remark_id: int, *, code: str = "", key: str = "", now: datetime
) -> None:
    """Take one's own remark back: its words and the name are erased. What the answer was made of stays as it is.

    Raises NotFound for somebody else's, RuleBroken once the answer was sent.
    """
    with unit_of_work() as work:
        admitted(actor, answer_id, code)
        answer = queries.lock_answer(answer_id)
        remark = _of_answer(answer_id, remark_id)
        if not is_own(actor, remark, key):
            raise NotFound("joint_remark")
        require_state(answer, *LIVE)
        _erase(remark, now)
        work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)


def erase_remark(actor: Actor, answer_id: int, remark_id: int, *, now: datetime) -> None:
    """Erase a member's words and name at their wish, also after the answer was sent; for those who lead it."""
    with unit_of_work() as work:
        require_leading(actor, answer_id)
        _erase(_of_answer(answer_id, remark_id), now)
        work.record(JointAnswerChanged(str(answer_id)), at=now, actor_ref=actor.id)


def is_own(actor: Actor, remark: RemarkRow, key: str) -> bool:
    """Whether somebody wrote a remark: by their account, or by what their browser keeps."""
    if actor.id is not None and remark.person_id == actor.id:
        return True
    return bool(key and remark.key_hash) and secrets.compare_digest(remark.key_hash, hashed(key))


def _of_answer(answer_id: int, remark_id: int) -> RemarkRow:
    remark = queries.find_remark(remark_id)
    if remark is None or remark.answer_id != answer_id:
        raise NotFound("joint_remark")
    return remark


def _erase(remark: RemarkRow, now: datetime) -> None:
    queries.update_remark(
        remark.id,
        name="",
        text="",
        justification="",
        proposed=None,
        key_hash="",
        withdrawn_at=remark.withdrawn_at or now,
    )
