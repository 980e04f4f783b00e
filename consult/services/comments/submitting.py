"""Comments handed in together: all are numbered at once or none."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from consult.domain.errors import Conflict, InvalidInput, NotFound, RuleBroken
from consult.domain.history.canonical import canonical, tagged
from consult.domain.history.chain import receipt_hash
from consult.domain.history.events import CommentSubmitted
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.comments import (
    MOST_COMMENTS,
    Channel,
    is_entered_by_the_host,
    shown_name,
)
from consult.domain.process.fields import Decides
from consult.domain.process.legal_bases import LEGAL_BASES
from consult.domain.process.windows import WARSAW, Window, day_that_counts, is_in_time
from consult.services.authority import require
from consult.services.comments.checking import checked_remark, checked_sender
from consult.services.comments.pointing import commentable_texts, keep_target, meant_span
from consult.services.comments.sealing import COMMENT_FORMAT, Sealed, comment_record, sender_record
from consult.services.comments.values import Receipt, Remark, Sender
from consult.services.drawn_secrets import draw_secret, hashed
from consult.services.holding_back import hold_back
from consult.services.hosts import note_clause
from consult.services.organisations import standing_of
from consult.services.posting import post
from consult.storage.models import Comment, CommentRevision, PersonData, Register, Submission
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work


def submit_comments(
    actor: Actor,
    slug: str,
    remarks: Sequence[Remark],
    sender: Sender,
    *,
    consultation_id: int | None = None,
    on_draft: bool = False,
    form_token: str = "",
    language: str = "",
    now: datetime,
) -> Receipt:
    """Hand in comments on the version being consulted; all are numbered at once or none.

    A form sent twice (the same `form_token`) makes one submission and answers the second time with the
    first receipt; sent again with other words it is a Conflict, so that nobody takes the first receipt for
    the second. What reached the host in time by another way than the web may be entered by an official after
    the end. Whoever left an address gets a letter with the numbers, in `language` ("" where nobody chose one).
    `consultation_id` names the consultation into whose register an official enters, also what came late; what was said
    `on_draft`, in a copy of the working draft, belongs to none. Raises
    RuleBroken when the consultation has ended, NotPermitted when there is none to comment in,
    InvalidInput for what cannot be taken.
    """
    checked = [checked_remark(remark) for remark in remarks]
    if not checked:
        raise InvalidInput("comment_empty", field="text")
    if len(checked) > MOST_COMMENTS:
        raise InvalidInput("too_many_comments", field="text", limit=MOST_COMMENTS)
    sender = _in_whose_name(actor, checked_sender(sender))
    token_hash = hashed(form_token) if form_token else None
    with unit_of_work() as work:
        document = document_queries.get_document(slug, Viewer.of(actor))
        document_queries.lock_document(document.id)
        if token_hash and (done := queries.find_submission_by_token(token_hash)) is not None:
            receipt = queries.receipt_of(done)
            _require_same_words(receipt, checked)
            return _repeated(receipt, form_token)
        if on_draft:
            require(actor, Permission.ANSWER_COMMENTS, Target(host_id=document.host_id))
            consultation = None
        elif consultation_id is None:
            consultation = _consultation(actor, document, sender, now)
        else:
            consultation = _named(actor, document, consultation_id)
        register_id = _register(work, document.id, consultation)
        return _receive(
            work,
            actor,
            document,
            consultation,
            register_id,
            checked,
            sender,
            form_token,
            language=language,
            now=now,
        )


def _consultation(
    actor: Actor, document: DocumentRow, sender: Sender, now: datetime
) -> ConsultationRow | None:
    """The consultation a submission belongs to; None for one the host keeps outside of any."""
    open_now = consultation_queries.find_open_consultation(document.id, now)
    target = Target(host_id=document.host_id, is_open=open_now is not None)
    if _is_entered(sender):
        require(actor, Permission.ANSWER_COMMENTS, target)
    if open_now is not None:
        return open_now
    announced = consultation_queries.list_consultations(document_id=document.id)
    known = [one for one in announced if not one.is_cancelled]
    if sender.received_on is not None:
        reached = (
            one
            for one in known
            if one.closes_at <= now
            and one.answers_published_at is None
            and is_in_time(_day_of(sender, sender.received_on, one), Window(one.opens_at, one.closes_at))
        )
        return next(reached, None)
    over = [one for one in known if one.closes_at <= now]
    if over and not is_allowed(actor, Permission.COMMENT, target):
        raise RuleBroken("consultation_closed", closed_at=max(one.closes_at for one in over).isoformat())
    if announced and not known and not is_allowed(actor, Permission.COMMENT, target):
        raise RuleBroken("consultation_cancelled")
    require(actor, Permission.COMMENT, target)
    return None


def _named(actor: Actor, document: DocumentRow, consultation_id: int) -> ConsultationRow:
    """The consultation an official enters into; when a letter is late its register says so."""
    require(actor, Permission.ANSWER_COMMENTS, Target(host_id=document.host_id))
    consultation = consultation_queries.get_consultation(consultation_id)
    if consultation.document_id != document.id:
        raise NotFound("consultation")
    return consultation


def _day_of(sender: Sender, received_on: date, consultation: ConsultationRow) -> date:
    """The day a letter counts from in this consultation: what its legal basis or its host says decides."""
    return day_that_counts(
        received_on=received_on,
        postmark_on=sender.postmark_on,
        by_postmark=LEGAL_BASES[consultation.legal_basis].decides(consultation.decides) == Decides.POSTMARK,
    )


def _is_entered(sender: Sender) -> bool:
    """Whether somebody typed in what somebody else handed in."""
    entered = is_entered_by_the_host(Channel(sender.channel))
    return entered or sender.received_on is not None or bool(sender.case_sign)


def _in_whose_name(actor: Actor, sender: Sender) -> Sender:
    """The sender with what is known here about their claim; whoever sends cannot confirm it themselves.

    What an official entered from paper or a meeting is confirmed if they say so: they saw who signed it.
    """
    if actor.is_system or is_entered_by_the_host(Channel(sender.channel)):
        return sender
    standing = standing_of(
        actor,
        capacity=sender.capacity,
        organisation_id=sender.organisation_id,
        organisation_name=sender.organisation_name,
    )
    return replace(
        sender,
        organisation_id=standing.organisation_id,
        organisation_name=standing.organisation_name,
        is_verified=standing.is_confirmed,
    )


def _receive(
    work: Work,
    actor: Actor,
    document: DocumentRow,
    consultation: ConsultationRow | None,
    register_id: int,
    remarks: Sequence[Remark],
    sender: Sender,
    form_token: str,
    *,
    language: str,
    now: datetime,
) -> Receipt:
    receipt_no, first, prev = consultation_queries.take_numbers(register_id, len(remarks))
    sealed = [Sealed.of(work, remark) for remark in remarks]
    texts = commentable_texts(document, consultation, remarks)
    spans = [
        [meant_span(pointing, texts[pointing.text_id]) for pointing in remark.pointings] for remark in remarks
    ]
    received_on = sender.received_on or now.astimezone(WARSAW).date()
    said_by = sender_record(
        capacity=sender.capacity,
        organisation=sender.organisation_name,
        channel=sender.channel,
        received_on=received_on,
        case_sign=sender.case_sign,
        postmark_on=sender.postmark_on,
    )
    records = [
        comment_record(first + at, remark, seals, places, texts, said_by)
        for at, (remark, seals, places) in enumerate(zip(remarks, sealed, spans, strict=True))
    ]
    digests = [hashlib.sha256(tagged(COMMENT_FORMAT, record)).hexdigest() for record in records]
    receipt = receipt_hash(
        register=f"{document.slug}/{register_id}",
        receipt_no=str(receipt_no),
        received_at=now,
        comments=digests,
        prev=prev or None,
    )
    secret = _secret_of(form_token)
    submission = Submission(
        register_id=register_id,
        receipt_no=receipt_no,
        prev_hash=prev,
        receipt_hash=receipt,
        body=canonical(records).decode(),
        channel=sender.channel,
        received_at=now,
        received_on=received_on,
        postmark_on=sender.postmark_on,
        case_sign=sender.case_sign,
        capacity=sender.capacity,
        is_capacity_verified=sender.is_verified,
        person_id=actor.id,
        organisation_id=sender.organisation_id,
        organisation_name_then=sender.organisation_name,
        form_token_hash=hashed(form_token) if form_token else None,
        secret_hash=hashed(secret),
    )
    work.add(submission)
    work.flush()
    if sender.name or sender.email:
        work.add(
            PersonData(
                submission_id=submission.id,
                name=sender.name,
                email=sender.email,
                language="" if _is_entered(sender) else language,
                shown_as=sender.shown_as,
                shown_name=shown_name(sender.name, sender.shown_as),
            )
        )
    note_clause(work, submission.id, document.host_id)
    consultation_queries.set_register_head(register_id, receipt)
    comment_ids = []
    for at, (remark, seals, places) in enumerate(zip(remarks, sealed, spans, strict=True)):
        comment = Comment(
            register_id=register_id, number=first + at, submission_id=submission.id, kind=remark.kind
        )
        work.add(comment)
        work.flush()
        work.add(
            CommentRevision(
                comment_id=comment.id,
                no=1,
                text_seal_id=seals.text_id,
                justification_seal_id=seals.justification_id,
                proposed_seal_id=seals.proposed_id,
                at=now,
            )
        )
        keep_target(work, document, comment.id, remark, places, texts)
        event = CommentSubmitted(
            str(comment.id), str(document.id), str(consultation.id) if consultation else None
        )
        work.record(event, at=now, actor_ref=actor.id)
        comment_ids.append(comment.id)
    if consultation is not None and not _is_entered(sender):
        hold_back(work, consultation.id, comment_ids)
    _confirm(work, actor, submission.id, sender, language, now=now)
    return Receipt(
        register_id=register_id,
        receipt_no=receipt_no,
        numbers=tuple(range(first, first + len(remarks))),
        comment_ids=tuple(comment_ids),
        hash=receipt,
        received_at=now,
        secret=secret,
    )


def _confirm(
    work: Work, actor: Actor, submission_id: int, sender: Sender, language: str, *, now: datetime
) -> None:
    """The letter that says what was received: to the account that spoke for itself, else to the address left."""
    person_id = None if _is_entered(sender) else actor.id
    if not sender.wants_letter or (person_id is None and not sender.email):
        return
    chosen = {"language": language} if language and not _is_entered(sender) else {}
    post(
        work,
        "comments/received",
        person_id=person_id,
        submission_id=None if person_id else submission_id,
        ref={"received_submission_id": submission_id, **chosen},
        at=now,
    )


def get_receipt(register_id: int, receipt_no: int, secret: str) -> queries.ReceiptRow:
    """A receipt, for whoever holds its secret. Raises NotFound for anybody else."""
    receipt = queries.find_receipt(register_id, receipt_no)
    if receipt is None or not secrets.compare_digest(receipt.secret_hash, hashed(secret)):
        raise NotFound("receipt")
    return receipt


def _secret_of(form_token: str) -> str:
    """The secret of a receipt: drawn from the form's token, so that a second press opens the same receipt."""
    return hashed(f"receipt {form_token}") if form_token else draw_secret()


def find_repeated(form_token: str) -> Receipt | None:
    """The receipt a form was answered with before; None where it was not sent yet."""
    done = queries.find_submission_by_token(hashed(form_token)) if form_token else None
    return None if done is None else _repeated(queries.receipt_of(done), form_token)


def _require_same_words(receipt: queries.ReceiptRow, remarks: Sequence[Remark]) -> None:
    """Raises Conflict when a form that was sent says something else now."""
    sent = queries.list_first_words(receipt.comment_ids)
    said = [(remark.text, remark.justification, remark.proposed) for remark in remarks]
    is_erased = any(text is None for text, _, _ in sent)
    if not is_erased and said != sent:
        raise Conflict("form_already_sent", receipt_no=receipt.receipt_no)


def _repeated(receipt: queries.ReceiptRow, form_token: str) -> Receipt:
    """The first receipt once more."""
    return Receipt(
        register_id=receipt.register_id,
        receipt_no=receipt.receipt_no,
        numbers=receipt.numbers,
        comment_ids=receipt.comment_ids,
        hash=receipt.receipt_hash,
        received_at=receipt.received_at,
        secret=_secret_of(form_token),
        is_repeat=True,
    )


def _register(work: Work, document_id: int, consultation: ConsultationRow | None) -> int:
    if consultation is not None:
        return consultation.register_id
    known = consultation_queries.find_register(document_id, None)
    if known is not None:
        return known
    register = Register(
        document_id=document_id, consultation_id=None, last_number=0, last_receipt=0, head_hash=""
    )
    work.add(register)
    work.flush()
    return register.id
