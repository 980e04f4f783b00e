"""Comments written and not sent yet: kept for whoever writes them, and handed in together.

They stand beside the record under no number; what somebody has not sent is their own affair and changes no page but
their own, so no event is recorded. Somebody signed in finds them from any browser; a guest by a secret in their browser,
of which only the hash is kept here, and whoever signs in with that browser takes them along. They are kept for KEPT
after the last one was touched. What is sent goes through `submit_comments`, which numbers it, all or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.comments import MOST_COMMENTS
from consult.services.authority import require
from consult.services.comments import Pointing, Receipt, Remark, Sender, submit_comments
from consult.services.comments.checking import checked_remark, clipped_sender
from consult.services.comments.pointing import commentable_texts, meant_span
from consult.services.comments.submitting import find_repeated
from consult.services.drawn_secrets import hashed
from consult.storage.models import UnsentComment, UnsentSubmission, UnsentTarget
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import unsent_comments as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.unsent_comments import Holder, UnsentRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

KEPT = timedelta(days=180)
"""How long comments nobody touches stay."""

MOST_SIZE = 4_000_000
"""Code points of all comments one sender may leave unsent on one document."""

MOST_DOCUMENTS = 50
"""Documents on which one sender may leave comments unsent."""


@dataclass(frozen=True, slots=True)
class UnsentSender:
    """In whose name comments are to be sent, as far as it was said; nothing of it has to be right yet."""

    capacity: str = ""
    organisation_name: str = ""
    organisation_id: int | None = None
    name: str = ""
    email: str = ""
    shown_as: str = ""
    wants_letter: bool = True


def holder_of(actor: Actor, browser_secret: str = "") -> Holder | None:
    """Whose unsent comments: the account's, else those of the browser with this secret; None for neither."""
    if actor.id is not None:
        return Holder(person_id=actor.id)
    return Holder(browser_hash=hashed(browser_secret)) if browser_secret else None


def keep_unsent(
    actor: Actor,
    holder: Holder,
    slug: str,
    remark: Remark,
    *,
    unsent_id: int | None = None,
    sender: UnsentSender | None = None,
    form_token: str = "",
    now: datetime,
) -> int:
    """Keep a comment to be sent later, a new one or `unsent_id` as it reads now; its id.

    The same form sent twice keeps one. Raises NotPermitted and RuleBroken where comments are not taken, InvalidInput for
    what could not be sent either, NotFound for a comment of somebody else or words that are not consulted.
    """
    checked = checked_remark(remark)
    with unit_of_work() as work:
        document = document_queries.get_document(slug, Viewer.of(actor))
        document_queries.lock_document(document.id)
        open_now = consultation_queries.find_open_consultation(document.id, now)
        if unsent_id is None:
            target = Target(host_id=document.host_id, is_open=open_now is not None)
            require(actor, Permission.COMMENT, target)
        texts = commentable_texts(document, open_now, [checked])
        spans = [meant_span(pointing, texts[pointing.text_id]) for pointing in checked.pointings]
        submission = _submission(work, holder, document, now)
        row = _row(work, holder, document, submission, unsent_id, form_token)
        size = len(checked.text) + len(checked.justification) + len(checked.proposed or "")
        count, total = queries.count_and_size(submission.id)
        if total - row.size + size > MOST_SIZE:
            raise InvalidInput("unsent_too_much", field="text", limit=MOST_SIZE)
        if count > 2 * MOST_COMMENTS or len(queries.list_comments_of(submission.id)) > MOST_COMMENTS:
            raise InvalidInput("too_many_comments", field="text", limit=MOST_COMMENTS)
        row.kind, row.text, row.justification = checked.kind, checked.text, checked.justification
        row.proposed, row.size, row.removed_at = checked.proposed, size, None
        queries.drop_targets(row.id)
        work.add(
            *(
                UnsentTarget(
                    unsent_comment_id=row.id,
                    ordinal=ordinal,
                    section_id=pointing.section_id,
                    text_id=pointing.text_id,
                    start=span.start if pointing.span is not None else None,
                    end=span.end if pointing.span is not None else None,
                )
                for ordinal, (pointing, span) in enumerate(
                    zip(checked.pointings, spans, strict=True), start=1
                )
            )
        )
        if sender is not None:
            _note_sender(submission, sender)
        submission.pointing_for = None
        submission.kept_at = now
        work.flush()
        return row.id


def keep_sender(actor: Actor, holder: Holder, slug: str, sender: UnsentSender, *, now: datetime) -> None:
    """Keep in whose name the comments on a document are to be sent; nothing when there are none."""
    with unit_of_work():
        document = document_queries.get_document(slug, Viewer.of(actor))
        submission = queries.find_submission(holder, document.id)
        if submission is not None:
            _note_sender(submission, sender)
            submission.kept_at = now


def point_further(actor: Actor, holder: Holder, slug: str, unsent_id: int | None, *, now: datetime) -> None:
    """Say that the next passage chosen in the text is for this comment too; None gives it up."""
    with unit_of_work():
        document = document_queries.get_document(slug, Viewer.of(actor))
        submission = queries.find_submission(holder, document.id)
        if unsent_id is not None and queries.find_unsent(holder, document.id, unsent_id) is None:
            raise NotFound("unsent_comment")
        if submission is not None:
            submission.pointing_for = unsent_id
            submission.kept_at = now


def remove_unsent(actor: Actor, holder: Holder, slug: str, unsent_id: int, *, now: datetime) -> None:
    """Throw a comment away; until the others are sent it can be put back."""
    with unit_of_work():
        row, submission = _own(actor, holder, slug, unsent_id)
        row.removed_at = now
        if submission.pointing_for == unsent_id:
            submission.pointing_for = None
        submission.kept_at = now


def put_back_unsent(actor: Actor, holder: Holder, slug: str, unsent_id: int, *, now: datetime) -> None:
    """Bring back a comment that was thrown away, to its place."""
    with unit_of_work():
        row, submission = _own(actor, holder, slug, unsent_id)
        row.removed_at = None
        submission.kept_at = now


def move_unsent(
    actor: Actor, holder: Holder, slug: str, unsent_id: int, *, is_up: bool, now: datetime
) -> None:
    """Change places with the neighbour above or below; the first stays first."""
    with unit_of_work():
        _, submission = _own(actor, holder, slug, unsent_id)
        rows = queries.list_comments_of(submission.id)
        place = next((at for at, one in enumerate(rows) if one.id == unsent_id), None)
        if place is None:
            raise NotFound("unsent_comment")
        other = place - 1 if is_up else place + 1
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
        for ordinal, one in enumerate(rows, start=1):
            one.ordinal = ordinal
        submission.kept_at = now


def send_unsent(
    actor: Actor,
    holder: Holder,
    slug: str,
    sender: Sender,
    *,
    form_token: str,
    language: str = "",
    now: datetime,
) -> Receipt:
    """Hand in everything kept on a document as one submission; afterwards nothing of it is kept here.

    Sent twice from the same page it makes one submission. Raises what `submit_comments` raises, and
    InvalidInput("nothing_unsent") where there is nothing; then everything stays as it was.
    """
    with unit_of_work():
        document = document_queries.get_document(slug, Viewer.of(actor))
        document_queries.lock_document(document.id)
        done = find_repeated(form_token)
        if done is not None:
            return done
        submission = queries.find_submission(holder, document.id)
        rows = queries.list_unsent(submission.id) if submission is not None else []
        if submission is None or not rows:
            raise InvalidInput("nothing_unsent", field="text")
        receipt = submit_comments(
            actor,
            slug,
            [remark_of(row) for row in rows],
            sender,
            form_token=form_token,
            language=language,
            now=now,
        )
        queries.drop_submission(submission.id)
        return receipt


def settle_unsent(holder: Holder, form_token: str) -> None:
    """Forget a comment that was kept and is now sent from the same form."""
    with unit_of_work():
        row = queries.find_by_token(hashed(form_token)) if form_token else None
        mine = {submission.id for submission in queries.list_submissions(holder)}
        if row is not None and row.unsent_submission_id in mine:
            queries.drop_comments([row.id])


def take_over_unsent(person_id: int, browser_secret: str, *, now: datetime) -> int:
    """Give the comments of a browser to the account that signed in with it; how many.

    They come behind those the account has on the same document.
    """
    guest, own = Holder(browser_hash=hashed(browser_secret)), Holder(person_id=person_id)
    taken = 0
    with unit_of_work() as work:
        for left in queries.list_submissions(guest):
            taken += len(queries.list_comments_of(left.id))
            kept = queries.find_submission(own, left.document_id)
            if kept is None:
                left.person_id, left.browser_hash, left.kept_at = person_id, None, now
                left.name = left.email = ""  # the account says who it is
            else:
                work.flush()
                queries.move_comments(left.id, kept.id, after=queries.last_ordinal(kept.id))
                queries.drop_submission(left.id)
                kept.kept_at = now
            work.flush()
    return taken


def forget_old_unsent(now: datetime) -> int:
    """Drop what nobody touched for KEPT; how many comments."""
    with unit_of_work():
        return queries.drop_kept_before(now - KEPT)


def remark_of(row: UnsentRow) -> Remark:
    """An unsent comment as it is handed in."""
    return Remark(
        row.text,
        row.kind,
        row.justification,
        row.proposed,
        tuple(Pointing(target.section_id, target.text_id, target.span) for target in row.targets),
    )


def _submission(work: Work, holder: Holder, document: DocumentRow, now: datetime) -> UnsentSubmission:
    """What the holder is to hand in on a document, begun where there is none."""
    found = queries.find_submission(holder, document.id)
    if found is not None:
        return found
    if len(queries.list_submissions(holder)) >= MOST_DOCUMENTS:
        raise InvalidInput("unsent_documents", field="text", limit=MOST_DOCUMENTS)
    made = UnsentSubmission(
        document_id=document.id,
        person_id=holder.person_id,
        browser_hash=None if holder.person_id is not None else holder.browser_hash,
        kept_at=now,
    )
    work.add(made)
    work.flush()
    return made


def _row(
    work: Work,
    holder: Holder,
    document: DocumentRow,
    submission: UnsentSubmission,
    unsent_id: int | None,
    form_token: str,
) -> UnsentComment:
    """The row a form writes into: the one it says, the one it made before, or a new one."""
    if unsent_id is not None:
        row = queries.find_own(holder, document.id, unsent_id)
        if row is None:
            raise NotFound("unsent_comment")
        return row
    token_hash = hashed(form_token) if form_token else None
    made = queries.find_by_token(token_hash) if token_hash else None
    if made is not None and made.unsent_submission_id == submission.id:
        return made
    row = UnsentComment(
        unsent_submission_id=submission.id,
        ordinal=queries.last_ordinal(submission.id) + 1,
        form_token_hash=token_hash if made is None else None,
        kind="general",
        text="",
        size=0,
    )
    work.add(row)
    work.flush()
    return row


def _own(actor: Actor, holder: Holder, slug: str, unsent_id: int) -> tuple[UnsentComment, UnsentSubmission]:
    document = document_queries.get_document(slug, Viewer.of(actor))
    row = queries.find_own(holder, document.id, unsent_id)
    submission = queries.find_submission(holder, document.id)
    if row is None or submission is None:
        raise NotFound("unsent_comment")
    return row, submission


def _note_sender(submission: UnsentSubmission, sender: UnsentSender) -> None:
    kept = clipped_sender(
        Sender(
            capacity=sender.capacity,
            name=sender.name,
            email=sender.email,
            organisation_name=sender.organisation_name,
            organisation_id=sender.organisation_id,
            shown_as=sender.shown_as,
            wants_letter=sender.wants_letter,
        )
    )
    submission.capacity, submission.shown_as = kept.capacity, kept.shown_as
    submission.organisation_name, submission.organisation_id = kept.organisation_name, kept.organisation_id
    submission.name, submission.email, submission.wants_letter = kept.name, kept.email, kept.wants_letter
