"""What the index is fed: every thing that can be found, as a record of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from consult.ports.search import SearchRecord, Stand
from consult.storage.database import db
from consult.storage.models.comments import Comment, CommentRevision, Submission
from consult.storage.models.consultations import Register
from consult.storage.models.dispositions import Disposition, DispositionRevision
from consult.storage.models.documents import Document, Version
from consult.storage.models.drafting import Change, Occupancy, SectionText
from consult.storage.models.history import Seal
from consult.storage.queries.search.joins import of_answers, of_change_notes, of_versions
from consult.storage.queries.search.refs import BATCH, ref_of, split_refs


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


def comment_records(ids: Sequence[int]) -> list[SearchRecord]:
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
        of_answers(
            Disposition.comment_id,
            Comment.number,
            Seal.value,
            Disposition.outcome,
            DispositionRevision.at,
            Document.id,
            Document.language,
        ).where(Disposition.comment_id.in_(ids))
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
        of_change_notes(
            Change.id, Change.number, Change.at, Seal.value, Document.id, Document.language
        ).where(Change.id.in_(ids))
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
        of_versions(
            Version.id, Version.number, Version.label, Version.published_at, Document.id, Document.language
        ).where(Version.id.in_(ids))
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
    "comment": comment_records,
    "disposition": _dispositions,
    "change_note": _change_notes,
    "version": _versions,
    "document": _documents,
}
