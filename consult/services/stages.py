"""A document moved from stage to stage by somebody's decision, with what speaks against it said beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.acts import ActKind
from consult.domain.history.events import StageAdvanced
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.process.section_statuses import Status
from consult.domain.process.stages import BY_CONSULTATION, Stage, advance, steps_by_hand
from consult.services.acts import keep_act
from consult.services.proposals.shared import checked_words, get_discussed
from consult.storage.models import StageStep
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import listings
from consult.storage.queries import proposals as proposal_queries
from consult.storage.queries import section_statuses as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class Readiness:
    """What speaks against going on: section ids not agreed, disputed ones nobody's opinion explains, and how many
    proposals wait for a decision. Nothing here forbids the step; whoever decides has seen it."""

    unsettled: tuple[str, ...]
    unexplained: tuple[str, ...]
    undecided: int

    @property
    def is_complete(self) -> bool:
        return not (self.unsettled or self.unexplained or self.undecided)


def readiness(document_id: int) -> Readiness:
    """How far the parts of a draft are: a part is settled when agreed, or disputed with a dissenting opinion."""
    statuses = queries.list_statuses(document_id)
    explained = {row.section_id for row in queries.list_dissents(document_id)}
    unsettled, unexplained = [], []
    for row in drafting_queries.list_standing(document_id):
        said = statuses.get(row.section_id)
        status = Status(said.status) if said else Status.IN_WORK
        if status is Status.DISPUTED and row.section_id not in explained:
            unexplained.append(row.section_id)
        elif status in (Status.IN_WORK, Status.TO_AGREE):
            unsettled.append(row.section_id)
    return Readiness(tuple(unsettled), tuple(unexplained), proposal_queries.count_undecided(document_id))


def stage_now(document: DocumentRow, now: datetime) -> Stage:
    """Where a document stands, by what was decided and by the course of its last consultation."""
    return listings.get_stage(document.id, now)


def advance_stage(
    actor: Actor,
    slug: str,
    to: str,
    *,
    note: str = "",
    is_confirmed: bool = False,
    now: datetime,
) -> None:
    """Move a document to another stage.

    To be agreed in the group or adopted it wants every part agreed, or disputed with a dissenting opinion, and no
    proposal waiting; otherwise whoever decides has to confirm it (`is_confirmed`). Stages that a consultation brings
    are not decided here. Raises InvalidInput, NotPermitted, RuleBroken.
    """
    if to not in list(Stage) or Stage(to) in BY_CONSULTATION:
        raise InvalidInput("stage", field="to")
    document = get_discussed(actor, slug, Permission.ADVANCE_STAGE)
    words = checked_words(note, "note", may_be_empty=True)
    with unit_of_work() as work:
        row = document_queries.lock_document(document.id)
        if consultation_queries.find_freezing_consultation(document.id, now) is not None:
            raise RuleBroken("stage_while_consulted")
        current = stage_now(document, now)
        advance(current, Stage(to))
        if needs_readiness(Stage(to)) and not is_confirmed and not readiness(document.id).is_complete:
            raise InvalidInput("stage_unconfirmed", field="is_confirmed")
        step = StageStep(
            document_id=document.id,
            from_stage=str(current),
            to_stage=to,
            note=words,
            change_no=row.last_change_no,
            at=now,
            person_id=actor.id,
        )
        work.add(step)
        row.stage, row.staged_at = to, now
        work.flush()
        keep_act(work, document.id, ActKind.STAGE, step.id)
        work.record(StageAdvanced(str(document.id), str(step.id)), at=now, actor_ref=actor.id)


def needs_readiness(to: Stage) -> bool:
    return to in (Stage.AGREED, Stage.ADOPTED)


__all__ = ["Readiness", "advance_stage", "needs_readiness", "readiness", "stage_now", "steps_by_hand"]
