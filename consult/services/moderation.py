"""Moderation of comments: hiding with a reason that everybody sees, restoring, appeals, and looking before publication.

A comment keeps its number and its row; only its words are shown or not, and officials of the host see and answer them
all the same. Every act is a row of its own in the document's chain of acts, with who did it and why. Whoever wrote the
comment may appeal once against each hiding, and then somebody else decides. Comments that wait to be published were
received all the same: their receipt counts from the moment they came.
"""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.history.acts import ActKind
from consult.domain.history.events import CommentModerated, ModerationRuleSet
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.moderation import LONGEST_WORDS, REASONS, Act, Standing
from consult.domain.text.typed import typed_words
from consult.services.acts import keep_act
from consult.services.authority import require
from consult.services.comments.submitting import get_receipt
from consult.services.posting import post
from consult.storage.models import CommentStanding, ModerationAct
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import moderation as queries
from consult.storage.queries.comments import CommentRow
from consult.storage.unit_of_work import Work, unit_of_work


def set_moderation_rule(actor: Actor, consultation_id: int, *, before: bool, now: datetime) -> None:
    """Say whether comments that come from now on wait until an official publishes them; the same again changes nothing.

    What waits already goes on waiting: it is published by somebody who looked at it.
    """
    with unit_of_work() as work:
        consultation = consultation_queries.get_consultation(consultation_id)
        require(actor, Permission.MODERATE, Target(host_id=consultation.host_id))
        document_queries.lock_document(consultation.document_id)
        if queries.looks_before(consultation_id) == before:
            return
        act = ModerationAct(
            consultation_id=consultation_id,
            act=Act.BEFORE if before else Act.AFTER,
            reason="",
            words_seal_id=work.seal("").id,
            at=now,
            person_id=actor.id,
        )
        work.add(act)
        work.flush()
        keep_act(work, consultation.document_id, ActKind.MODERATION, act.id)
        work.record(ModerationRuleSet(str(consultation_id)), at=now, actor_ref=actor.id)


def hide_comment(actor: Actor, comment_id: int, *, reason: str, words: str, now: datetime) -> None:
    """Hide the words of a comment that everybody sees, or that waits; the reason and `words` stand in their place.

    Raises InvalidInput ("moderation_reason", "why_missing") without a reason, RuleBroken for a comment that is hidden or
    was withdrawn.
    """
    if reason not in REASONS:
        raise InvalidInput("moderation_reason", field="reason")
    said = _required(words)
    with unit_of_work() as work:
        comment = _moderated(actor, comment_id)
        standing = queries.find_standing(comment_id)
        if standing is not None and standing.state == Standing.HIDDEN:
            raise RuleBroken("moderation_hidden")
        if comment.is_withdrawn:
            raise RuleBroken("comment_withdrawn")
        act = _keep(work, actor, comment, Act.HIDDEN, said, now, reason=reason)
        _tell(work, act, now)
        if standing is None:
            work.add(CommentStanding(comment_id=comment_id, state=Standing.HIDDEN, act_id=act.id))
        else:
            standing.state, standing.act_id = Standing.HIDDEN, act.id


def publish_comment(actor: Actor, comment_id: int, *, now: datetime) -> None:
    """Show everybody a comment that waits. Raises RuleBroken for one that does not wait."""
    with unit_of_work() as work:
        comment = _moderated(actor, comment_id)
        standing = queries.find_standing(comment_id)
        if standing is None or standing.state != Standing.WAITING:
            raise RuleBroken("moderation_not_waiting")
        _keep(work, actor, comment, Act.PUBLISHED, "", now)
        queries.drop_standing(standing)


def restore_comment(actor: Actor, comment_id: int, *, words: str, now: datetime) -> None:
    """Show a hidden comment again, and say why. Raises RuleBroken for one that is not hidden, and for whoever hid it once
    its author has appealed."""
    _decide(actor, comment_id, Act.RESTORED, words, now)


def uphold_hiding(actor: Actor, comment_id: int, *, words: str, now: datetime) -> None:
    """Decide on an appeal that a comment stays hidden, and say why. Raises RuleBroken where nobody appealed, and for
    whoever hid it."""
    _decide(actor, comment_id, Act.UPHELD, words, now)


def appeal_by_receipt(
    actor: Actor, register_id: int, receipt_no: int, secret: str, number: int, *, words: str, now: datetime
) -> None:
    """Appeal against the hiding of a comment, by whoever holds its receipt. Raises NotFound, InvalidInput, RuleBroken."""
    receipt = get_receipt(register_id, receipt_no, secret)
    if number not in receipt.numbers:
        raise NotFound("comment")
    _appeal(actor, receipt.comment_ids[receipt.numbers.index(number)], words, now)


def appeal_by_account(actor: Actor, comment_id: int, *, words: str, now: datetime) -> None:
    """Appeal against the hiding of a comment one sent signed in. Raises NotFound for anybody else's."""
    if actor.id is None or not queries.is_own_comment(comment_id, actor.id):
        raise NotFound("comment")
    _appeal(actor, comment_id, words, now)


def is_appealable(comment: CommentRow) -> bool:
    """Whether its author may appeal: it is hidden, and they have not appealed against that yet."""
    return comment.standing == Standing.HIDDEN and not _appeals(comment.id)


def _appeal(actor: Actor, comment_id: int, words: str, now: datetime) -> None:
    said = _required(words)
    with unit_of_work() as work:
        comment = _locked(comment_id)
        if comment.standing != Standing.HIDDEN:
            raise RuleBroken("moderation_not_hidden")
        if _appeals(comment_id):
            raise RuleBroken("appealed_already")
        _keep(work, actor, comment, Act.APPEALED, said, now)


def _decide(actor: Actor, comment_id: int, act: Act, words: str, now: datetime) -> None:
    said = _required(words)
    with unit_of_work() as work:
        comment = _moderated(actor, comment_id)
        standing = queries.find_standing(comment_id)
        if standing is None or standing.state != Standing.HIDDEN:
            raise RuleBroken("moderation_not_hidden")
        acts = queries.list_acts_on(comment_id)
        is_appealed = acts[-1].act == Act.APPEALED
        hidden_by = next(row.person_id for row in reversed(acts) if row.act == Act.HIDDEN)
        if is_appealed and actor.id is not None and actor.id == hidden_by:
            raise RuleBroken("moderation_same_person")
        if act == Act.UPHELD and not is_appealed:
            raise RuleBroken("moderation_not_appealed")
        _tell(work, _keep(work, actor, comment, act, said, now), now)
        if act == Act.RESTORED:
            queries.drop_standing(standing)


def _appeals(comment_id: int) -> bool:
    """Whether somebody appealed since the comment was hidden last."""
    for row in reversed(queries.list_acts_on(comment_id)):
        if row.act == Act.HIDDEN:
            return False
        if row.act == Act.APPEALED:
            return True
    return False


def _moderated(actor: Actor, comment_id: int) -> CommentRow:
    """The comment, locked, if the actor may moderate it."""
    comment = _locked(comment_id)
    host_id = document_queries.get_document_by_id(comment.document_id).host_id
    require(actor, Permission.MODERATE, Target(host_id=host_id))
    return comment


def _locked(comment_id: int) -> CommentRow:
    comment = comment_queries.get_comment(comment_id, with_drafts=True)
    if comment.consultation_id is None:
        raise NotFound("consultation")  # what the team notes for itself is nobody else's
    document_queries.lock_document(comment.document_id)
    return comment_queries.get_comment(comment_id, with_drafts=True)


def _keep(
    work: Work, actor: Actor, comment: CommentRow, act: Act, words: str, now: datetime, *, reason: str = ""
) -> ModerationAct:
    row = ModerationAct(
        consultation_id=comment.consultation_id,
        comment_id=comment.id,
        act=act,
        reason=reason,
        words_seal_id=work.seal(words).id,
        at=now,
        person_id=actor.id,
    )
    work.add(row)
    work.flush()
    keep_act(work, comment.document_id, ActKind.MODERATION, row.id)
    event = CommentModerated(str(comment.id), str(comment.document_id), str(comment.consultation_id))
    work.record(event, at=now, actor_ref=actor.id)
    return row


def _tell(work: Work, act: ModerationAct, now: datetime) -> None:
    """Write to the author what was done, where there is somewhere to write to."""
    author = queries.find_author(act.comment_id or 0)
    if author is not None:
        post(
            work,
            "moderation/decided",
            person_id=author.person_id,
            submission_id=author.submission_id,
            ref={"comment_id": act.comment_id, "act_id": act.id},
            at=now,
        )


def _required(words: str) -> str:
    said = typed_words(words, "words", LONGEST_WORDS)
    if not said:
        raise InvalidInput("why_missing", field="words")
    return said
