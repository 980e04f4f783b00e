"""Where a comment's words stand, decided by a person: the machine's guess confirmed, other words shown, or words given up.

From then on the words are followed from the decided place. A passage given up comes back only where its words
are found again beyond doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from consult.domain.anchoring.decided import as_decided
from consult.domain.anchoring.placement import State
from consult.domain.errors import InvalidInput, NotFound, RuleBroken, Stale
from consult.domain.history.events import PlacementDecided
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.text.normalise import admit
from consult.domain.text.spans import Span
from consult.services.authority import of_document, require
from consult.services.placements import Found, placement
from consult.storage.queries import documents as document_queries
from consult.storage.queries import placement_decisions as queries
from consult.storage.queries import placements as placement_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.placement_decisions import SoughtRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

LONGEST_QUOTE = 20_000


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a section as somebody saw them: `span` in the plain text of `text_id`, where they were pointed at;
    without it, or when the text is another by now, they are found by `quote`."""

    section_id: str
    quote: str
    text_id: int | None = None
    span: Span | None = None


def confirm_placement(actor: Actor, slug: str, target_id: int, *, seen: str, now: datetime) -> State:
    """The words the machine found are the right ones; the state they have then.

    `seen` is the mark of the place that was looked at: raises Stale("placement_moved_on") when the text went on since, and
    RuleBroken("nothing_to_confirm") where nothing was found.
    """
    with unit_of_work() as work:
        document, row = _get(actor, slug, target_id, seen)
        if row.text_id is None or row.start is None or row.end is None:
            raise RuleBroken("nothing_to_confirm")
        return _keep(
            work, actor, document, row, Place(row.section_id, row.text_id, Span(row.start, row.end)), now=now
        )


def reattach_comment(
    actor: Actor, slug: str, target_id: int, words: Words, *, seen: str, now: datetime
) -> State:
    """The comment speaks of these words; the state they have then.

    Raises NotFound("section") for a section out of the draft, InvalidInput on `quote` when the words do not stand
    there, or more than once, and Stale as above.
    """
    quote = admit(words.quote, field="quote").strip()
    if not quote:
        raise InvalidInput("quote_missing", field="quote")
    if len(quote) > LONGEST_QUOTE:
        raise InvalidInput("quote_too_long", field="quote", limit=LONGEST_QUOTE)
    with unit_of_work() as work:
        document, row = _get(actor, slug, target_id, seen)
        standing = queries.find_plain_of_draft(document.id, words.section_id)
        if standing is None:
            raise NotFound("section")
        text_id, plain = standing
        span = _span_of(words, quote, text_id, plain)
        return _keep(work, actor, document, row, Place(words.section_id, text_id, span), now=now)


def give_up_placement(actor: Actor, slug: str, target_id: int, *, seen: str, now: datetime) -> State:
    """The words are no longer in the text: the comment keeps its home beside the section they were in. Raises Stale."""
    with unit_of_work() as work:
        document, row = _get(actor, slug, target_id, seen)
        standing = queries.find_plain_of_draft(document.id, row.section_id)
        home = Found(row.section_id, standing[0] if standing else None, str(State.ORPHANED), None, None, 0.0)
        _put(work, actor, document, row, home, now=now)
        return State.ORPHANED


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a text of the working draft; `span` in its plain text."""

    section_id: str
    text_id: int
    span: Span


def _get(actor: Actor, slug: str, target_id: int, seen: str) -> tuple[DocumentRow, SoughtRow]:
    """The passage, while nobody else is writing. Raises NotFound, NotPermitted, Stale."""
    viewer = Viewer.of(actor)
    document = document_queries.get_document(slug, viewer)
    require(actor, Permission.EDIT_DRAFT, of_document(document))
    document_queries.lock_document(document.id)
    row = queries.get_sought(document.id, target_id)
    if row.consultation_id is None and not viewer.works_for(document.host_id):
        raise NotFound("comment")
    if row.mark != seen:
        raise Stale("placement_moved_on", number=row.number)
    return document, row


def _span_of(words: Words, quote: str, text_id: int, plain: str) -> Span:
    """Where the words stand: where they were pointed at, as far as the text is the same still; else the one place."""
    span = words.span
    if span is not None and words.text_id == text_id and span.end <= len(plain) and span.of(plain) == quote:
        return span
    # white space is not what people mean to copy exactly
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    found = [Span(match.start(), match.end()) for match in re.finditer(pattern, plain)]
    if not found:
        raise InvalidInput("quote_not_here", field="quote")
    if len(found) > 1:
        raise InvalidInput("quote_often_here", field="quote", count=len(found))
    return found[0]


def _keep(
    work: Work, actor: Actor, document: DocumentRow, row: SoughtRow, place: Place, *, now: datetime
) -> State:
    now_words = place.span.of(placement_queries.list_plains([place.text_id])[place.text_id])
    state, similarity = as_decided(
        row.exact, now_words, is_same_section=place.section_id == row.first_section
    )
    found = Found(
        place.section_id, place.text_id, str(state), place.span.start, place.span.end, round(similarity, 4)
    )
    _put(work, actor, document, row, found, now=now)
    return state


def _put(
    work: Work, actor: Actor, document: DocumentRow, row: SoughtRow, found: Found, *, now: datetime
) -> None:
    placement_queries.retire([row.placement_id])
    if found.text_id is not None:
        queries.drop_placement_in(row.target_id, found.text_id)
    decided = placement(row.target_id, found, is_current=True)
    decided.decided_by = actor.id
    work.add(decided)
    work.flush()
    work.record(
        PlacementDecided(str(row.comment_id), str(document.id), str(row.target_id)),
        at=now,
        actor_ref=actor.id,
    )
