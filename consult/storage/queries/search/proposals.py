"""Proposals for a working draft and what is said of them: found by whoever may see the draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from consult.storage.database import db
from consult.storage.models.documents import Document
from consult.storage.models.organisations import Organisation
from consult.storage.models.proposals import Proposal, ProposalPart, ProposalReply
from consult.storage.queries.search.known import Known
from consult.storage.queries.viewers import Viewer, drafted_by_viewer


def list_reply_ids_of_proposal(proposal_id: int) -> list[int]:
    """Everything said in the discussion of a proposal."""
    return list(db.session.scalars(select(ProposalReply.id).where(ProposalReply.proposal_id == proposal_id)))


def read_proposals(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    wordings: dict[int, list[str]] = defaultdict(list)
    for proposal_id, source in db.session.execute(
        select(ProposalPart.proposal_id, ProposalPart.source)
        .where(ProposalPart.proposal_id.in_(ids), ProposalPart.source != "")
        .order_by(ProposalPart.id)
    ):
        wordings[proposal_id].append(source)
    rows = db.session.execute(
        select(Proposal, Document, Organisation.name)
        .join(Document, Document.id == Proposal.document_id)
        .outerjoin(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Proposal.id.in_(ids), drafted_by_viewer(Document.host_id, Document.id, viewer))
    )
    return [
        Known(
            kind="proposal",
            row_id=proposal.id,
            title=proposal.title,
            body="\n\n".join((proposal.rationale, *wordings[proposal.id])).strip(),
            at=proposal.created_at,
            made_of=(proposal.rationale, *wordings[proposal.id], organisation),
            host_id=document.host_id,
            host_name=organisation or "",
            document_id=document.id,
            document_slug=document.slug,
            document_title=document.title,
            language=document.language,
            place=proposal.number,
            number=proposal.number,
            is_hidden=True,
            fields=(("organisation", organisation), ("author", organisation)) if organisation else (),
        )
        for proposal, document, organisation in rows
    ]


def read_replies(ids: Sequence[int], viewer: Viewer) -> list[Known]:
    rows = db.session.execute(
        select(ProposalReply, Proposal.number, Document)
        .join(Proposal, Proposal.id == ProposalReply.proposal_id)
        .join(Document, Document.id == Proposal.document_id)
        .where(ProposalReply.id.in_(ids), drafted_by_viewer(Document.host_id, Document.id, viewer))
    )
    return [
        Known(
            kind="proposal_reply",
            row_id=reply.id,
            title="",
            body=reply.text,
            at=reply.at,
            made_of=(reply.text,),
            host_id=document.host_id,
            document_id=document.id,
            document_slug=document.slug,
            document_title=document.title,
            language=document.language,
            place=number,
            number=number,
            is_hidden=True,
        )
        for reply, number, document in rows
    ]
