"""What a viewer may see of what the index proposes: it holds no rights, so every candidate comes back here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select, true
from sqlalchemy.orm import aliased

from consult.ports.search import Facets
from consult.storage.database import db
from consult.storage.models.comments import Comment
from consult.storage.models.consultations import Register
from consult.storage.models.dispositions import Disposition
from consult.storage.models.documents import Document, Version, VersionSection
from consult.storage.models.drafting import Change, Occupancy, SectionText
from consult.storage.models.history import Seal
from consult.storage.queries.search.around import AROUND, is_known
from consult.storage.queries.search.joins import of_answers, of_comments, stamp_of_answer, stamp_of_comment
from consult.storage.queries.search.known import sorted_by
from consult.storage.queries.search.refs import ref_of, split_refs
from consult.storage.queries.viewers import Viewer, drafted_by_viewer, hosted_by_viewer

CHECKED_AT_ONCE = 2_000
"""Ids in one select, far fewer than either database takes."""


@dataclass(frozen=True, slots=True)
class Standing:
    """When what is found has to stand: now, at a moment, or (neither) ever. Whoever may see the working
    draft means that, everybody else the published versions, or they would learn what is being changed."""

    is_current: bool = False
    as_of: datetime | None = None


EVER = Standing()

_Seen = Sequence[tuple[int, str, Facets, datetime | None]]  # id, stamp, what it is sorted by, its moment


def list_visible(stamps: Mapping[str, str], viewer: Viewer, standing: Standing = EVER) -> dict[str, Facets]:
    """Which of these refs the viewer may see, with what they are sorted by; a few selects for each kind among them.

    `stamps` are those the index was fed with: what says something else by now is left out until the index has heard
    of it, for it was found by words that may never have been the viewer's to see.
    """
    seen: dict[str, Facets] = {}
    for kind, ids in split_refs(stamps).items():
        check = _VISIBLE.get(kind, _nothing)
        for start in range(0, len(ids), CHECKED_AT_ONCE):
            for row_id, stamp, facets, at in check(ids[start : start + CHECKED_AT_ONCE], viewer, standing):
                ref = ref_of(kind, row_id)
                if stamps[ref] == stamp and (standing.as_of is None or at is None or at <= standing.as_of):
                    seen[ref] = facets
    return seen


def _texts(ids: Sequence[int], viewer: Viewer, standing: Standing) -> _Seen:
    works_on_it = drafted_by_viewer(Document.host_id, Document.id, viewer)
    rows = db.session.execute(
        select(SectionText.id, Document.id, Document.host_id, Change.at)
        .join(Change, Change.id == SectionText.change_id)
        .join(Document, Document.id == Change.document_id)
        .where(
            SectionText.id.in_(ids),
            or_(
                and_(works_on_it, _stood_in_draft(standing)),
                and_(not_(works_on_it), _is_published(standing)),
            ),
        )
    )
    return [
        (row[0], "", sorted_by("section_text", document_id=row[1], host_id=row[2], at=row[3]), None)
        for row in rows
    ]


def _is_published(standing: Standing) -> ColumnElement[bool]:
    """Condition: the text stands in a published version: any, the last, or the last at a moment."""
    version, later = aliased(Version), aliased(Version)
    within = (
        select(VersionSection.text_id)
        .join(version, version.id == VersionSection.version_id)
        .where(VersionSection.text_id == SectionText.id)
    )
    if standing.is_current:
        within = within.where(version.number == Document.last_version_no)
    if standing.as_of is not None:
        last_then = (
            select(func.max(later.number))
            .where(later.document_id == version.document_id, later.published_at <= standing.as_of)
            .correlate(version)
            .scalar_subquery()
        )
        within = within.where(version.number == last_then)
    return exists(within.correlate(SectionText, Document))


def _stood_in_draft(standing: Standing) -> ColumnElement[bool]:
    """Condition: the text stands in the working draft, or stood there at a moment."""
    if standing == EVER:
        return true()
    began, ended = aliased(Change), aliased(Change)
    within = select(Occupancy.text_id).where(Occupancy.text_id == SectionText.id)
    if standing.is_current:
        within = within.where(Occupancy.until_no.is_(None))
    if standing.as_of is not None:
        within = (
            within.join(
                began, and_(began.document_id == Occupancy.document_id, began.number == Occupancy.from_no)
            )
            .outerjoin(
                ended, and_(ended.document_id == Occupancy.document_id, ended.number == Occupancy.until_no)
            )
            .where(began.at <= standing.as_of, or_(ended.at.is_(None), ended.at > standing.as_of))
        )
    return exists(within.correlate(SectionText))


def _comments(ids: Sequence[int], viewer: Viewer, _: Standing) -> _Seen:
    rows = db.session.execute(
        of_comments(viewer=viewer).where(
            Comment.id.in_(ids),
            or_(Register.consultation_id.is_not(None), hosted_by_viewer(Document.host_id, viewer)),
        )
    )
    return [
        (
            row.id,
            stamp_of_comment(row),
            sorted_by(
                "comment",
                document_id=row.document_id,
                host_id=row.host_id,
                at=row.received_at,
                capacity=row.capacity,
                outcome=row.outcome or "",
            ),
            row.received_at,
        )
        for row in rows
    ]


def _dispositions(ids: Sequence[int], viewer: Viewer, _: Standing) -> _Seen:
    rows = db.session.execute(
        of_answers().where(
            Disposition.comment_id.in_(ids),
            or_(Disposition.state == "published", hosted_by_viewer(Document.host_id, viewer)),
        )
    )
    return [
        (
            row.id,
            stamp_of_answer(row),
            sorted_by(
                "disposition",
                document_id=row.document_id,
                host_id=row.host_id,
                at=row.published_at or row.at,
                capacity=row.capacity,
                outcome=row.outcome,
            ),
            row.published_at or row.at,
        )
        for row in rows
    ]


def _changes(ids: Sequence[int], viewer: Viewer, _: Standing) -> _Seen:
    rows = db.session.execute(
        select(Change.id, Document.id, Document.host_id, Change.at)
        .join(Document, Document.id == Change.document_id)
        .join(Seal, Seal.id == Change.note_seal_id)
        .where(
            Change.id.in_(ids),
            Seal.value.is_not(None),
            drafted_by_viewer(Document.host_id, Document.id, viewer),
        )
    )
    return _plain("change_note", rows)


def _versions(ids: Sequence[int], viewer: Viewer, _: Standing) -> _Seen:
    rows = db.session.execute(
        select(Version.id, Document.id, Document.host_id, Version.published_at)
        .join(Document, Document.id == Version.document_id)
        .where(Version.id.in_(ids), is_known(viewer))
    )
    return _plain("version", rows)


def _plain(kind: str, rows: Any) -> _Seen:
    return [
        (row[0], "", sorted_by(kind, document_id=row[1], host_id=row[2], at=row[3]), row[3]) for row in rows
    ]


def _nothing(_ids: Sequence[int], _viewer: Viewer, _standing: Standing) -> _Seen:
    return ()


_Check = Callable[[Sequence[int], Viewer, Standing], _Seen]


def _around(kind: str) -> _Check:
    read, _ = AROUND[kind]

    def check(ids: Sequence[int], viewer: Viewer, _: Standing) -> _Seen:
        return [(known.row_id, known.stamp, known.facets, known.at) for known in read(ids, viewer)]

    return check


_VISIBLE: dict[str, _Check] = {
    "section_text": _texts,
    "comment": _comments,
    "disposition": _dispositions,
    "change_note": _changes,
    "version": _versions,
    **{kind: _around(kind) for kind in AROUND},
}
