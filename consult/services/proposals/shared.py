"""What the acts about proposals share: whose they are to see and to decide, their course, who hears of them."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput
from consult.domain.history.acts import ActKind
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.process.proposals import ProposalState, advance_proposal
from consult.domain.text.normalise import admit
from consult.services.acts import keep_act
from consult.services.authority import of_document, require
from consult.services.posting import post
from consult.storage.models import Proposal, ProposalTurn
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work

LONGEST_WORDS = 10_000
LONGEST_TITLE = 200


def get_discussed(actor: Actor, slug: str, permission: Permission) -> DocumentRow:
    """The document, if the actor sees its draft and may do this. Raises NotFound, NotPermitted."""
    document = document_queries.get_document(slug, Viewer.of(actor))
    require(actor, Permission.SEE_UNPUBLISHED, of_document(document))
    require(actor, permission, of_document(document))
    return document


def checked_words(text: str, field: str, *, may_be_empty: bool = False) -> str:
    """Words of a person as they are kept. Raises InvalidInput when they are missing or too long."""
    words = admit(text, field=field).strip()
    if not words and not may_be_empty:
        raise InvalidInput("words_missing", field=field)
    if len(words) > LONGEST_WORDS:
        raise InvalidInput("words_too_long", field=field, limit=LONGEST_WORDS)
    return words


def turn(
    work: Work,
    actor: Actor,
    proposal: Proposal,
    to: ProposalState,
    *,
    reason: str = "",
    change_no: int | None = None,
    now: datetime,
) -> None:
    """Bring a proposal to another state. Raises RuleBroken where that may not follow."""
    proposal.state = str(advance_proposal(ProposalState(proposal.state), to))
    proposal.changed_at = now
    note_turn(work, actor, proposal, reason=reason, change_no=change_no, now=now)


def note_turn(
    work: Work, actor: Actor, proposal: Proposal, *, reason: str, change_no: int | None = None, now: datetime
) -> None:
    """Note the state a proposal came to in its course, which is record."""
    noted = ProposalTurn(
        proposal_id=proposal.id,
        state=proposal.state,
        reason=reason,
        change_no=change_no,
        at=now,
        person_id=actor.id,
    )
    work.add(noted)
    work.flush()
    keep_act(work, proposal.document_id, ActKind.PROPOSAL, noted.id)


def tell_author(work: Work, actor: Actor, proposal: Proposal, letter: str, *, now: datetime) -> None:
    """Write to whoever made a proposal, unless they acted themselves."""
    if proposal.person_id is not None and proposal.person_id != actor.id:
        post(work, letter, person_id=proposal.person_id, ref={"proposal_id": proposal.id}, at=now)
