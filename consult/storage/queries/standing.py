"""What stood in a document after a past change and what a change touched, however long the history is.

What stood: the last row of each section that began by then is found through the index on (section_id, from_no), so
that the cost depends on how many sections there ever were and not on how often they changed; a scan of the spans that
hold a number would read all that began before it. What was touched: beginnings and ends are looked up in an index
each; asked for as one or the other, a database without figures about its tables reads every row of the document.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, func, or_, select, union
from sqlalchemy.orm import aliased

from consult.storage.models.drafting import Occupancy, Section, SectionText
from consult.storage.prepared import Prepared


def list_stood(document_id: int, change_no: int, *columns: Any) -> Sequence[Any]:
    """`columns` of Occupancy and SectionText for what stood after a change, in reading order; nothing for 0."""
    return _stood(columns)(document=document_id, change=change_no).all()


@cache
def _stood(columns: tuple[Any, ...]) -> Prepared:
    last = aliased(Occupancy)
    change_no = bindparam("change", type_=Integer)
    began = (
        select(func.max(last.from_no))
        .where(last.section_id == Section.id, last.from_no <= change_no)
        .correlate(Section)
        .scalar_subquery()
    )
    return Prepared(
        select(*columns)
        .select_from(Section)
        .join(Occupancy, and_(Occupancy.section_id == Section.id, Occupancy.from_no == began))
        .join(SectionText, SectionText.id == Occupancy.text_id)
        .where(
            Section.document_id == bindparam("document", type_=Integer),
            or_(Occupancy.until_no.is_(None), Occupancy.until_no > change_no),
        )
        .order_by(Occupancy.rank)
    )


def touched_by(document_id: int, numbers: Collection[int]) -> ColumnElement[bool]:
    """Holds of rows of Occupancy that began or ended with one of these changes."""
    began, ended = _twice()
    return Occupancy.id.in_(
        union(
            select(began.id).where(began.document_id == document_id, began.from_no.in_(numbers)),
            select(ended.id).where(ended.document_id == document_id, ended.until_no.in_(numbers)),
        )
    )


@cache
def _twice() -> tuple[type[Occupancy], type[Occupancy]]:
    return aliased(Occupancy), aliased(Occupancy)
