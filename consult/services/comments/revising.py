"""What a sender may still do to a comment until the end: correct its words, or take it back.

Whoever holds the receipt's secret, or the account that sent it, may do so. A correction is a revision beside the first
words, which the receipt covers; every revision is an act in the document's chain. A comment taken back keeps its number
and its row, and nobody is shown its words any more.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from consult.domain.errors import NotFound, RuleBroken
from consult.domain.history.acts import ActKind
from consult.domain.history.events import CommentRevised
from consult.domain.policy.actors import Actor
from consult.services.acts import keep_act
from consult.services.comments.checking import checked_remark
from consult.services.comments.values import Pointing, Remark
from consult.services.drawn_secrets import hashed
from consult.storage.models import CommentRevision
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.comments import CommentRow, ReceiptRow
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.unit_of_work import Work, unit_of_work


def revise_comment(
    actor: Actor,
    register_id: int,
    receipt_no: int,
    secret: str,
    number: int,
    remark: Remark,
    *,
    now: datetime,
) -> int:
    """Let a comment say something else; the number of its revision. What it points at and its kind stay.

    The same words again change nothing. Raises NotFound for whoever has no right to it, RuleBroken ("revision_over")
    once the consultation has ended and for a comment taken back, InvalidInput for words that cannot be taken.
    """
    with unit_of_work() as work:
        comment, _, consultation = _changeable(register_id, receipt_no, secret, number, now)
        places = queries.list_placements_of([comment.id])
        pointings = tuple(Pointing(place.origin_section, place.origin_text) for place in places)
        checked = checked_remark(
            Remark(remark.text, comment.kind, remark.justification, remark.proposed, pointings)
        )
        said = (checked.text, checked.justification, checked.proposed)
        if said == (comment.text, comment.justification, comment.proposed):
            return comment.revision_no
        text, justification = work.seal(checked.text), work.seal(checked.justification)
        proposed = None if checked.proposed is None else work.seal(checked.proposed)
        return _keep(
            work,
            actor,
            comment,
            consultation,
            CommentRevision(
                comment_id=comment.id,
                no=comment.revision_no + 1,
                text_seal_id=text.id,
                justification_seal_id=justification.id,
                proposed_seal_id=proposed.id if proposed else None,
                at=now,
            ),
        )


def withdraw_comment(
    actor: Actor, register_id: int, receipt_no: int, secret: str, number: int, *, now: datetime
) -> None:
    """Take a comment back; its number and row stay. Twice is once. Raises what `revise_comment` raises."""
    with unit_of_work() as work:
        try:
            comment, _, consultation = _changeable(register_id, receipt_no, secret, number, now)
        except RuleBroken as refusal:
            if refusal.code == "rule.comment_withdrawn":
                return
            raise
        seals = queries.get_last_seals(comment.id)
        _keep(
            work,
            actor,
            comment,
            consultation,
            CommentRevision(
                comment_id=comment.id,
                no=comment.revision_no + 1,
                text_seal_id=seals.text_id,
                justification_seal_id=seals.justification_id,
                proposed_seal_id=seals.proposed_id,
                at=now,
                is_withdrawn=True,
            ),
        )


def may_still_change(consultation: ConsultationRow | None, now: datetime) -> bool:
    """Whether senders may still correct or take back what they sent."""
    return consultation is not None and consultation.is_open(now)


def require_changeable(comment: CommentRow, *, is_open: bool) -> None:
    """Raises RuleBroken for a comment its author took back, once the consultation has ended, and where the words were
    erased."""
    if comment.is_withdrawn:
        raise RuleBroken("comment_withdrawn")
    if not is_open or comment.text is None:
        raise RuleBroken("revision_over")


def _changeable(
    register_id: int, receipt_no: int, secret: str, number: int, now: datetime
) -> tuple[CommentRow, ReceiptRow, ConsultationRow]:
    """The comment, locked, if it may still be changed."""
    receipt = queries.find_receipt(register_id, receipt_no)
    if receipt is None or not secrets.compare_digest(receipt.secret_hash, hashed(secret)):
        raise NotFound("receipt")
    if number not in receipt.numbers:
        raise NotFound("comment")
    found = queries.find_comment(register_id, number, with_drafts=True)
    if found is None:
        raise NotFound("comment")
    document_queries.lock_document(found.document_id)
    found = queries.get_comment(found.id, with_drafts=True)
    consultation = (
        consultation_queries.get_consultation(found.consultation_id) if found.consultation_id else None
    )
    require_changeable(found, is_open=may_still_change(consultation, now))
    assert consultation is not None  # noqa: S101 - it is open
    return found, receipt, consultation


def _keep(
    work: Work,
    actor: Actor,
    comment: CommentRow,
    consultation: ConsultationRow,
    revision: CommentRevision,
) -> int:
    number = revision.no
    work.add(revision)
    keep_act(work, comment.document_id, ActKind.REVISION, f"{comment.id}/{number}")
    event = CommentRevised(str(comment.id), str(comment.document_id), str(consultation.id))
    work.record(event, at=revision.at, actor_ref=actor.id)
    return number
