"""A proposal made, discussed, brought up to date by its author, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from consult.domain.errors import InvalidInput, NotFound, NotPermitted
from consult.domain.history.events import ProposalMade, ProposalReplied, ProposalTurned
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.process.proposals import UNDECIDED, PartKind, PartState, ProposalState, advance_proposal
from consult.domain.text import outline
from consult.domain.text.typed import typed_line
from consult.services.drafting.checking import checked_source, checked_title
from consult.services.posting import post
from consult.services.proposals.shared import (
    LONGEST_TITLE,
    checked_words,
    get_discussed,
    note_turn,
    turn,
)
from consult.services.proposals.values import PartDraft, Renewal
from consult.storage.models import Proposal, ProposalPart, ProposalReply
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import proposals as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.unit_of_work import unit_of_work

MOST_PARTS = 20
MOST_REPLIES = 1_000


def propose_changes(
    actor: Actor,
    slug: str,
    *,
    title: str,
    rationale: str,
    parts: Sequence[PartDraft],
    now: datetime,
) -> int:
    """Propose other words for one or several sections; the proposal's number. Parts that change nothing are left out.

    Raises InvalidInput with the field of the part ("source_0", "title_1"), NotFound, NotPermitted.
    """
    line = typed_line(title, "title", LONGEST_TITLE)
    if not line:
        raise InvalidInput("proposal_title", field="title")
    reasons = checked_words(rationale, "rationale")
    if len(parts) > MOST_PARTS:
        raise InvalidInput("too_many_parts", limit=MOST_PARTS)
    with unit_of_work() as work:
        document = get_discussed(actor, slug, Permission.PROPOSE_CHANGE)
        document_queries.lock_document(document.id)
        rows = [row for at, part in enumerate(parts) if (row := _part(document, part, at)) is not None]
        if not rows:
            raise InvalidInput("proposal_changes_nothing", field="source_0")
        proposal = Proposal(
            document_id=document.id,
            number=queries.next_number(document.id),
            state=str(ProposalState.OPEN),
            title=line,
            rationale=reasons,
            person_id=actor.id,
            organisation_id=queries.find_organisation_of_seat(document.id, actor.id),
            created_at=now,
            changed_at=now,
        )
        work.add(proposal)
        work.flush()
        for row in rows:
            row.proposal_id = proposal.id
        work.add(*rows)
        note_turn(work, actor, proposal, reason="", now=now)
        work.record(ProposalMade(str(document.id), str(proposal.id)), at=now, actor_ref=actor.id)
        return proposal.number


def discuss_proposal(actor: Actor, slug: str, number: int, text: str, *, now: datetime) -> int:
    """Say a word about a proposal; its author and those who spoke before hear of it. Returns the reply's id."""
    document = get_discussed(actor, slug, Permission.PROPOSE_CHANGE)
    words = checked_words(text, "text")
    with unit_of_work() as work:
        proposal = queries.lock_proposal(queries.get_proposal(document.id, number).id)
        people = queries.list_people_discussing(proposal.id)
        reply = ProposalReply(proposal_id=proposal.id, text=words, at=now, person_id=actor.id)
        work.add(reply)
        proposal.changed_at = now
        work.flush()
        for person_id in people:
            if person_id != actor.id:
                post(
                    work,
                    "proposals/replied",
                    person_id=person_id,
                    ref={"proposal_id": proposal.id, "reply_id": reply.id},
                    at=now,
                )
        work.record(ProposalReplied(str(document.id), str(proposal.id)), at=now, actor_ref=actor.id)
        return reply.id


def renew_proposal(
    actor: Actor, slug: str, number: int, renewals: Sequence[Renewal], *, now: datetime
) -> None:
    """Give the parts of one's own proposal new words, against the text that stands now.

    What stood in the proposal first stays on record. Raises RuleBroken once it was decided.
    """
    document = get_discussed(actor, slug, Permission.PROPOSE_CHANGE)
    with unit_of_work() as work:
        proposal = _own(actor, document, number)
        if proposal.state not in UNDECIDED:
            advance_proposal(ProposalState(proposal.state), ProposalState.OUTDATED)
        wanted = {renewal.part_id: renewal for renewal in renewals}
        rows = queries.rows_of_parts(list(wanted))
        for part_id, renewal in wanted.items():
            row = rows.get(part_id)
            if row is None or row.proposal_id != proposal.id or row.kind != PartKind.REWORD:
                raise NotFound("proposal")
            current = document_queries.get_section(document.id, row.section_id or "")
            base = document_queries.get_text(renewal.base_text_id)
            if base.section_id != row.section_id:
                raise NotFound("text")
            source = _one_section(renewal.source, f"source_{part_id}", base.source)
            row.source, row.base_text_id = source, base.id
            row.state = str(PartState.OPEN if base.id == current.text_id else PartState.OUTDATED)
        work.flush()
        parts = queries.list_parts([proposal.id])
        if proposal.state == ProposalState.OUTDATED and all(
            part.state != PartState.OUTDATED for part in parts
        ):
            turn(work, actor, proposal, ProposalState.OPEN, now=now)
        else:
            proposal.changed_at = now
        work.record(ProposalTurned(str(document.id), str(proposal.id)), at=now, actor_ref=actor.id)


def withdraw_proposal(actor: Actor, slug: str, number: int, *, reason: str = "", now: datetime) -> None:
    """Take one's own proposal back; it stays on record."""
    document = get_discussed(actor, slug, Permission.PROPOSE_CHANGE)
    words = checked_words(reason, "reason", may_be_empty=True)
    with unit_of_work() as work:
        proposal = _own(actor, document, number)
        turn(work, actor, proposal, ProposalState.WITHDRAWN, reason=words, now=now)
        work.record(ProposalTurned(str(document.id), str(proposal.id)), at=now, actor_ref=actor.id)


def _own(actor: Actor, document: DocumentRow, number: int) -> Proposal:
    document_queries.lock_document(document.id)  # first, as whoever decides does
    proposal = queries.lock_proposal(queries.get_proposal(document.id, number).id)
    if not actor.is_system and (proposal.person_id is None or proposal.person_id != actor.id):
        raise NotPermitted("change_proposal", because="is_author")
    return proposal


def _part(document: DocumentRow, part: PartDraft, at: int) -> ProposalPart | None:
    """A part as it is kept; None where it would change nothing."""
    if part.kind == PartKind.ADD:
        return _new_section(document, part, at)
    if part.kind not in (PartKind.REWORD, PartKind.REMOVE):
        raise InvalidInput("part_kind", field=f"source_{at}")
    section_id = part.section_id or ""
    base = document_queries.get_section(document.id, section_id)
    first = base.text_id
    before = base.source
    if part.base_text_id is not None and part.base_text_id != base.text_id:
        older = document_queries.get_text(part.base_text_id)
        if older.section_id != section_id:
            raise NotFound("text")
        first, before = older.id, older.source
    source = "" if part.kind == PartKind.REMOVE else _one_section(part.source, f"source_{at}", before)
    if part.kind == PartKind.REWORD and source.strip() == before.strip():
        return None
    return ProposalPart(
        kind=part.kind,
        section_id=section_id,
        base_text_id=first,
        source=source,
        first_text_id=first,
        first_source=source,
        state=str(PartState.OPEN),
    )


def _new_section(document: DocumentRow, part: PartDraft, at: int) -> ProposalPart:
    field = f"source_{at}"
    try:
        title = checked_title(part.title)
    except InvalidInput as error:
        error.facts["field"] = f"title_{at}"
        raise
    level = 2
    if part.section_id:
        order = drafting_queries.list_standing(document.id)
        after = next((row for row in order if row.section_id == part.section_id), None)
        if after is None:
            raise NotFound("section")
        level = after.level or 1
    heading = outline.retitle(f"{'#' * max(level, 1)} x\n\n", title)
    source = _one_section(heading + _body(part.source, field), field, heading)
    return ProposalPart(
        kind=str(PartKind.ADD),
        section_id=part.section_id or None,
        base_text_id=None,
        source=source,
        first_text_id=None,
        first_source=source,
        state=str(PartState.OPEN),
    )


def _body(source: str, field: str) -> str:
    try:
        return checked_source(source).rstrip() + "\n"
    except InvalidInput as error:
        error.facts["field"] = field
        raise


def _one_section(source: str, field: str, before: str) -> str:
    """The wording as one section's text, ending as the text it goes from does. Raises InvalidInput, beside its field."""
    words = _body(source, field)
    words = words.rstrip() + (before[len(before.rstrip()) :] or "\n")
    pieces = outline.split(words)
    if len(pieces) > 1:
        raise InvalidInput("proposal_heading", field=field)
    if pieces[0].level == 0 and outline.level_of(before) > 0:
        raise InvalidInput("proposal_without_heading", field=field)
    return words
