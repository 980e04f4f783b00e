"""The stages of a document and the states of a consultation, and what may follow what.

Both are tables: whoever wants to know whether a step is possible reads the row. Codes are those of the glossary and
never change once released.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from consult.domain.errors import RuleBroken
from consult.domain.process.windows import Window


class Stage(StrEnum):
    """Where a document stands."""

    DRAFTING = "drafting"
    # the group is of one mind, or has said where it is not
    AGREED = "agreed"
    CONSULTED = "consulted"
    ANSWERING = "answering"
    REVISED = "revised"
    ADOPTED = "adopted"
    IN_FORCE = "in_force"
    REPEALED = "repealed"


class ConsultationState(StrEnum):
    """Where a consultation stands."""

    # filled in by its host, seen by nobody else until its announcement is published
    PREPARED = "prepared"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    ANSWERING = "answering"
    REPORTED = "reported"
    EFFECTS = "effects"
    CANCELLED = "cancelled"


STAGE_AFTER: Mapping[Stage, frozenset[Stage]] = {
    # adopted at once: a document that needs no consultation
    Stage.DRAFTING: frozenset({Stage.AGREED, Stage.CONSULTED, Stage.ADOPTED}),
    # back to drafting: somebody found more to write
    Stage.AGREED: frozenset({Stage.DRAFTING, Stage.CONSULTED, Stage.ADOPTED}),
    # back to drafting: the consultation was cancelled
    Stage.CONSULTED: frozenset({Stage.ANSWERING, Stage.DRAFTING}),
    Stage.ANSWERING: frozenset({Stage.REVISED}),
    # consulted again: a second round on the revised text
    Stage.REVISED: frozenset({Stage.AGREED, Stage.ADOPTED, Stage.CONSULTED, Stage.DRAFTING}),
    # back to drafting: work on an amendment begins
    Stage.ADOPTED: frozenset({Stage.IN_FORCE, Stage.REPEALED, Stage.DRAFTING}),
    Stage.IN_FORCE: frozenset({Stage.REPEALED, Stage.DRAFTING}),
    Stage.REPEALED: frozenset(),
}

_LASTING = frozenset({Stage.ADOPTED, Stage.IN_FORCE, Stage.REPEALED})

BY_CONSULTATION = frozenset({Stage.CONSULTED, Stage.ANSWERING, Stage.REVISED})
"""Stages a document comes to by the course of a consultation, never by a decision."""

STATE_AFTER: Mapping[ConsultationState, frozenset[ConsultationState]] = {
    # open at once: announced on the day it begins
    ConsultationState.PREPARED: frozenset(
        {ConsultationState.ANNOUNCED, ConsultationState.OPEN, ConsultationState.CANCELLED}
    ),
    ConsultationState.ANNOUNCED: frozenset({ConsultationState.OPEN, ConsultationState.CANCELLED}),
    ConsultationState.OPEN: frozenset({ConsultationState.CLOSED, ConsultationState.CANCELLED}),
    # reported at once: nobody commented, and a protocol saying so is still published
    ConsultationState.CLOSED: frozenset({ConsultationState.ANSWERING, ConsultationState.REPORTED}),
    ConsultationState.ANSWERING: frozenset({ConsultationState.REPORTED}),
    ConsultationState.REPORTED: frozenset({ConsultationState.EFFECTS}),
    ConsultationState.EFFECTS: frozenset(),
    ConsultationState.CANCELLED: frozenset(),
}

S = TypeVar("S", Stage, ConsultationState)


def may_follow(current: S, following: S) -> bool:
    """Whether one step leads from `current` to `following`."""
    if isinstance(current, Stage):
        return following in STAGE_AFTER[current]
    return following in STATE_AFTER[current]


def advance(current: S, to: S) -> S:
    """`to`, if it may follow. Raises RuleBroken("not_the_next_step") with both codes otherwise."""
    if not may_follow(current, to):
        raise RuleBroken("not_the_next_step", current=str(current), wanted=str(to))
    return to


def state_at(window: Window, now: datetime) -> ConsultationState:
    """What the clock alone says of a consultation: announced, open or closed."""
    if now < window.opens_at:
        return ConsultationState.ANNOUNCED
    return ConsultationState.OPEN if window.is_open(now) else ConsultationState.CLOSED


def course_state(
    window: Window,
    *,
    now: datetime,
    is_prepared: bool = False,
    is_cancelled: bool = False,
    has_comments: bool = False,
    is_reported: bool = False,
    has_effects: bool = False,
) -> ConsultationState:
    """Where a consultation stands: by the clock while it runs, then by what its host has done.

    Until it is announced the clock moves nothing.

    After the end there is something to answer only where somebody commented; what was reported stays so.
    """
    if is_cancelled:
        return ConsultationState.CANCELLED
    if is_prepared:
        return ConsultationState.PREPARED
    by_clock = state_at(window, now)
    if by_clock is not ConsultationState.CLOSED:
        return by_clock
    if has_effects:
        return ConsultationState.EFFECTS
    if is_reported:
        return ConsultationState.REPORTED
    return ConsultationState.ANSWERING if has_comments else ConsultationState.CLOSED


def steps_by_hand(current: Stage) -> tuple[Stage, ...]:
    """The stages somebody may decide on now, in the order of the course."""
    return tuple(stage for stage in Stage if stage in STAGE_AFTER[current] - BY_CONSULTATION)


def stage_at(
    stage: Stage,
    course: Window | None,
    *,
    is_answered: bool,
    now: datetime,
    decided_at: datetime | None = None,
) -> Stage:
    """Where a document stands by the clock: `stage` as recorded, moved on by its last consultation's course.

    What somebody decided (`decided_at`) after comments began to be taken holds against the clock.
    What was adopted, is in force or was repealed stays so; before the first comment can be made a document is still drafted.
    """
    if course is not None and decided_at is not None and decided_at > course.opens_at:
        return stage
    if course is None or stage in _LASTING or now < course.opens_at:
        return Stage.DRAFTING if stage is Stage.CONSULTED else stage
    if course.is_open(now):
        return Stage.CONSULTED
    return Stage.REVISED if is_answered else Stage.ANSWERING


def is_text_frozen(state: ConsultationState) -> bool:
    """Whether readers must be shown the consulted version unaltered: from the announcement to the end."""
    return state in (ConsultationState.ANNOUNCED, ConsultationState.OPEN)


def may_publish_answers(state: ConsultationState) -> bool:
    """Whether answers may be made public: never while somebody can still comment."""
    return state in (
        ConsultationState.CLOSED,
        ConsultationState.ANSWERING,
        ConsultationState.REPORTED,
        ConsultationState.EFFECTS,
    )
