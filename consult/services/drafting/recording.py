"""What every act upon the outline tells those who have to hear of it."""

from __future__ import annotations

from datetime import datetime

from consult.domain.history.events import DraftArranged
from consult.domain.policy.actors import Actor
from consult.services.changes import Recorded
from consult.storage.queries.documents import DocumentRow
from consult.storage.unit_of_work import Work


def record_arranged(
    work: Work, actor: Actor, document: DocumentRow, recorded: Recorded, *, now: datetime
) -> None:
    work.record(DraftArranged(str(document.id), str(recorded.id)), at=now, actor_ref=actor.id)
