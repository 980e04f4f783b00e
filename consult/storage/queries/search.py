"""What the index is fed, what a viewer may see of what it proposes, and what a result shows.

A ref is a kind and an id: ``section_text:12``. The index holds no rights: every candidate comes back here
before it is shown or counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from consult.ports.search import SearchRecord, Stand
from consult.storage.database import db
from consult.storage.models.comments import Comment, CommentRevision, Submission
from consult.storage.models.consultations import Register
from consult.storage.models.dispositions import Disposition, DispositionRevision
from consult.storage.models.documents import Document, Version, VersionSection
from consult.storage.models.drafting import Change, Occupancy, SectionText
from consult.storage.models.history import Seal
from consult.storage.queries.viewers import Viewer, hosted_by_viewer

BATCH = 500


def ref_of(kind: str, row_id: int | str) -> str:
    return f"{kind}:{row_id}"


def split_refs(refs: Collection[str]) -> dict[str, list[int]]:
    """Ids by kind."""
    found: dict[str, list[int]] = defaultdict(list)
    for ref in refs:
        kind, _, row_id = ref.partition(":")
        if row_id.isdigit():
            found[kind].append(int(row_id))
    return found


# Feeding


def list_text_ids_of_change(change_id: int) -> list[int]:
    """Texts a change brought or ended."""
    number = select(Change.document_id, Change.number).where(Change.id == change_id).subquery()
    rows = db.session.scalars(
        select(Occupancy.text_id)
        .join(number, number.c.document_id == Occupancy.document_id)
        .where(or_(Occupancy.from_no == number.c.number, Occupancy.until_no == number.c.number))
        .distinct()
    )
    return list(rows)


def list_records(refs: Collection[str]) -> list[SearchRecord]:
    """The records of these refs as they are to be found; those that hold no words (any more) are left out."""
    records: list[SearchRecord] = []
    for kind, ids in sorted(split_refs(refs).items()):
        for start in range(0, len(ids), BATCH):
            records += _FEEDS[kind](sorted(ids)[start : start + BATCH])
    return records


def iterate_records() -> Iterator[list[SearchRecord]]:
    """Every record there is, in batches, for a rebuild."""
    sources: list[tuple[str, Select[int]]] = [
        ("document", select(Document.id)),
        ("section_text", select(SectionText.id)),
        ("change_note", select(Change.id)),
        ("version", select(Version.id)),
        ("comment", select(Comment.id)),
        ("disposition", select(Disposition.comment_id)),
    ]
    for kind, statement in sources:
        column = statement.selected_columns[0]
        last = 0
        while True:
            ids = list(db.session.scalars(statement.where(column > last).order_by(column).limit(BATCH)))
            if not ids:
                break
            yield _FEEDS[kind](ids)
            last = ids[-1]


def count_records() -> int:
    """How many records a rebuild reads, about."""
    tables = (Document.id, SectionText.id, Change.id, Version.id, Comment.id, Disposition.comment_id)
    return sum(db.session.scalar(select(func.count(column))) or 0 for column in tables)


def _texts(ids: Sequence[int]) -> list[SearchRecord]:
    began, ended = aliased(Change), aliased(Change)
    stands: dict[int, list[Stand]] = defaultdict(list)
    ranks: dict[int, str] = {}
    for row in db.session.execute(
        select(Occupancy.text_id, Occupancy.from_no, Occupancy.until_no, began.at, ended.at, Occupancy.rank)
        .join(began, and_(began.document_id == Occupancy.document_id, began.number == Occupancy.from_no))
        .outerjoin(
            ended, and_(ended.document_id == Occupancy.document_id, ended.number == Occupancy.until_no)
        )
        .where(Occupancy.text_id.in_(ids))
        .order_by(Occupancy.from_no)
    ):
        stands[row[0]].append(Stand(row[1], row[2], row[3], row[4]))
        ranks[row[0]] = row[5]
    rows = db.session.execute(
        select(
            SectionText.id, SectionText.heading, SectionText.plain, Document.id, Document.language, Change.at
        )
        .join(Change, Change.id == SectionText.change_id)
        .join(Document, Document.id == Change.document_id)
        .where(SectionText.id.in_(ids))
    )
    return [
        SearchRecord(
            ref=ref_of("section_text", row[0]),
            kind="section_text",
            title=row[1],
            body=row[2],
            document_id=str(row[3]),
            language=row[4],
            at=row[5],
            place=_place(ranks.get(row[0], "")),
            stands=tuple(stands.get(row[0], ())),
            fields=(("section", row[1]),),
        )
        for row in rows
    ]


def _place(rank: str) -> int:
    """A rank as a number that sorts the same way, as far as eight characters tell."""
    padded = rank[:7].ljust(7, "\0")
    return int.from_bytes(padded.encode("ascii", "replace"), "big")


def _comments(ids: Sequence[int]) -> list[SearchRecord]:
    text, justification, proposed = aliased(Seal), aliased(Seal), aliased(Seal)
    last_no = (
        select(func.max(CommentRevision.no))
        .where(CommentRevision.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Comment.id,
            Comment.number,
            text.value,
            justification.value,
            proposed.value,
            Submission.received_at,
            Submission.organisation_name_then,
            Document.id,
            Document.language,
        )
        .join(CommentRevision, and_(CommentRevision.comment_id == Comment.id, CommentRevision.no == last_no))
        .join(text, text.id == CommentRevision.text_seal_id)
        .join(justification, justification.id == CommentRevision.justification_seal_id)
        .outerjoin(proposed, proposed.id == CommentRevision.proposed_seal_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Register, Register.id == Comment.register_id)
        .join(Document, Document.id == Register.document_id)
        .where(Comment.id.in_(ids))
    )
    return [
        SearchRecord(
            ref=ref_of("comment", row[0]),
            kind="comment",
            body="\n".join(words for words in (row[2], row[3], row[4]) if words),
            document_id=str(row[7]),
            language=row[8],
            at=row[5],
            place=row[1],
            fields=(("organisation", row[6]), ("author", row[6])) if row[6] else (),
        )
        for row in rows
        if row[2] or row[4]
    ]


def _dispositions(ids: Sequence[int]) -> list[SearchRecord]:
    rows = db.session.execute(
        select(
            Disposition.comment_id,
            Comment.number,
            Seal.value,
            Disposition.outcome,
            DispositionRevision.at,
            Document.id,
            Document.language,
        )
        .join(Comment, Comment.id == Disposition.comment_id)
        .join(
            DispositionRevision,
            and_(
                DispositionRevision.comment_id == Disposition.comment_id,
                DispositionRevision.no == Disposition.revision_no,
            ),
        )
        .join(Seal, Seal.id == DispositionRevision.justification_seal_id)
        .join(Register, Register.id == Comment.register_id)
        .join(Document, Document.id == Register.document_id)
        .where(Disposition.comment_id.in_(ids))
    )
    return [
        SearchRecord(
            ref=ref_of("disposition", row[0]),
            kind="disposition",
            body=row[2],
            document_id=str(row[5]),
            language=row[6],
            at=row[4],
            place=row[1],
            fields=(("outcome", row[3]),),
        )
        for row in rows
        if row[2]
    ]


def _change_notes(ids: Sequence[int]) -> list[SearchRecord]:
    rows = db.session.execute(
        select(Change.id, Change.number, Change.at, Seal.value, Document.id, Document.language)
        .join(Seal, Seal.id == Change.note_seal_id)
        .join(Document, Document.id == Change.document_id)
        .where(Change.id.in_(ids))
    )
    return [
        SearchRecord(
            ref=ref_of("change_note", row[0]),
            kind="change_note",
            body=row[3],
            document_id=str(row[4]),
            language=row[5],
            at=row[2],
            place=row[1],
        )
        for row in rows
        if row[3]
    ]


def _versions(ids: Sequence[int]) -> list[SearchRecord]:
    rows = db.session.execute(
        select(
            Version.id, Version.number, Version.label, Version.published_at, Document.id, Document.language
        )
        .join(Document, Document.id == Version.document_id)
        .where(Version.id.in_(ids))
    )
    return [
        SearchRecord(
            ref=ref_of("version", row[0]),
            kind="version",
            body=row[2],
            document_id=str(row[4]),
            language=row[5],
            at=row[3],
            place=row[1],
        )
        for row in rows
    ]


def _documents(ids: Sequence[int]) -> list[SearchRecord]:
    rows = db.session.execute(
        select(Document.id, Document.title, Document.language, Document.created_at).where(
            Document.id.in_(ids)
        )
    )
    return [
        SearchRecord(
            ref=ref_of("document", row[0]),
            kind="document",
            title=row[1],
            body="",
            document_id=str(row[0]),
            language=row[2],
            at=row[3],
        )
        for row in rows
    ]


_FEEDS = {
    "section_text": _texts,
    "comment": _comments,
    "disposition": _dispositions,
    "change_note": _change_notes,
    "version": _versions,
    "document": _documents,
}


# What a viewer may see


def visible_refs(refs: Collection[str], viewer: Viewer) -> frozenset[str]:
    """Which of these the viewer may see: one select for each kind among them."""
    seen: set[str] = set()
    for kind, ids in split_refs(refs).items():
        if kind in _VISIBLE:
            rows = db.session.scalars(_VISIBLE[kind](ids, viewer))
            seen |= {ref_of(kind, row) for row in rows}
    return frozenset(seen)


def _is_known(viewer: Viewer) -> ColumnElement[bool]:
    return or_(Document.last_version_no > 0, hosted_by_viewer(Document.host_id, viewer))


def _visible_texts(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    is_published = exists().where(VersionSection.text_id == SectionText.id)
    return (
        select(SectionText.id)
        .join(Change, Change.id == SectionText.change_id)
        .join(Document, Document.id == Change.document_id)
        .where(SectionText.id.in_(ids), or_(is_published, hosted_by_viewer(Document.host_id, viewer)))
    )


def _visible_comments(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    return (
        select(Comment.id)
        .join(Register, Register.id == Comment.register_id)
        .join(Document, Document.id == Register.document_id)
        .where(
            Comment.id.in_(ids),
            or_(Register.consultation_id.is_not(None), hosted_by_viewer(Document.host_id, viewer)),
        )
    )


def _visible_dispositions(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    return (
        select(Disposition.comment_id)
        .join(Comment, Comment.id == Disposition.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .join(Document, Document.id == Register.document_id)
        .where(
            Disposition.comment_id.in_(ids),
            or_(Disposition.state == "published", hosted_by_viewer(Document.host_id, viewer)),
        )
    )


def _visible_changes(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    return (
        select(Change.id)
        .join(Document, Document.id == Change.document_id)
        .where(Change.id.in_(ids), hosted_by_viewer(Document.host_id, viewer))
    )


def _visible_versions(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    return (
        select(Version.id)
        .join(Document, Document.id == Version.document_id)
        .where(Version.id.in_(ids), _is_known(viewer))
    )


def _visible_documents(ids: Sequence[int], viewer: Viewer) -> Select[int]:
    return select(Document.id).where(Document.id.in_(ids), _is_known(viewer))


_VISIBLE = {
    "section_text": _visible_texts,
    "comment": _visible_comments,
    "disposition": _visible_dispositions,
    "change_note": _visible_changes,
    "version": _visible_versions,
    "document": _visible_documents,
}


# What a result shows


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
    bodies = {record.ref: record.body for record in _comments(ids)}
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
        select(
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
        )
        .join(Comment, Comment.id == Disposition.comment_id)
        .join(
            DispositionRevision,
            and_(
                DispositionRevision.comment_id == Disposition.comment_id,
                DispositionRevision.no == Disposition.revision_no,
            ),
        )
        .join(Seal, Seal.id == DispositionRevision.justification_seal_id)
        .join(Register, Register.id == Comment.register_id)
        .join(Document, Document.id == Register.document_id)
        .where(Disposition.comment_id.in_(ids))
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
        select(
            Change.id, Change.number, Seal.value, Change.at, Document.slug, Document.title, Document.language
        )
        .join(Seal, Seal.id == Change.note_seal_id)
        .join(Document, Document.id == Change.document_id)
        .where(Change.id.in_(ids)),
    )


def _version_results(ids: Sequence[int]) -> list[ResultRow]:
    return _plain_results(
        "version",
        select(
            Version.id,
            Version.number,
            Version.label,
            Version.published_at,
            Document.slug,
            Document.title,
            Document.language,
        )
        .join(Document, Document.id == Version.document_id)
        .where(Version.id.in_(ids)),
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


# When the index cannot answer


def list_refs_by_plain_search(words: Sequence[str], *, limit: int) -> list[str]:
    """Refs of texts that hold all words as typed, the newest first; the slow way, for when there is no index."""
    if not words:
        return []
    condition = and_(*(SectionText.plain.ilike(f"%{_escaped(word)}%", escape="\\") for word in words))
    rows = db.session.scalars(
        select(SectionText.id).where(condition).order_by(SectionText.id.desc()).limit(limit)
    )
    return [ref_of("section_text", row) for row in rows]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
