"""What a change of the text does to what was said of it: agreements fall, proposals are brought up to date.

Called inside the transaction of every change. Two indexed selects find whether there is anything to do; only what is
about the changed sections is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from consult.domain.history.acts import ActKind
from consult.domain.process.proposals import PartState, ProposalState, advance_proposal, fit
from consult.domain.process.section_statuses import Status, after_edit
from consult.services.acts import keep_act
from consult.services.posting import post
from consult.storage.models import ProposalTurn, SectionStatus
from consult.storage.queries import documents as document_queries
from consult.storage.queries import proposals as queries
from consult.storage.queries import section_statuses as status_queries
from consult.storage.queries.proposals import PartRow
from consult.storage.unit_of_work import Work


def follow(
    work: Work,
    document_id: int,
    *,
    change_no: int,
    texts: Mapping[str, int],
    removed: Collection[str],
    now: datetime,
) -> None:
    """Let statuses and proposals follow a change: `texts` are the new texts of the sections that got one."""
    _unsettle(work, document_id, change_no, texts, now)
    parts = queries.list_undecided_parts(document_id, {*texts, *removed})
    if parts:
        _renew(work, parts, change_no, texts, now)


def _unsettle(work: Work, document_id: int, change_no: int, texts: Mapping[str, int], now: datetime) -> None:
    """What was agreed of other words has to be agreed again."""
    agreed = [
        row
        for row in status_queries.list_statuses(document_id, section_ids=texts).values()
        if after_edit(Status(row.status)) != row.status
    ]
    if not agreed:
        return
    ids = [row.text_id for row in agreed] + [texts[row.section_id] for row in agreed]
    words = {text.id: text.source.strip() for text in document_queries.list_texts(ids)}
    undone = [
        SectionStatus(
            document_id=document_id,
            section_id=row.section_id,
            status=str(after_edit(Status(row.status))),
            text_id=texts[row.section_id],
            note="",
            change_no=change_no,
            at=now,
            person_id=None,
        )
        for row in agreed
        if words[row.text_id] != words[texts[row.section_id]]
    ]
    work.add(*undone)
    work.flush()
    for said in undone:
        keep_act(work, document_id, ActKind.SECTION_STATUS, said.id)


def _renew(work: Work, parts: list[PartRow], change_no: int, texts: Mapping[str, int], now: datetime) -> None:
    """Bring proposals for changed sections up to date, or say that they are not."""
    ids = {part.base_text_id for part in parts if part.base_text_id} | set(texts.values())
    words = {text.id: text.source for text in document_queries.list_texts(sorted(ids))}
    rows = queries.rows_of_parts([part.id for part in parts])
    for part in parts:
        text_id = texts.get(part.section_id or "")
        current = words[text_id] if text_id is not None else None
        fitted = fit(
            part.kind, base=words.get(part.base_text_id or 0, ""), source=part.source, current=current
        )
        row = rows[part.id]
        row.state = str(fitted.state)
        if fitted.state is not PartState.OUTDATED and text_id is not None and part.base_text_id is not None:
            row.base_text_id, row.source = text_id, fitted.wanted
    work.flush()
    for proposal_id in {part.proposal_id: None for part in parts}:
        _turn(work, proposal_id, change_no, now)


def _turn(work: Work, proposal_id: int, change_no: int, now: datetime) -> None:
    """A proposal is out of date while one of its parts is."""
    is_outdated = any(part.state == PartState.OUTDATED for part in queries.list_parts([proposal_id]))
    proposal = queries.lock_proposal(proposal_id)
    to = ProposalState.OUTDATED if is_outdated else ProposalState.OPEN
    if proposal.state == to:
        return
    proposal.state = str(advance_proposal(ProposalState(proposal.state), to))
    proposal.changed_at = now
    noted = ProposalTurn(
        proposal_id=proposal_id, state=proposal.state, change_no=change_no, at=now, person_id=None
    )
    work.add(noted)
    work.flush()
    keep_act(work, proposal.document_id, ActKind.PROPOSAL, noted.id)
    if is_outdated and proposal.person_id is not None:
        post(
            work,
            "proposals/outdated",
            person_id=proposal.person_id,
            ref={"proposal_id": proposal_id},
            at=now,
        )
