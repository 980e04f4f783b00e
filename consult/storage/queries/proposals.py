"""Selects about proposals. Whoever asks has shown that they may see the draft of the document."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from consult.domain.errors import NotFound
from consult.domain.process.proposals import UNDECIDED
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.groups import GroupDocument, GroupMember
from consult.storage.models.organisations import Organisation
from consult.storage.models.proposals import Proposal, ProposalPart, ProposalReply, ProposalTurn
from consult.storage.prepared import Prepared


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal; the names are empty where nobody, or somebody erased, stands behind it."""

    id: int
    document_id: int
    number: int
    state: str
    title: str
    rationale: str
    person_id: int | None
    person_name: str
    organisation_id: int | None
    organisation_name: str
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PartRow:
    """What a proposal wants of a section (see the table)."""

    id: int
    proposal_id: int
    kind: str
    section_id: str | None
    base_text_id: int | None
    source: str
    first_text_id: int | None
    first_source: str
    state: str


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A step of a proposal's course."""

    state: str
    reason: str
    change_no: int | None
    at: datetime
    person_name: str


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A word in the discussion."""

    id: int
    text: str
    at: datetime
    person_name: str


def _proposals() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Proposal.id,
            Proposal.document_id,
            Proposal.number,
            Proposal.state,
            Proposal.title,
            Proposal.rationale,
            Proposal.person_id,
            func.coalesce(Person.name, ""),
            Proposal.organisation_id,
            func.coalesce(Organisation.name, ""),
            Proposal.created_at,
            Proposal.changed_at,
        )
        .outerjoin(Person, Person.id == Proposal.person_id)
        .outerjoin(Organisation, Organisation.id == Proposal.organisation_id)
    )


def get_proposal(document_id: int, number: int) -> ProposalRow:
    """The proposal of this number. Raises NotFound."""
    row = db.session.execute(
        _proposals().where(Proposal.document_id == document_id, Proposal.number == number)
    ).one_or_none()
    if row is None:
        raise NotFound("proposal", number=number)
    return ProposalRow(*row)


def list_proposals(document_id: int, *, states: Collection[str] = ()) -> list[ProposalRow]:
    """Proposals of a document, the newest first; only in these states where some are named."""
    statement = _proposals().where(Proposal.document_id == document_id)
    if states:
        statement = statement.where(Proposal.state.in_(states))
    return [ProposalRow(*row) for row in db.session.execute(statement.order_by(Proposal.number.desc()))]


def list_proposals_by_id(ids: Collection[int]) -> dict[int, ProposalRow]:
    """Proposals by id: for pages that name the cause of a change."""
    if not ids:
        return {}
    rows = db.session.execute(_proposals().where(Proposal.id.in_(ids)))
    return {row[0]: ProposalRow(*row) for row in rows}


def count_undecided(document_id: int) -> int:
    """Proposals of a document that wait for a decision."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Proposal)
            .where(Proposal.document_id == document_id, Proposal.state.in_(UNDECIDED))
        )
        or 0
    )


def _parts() -> Select[*tuple[Any, ...]]:
    return select(
        ProposalPart.id,
        ProposalPart.proposal_id,
        ProposalPart.kind,
        ProposalPart.section_id,
        ProposalPart.base_text_id,
        ProposalPart.source,
        ProposalPart.first_text_id,
        ProposalPart.first_source,
        ProposalPart.state,
    )


def list_parts(proposal_ids: Collection[int]) -> list[PartRow]:
    """The parts of proposals, in the order they were made."""
    if not proposal_ids:
        return []
    rows = db.session.execute(
        _parts().where(ProposalPart.proposal_id.in_(proposal_ids)).order_by(ProposalPart.id)
    )
    return [PartRow(*row) for row in rows]


_UNDECIDED = (
    _parts()
    .join(Proposal, Proposal.id == ProposalPart.proposal_id)
    .where(Proposal.document_id == bindparam("document_id"), Proposal.state.in_(UNDECIDED))
    .order_by(ProposalPart.id)
)
_ALL_UNDECIDED = Prepared(_UNDECIDED)
_SOME_UNDECIDED = Prepared(
    _UNDECIDED.where(ProposalPart.section_id.in_(bindparam("section_ids", expanding=True)))
)


def list_undecided_parts(document_id: int, section_ids: Collection[str] | None = None) -> list[PartRow]:
    """Parts of proposals that wait for a decision; only those about these sections where some are named."""
    if section_ids is None:
        rows = _ALL_UNDECIDED(document_id=document_id)
    else:
        rows = _SOME_UNDECIDED(document_id=document_id, section_ids=list(section_ids))
    return [PartRow(*row) for row in rows]


def list_turns(proposal_id: int) -> list[TurnRow]:
    """The course of a proposal, from its beginning."""
    rows = db.session.execute(
        select(
            ProposalTurn.state,
            ProposalTurn.reason,
            ProposalTurn.change_no,
            ProposalTurn.at,
            func.coalesce(Person.name, ""),
        )
        .outerjoin(Person, Person.id == ProposalTurn.person_id)
        .where(ProposalTurn.proposal_id == proposal_id)
        .order_by(ProposalTurn.id)
    )
    return [TurnRow(*row) for row in rows]


def list_replies(proposal_id: int) -> list[ReplyRow]:
    """The discussion of a proposal, from its beginning."""
    rows = db.session.execute(
        select(ProposalReply.id, ProposalReply.text, ProposalReply.at, func.coalesce(Person.name, ""))
        .outerjoin(Person, Person.id == ProposalReply.person_id)
        .where(ProposalReply.proposal_id == proposal_id)
        .order_by(ProposalReply.id)
    )
    return [ReplyRow(*row) for row in rows]


def list_people_discussing(proposal_id: int) -> list[int]:
    """Whose it is and who spoke in the discussion, each once."""
    author = select(Proposal.person_id).where(Proposal.id == proposal_id)
    speakers = select(ProposalReply.person_id).where(ProposalReply.proposal_id == proposal_id)
    rows = db.session.scalars(author.union(speakers))
    return sorted(row for row in rows if row is not None)


def next_number(document_id: int) -> int:
    """The number the next proposal of a document gets; the caller holds the document's row."""
    last = db.session.scalar(select(func.max(Proposal.number)).where(Proposal.document_id == document_id))
    return (last or 0) + 1


def lock_proposal(proposal_id: int) -> Proposal:
    """The proposal's row, held until the transaction ends. Raises NotFound."""
    statement = select(Proposal).where(Proposal.id == proposal_id).with_for_update()
    proposal = db.session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if proposal is None:
        raise NotFound("proposal")
    return proposal


def rows_of_parts(part_ids: Sequence[int]) -> dict[int, ProposalPart]:
    """Parts as rows to be changed inside a unit of work, by id."""
    rows = db.session.scalars(select(ProposalPart).where(ProposalPart.id.in_(part_ids)))
    return {row.id: row for row in rows}


def find_organisation_of_seat(document_id: int, person_id: int | None) -> int | None:
    """For which organisation a person sits in a group at work on a document, where they sit for one."""
    return db.session.scalar(
        select(GroupMember.organisation_id)
        .join(GroupDocument, GroupDocument.group_id == GroupMember.group_id)
        .where(
            GroupDocument.document_id == document_id,
            GroupMember.person_id == person_id,
            GroupMember.organisation_id.is_not(None),
        )
        .order_by(GroupMember.id)
        .limit(1)
    )
