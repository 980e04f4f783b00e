"""Comments: handed in together as one submission, numbered inside the transaction, anchored to their words."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consult.domain.anchoring.describe import describe
from consult.domain.anchoring.locate import locate
from consult.domain.anchoring.selectors import Selectors
from consult.domain.errors import Conflict, InvalidInput, NotFound, RuleBroken
from consult.domain.history.canonical import Canonical, canonical, tagged
from consult.domain.history.chain import receipt_hash
from consult.domain.history.events import CommentSubmitted
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.comments import (
    CAPACITIES,
    CHANNELS,
    KINDS,
    LONGEST_EMAIL,
    LONGEST_JUSTIFICATION,
    LONGEST_NAME,
    LONGEST_PROPOSED,
    LONGEST_TEXT,
    MOST_COMMENTS,
    MOST_TARGETS,
    Channel,
    is_entered_by_the_host,
)
from consult.domain.process.windows import WARSAW, first_moment
from consult.domain.text.normalise import admit
from consult.domain.text.spans import Span
from consult.services import placements
from consult.services.authority import require
from consult.services.placements import PASSAGE, WHOLE_SECTION, Found
from consult.storage.models import Comment, CommentRevision, CommentTarget, PersonData, Register, Submission
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import placements as placement_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow, TextRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

SECRET_BYTES = 24
COMMENT_FORMAT = "consult-comment-1"


@dataclass(frozen=True, slots=True)
class Pointing:
    """The words a comment points at: a span of the plain text `text_id`, or the whole section when None.

    `quote` is what the sender saw under the span; where it differs from the text (another way of counting
    in a browser), the quote decides.
    """

    section_id: str
    text_id: int
    span: Span | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment as it is handed in; no pointings means the whole document."""

    text: str
    kind: str = "substantive"
    justification: str = ""
    proposed: str | None = None
    pointings: tuple[Pointing, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who hands in, in whose name, through which channel."""

    capacity: str
    name: str = ""
    email: str = ""
    organisation_name: str = ""
    organisation_id: int | None = None
    is_verified: bool = False
    channel: str = "web"
    received_on: date | None = None
    case_sign: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof that comments were received; `secret` opens it again and is kept nowhere."""

    register_id: int
    receipt_no: int
    numbers: tuple[int, ...]
    comment_ids: tuple[int, ...]
    hash: str
    received_at: datetime
    secret: str
    is_repeat: bool = False


def submit_comments(
    actor: Actor,
    slug: str,
    remarks: Sequence[Remark],
    sender: Sender,
    *,
    form_token: str = "",
    now: datetime,
) -> Receipt:
    """Hand in comments on the version being consulted; all are numbered at once or none.

    A form sent twice (the same `form_token`) makes one submission and answers the second time with the
    first receipt; sent again with other words it is a Conflict, so that nobody takes the first receipt for
    the second. What reached the host in time by another way than the web may be entered by an official after
    the end. Raises RuleBroken when the consultation has ended, NotPermitted when there is none to comment in,
    InvalidInput for what cannot be taken.
    """
    checked = [_checked(remark) for remark in remarks]
    if not checked:
        raise InvalidInput("comment_empty", field="text")
    if len(checked) > MOST_COMMENTS:
        raise InvalidInput("too_many_comments", field="text", limit=MOST_COMMENTS)
    sender = _checked_sender(sender)
    token_hash = _hashed(form_token) if form_token else None
    with unit_of_work() as work:
        document = document_queries.get_document(slug, Viewer.of(actor))
        document_queries.lock_document(document.id)
        if token_hash and (done := queries.find_submission_by_token(token_hash)) is not None:
            return _repeated(queries.receipt_of(done), _secret_of(form_token), checked)
        consultation = _consultation(actor, document, sender, now)
        register_id = _register(work, document.id, consultation)
        return _receive(
            work, actor, document, consultation, register_id, checked, sender, form_token, now=now
        )


def _consultation(
    actor: Actor, document: DocumentRow, sender: Sender, now: datetime
) -> ConsultationRow | None:
    """The consultation a submission belongs to; None for one the host keeps outside of any."""
    open_now = consultation_queries.find_open_consultation(document.id, now)
    target = Target(host_id=document.host_id, is_open=open_now is not None)
    is_entered = is_entered_by_the_host(Channel(sender.channel)) or sender.received_on or sender.case_sign
    if is_entered:
        require(actor, Permission.ANSWER_COMMENTS, target)
    if open_now is not None:
        return open_now
    known = consultation_queries.list_consultations(document_id=document.id)
    if sender.received_on is not None:
        reached = (
            one
            for one in known
            if first_moment(sender.received_on) < one.closes_at <= now
            and one.opens_at < first_moment(sender.received_on + timedelta(days=1))
            and one.answers_published_at is None
        )
        return next(reached, None)
    over = [one for one in known if one.closes_at <= now]
    if over and not is_allowed(actor, Permission.COMMENT, target):
        raise RuleBroken("consultation_closed", closed_at=max(one.closes_at for one in over).isoformat())
    require(actor, Permission.COMMENT, target)
    return None


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
    now: datetime,
) -> Receipt:
    receipt_no, first, prev = consultation_queries.take_numbers(register_id, len(remarks))
    sealed = [_Sealed.of(work, remark) for remark in remarks]
    texts = _texts(document, consultation, remarks)
    spans = [
        [_span(pointing, texts[pointing.text_id]) for pointing in remark.pointings] for remark in remarks
    ]
    received_on = sender.received_on or now.astimezone(WARSAW).date()
    said_by = sender_record(
        capacity=sender.capacity,
        organisation=sender.organisation_name,
        channel=sender.channel,
        received_on=received_on,
        case_sign=sender.case_sign,
    )
    records = [
        _record(first + at, remark, seals, places, texts, said_by)
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
        postmark_on=None,
        case_sign=sender.case_sign,
        capacity=sender.capacity,
        is_capacity_verified=sender.is_verified,
        person_id=actor.id,
        organisation_id=sender.organisation_id,
        organisation_name_then=sender.organisation_name,
        form_token_hash=_hashed(form_token) if form_token else None,
        secret_hash=_hashed(secret),
    )
    work.add(submission)
    work.flush()
    if sender.name or sender.email:
        work.add(PersonData(submission_id=submission.id, name=sender.name, email=sender.email))
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
        _point(work, document, comment.id, remark, places, texts)
        event = CommentSubmitted(
            str(comment.id), str(document.id), str(consultation.id) if consultation else None
        )
        work.record(event, at=now, actor_ref=actor.id)
        comment_ids.append(comment.id)
    return Receipt(
        register_id=register_id,
        receipt_no=receipt_no,
        numbers=tuple(range(first, first + len(remarks))),
        comment_ids=tuple(comment_ids),
        hash=receipt,
        received_at=now,
        secret=secret,
    )


def get_receipt(register_id: int, receipt_no: int, secret: str) -> queries.ReceiptRow:
    """A receipt, for whoever holds its secret. Raises NotFound for anybody else."""
    receipt = queries.find_receipt(register_id, receipt_no)
    if receipt is None or not secrets.compare_digest(receipt.secret_hash, _hashed(secret)):
        raise NotFound("receipt")
    return receipt


# What was handed in


@dataclass(frozen=True, slots=True)
class _Sealed:
    """The seals of a comment's words: ids for rows, digests for the hash."""

    text_id: int
    text: str
    justification_id: int
    justification: str
    proposed_id: int | None
    proposed: str | None

    @classmethod
    def of(cls, work: Work, remark: Remark) -> _Sealed:
        text, justification = work.seal(remark.text), work.seal(remark.justification)
        proposed = None if remark.proposed is None else work.seal(remark.proposed)
        return cls(
            text.id,
            text.digest,
            justification.id,
            justification.digest,
            proposed.id if proposed else None,
            proposed.digest if proposed else None,
        )


def sender_record(
    *, capacity: str, organisation: str, channel: str, received_on: date, case_sign: str
) -> dict[str, Canonical]:
    """In whose name and how comments came, as the receipt's hash knows it; an organisation's name by digest."""
    return {
        "capacity": capacity,
        "organisation": _hashed(organisation),
        "channel": channel,
        "received_on": received_on.isoformat(),
        "case_sign": case_sign,
    }


def _record(
    number: int,
    remark: Remark,
    seals: _Sealed,
    places: Sequence[Span],
    texts: dict[int, TextRow],
    said_by: dict[str, Canonical],
) -> dict[str, Canonical]:
    """A comment as the receipt's hash knows it."""
    return {
        "number": number,
        "sender": said_by,
        "kind": remark.kind,
        "text": seals.text,
        "justification": seals.justification,
        "proposed": seals.proposed,
        "targets": [
            {
                "section": pointing.section_id,
                "plain": hashlib.sha256(texts[pointing.text_id].plain.encode()).hexdigest(),
                "start": span.start,
                "end": span.end,
            }
            for pointing, span in zip(remark.pointings, places, strict=True)
        ],
    }


def _checked(remark: Remark) -> Remark:
    text = admit(remark.text, field="text").strip()
    justification = admit(remark.justification, field="justification").strip()
    proposed = None if remark.proposed is None else admit(remark.proposed, field="proposed")
    if not text and not (proposed is not None and remark.pointings):
        raise InvalidInput("comment_empty", field="text")
    for field, words, limit in (
        ("text", text, LONGEST_TEXT),
        ("justification", justification, LONGEST_JUSTIFICATION),
        ("proposed", proposed or "", LONGEST_PROPOSED),
    ):
        if len(words) > limit:
            raise InvalidInput("comment_too_long", field=field, limit=limit)
    if remark.kind not in KINDS:
        raise InvalidInput("comment_kind", field="kind")
    if len(remark.pointings) > MOST_TARGETS:
        raise InvalidInput("too_many_targets", field="text", limit=MOST_TARGETS)
    return Remark(text, remark.kind, justification, proposed, remark.pointings)


def _checked_sender(sender: Sender) -> Sender:
    if sender.capacity not in CAPACITIES:
        raise InvalidInput("capacity", field="capacity")
    if sender.channel not in CHANNELS:
        raise InvalidInput("channel", field="channel")
    name = " ".join(admit(sender.name, field="name").split())
    organisation = " ".join(admit(sender.organisation_name, field="organisation_name").split())
    email = admit(sender.email, field="email").strip()
    if len(name) > LONGEST_NAME:
        raise InvalidInput("name_too_long", field="name", limit=LONGEST_NAME)
    if len(organisation) > LONGEST_NAME:
        raise InvalidInput("name_too_long", field="organisation_name", limit=LONGEST_NAME)
    if email and (len(email) > LONGEST_EMAIL or "@" not in email[1:-1] or " " in email):
        raise InvalidInput("email", field="email")
    if sender.capacity != "resident" and not organisation:
        raise InvalidInput("organisation_missing", field="organisation_name")
    return Sender(
        capacity=sender.capacity,
        name=name,
        email=email,
        organisation_name=organisation if sender.capacity != "resident" else "",
        organisation_id=sender.organisation_id,
        is_verified=sender.is_verified,
        channel=sender.channel,
        received_on=sender.received_on,
        case_sign=" ".join(admit(sender.case_sign, field="case_sign").split())[:100],
    )


def _secret_of(form_token: str) -> str:
    """The secret of a receipt: drawn from the form's token, so that a second press opens the same receipt."""
    return _hashed(f"receipt {form_token}") if form_token else secrets.token_urlsafe(SECRET_BYTES)


def _repeated(receipt: queries.ReceiptRow, secret: str, remarks: Sequence[Remark]) -> Receipt:
    """The first receipt once more. Raises Conflict when the form now says something else."""
    sent = queries.list_comments_by_id(receipt.comment_ids, with_drafts=False)
    said = [(remark.text, remark.justification, remark.proposed) for remark in remarks]
    is_erased = any(comment.text is None for comment in sent)
    if not is_erased and said != [(one.text, one.justification, one.proposed) for one in sent]:
        raise Conflict("form_already_sent", receipt_no=receipt.receipt_no)
    return Receipt(
        register_id=receipt.register_id,
        receipt_no=receipt.receipt_no,
        numbers=receipt.numbers,
        comment_ids=receipt.comment_ids,
        hash=receipt.receipt_hash,
        received_at=receipt.received_at,
        secret=secret,
        is_repeat=True,
    )


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


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


# Where it points


def _texts(
    document: DocumentRow, consultation: ConsultationRow | None, remarks: Sequence[Remark]
) -> dict[int, TextRow]:
    """The texts pointed at, each checked to stand in what may be commented on now."""
    wanted = {pointing.text_id for remark in remarks for pointing in remark.pointings}
    texts = {text.id: text for text in document_queries.list_texts(sorted(wanted))}
    if consultation is not None:
        standing = document_queries.list_text_ids_of_version(consultation.version_id, wanted)
    else:
        standing = document_queries.list_text_ids_of_document(document.id, wanted)
    for remark in remarks:
        for pointing in remark.pointings:
            text = texts.get(pointing.text_id)
            if text is None or pointing.text_id not in standing or text.section_id != pointing.section_id:
                raise NotFound("text")
    return texts


def _span(pointing: Pointing, text: TextRow) -> Span:
    """The span meant: the whole section, or the passage the sender saw."""
    if pointing.span is None:
        return Span(0, len(text.plain))
    span = pointing.span
    if span.end <= len(text.plain) and not span.is_empty and pointing.quote in ("", span.of(text.plain)):
        return span
    quote = admit(pointing.quote, field="quote")
    if not quote.strip():
        raise InvalidInput("passage", field="passage")
    starts = [found.start() for found in re.finditer(f"(?={re.escape(quote)})", text.plain)]
    if starts:
        start = min(starts, key=lambda start: abs(start - span.start))
        return Span(start, start + len(quote))
    located = locate(text.plain, Selectors(exact=quote, prefix="", suffix=""))
    if located is None or not located.certain:
        raise InvalidInput("passage", field="passage")
    return located.span


def _point(
    work: Work,
    document: DocumentRow,
    comment_id: int,
    remark: Remark,
    places: Sequence[Span],
    texts: dict[int, TextRow],
) -> None:
    """Keep where a comment points, and place its words in the text it was made on, later versions and the draft."""
    for ordinal, (pointing, span) in enumerate(zip(remark.pointings, places, strict=True), start=1):
        text = texts[pointing.text_id]
        selectors = describe(text.plain, span)
        target = CommentTarget(
            comment_id=comment_id,
            ordinal=ordinal,
            section_id=text.section_id,
            text_id=text.id,
            scope=PASSAGE if pointing.span is not None else WHOLE_SECTION,
            start=span.start,
            end=span.end,
            exact=selectors.exact,
            prefix=selectors.prefix,
            suffix=selectors.suffix,
        )
        work.add(target)
        work.flush()
        here = Found(text.section_id, text.id, "placed", span.start, span.end, 1.0)
        standing = placement_queries.list_draft_plains([text.section_id]).get(text.section_id)
        is_current = standing is not None and standing[0] == text.id
        work.add(placements.placement(target.id, here, is_current=is_current))
        work.flush()
        if not is_current:
            placements.place_in_draft(work, document.id, target)
        placements.place_in_later_versions(work, document.id, target)
