"""Why a change was made: the comments, meeting or proposal behind it, as far as somebody may know.

Histories, comparisons and the answers to where words come from all say what is found here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.table import is_allowed
from consult.services.authority import of_document
from consult.storage.queries import attributions, causes
from consult.storage.queries import provenance as queries
from consult.storage.queries.attributions import AttributionRow
from consult.storage.queries.causes import NumberedThing
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.viewers import Viewer


class Behind(StrEnum):
    """Who or what stands behind words: comments, a meeting, a proposal, the text one began with, the group itself."""

    COMMENT = "comment"
    MEETING = "meeting"
    PROPOSAL = "proposal"
    START = "start"
    GROUP = "group"


BEGINNINGS = frozenset({"create", "import"})
"""Kinds of changes that begin a document, and need no cause."""

RETURNS = frozenset({"undo", "restore"})
"""Kinds of changes whose cause is an earlier change."""


class Caused(Protocol):
    """What is asked of a change."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def cause_kind(self) -> str: ...
    @property
    def cause_ref(self) -> int | None: ...
    @property
    def of_no(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class CauseFound:
    """What a change comes from. `kind` is comment, meeting, decision, proposal, editorial, reason, beginning, back (it
    takes the earlier change `of_no` back, or brings its state back), merge or none; `behind` sums it up in a colour.

    `comment_ids` are those that asked for it and may be named, with their numbers; `named` is its meeting, decision or
    proposal, None where that may not be named. `said` is what somebody said of it later, where the record itself
    names no cause; only then may more be said.
    """

    behind: Behind
    kind: str
    comment_ids: tuple[int, ...] = ()
    comment_numbers: tuple[int, ...] = ()
    named: Named | None = None
    of_no: int | None = None
    said: AttributionRow | None = None
    is_recorded: bool = False

    @property
    def reason(self) -> str:
        """The words in which its authors explained it later; "" once erased."""
        return (self.said.reason or "") if self.said else ""


@dataclass(frozen=True, slots=True)
class Named:
    """A meeting, a decision of one, or a proposal: `number` where it has one of its own, `id` of the meeting or proposal."""

    id: int
    number: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Sight:
    """How far somebody sees: `drafts` with their proposals; `answers` not published yet and comments made outside of a
    consultation, which are for those who work for the host and not for guests of a group."""

    drafts: bool
    answers: bool


def sight_of(actor: Actor, document: DocumentRow) -> Sight:
    """How far somebody sees into a document."""
    return Sight(
        drafts=is_allowed(actor, Permission.SEE_UNPUBLISHED, of_document(document)),
        answers=actor.is_system or Viewer.of(actor).works_for(document.host_id),
    )


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is known of the causes of some changes, read at once."""

    answered: Mapping[int, list[int]]
    """Ids of comments whose answer names a change, by its id."""
    said: Mapping[int, AttributionRow]
    meetings: Mapping[int, str]
    decisions: Mapping[int, NumberedThing]
    proposals: Mapping[int, NumberedThing]
    numbers: Mapping[int, int]
    """Numbers of the comments that may be named, by id."""


def gather_causes(changes: Collection[Caused], sight: Sight) -> Gathered:
    """What `cause_of` needs for these changes, in a few selects."""
    ids = {change.id for change in changes}
    answered = queries.list_answered_with(ids, with_drafts=sight.answers)
    said = attributions.list_attributions([change.id for change in changes if not change.cause_kind])
    named = [(change.cause_kind, change.cause_ref) for change in changes]
    named += [(row.cause_kind, row.cause_ref) for row in said.values()]

    def refs(kind: str) -> set[int]:
        return {ref for of, ref in named if of == kind and ref}

    comments = refs("comment") | {comment_id for some in answered.values() for comment_id in some}
    return Gathered(
        answered=answered,
        said=said,
        meetings=causes.list_meetings_named(refs("meeting")),
        decisions=causes.list_decisions_named(refs("decision")),
        proposals=causes.list_proposals_named(refs("proposal")) if sight.drafts else {},
        numbers=queries.list_comment_numbers(comments, consulted_only=not sight.answers),
    )


def cause_of(change: Caused, known: Gathered) -> CauseFound:
    """What a change comes from: what the record says, else what an answer to a comment or somebody said later."""
    is_recorded = bool(change.cause_kind) and change.cause_kind not in BEGINNINGS
    said = None if is_recorded else known.said.get(change.id)
    kind, ref = (said.cause_kind, said.cause_ref or 0) if said else (change.cause_kind, change.cause_ref or 0)
    comment_ids = list(known.answered.get(change.id, ()))
    if kind == "comment" and ref not in comment_ids:
        comment_ids.insert(0, ref)
    comment_ids = [comment_id for comment_id in comment_ids if comment_id in known.numbers]
    if comment_ids:
        numbers = tuple(known.numbers[comment_id] for comment_id in comment_ids)
        return CauseFound(
            Behind.COMMENT, "comment", tuple(comment_ids), numbers, said=said, is_recorded=is_recorded
        )
    named = _named(kind, ref, known)
    if kind and kind not in BEGINNINGS:
        return CauseFound(_behind(kind, named), kind, named=named, said=said, is_recorded=is_recorded)
    if change.kind in BEGINNINGS:
        return CauseFound(Behind.START, "beginning", is_recorded=True)
    if change.kind in RETURNS and change.of_no is not None:
        return CauseFound(Behind.GROUP, "back", of_no=change.of_no)
    return CauseFound(Behind.GROUP, "none")


def _behind(kind: str, named: Named | None) -> Behind:
    if kind == "proposal":
        return Behind.PROPOSAL
    return Behind.MEETING if kind in ("meeting", "decision") and named else Behind.GROUP


def _named(kind: str, ref: int, known: Gathered) -> Named | None:
    if kind == "meeting" and ref in known.meetings:
        return Named(ref, None, known.meetings[ref])
    if kind == "decision" and ref in known.decisions:
        decision = known.decisions[ref]
        return Named(decision.meeting_id or 0, decision.number, decision.title)
    if kind == "proposal" and ref in known.proposals:
        proposal = known.proposals[ref]
        return Named(proposal.id, proposal.number, proposal.title)
    return None
