"""Selects about references between the sections of a document."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from consult.domain.text.cross_references import SIGNS
from consult.storage.database import db
from consult.storage.models.drafting import Lineage, Occupancy, Section, SectionText


@dataclass(frozen=True, slots=True)
class ReferringRow:
    """A section of the working draft with something in it that looks like a reference."""

    section_id: str
    heading: str
    html: str


def list_referring(document_id: int) -> list[ReferringRow]:
    """The sections of the working draft that may refer to others, in reading order."""
    rows = db.session.execute(
        select(Occupancy.section_id, SectionText.heading, SectionText.html)
        .join(SectionText, SectionText.id == Occupancy.text_id)
        .where(
            Occupancy.document_id == document_id,
            Occupancy.until_no.is_(None),
            SectionText.html.contains('href="#s-', autoescape=True),
        )
        .order_by(Occupancy.rank)
    )
    return [ReferringRow(*row) for row in rows]


def list_joined(document_id: int) -> dict[str, str]:
    """Which section each one was joined to, the last time where it happened again."""
    rows = db.session.execute(
        select(Lineage.from_section, Lineage.to_section)
        .join(Section, Section.id == Lineage.from_section)
        .where(Section.document_id == document_id, Lineage.kind == "join")
        .order_by(Lineage.id)
    )
    return {row[0]: row[1] for row in rows}


def list_headings_once(document_id: int, names: frozenset[str]) -> dict[str, str]:
    """The last heading of sections that stood in a document, by the first signs of their ids."""
    found: dict[str, str] = {}
    for name in names:
        heading = db.session.scalar(
            select(SectionText.heading)
            .join(Section, Section.id == SectionText.section_id)
            .where(Section.document_id == document_id, Section.id.startswith(name, autoescape=True))
            .order_by(SectionText.id.desc())
            .limit(1)
        )
        if heading is not None:
            found[name] = heading
    return found


def list_headings_by_sign(names: Collection[str]) -> dict[str, str]:
    """The last heading of the sections, of any document, whose ids begin with these signs."""
    found: dict[str, str] = {}
    asked = sorted(names)
    sign = func.substr(Section.id, 1, SIGNS)
    for start in range(0, len(asked), 500):
        last = (
            select(func.max(SectionText.id))
            .join(Section, Section.id == SectionText.section_id)
            .where(sign.in_(asked[start : start + 500]))
            .group_by(SectionText.section_id)
        )
        rows = db.session.execute(
            select(func.substr(SectionText.section_id, 1, SIGNS), SectionText.heading)
            .where(SectionText.id.in_(last))
            .order_by(SectionText.id)
        )
        found |= {row[0]: row[1] for row in rows}
    return found
