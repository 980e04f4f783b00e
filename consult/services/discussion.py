"""What others say to a comment while its consultation is open: that they support it.

An account supports a comment once, and so does a guest's browser, which keeps a secret of which only the hash is kept
here. Who supports what is nobody's business: only the number is shown, and the events name no one.
"""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import RuleBroken
from consult.domain.history.events import SupportGiven, SupportTakenBack
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services.authority import require
from consult.services.drawn_secrets import hashed
from consult.storage.models import CommentSupport
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import discussion as queries
from consult.storage.queries.comments import CommentRow
from consult.storage.queries.discussion import Supporter
from consult.storage.unit_of_work import unit_of_work


def supporter_of(actor: Actor, secret: str = "") -> Supporter | None:
    """Whose support it is; None for a guest whose browser keeps no secret yet."""
    if actor.id is not None:
        return Supporter(person_id=actor.id)
    return Supporter(browser_hash=hashed(secret)) if secret else None


def support_comment(actor: Actor, comment_id: int, *, secret: str = "", now: datetime) -> bool:
    """Support a comment; twice is once. Whether this made a difference.

    `secret` is what the browser keeps; somebody who supported as a guest and signed in since is counted once.
    Raises RuleBroken for a comment that was withdrawn or erased, for one's own, and unless its consultation is open.
    """
    with unit_of_work() as work:
        comment = _supportable(actor, comment_id, now)
        if actor.id is not None and comment.person_id == actor.id:
            raise RuleBroken("support_own")
        supporter = supporter_of(actor, secret)
        if supporter is None:
            raise RuleBroken("support_without_cookie")
        row = CommentSupport(
            comment_id=comment_id,
            person_id=supporter.person_id,
            browser_hash=supporter.browser_hash or None,
            at=now,
        )
        is_new = queries.add_support(row)
        was_a_guest = (
            actor.id is not None
            and bool(secret)
            and queries.remove_support(comment_id, Supporter(browser_hash=hashed(secret)))
        )
        if is_new or was_a_guest:
            work.record(SupportGiven(str(comment_id), str(comment.document_id)), at=now, actor_ref=None)
        return is_new


def take_support_back(actor: Actor, comment_id: int, *, secret: str = "", now: datetime) -> bool:
    """Support a comment no longer; whether this made a difference. Raises RuleBroken unless its consultation is open."""
    with unit_of_work() as work:
        comment = _supportable(actor, comment_id, now)
        supporter = supporter_of(actor, secret)
        if supporter is None or not queries.remove_support(comment_id, supporter):
            return False
        work.record(SupportTakenBack(str(comment_id), str(comment.document_id)), at=now, actor_ref=None)
        return True


def is_supportable(comment: CommentRow, *, is_open: bool) -> bool:
    """Whether a comment can be supported: it stands, and its consultation is open."""
    return is_open and comment.text is not None


def _supportable(actor: Actor, comment_id: int, now: datetime) -> CommentRow:
    comment = comment_queries.get_comment(comment_id, with_drafts=False)
    consultation = (
        consultation_queries.get_consultation(comment.consultation_id) if comment.consultation_id else None
    )
    is_open = consultation is not None and consultation.is_open(now)
    if comment.text is None or not is_open:
        raise RuleBroken("support_over")
    require(
        actor,
        Permission.SUPPORT,
        Target(host_id=consultation.host_id if consultation else None, is_open=is_open),
    )
    return comment
