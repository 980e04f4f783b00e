"""Comments just handed in that wait until somebody has looked at them, where the consultation's rule says so.

Apart from `moderation`, which needs the receipts that handing in makes.
"""

from __future__ import annotations

from collections.abc import Sequence

from consult.domain.process.moderation import Standing
from consult.storage.models import CommentStanding
from consult.storage.queries.moderation import looks_before
from consult.storage.unit_of_work import Work


def hold_back(work: Work, consultation_id: int, comment_ids: Sequence[int]) -> None:
    """Let comments just handed in wait, if that is the rule now."""
    if looks_before(consultation_id):
        work.add(*(CommentStanding(comment_id=one, state=Standing.WAITING) for one in comment_ids))
