"""Why a change was made: the comments, meeting or proposal behind it, as far as somebody may know."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from consult.storage.queries import attributions
from consult.storage.queries import provenance as queries
from consult.storage.queries.attributions import AttributionRow
from consult.storage.queries.drafting import ChangeRow
from consult.storage.queries.provenance import NamedRow


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
    """What a change comes from. `comment_ids` are those that asked for it, with their numbers, `named` its meeting or proposal, `reason` the
    words in which its author's group explained it later; `is_said_later` when the record itself names no cause."""

    behind: Behind
    comment_ids: tuple[int, ...] = ()
    comment_numbers: tuple[int, ...] = ()
    named: NamedRow | None = None
    reason: str = ""
    is_said_later: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is known of the causes of some changes, read at once: by change id, by meeting id, by proposal id."""

    answered: Mapping[int, list[int]]
    said: Mapping[int, AttributionRow]
    meetings: Mapping[int, NamedRow]
    proposals: Mapping[int, NamedRow]
    numbers: Mapping[int, int]
    """Numbers of the comments that may be named, by id."""
    sees_reasons: bool


def gather_causes(changes: Collection[ChangeRow], *, sees_draft: bool) -> Gathered:
    """What `cause_of` needs for these changes, in a few selects. Without `sees_draft` only what everybody may know:
    no answers that are not published, no comments made outside of a consultation, no reasons given to the group."""
    ids = {change.id for change in changes}
    answered = queries.list_answered_with(ids, with_drafts=sees_draft)
    said = attributions.list_attributions(ids)
    named = [(change.cause_kind, change.cause_ref) for change in changes]
    named += [(row.cause_kind, row.cause_ref) for row in said.values()]
    comments = {ref for kind, ref in named if kind == "comment" and ref}
    comments |= {comment_id for some in answered.values() for comment_id in some}
    return Gathered(
        answered=answered,
        said=said,
        meetings=queries.list_meetings_named({ref for kind, ref in named if kind == "meeting" and ref}),
        proposals=queries.list_proposals_named({ref for kind, ref in named if kind == "proposal" and ref})
        if sees_draft
        else {},
        numbers=queries.list_comment_numbers(comments, consulted_only=not sees_draft),
        sees_reasons=sees_draft,
    )


def cause_of(change: ChangeRow, known: Gathered) -> CauseFound:
    """What a change comes from: what the record says, else what an answer to a comment or somebody said later."""
    kind, ref = change.cause_kind, change.cause_ref
    said = known.said.get(change.id)
    is_said_later = said is not None and not kind
    if said is not None and not kind:
        kind, ref = said.cause_kind, said.cause_ref
    comment_ids = list(known.answered.get(change.id, ()))
    if kind == "comment" and ref and ref not in comment_ids:
        comment_ids.insert(0, ref)
    comment_ids = [comment_id for comment_id in comment_ids if comment_id in known.numbers]
    reason = (said.reason or "") if said is not None and known.sees_reasons else ""
    if comment_ids:
        return CauseFound(
            Behind.COMMENT,
            tuple(comment_ids),
            tuple(known.numbers[comment_id] for comment_id in comment_ids),
            reason=reason,
            is_said_later=is_said_later,
        )
    if kind == "meeting" and ref and ref in known.meetings:
        return CauseFound(
            Behind.MEETING, named=known.meetings[ref], reason=reason, is_said_later=is_said_later
        )
    if kind == "proposal":
        named = known.proposals.get(ref) if ref else None
        return CauseFound(Behind.PROPOSAL, named=named, reason=reason)
    if change.kind in BEGINNINGS:
        return CauseFound(Behind.START, reason=reason)
    return CauseFound(Behind.GROUP, reason=reason, is_said_later=is_said_later)
