"""Answers organisations put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class JointAnswerBegun(Event):
    kind: ClassVar[str] = "joint_answer.begun"
    answer_id: Ref
    organisation_id: Ref


@dataclass(frozen=True, slots=True)
class JointAnswerChanged(Event):
    """Something was said, put together, asked or decided within the organisations concerned."""

    kind: ClassVar[str] = "joint_answer.changed"
    answer_id: Ref


@dataclass(frozen=True, slots=True)
class JointAnswerSent(Event):
    kind: ClassVar[str] = "joint_answer.sent"
    answer_id: Ref
    submission_id: Ref


@dataclass(frozen=True, slots=True)
class JointAnswerDropped(Event):
    kind: ClassVar[str] = "joint_answer.dropped"
    answer_id: Ref
