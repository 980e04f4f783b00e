"""Events of the moderation of comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class CommentModerated(Event):
    """A comment was published, hidden or restored, or somebody appealed."""

    kind: ClassVar[str] = "comment.moderated"
    comment_id: Ref
    document_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class ModerationRuleSet(Event):
    """Comments of a consultation are looked at before or after they are published, from now on."""

    kind: ClassVar[str] = "moderation.rule_set"
    consultation_id: Ref
