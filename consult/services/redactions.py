"""Words cut out of comments: with a reason everybody sees, the original kept for officials or destroyed, put back again.

The record is not altered: a digest stands in it, and whoever reads reads what is shown instead. Where somebody asked for
their data to be erased the original goes the one way a seal can be altered. Words are cut out wherever they stand: in every
revision of the comment, and in the letter it came with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.events import CommentRedacted, CommentRestored
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.contact_views import Place
from consult.domain.process.redactions import (
    DESTROYING,
    LONGEST_NOTE,
    MOST_WORDS,
    Reason,
    cut,
    mark_of,
    masked,
    occurrences,
    passages_of,
)
from consult.domain.text.normalise import admit
from consult.domain.text.spans import Span
from consult.domain.text.typed import typed_words
from consult.services.authority import require
from consult.services.contact_views import note_contact_view
from consult.storage.models import RedactedPassage, Redaction, RedactionEnd
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import contact_views as view_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import redactions as queries
from consult.storage.queries.comments import CommentRow
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.redactions import SealedRow
from consult.storage.unit_of_work import Work, settle_writes, unit_of_work


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a comment before and after: `field` text, justification, proposed or letter, `spans` of `before`."""

    sealed: SealedRow
    before: str
    after: str
    spans: tuple[Span, ...]


def preview_redaction(actor: Actor, comment_id: int, *, words: str, reason: str) -> list[Cut]:
    """What would be read once `words` (one passage a line) are cut out; only pieces in which they stand.

    Raises InvalidInput: "redaction_words", "redaction_words_absent" beside "words", "redaction_reason".
    """
    comment, document = _in_hand(actor, comment_id)
    return _cuts(comment, document, words, _reason(reason))


def redact_comment(
    actor: Actor, comment_id: int, *, words: str, reason: str, note: str, now: datetime
) -> int:
    """Cut words out of a comment and its letter; the id of the act. `note` says what the decision rests on.

    Raises as `preview_redaction`, and InvalidInput("redaction_note").
    """
    comment, document = _in_hand(actor, comment_id)
    why = _reason(reason)
    note = typed_words(note, "note", LONGEST_NOTE)
    if not note:
        raise InvalidInput("redaction_note", field="note")
    is_destroyed = why in DESTROYING
    with unit_of_work() as work:
        document_queries.lock_document(document.id)
        cuts = _cuts(comment, document, words, why)
        act = Redaction(
            comment_id=comment_id,
            reason=str(why),
            is_destroyed=is_destroyed,
            note_seal_id=work.seal(note).id,
            at=now,
            person_id=actor.id,
        )
        work.add(act)
        work.flush()
        for one in cuts:
            work.add(
                *(
                    RedactedPassage(
                        redaction_id=act.id, seal_id=one.sealed.seal_id, start=span.start, end=span.end
                    )
                    for span in one.spans
                )
            )
            work.flush()
            queries.show_instead(one.sealed.seal_id, one.after)
            if is_destroyed:
                queries.destroy(one.sealed.seal_id, now)
        _record(work, CommentRedacted, comment, actor, now)
        act_id = act.id
    if is_destroyed:
        settle_writes()
    return act_id


def undo_redaction(actor: Actor, redaction_id: int, *, note: str, now: datetime) -> None:
    """Put back what an act cut out. Raises RuleBroken once that was done, and where the words were destroyed."""
    row = queries.get_redaction(redaction_id)
    comment, document = _in_hand(actor, row.comment_id)
    note = typed_words(note, "note", LONGEST_NOTE)
    if not note:
        raise InvalidInput("redaction_note", field="note")
    with unit_of_work() as work:
        document_queries.lock_document(document.id)
        row = queries.get_redaction(redaction_id)
        seals = queries.list_seals_of(redaction_id)
        if row.ended_at is not None:
            raise RuleBroken("redaction_ended")
        if row.is_destroyed or not all(queries.is_held(seal_id) for seal_id in seals):
            raise RuleBroken("redaction_destroyed")
        work.add(
            RedactionEnd(
                redaction_id=redaction_id, note_seal_id=work.seal(note).id, at=now, person_id=actor.id
            )
        )
        work.flush()
        fields = {one.seal_id: one for one in queries.list_sealed(comment.id)}
        for seal_id in seals:
            sealed = fields[seal_id]
            left = queries.list_cuts(seal_id)
            queries.show_instead(
                seal_id, _without(sealed.field, sealed.value or "", left, document.language) if left else None
            )
        _record(work, CommentRestored, comment, actor, now)


def read_original(actor: Actor, comment_id: int, *, now: datetime) -> list[SealedRow]:
    """The pieces of a comment from which something was cut out, with their originals as far as they were kept; that the
    actor reads them is noted."""
    comment, document = _in_hand(actor, comment_id)
    found = [row for row in queries.list_sealed(comment_id) if row.shown is not None]
    if any(row.value is not None for row in found):
        submission = view_queries.find_receipt_of_comment(comment_id)
        note_contact_view(
            actor,
            Place.ORIGINAL,
            host_id=document.host_id,
            register_id=comment.register_id,
            receipts=[submission],
            now=now,
        )
    return found


def _in_hand(actor: Actor, comment_id: int) -> tuple[CommentRow, DocumentRow]:
    comment = comment_queries.get_comment(comment_id, with_drafts=True)
    document = document_queries.get_document_by_id(comment.document_id)
    require(actor, Permission.MODERATE, Target(host_id=document.host_id))
    return comment, document


def _reason(code: str) -> Reason:
    try:
        return Reason(code)
    except ValueError:
        raise InvalidInput("redaction_reason", field="reason") from None


def _cuts(comment: CommentRow, document: DocumentRow, words: str, reason: Reason) -> list[Cut]:
    """Pieces in which the words stand. Words that were cut out already are found in what is kept of the original."""
    passages = passages_of(admit(words, field="words"))
    if not passages or len(passages) > MOST_WORDS:
        raise InvalidInput("redaction_words", field="words")
    found, missing = [], set(passages)
    for sealed in queries.list_sealed(comment.id):
        # of a destroyed original what is shown is all there is
        before = sealed.value if sealed.value is not None else sealed.shown
        if not before:
            continue
        spans: list[Span] = []
        for passage in passages:
            places = occurrences(before, passage)
            if places:
                missing.discard(passage)
            spans += places
        if spans:
            earlier = queries.list_cuts(sealed.seal_id) if sealed.value is not None else []
            cuts = [*earlier, *((span, str(reason)) for span in spans)]
            after = _without(sealed.field, before, cuts, document.language)
            found.append(Cut(sealed, before, after, tuple(spans)))
    if missing:
        raise InvalidInput("redaction_words_absent", field="words", words=min(missing))
    return found


def _without(field: str, text: str, cuts: list[tuple[Span, str]], language: str) -> str:
    if field == "letter":
        return masked(text, [span for span, _ in cuts])
    return cut(text, [(span, mark_of(Reason(reason), language)) for span, reason in cuts])


def _record(
    work: Work,
    event: type[CommentRedacted] | type[CommentRestored],
    comment: CommentRow,
    actor: Actor,
    now: datetime,
) -> None:
    consultation = str(comment.consultation_id) if comment.consultation_id else None
    work.record(event(str(comment.id), str(comment.document_id), consultation), at=now, actor_ref=actor.id)
