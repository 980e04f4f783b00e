"""Selects about what is said of sections: statuses, dissenting opinions; and the steps of a document's course."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.organisations import Organisation
from consult.storage.models.section_statuses import DissentingOpinion, SectionStatus, StageStep
from consult.storage.prepared import Prepared


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What was said of a section; `change_no` where a change undid an agreement."""

    section_id: str
    status: str
    text_id: int
    note: str
    change_no: int | None
    at: datetime
    person_name: str


def _statuses() -> Select[*tuple[Any, ...]]:
    return select(
        SectionStatus.section_id,
        SectionStatus.status,
        SectionStatus.text_id,
        SectionStatus.note,
        SectionStatus.change_no,
        SectionStatus.at,
        func.coalesce(Person.name, ""),
    ).outerjoin(Person, Person.id == SectionStatus.person_id)


_LAST = select(func.max(SectionStatus.id)).where(SectionStatus.document_id == bindparam("document_id"))
_ABOUT_SECTIONS = Prepared(
    _statuses().where(
        SectionStatus.id.in_(
            _LAST.where(SectionStatus.section_id.in_(bindparam("section_ids", expanding=True))).group_by(
                SectionStatus.section_id
            )
        )
    )
)
_ABOUT_ALL = Prepared(_statuses().where(SectionStatus.id.in_(_LAST.group_by(SectionStatus.section_id))))


def list_statuses(document_id: int, *, section_ids: Collection[str] | None = None) -> dict[str, StatusRow]:
    """What holds now, by section; those nothing was said of are left out. All of a document, or only these sections."""
    if section_ids is None:
        rows = _ABOUT_ALL(document_id=document_id)
    else:
        rows = _ABOUT_SECTIONS(document_id=document_id, section_ids=list(section_ids))
    return {row[0]: StatusRow(*row) for row in rows}


def list_status_history(document_id: int, section_id: str) -> list[StatusRow]:
    """All that was said of a section, the newest first."""
    rows = db.session.execute(
        _statuses()
        .where(SectionStatus.document_id == document_id, SectionStatus.section_id == section_id)
        .order_by(SectionStatus.id.desc())
    )
    return [StatusRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class DissentRow:
    """A dissenting opinion; the names are empty where nobody, or somebody erased, stands behind it."""

    id: int
    document_id: int
    section_id: str
    text_id: int
    change_no: int
    text: str
    is_public: bool
    person_id: int | None
    person_name: str
    organisation_name: str
    organisation_kind: str
    at: datetime
    withdrawn_at: datetime | None


def _dissents() -> Select[*tuple[Any, ...]]:
    return (
        select(
            DissentingOpinion.id,
            DissentingOpinion.document_id,
            DissentingOpinion.section_id,
            DissentingOpinion.text_id,
            DissentingOpinion.change_no,
            DissentingOpinion.text,
            DissentingOpinion.is_public,
            DissentingOpinion.person_id,
            func.coalesce(Person.name, ""),
            func.coalesce(Organisation.name, ""),
            func.coalesce(Organisation.kind, ""),
            DissentingOpinion.at,
            DissentingOpinion.withdrawn_at,
        )
        .outerjoin(Person, Person.id == DissentingOpinion.person_id)
        .outerjoin(Organisation, Organisation.id == DissentingOpinion.organisation_id)
        .order_by(DissentingOpinion.id)
    )


def list_dissents(
    document_id: int, *, section_id: str | None = None, with_withdrawn: bool = False
) -> list[DissentRow]:
    """Opinions held against the parts of a draft, in the order they were made: for those who see the draft."""
    statement = _dissents().where(DissentingOpinion.document_id == document_id)
    if section_id is not None:
        statement = statement.where(DissentingOpinion.section_id == section_id)
    if not with_withdrawn:
        statement = statement.where(DissentingOpinion.withdrawn_at.is_(None))
    return [DissentRow(*row) for row in db.session.execute(statement)]


def list_public_dissents(document_id: int, *, until_change: int) -> list[DissentRow]:
    """Opinions published with a version that ends with this change: held by then, wanted public, not withdrawn."""
    statement = _dissents().where(
        DissentingOpinion.document_id == document_id,
        DissentingOpinion.is_public,
        DissentingOpinion.withdrawn_at.is_(None),
        DissentingOpinion.change_no <= until_change,
    )
    return [DissentRow(*row) for row in db.session.execute(statement)]


def get_dissent(document_id: int, dissent_id: int) -> DissentingOpinion:
    """An opinion as a row to be changed inside a unit of work. Raises NotFound."""
    row = db.session.scalars(
        select(DissentingOpinion).where(
            DissentingOpinion.document_id == document_id, DissentingOpinion.id == dissent_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound("dissent")
    return row


@dataclass(frozen=True, slots=True)
class StepRow:
    """A decided step from one stage to another."""

    id: int
    from_stage: str
    to_stage: str
    note: str
    change_no: int
    at: datetime
    person_name: str


def list_steps(document_id: int) -> list[StepRow]:
    """The decided steps of a document, the newest first."""
    rows = db.session.execute(
        select(
            StageStep.id,
            StageStep.from_stage,
            StageStep.to_stage,
            StageStep.note,
            StageStep.change_no,
            StageStep.at,
            func.coalesce(Person.name, ""),
        )
        .outerjoin(Person, Person.id == StageStep.person_id)
        .where(StageStep.document_id == document_id)
        .order_by(StageStep.id.desc())
    )
    return [StepRow(*row) for row in rows]
