"""What the line of a result shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select

from consult.storage.database import db
from consult.storage.models.comments import Comment, Submission
from consult.storage.models.consultations import Register
from consult.storage.models.dispositions import Disposition, DispositionRevision
from consult.storage.models.documents import Document, Version, VersionSection
from consult.storage.models.drafting import Change, Occupancy, SectionText
from consult.storage.models.history import Seal
from consult.storage.queries.search.feeds import comment_records
from consult.storage.queries.search.joins import of_answers, of_change_notes, of_versions
from consult.storage.queries.search.refs import ref_of, split_refs


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A found thing with what its line shows; fields that do not apply are empty.

    `versions` are the numbers of the versions a text stands in, `from_no` and `until_no` the changes between
    which it stood in the draft (`until_no` None while it still does).
    """

    ref: str
    kind: str
    document_slug: str
    document_title: str
    language: str
    title: str
    body: str
    at: datetime
    section_id: str = ""
    text_id: int | None = None
    versions: tuple[int, ...] = ()
    from_no: int | None = None
    until_no: int | None = None
    number: int | None = None
    register_id: int | None = None
    consultation_id: int | None = None
    outcome: str = ""
    capacity: str = ""
    organisation_name: str = ""


def list_results(refs: Sequence[str]) -> dict[str, ResultRow]:
    """What the lines of these results show, by ref."""
    found: dict[str, ResultRow] = {}
    for kind, ids in split_refs(refs).items():
        for row in _RESULTS.get(kind, _no_results)(ids):
            found[row.ref] = row
    return found


def _no_results(ids: Sequence[int]) -> list[ResultRow]:
    del ids
    return []


def _text_results(ids: Sequence[int]) -> list[ResultRow]:
    versions: dict[int, list[int]] = defaultdict(list)
    for row in db.session.execute(
        select(VersionSection.text_id, Version.number)
        .join(Version, Version.id == VersionSection.version_id)
        .where(VersionSection.text_id.in_(ids))
        .order_by(Version.number)
    ):
        versions[row[0]].append(row[1])
    spans: dict[int, tuple[int, int | None]] = {}
    for text_id, from_no, until_no in db.session.execute(
        select(Occupancy.text_id, Occupancy.from_no, Occupancy.until_no)
        .where(Occupancy.text_id.in_(ids))
        .order_by(Occupancy.from_no)
    ):
        first = spans.get(text_id, (from_no, None))[0]
        spans[text_id] = (first, until_no)
    rows = db.session.execute(
        select(
            SectionText.id,
            SectionText.section_id,
            SectionText.heading,
            SectionText.plain,
            Change.at,
            Document.slug,
            Document.title,
            Document.language,
        )
        .join(Change, Change.id == SectionText.change_id)
        .join(Document, Document.id == Change.document_id)
        .where(SectionText.id.in_(ids))
    )
    return [
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
            from_no=spans.get(row[0], (None, None))[0],
            until_no=spans.get(row[0], (None, None))[1],
        )
        for row in rows
    ]


def _comment_results(ids: Sequence[int]) -> list[ResultRow]:
    bodies = {record.ref: record.body for record in comment_records(ids)}
    rows = db.session.execute(
        select(
            Comment.id,
            Comment.number,
            Register.id,
            Register.consultation_id,
            Submission.capacity,
            Submission.organisation_name_then,
            Submission.received_at,
            Document.slug,
            Document.title,
            Document.language,
        )
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Register, Register.id == Comment.register_id)
        .join(Document, Document.id == Register.document_id)
        .where(Comment.id.in_(ids))
    )
    return [
        ResultRow(
            ref=ref_of("comment", row[0]),
            kind="comment",
            document_slug=row[7],
            document_title=row[8],
            language=row[9],
            title="",
            body=bodies.get(ref_of("comment", row[0]), ""),
            at=row[6],
            number=row[1],
            register_id=row[2],
            consultation_id=row[3],
            capacity=row[4],
            organisation_name=row[5],
        )
        for row in rows
    ]


def _disposition_results(ids: Sequence[int]) -> list[ResultRow]:
    rows = db.session.execute(
        of_answers(
            Disposition.comment_id,
            Comment.number,
            Register.id,
            Register.consultation_id,
            Disposition.outcome,
            Seal.value,
            DispositionRevision.at,
            Document.slug,
            Document.title,
            Document.language,
        ).where(Disposition.comment_id.in_(ids))
    )
    return [
        ResultRow(
            ref=ref_of("disposition", row[0]),
            kind="disposition",
            document_slug=row[7],
            document_title=row[8],
            language=row[9],
            title="",
            body=row[5] or "",
            at=row[6],
            number=row[1],
            register_id=row[2],
            consultation_id=row[3],
            outcome=row[4],
        )
        for row in rows
    ]


def _plain_results(kind: str, statement: Select[*tuple[Any, ...]]) -> list[ResultRow]:
    return [
        ResultRow(
            ref=ref_of(kind, row[0]),
            kind=kind,
            document_slug=row[4],
            document_title=row[5],
            language=row[6],
            title="",
            body=row[2] or "",
            at=row[3],
            number=row[1],
        )
        for row in db.session.execute(statement)
    ]


def _change_results(ids: Sequence[int]) -> list[ResultRow]:
    return _plain_results(
        "change_note",
        of_change_notes(
            Change.id, Change.number, Seal.value, Change.at, Document.slug, Document.title, Document.language
        ).where(Change.id.in_(ids)),
    )


def _version_results(ids: Sequence[int]) -> list[ResultRow]:
    return _plain_results(
        "version",
        of_versions(
            Version.id,
            Version.number,
            Version.label,
            Version.published_at,
            Document.slug,
            Document.title,
            Document.language,
        ).where(Version.id.in_(ids)),
    )


def _document_results(ids: Sequence[int]) -> list[ResultRow]:
    return _plain_results(
        "document",
        select(
            Document.id,
            literal(0),
            literal(""),
            Document.created_at,
            Document.slug,
            Document.title,
            Document.language,
        ).where(Document.id.in_(ids)),
    )


_RESULTS = {
    "section_text": _text_results,
    "comment": _comment_results,
    "disposition": _disposition_results,
    "change_note": _change_results,
    "version": _version_results,
    "document": _document_results,
}
