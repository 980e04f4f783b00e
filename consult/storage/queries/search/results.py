"""What the line of a result shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from consult.storage.database import db
from consult.storage.models.comments import Comment
from consult.storage.models.dispositions import Disposition
from consult.storage.models.documents import Document, Version, VersionSection
from consult.storage.models.drafting import Change, Occupancy, SectionText
from consult.storage.models.history import Seal
from consult.storage.models.organisations import Organisation
from consult.storage.queries.search.around import AROUND
from consult.storage.queries.search.feeds import said_in
from consult.storage.queries.search.joins import of_answers, of_change_notes, of_comments, of_versions
from consult.storage.queries.search.known import ResultRow
from consult.storage.queries.search.refs import ref_of, split_refs
from consult.storage.queries.viewers import Viewer


def list_results(refs: Sequence[str], viewer: Viewer) -> dict[str, ResultRow]:
    """What the lines of these results show, by ref; the refs are those the viewer may see."""
    found: dict[str, ResultRow] = {}
    for kind, ids in split_refs(refs).items():
        if kind in _RESULTS:
            found |= {row.ref: row for row in _RESULTS[kind](ids, viewer)}
    return found


def _texts(ids: Sequence[int], viewer: Viewer) -> list[ResultRow]:
    versions: dict[int, list[int]] = defaultdict(list)
    for row in db.session.execute(
        select(VersionSection.text_id, Version.number)
        .join(Version, Version.id == VersionSection.version_id)
        .where(VersionSection.text_id.in_(ids))
        .order_by(Version.number)
    ):
        versions[row[0]].append(row[1])
    spans: dict[int, tuple[int | None, int | None]] = {}
    for text_id, first_no, last_no in db.session.execute(
        select(Occupancy.text_id, Occupancy.from_no, Occupancy.until_no)
        .where(Occupancy.text_id.in_(ids))
        .order_by(Occupancy.from_no)
    ):
        spans[text_id] = (spans.get(text_id, (first_no, None))[0], last_no)
    last = aliased(Version)
    rows: Any = db.session.execute(
        select(
            SectionText.id,
            SectionText.section_id,
            SectionText.heading,
            SectionText.plain,
            Change.at,
            Document.slug,
            Document.title,
            Document.language,
            Document.host_id,
            last.change_no,
            Document.id,
        )
        .join(Change, Change.id == SectionText.change_id)
        .join(Document, Document.id == Change.document_id)
        .outerjoin(last, and_(last.document_id == Document.id, last.number == Document.last_version_no))
        .where(SectionText.id.in_(ids))
    )
    found = []
    for row in rows:
        from_no, ended = spans.get(row[0], (None, None))
        works_on_it = viewer.works_for(row[8]) or row[10] in viewer.document_ids
        is_known = works_on_it or (ended or 0) <= (row[9] or 0)
        until_no = (
            ended if is_known else None
        )  # what the draft does to published words is not known outside yet
        found.append(
            ResultRow(
                ref=ref_of("section_text", row[0]),
                kind="section_text",
                document_slug=row[5],
                document_title=row[6],
                language=row[7],
                title=row[2],
                body=row[3],
                at=row[4],
                section_id=row[1],
                text_id=row[0],
                versions=tuple(versions.get(row[0], ())),
                from_no=from_no,
                until_no=until_no,
            )
        )
    return found


def _comments(ids: Sequence[int], viewer: Viewer) -> list[ResultRow]:
    return [
        ResultRow(
            ref=ref_of("comment", row.id),
            kind="comment",
            document_slug=row.slug,
            document_title=row.title,
            language=row.language,
            title="",
            body=said_in(row),
            at=row.received_at,
            row_id=row.id,
            number=row.number,
            register_id=row.register_id,
            consultation_id=row.consultation_id,
            outcome=row.outcome or "",
            capacity=row.capacity,
            organisation_name=row.organisation,
            author_name=row.public_name or "",
        )
        for row in db.session.execute(of_comments(viewer=viewer).where(Comment.id.in_(ids)))
    ]


def _dispositions(ids: Sequence[int], _: Viewer) -> list[ResultRow]:
    return [
        ResultRow(
            ref=ref_of("disposition", row.id),
            kind="disposition",
            document_slug=row.slug,
            document_title=row.title,
            language=row.language,
            title="",
            body=row.reasons or "",
            at=row.published_at or row.at,
            row_id=row.id,
            host_name=row.host_name,
            number=row.number,
            register_id=row.register_id,
            consultation_id=row.consultation_id,
            outcome=row.outcome,
        )
        for row in db.session.execute(of_answers().where(Disposition.comment_id.in_(ids)))
    ]


def _changes(ids: Sequence[int], _: Viewer) -> list[ResultRow]:
    rows = db.session.execute(of_change_notes(Change, Seal.value).where(Change.id.in_(ids)))
    return [
        ResultRow(
            ref=ref_of("change_note", change.id),
            kind="change_note",
            document_slug=document.slug,
            document_title=document.title,
            language=document.language,
            title="",
            body=note or "",
            at=change.at,
            row_id=change.id,
            number=change.number,
        )
        for change, note, document in rows
    ]


def _versions(ids: Sequence[int], _: Viewer) -> list[ResultRow]:
    rows = db.session.execute(of_versions(Version).where(Version.id.in_(ids)))
    return [
        ResultRow(
            ref=ref_of("version", version.id),
            kind="version",
            document_slug=document.slug,
            document_title=document.title,
            language=document.language,
            title="",
            body=version.label,
            at=version.published_at,
            row_id=version.id,
            number=version.number,
        )
        for version, document in rows
    ]


_Lines = Callable[[Sequence[int], Viewer], list[ResultRow]]


def _around(kind: str) -> _Lines:
    read, _ = AROUND[kind]
    return lambda ids, viewer: [known.result() for known in read(ids, viewer)]


_RESULTS: dict[str, _Lines] = {
    "section_text": _texts,
    "comment": _comments,
    "disposition": _dispositions,
    "change_note": _changes,
    "version": _versions,
    **{kind: _around(kind) for kind in AROUND},
}


def list_facet_names(
    document_ids: Sequence[int], host_ids: Sequence[int]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Documents and hosts among facets, by (name of the facet, value): names in addresses and what they are called."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for name, column, slug, title, ids in (
        ("document", Document.id, Document.slug, Document.title, document_ids),
        ("host", Organisation.id, Organisation.slug, Organisation.name, host_ids),
    ):
        for row in db.session.execute(select(column, slug, title).where(column.in_(ids))) if ids else ():
            found[name, str(row[0])] = row[1], row[2]
    return found
