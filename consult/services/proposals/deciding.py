"""A proposal decided: taken, whole or in part, as one change that names it as its cause; or declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from consult.domain.errors import Conflict, InvalidInput, NotFound, RuleBroken
from consult.domain.history.events import (
    Event,
    ProposalTaken,
    ProposalTurned,
    SectionAdded,
    SectionRemoved,
    SectionSaved,
)
from consult.domain.merging.passages import passages, take
from consult.domain.merging.threeway import merge
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.process.proposals import PartKind, PartState, ProposalState, advance_proposal, fit
from consult.domain.text import outline, ranks
from consult.services.changes import Cause, Draft, Put, Recorded, new_section_id, record_change
from consult.services.drafting.checking import check_note, checked_source, closed, get_editable
from consult.services.drafting.places import around, branch, place_after
from consult.services.proposals.shared import checked_words, get_discussed, note_turn, tell_author, turn
from consult.services.proposals.values import Pick, Taken, Unjoinable, Unjoined
from consult.storage.models import Proposal
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import proposals as queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.drafting import Standing
from consult.storage.queries.proposals import PartRow
from consult.storage.unit_of_work import Work, unit_of_work

CAUSE = "proposal"
"""The kind of cause that changes name."""


def take_proposal(
    actor: Actor, slug: str, number: int, picks: Sequence[Pick] = (), *, note: str = "", now: datetime
) -> Taken | Unjoined:
    """Take a proposal into the working draft: what `picks` say of its parts, the others whole.

    One change carries it, by the deciding person, caused by the proposal, which keeps its author. What the text became
    meanwhile is joined with it; where that cannot be, nothing is recorded and all sides are handed back. Raises
    InvalidInput when nothing was picked, RuleBroken once decided, Conflict for a removal of words nobody saw.
    """
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        proposal = queries.lock_proposal(queries.get_proposal(document.id, number).id)
        advance_proposal(ProposalState(proposal.state), ProposalState.TAKEN)
        taking = _Taking(document.id, drafting_queries.list_standing(document.id))
        chosen = {pick.part_id: pick for pick in picks}
        for part in queries.list_parts([proposal.id]):
            taking.take(part, chosen.get(part.id, Pick(part.id)))
        if taking.unjoinable:
            return Unjoined(tuple(taking.unjoinable))
        if not taking.puts and not taking.removals:
            raise InvalidInput("nothing_picked", field="picks")
        recorded = _record(work, actor, document, proposal, taking, note, now)
        tell_author(work, actor, proposal, "proposals/decided", now=now)
        return Taken(recorded.number, proposal.state)


def decline_proposal(actor: Actor, slug: str, number: int, *, reason: str, now: datetime) -> None:
    """Decline a proposal; the reason is told to its author and stays on record."""
    words = checked_words(reason, "reason")
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        proposal = queries.lock_proposal(queries.get_proposal(document.id, number).id)
        turn(work, actor, proposal, ProposalState.DECLINED, reason=words, now=now)
        tell_author(work, actor, proposal, "proposals/decided", now=now)
        work.record(ProposalTurned(str(document.id), str(proposal.id)), at=now, actor_ref=actor.id)


def reopen_proposal(actor: Actor, slug: str, number: int, *, reason: str = "", now: datetime) -> None:
    """Consider a declined proposal anew."""
    words = checked_words(reason, "reason", may_be_empty=True)
    with unit_of_work() as work:
        document = get_discussed(actor, slug, Permission.EDIT_DRAFT)
        document_queries.lock_document(document.id)
        proposal = queries.lock_proposal(queries.get_proposal(document.id, number).id)
        turn(work, actor, proposal, ProposalState.OPEN, reason=words, now=now)
        work.record(ProposalTurned(str(document.id), str(proposal.id)), at=now, actor_ref=actor.id)


def _record(
    work: Work,
    actor: Actor,
    document: DocumentRow,
    proposal: Proposal,
    taking: _Taking,
    note: str,
    now: datetime,
) -> Recorded:
    rows = queries.rows_of_parts(list(taking.states))
    for part_id, state in taking.states.items():
        rows[part_id].state = str(state)
    whole = all(state in (PartState.TAKEN, PartState.PRESENT) for state in taking.states.values())
    # decided before the change is recorded, so that the change brings only other proposals up to date
    proposal.state = str(ProposalState.TAKEN if whole else ProposalState.PARTLY)
    proposal.changed_at = now
    work.flush()
    recorded = record_change(
        work,
        document,
        actor,
        Draft(
            "take",
            list(taking.closed_puts()),
            removals=taking.removals,
            note=note,
            cause=Cause(CAUSE, proposal.id),
        ),
        now=now,
    )
    note_turn(work, actor, proposal, reason=note, change_no=recorded.number, now=now)
    for event in _events(document.id, taking, recorded):
        work.record(event, at=now, actor_ref=actor.id)
    work.record(
        ProposalTaken(str(document.id), str(proposal.id), str(recorded.id)), at=now, actor_ref=actor.id
    )
    return recorded


def _events(document_id: int, taking: _Taking, recorded: Recorded) -> list[Event]:
    about, change = str(document_id), str(recorded.id)
    found: list[Event] = []
    for section_id, put in taking.puts.items():
        if section_id not in recorded.texts:
            continue
        kind = SectionAdded if put.is_new else SectionSaved
        found.append(kind(about, section_id, str(recorded.texts[section_id]), change))
    if taking.removals:
        found.append(SectionRemoved(about, taking.removals[0], change))
    return found


@dataclass
class _Taking:
    """The change that a proposal comes to, part by part; `order` is the outline as it stands and grows."""

    document_id: int
    order: list[Standing]
    puts: dict[str, Put] = field(default_factory=dict)
    removals: list[str] = field(default_factory=list)
    states: dict[int, PartState] = field(default_factory=dict)
    unjoinable: list[Unjoinable] = field(default_factory=list)

    def take(self, part: PartRow, pick: Pick) -> None:
        if pick.passages is not None and not pick.passages and pick.source is None:
            self.states[part.id] = PartState.LEFT
        elif part.kind == PartKind.ADD:
            self._add(part)
        elif part.kind == PartKind.REMOVE:
            self._remove(part, pick)
        else:
            self._reword(part, pick)

    def _reword(self, part: PartRow, pick: Pick) -> None:
        current = self._current(part)
        if pick.source is not None:
            seen = self._seen(part, pick, current)
            words, whole = checked_source(pick.source), True
        else:
            base = document_queries.get_text(part.base_text_id or 0).source
            seen = self._seen(part, pick, current)
            fitted = fit(part.kind, base=base, source=part.source, current=seen)
            if fitted.merged is not None:
                merged = merge(base, part.source, current.source)
                if merged.conflicts:
                    self._cannot(part, current, base, part.source)
                    return
                seen, fitted = (
                    current.source,
                    fit(part.kind, base=base, source=part.source, current=current.source),
                )
            found = passages(seen, fitted.wanted)
            picked = range(len(found)) if pick.passages is None else pick.passages
            words, whole = take(seen, found, picked), set(range(len(found))) <= set(picked)
        merged = merge(seen, words, current.source)
        if merged.conflicts:
            self._cannot(part, current, seen, words)
            return
        if len(outline.split(merged.text)) > 1:
            raise InvalidInput("proposal_heading", field=f"source_{part.id}")
        if merged.text.strip() != current.source.strip():
            self.puts[current.section_id] = Put(current.section_id, merged.text)
        self.states[part.id] = PartState.TAKEN if whole else PartState.PARTLY

    def _cannot(self, part: PartRow, current: SectionRow, base: str, yours: str) -> None:
        self.unjoinable.append(
            Unjoinable(
                part_id=part.id,
                section_id=current.section_id,
                heading=current.heading,
                base=base,
                theirs=current.source,
                theirs_text_id=current.text_id,
                yours=yours,
                merged=merge(base, yours, current.source),
            )
        )

    def _seen(self, part: PartRow, pick: Pick, current: SectionRow) -> str:
        """The words the deciding person saw."""
        if pick.base_text_id is None or pick.base_text_id == current.text_id:
            return current.source
        text = document_queries.get_text(pick.base_text_id)
        if text.section_id != part.section_id:
            raise NotFound("text")
        return text.source

    def _current(self, part: PartRow) -> SectionRow:
        try:
            return document_queries.get_section(self.document_id, part.section_id or "")
        except NotFound as error:
            raise RuleBroken("proposal_section_gone") from error

    def _add(self, part: PartRow) -> None:
        """The new section, after its neighbour, or at the end where that stands no more."""
        try:
            at = place_after(self.order, part.section_id)
        except NotFound:
            at = len(self.order)
        section_id = new_section_id()
        (rank,) = ranks.spread(*around(self.order, at), 1)
        self.puts[section_id] = Put(section_id, part.source, rank, is_new=True)
        self.order.insert(at, Standing(section_id, 0, None, rank, outline.level_of(part.source), ""))
        self.states[part.id] = PartState.TAKEN

    def _remove(self, part: PartRow, pick: Pick) -> None:
        current = self._current(part)
        if current.text_id not in (part.base_text_id, pick.base_text_id):
            raise Conflict("section_changed_meanwhile", field="picks")
        gone = [row.section_id for row in branch(self.order, current.section_id)]
        if len(gone) >= len(self.order):
            raise RuleBroken("last_section")
        self.removals += [section_id for section_id in gone if section_id not in self.removals]
        self.states[part.id] = PartState.TAKEN

    def closed_puts(self) -> list[Put]:
        """The puts, each with room after it where another section follows."""
        standing = [row for row in self.order if row.section_id not in self.removals]
        for row in standing[:-1]:
            put = self.puts.get(row.section_id)
            if put is not None and put.source is not None:
                self.puts[row.section_id] = Put(put.section_id, closed(put.source), put.rank, put.is_new)
        before_last = standing[-2] if len(standing) > 1 else None
        if before_last and before_last.section_id not in self.puts and standing[-1].section_id in self.puts:
            source = document_queries.get_section(self.document_id, before_last.section_id).source
            if closed(source) != source:
                self.puts[before_last.section_id] = Put(before_last.section_id, closed(source))
        return [put for put in self.puts.values() if put.section_id not in self.removals]
