"""What the index is fed: every thing that can be found, as a record of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from consult.ports.search import SearchRecord, Stand
from consult.storage.database import db
from consult.storage.models.comments import Comment, Submission
from consult.storage.models.dispositions import Disposition
from consult.storage.models.documents import Document, Version, VersionSection
from consult.storage.models.drafting import Change, Occupancy, SectionText
from consult.storage.models.history import Seal
from consult.storage.queries.search.around import AROUND
from consult.storage.queries.search.joins import (
    of_answers,
    of_change_notes,
    of_comments,
    of_versions,
    stamp_of_answer,
    stamp_of_comment,
)
from consult.storage.queries.search.known import coded, sorted_by
from consult.storage.queries.search.refs import BATCH, ref_of, split_refs
from consult.storage.queries.standing import touched_by
from consult.storage.queries.viewers import EVERYTHING


def list_text_ids_of_change(change_id: int) -> list[int]:
    """Texts a change brought or ended."""
    change = db.session.execute(
        select(Change.document_id, Change.number).where(Change.id == change_id)
    ).one_or_none()
    if change is None:
        return []
    rows = db.session.scalars(select(Occupancy.text_id).where(touched_by(change[0], [change[1]])).distinct())
    return list(rows)


def list_text_ids_of_version(version_id: int) -> list[int]:
    """Texts a version shows to everybody for the first time."""
    earlier, version = aliased(VersionSection), aliased(Version)
    before = (
        select(earlier.text_id)
        .join(version, version.id == earlier.version_id)
        .where(earlier.text_id == VersionSection.text_id, version.number < Version.number)
        .exists()
    )
    return list(
        db.session.scalars(
            select(VersionSection.text_id)
            .join(Version, Version.id == VersionSection.version_id)
            .where(Version.id == version_id, ~before)
        )
    )


def list_comment_ids_of_person(person_id: int) -> list[int]:
    """What somebody handed in from their account."""
    return list(
        db.session.scalars(
            select(Comment.id)
            .join(Submission, Submission.id == Comment.submission_id)
            .where(Submission.person_id == person_id)
        )
    )


def list_records(refs: Collection[str]) -> list[SearchRecord]:
    """The records of these refs as they are to be found; those that hold no words (any more) are left out."""
    records: list[SearchRecord] = []
    for kind, ids in sorted(split_refs(refs).items()):
        for start in range(0, len(ids), BATCH):
            records += _FEEDS[kind](sorted(ids)[start : start + BATCH])
    return records


def iterate_records() -> Iterator[list[SearchRecord]]:
    """Every record there is, in batches, for a rebuild."""
    for kind, column in _IDS.items():
        last = 0
        while True:
            ids = list(db.session.scalars(select(column).where(column > last).order_by(column).limit(BATCH)))
            if not ids:
                break
            yield _FEEDS[kind](ids)
            last = ids[-1]


def count_records() -> int:
    """How many records a rebuild reads, about."""
    return sum(db.session.scalar(select(func.count(column))) or 0 for column in _IDS.values())


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
    published = set(
        db.session.scalars(select(VersionSection.text_id).where(VersionSection.text_id.in_(ids)).distinct())
    )
    rows = db.session.execute(
        select(
            SectionText.id,
            SectionText.heading,
            SectionText.plain,
            Document.id,
            Document.language,
            Change.at,
            Document.host_id,
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
            fields=(
                ("section", row[1]),
                *coded(sorted_by("section_text", document_id=row[3], host_id=row[6], at=row[5])),
            ),
            is_hidden=row[0] not in published,
        )
        for row in rows
    ]


def _place(rank: str) -> int:
    """A rank as a number that sorts the same way, as far as eight characters tell."""
    padded = rank[:7].ljust(7, "\0")
    return int.from_bytes(padded.encode("ascii", "replace"), "big")


def _comments(ids: Sequence[int]) -> list[SearchRecord]:
    rows = db.session.execute(of_comments(viewer=EVERYTHING).where(Comment.id.in_(ids)))
    return [_comment(row) for row in rows if row.text or row.proposed]


def _comment(row: Any) -> SearchRecord:
    facets = sorted_by(
        "comment",
        document_id=row.document_id,
        host_id=row.host_id,
        at=row.received_at,
        capacity=row.capacity,
        outcome=row.outcome or "",
    )
    authors = dict.fromkeys(name for name in (row.organisation, row.public_name) if name)
    return SearchRecord(
        ref=ref_of("comment", row.id),
        kind="comment",
        body=said_in(row),
        document_id=str(row.document_id),
        language=row.language,
        at=row.received_at,
        place=row.number,
        fields=(
            *coded(facets),
            *((("organisation", row.organisation),) if row.organisation else ()),
            *(("author", name) for name in authors),
        ),
        stamp=stamp_of_comment(row),
    )


def said_in(row: Any) -> str:
    """The words of a comment from a row of `of_comments`."""
    return "\n".join(words for words in (row.text, row.justification, row.proposed) if words)


def _dispositions(ids: Sequence[int]) -> list[SearchRecord]:
    rows = db.session.execute(of_answers().where(Disposition.comment_id.in_(ids)))
    return [
        SearchRecord(
            ref=ref_of("disposition", row.id),
            kind="disposition",
            body=row.reasons,
            document_id=str(row.document_id),
            language=row.language,
            at=row.published_at or row.at,
            place=row.number,
            fields=(
                *coded(
                    sorted_by(
                        "disposition",
                        document_id=row.document_id,
                        host_id=row.host_id,
                        at=row.published_at or row.at,
                        capacity=row.capacity,
                        outcome=row.outcome,
                    )
                ),
                ("organisation", row.host_name),
                ("author", row.host_name),
            ),
            stamp=stamp_of_answer(row),
            is_hidden=row.state != "published",
        )
        for row in rows
        if row.reasons
    ]


def _change_notes(ids: Sequence[int]) -> list[SearchRecord]:
    rows = db.session.execute(of_change_notes(Change, Seal.value).where(Change.id.in_(ids)))
    return [
        _of_document("change_note", change.id, note, document, change.at, change.number)
        for change, note, document in rows
        if note
    ]


def _versions(ids: Sequence[int]) -> list[SearchRecord]:
    rows = db.session.execute(of_versions(Version).where(Version.id.in_(ids)))
    return [
        _of_document("version", version.id, version.label, document, version.published_at, version.number)
        for version, document in rows
    ]


def _of_document(
    kind: str, row_id: int, words: str, document: Document, at: Any, number: int
) -> SearchRecord:
    return SearchRecord(
        ref=ref_of(kind, row_id),
        kind=kind,
        body=words,
        document_id=str(document.id),
        language=document.language,
        at=at,
        place=number,
        fields=coded(sorted_by(kind, document_id=document.id, host_id=document.host_id, at=at)),
        is_hidden=kind == "change_note",
    )


def _around(kind: str) -> Callable[[Sequence[int]], list[SearchRecord]]:
    read, _ = AROUND[kind]
    return lambda ids: [known.record() for known in read(ids, EVERYTHING)]


_FEEDS: dict[str, Callable[[Sequence[int]], list[SearchRecord]]] = {
    "section_text": _texts,
    "comment": _comments,
    "disposition": _dispositions,
    "change_note": _change_notes,
    "version": _versions,
    **{kind: _around(kind) for kind in AROUND},
}

_IDS: dict[str, Any] = {
    **{kind: column for kind, (_, column) in AROUND.items()},
    "section_text": SectionText.id,
    "change_note": Change.id,
    "version": Version.id,
    "comment": Comment.id,
    "disposition": Disposition.comment_id,
}
"""By kind, the column of its ids, in the order of a rebuild."""
