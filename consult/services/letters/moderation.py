"""Letters to authors: that a comment was hidden and why, and what came of it.

They never hold the words of a comment: an address beside one is anybody's. What the official said about it is public.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.services.letters.recipients import Gatherer, Recipient
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import moderation as queries


def gather_decided(recipient: Recipient, ref: Mapping[str, Any], _now: datetime) -> Mapping[str, Any] | None:
    """What was done to the comment; None where something else was done since."""
    comment_id = int(ref["comment_id"])
    acts = queries.list_acts_on(comment_id)
    if not acts or acts[-1].id != int(ref["act_id"]):
        return None
    comment = comment_queries.get_comment(comment_id, with_drafts=False)
    if comment.consultation_id is None:
        return None
    consultation = consultation_queries.get_consultation(comment.consultation_id)
    return {
        "title": consultation.title,
        "act": acts[-1].act,
        "number": comment.number,
        "words": acts[-1].words or "",
        "has_account": recipient.person_id is not None,
        "comment_path": f"/comments/{comment.register_id}/{comment.number}",
    }


GATHERERS: dict[str, Gatherer] = {"moderation/decided": gather_decided}
