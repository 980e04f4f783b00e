"""Why a change was made: the comments, meeting or proposal behind it, as far as somebody may know."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from consult.storage.queries import attributions, causes
from consult.storage.queries import provenance as queries
from consult.storage.queries.attributions import AttributionRow
from consult.storage.queries.causes import NumberedThing
from consult.storage.queries.drafting import ChangeRow


class Behind(StrEnum):
    """Who or what stands behind words: comments, a meeting, a proposal, the text one began with, the group itself."""

    COMMENT = "comment"
    MEETING = "meeting"
    PROPOSAL = "proposal"
    START = "start"
    GROUP = "group"


BEGINNINGS = frozenset({"create", "import"})
"""Kinds of changes that begin a document."""


@dataclass(frozen=True, slots=True)
class CauseFound:
    """What a change comes from. `comment_ids` are those that asked for it, with their numbers, `named` its meeting,
    decision or proposal, `reason` the words in which its authors explained it later; `said_later` is the kind of cause
    that was named later where the record itself names none, else ""."""

    behind: Behind
    comment_ids: tuple[int, ...] = ()
    comment_numbers: tuple[int, ...] = ()
    named: Named | None = None
    reason: str = ""
    said_later: str = ""


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


def gather_causes(changes: Collection[ChangeRow], sight: Sight) -> Gathered:
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


def cause_of(change: ChangeRow, known: Gathered) -> CauseFound:
    """What a change comes from: what the record says, else what an answer to a comment or somebody said later."""
    kind, ref, reason, said_later = change.cause_kind, change.cause_ref or 0, "", ""
    said = known.said.get(change.id)
    if said is not None:
        kind, ref, reason, said_later = (
            said.cause_kind,
            said.cause_ref or 0,
            said.reason or "",
            said.cause_kind,
        )
    comment_ids = list(known.answered.get(change.id, ()))
    if kind == "comment" and ref not in comment_ids:
        comment_ids.insert(0, ref)
    comment_ids = [comment_id for comment_id in comment_ids if comment_id in known.numbers]
    if comment_ids:
        numbers = tuple(known.numbers[comment_id] for comment_id in comment_ids)
        return CauseFound(Behind.COMMENT, tuple(comment_ids), numbers, reason=reason, said_later=said_later)
    named = _named(kind, ref, known)
    if kind in ("meeting", "decision") and named is not None:
        return CauseFound(Behind.MEETING, named=named, reason=reason, said_later=said_later)
    if kind == "proposal":
        return CauseFound(Behind.PROPOSAL, named=named)
    if change.kind in BEGINNINGS:
        return CauseFound(Behind.START)
    return CauseFound(Behind.GROUP, reason=reason, said_later=said_later)


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
