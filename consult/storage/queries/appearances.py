"""When words stood in a document, and what ended the texts of search results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from consult.storage.database import db
from consult.storage.models.comments import Comment
from consult.storage.models.consultations import Register
from consult.storage.models.documents import Document, Version, VersionSection
from consult.storage.models.drafting import Change, Occupancy, Section, SectionText
from consult.storage.models.history import Seal
from consult.storage.queries.standing import touched_by
from consult.storage.queries.viewers import Viewer

BATCH = 500

Key = TypeVar("Key", int, str)


def iterate_texts(document_id: int, words: Sequence[str] = ()) -> Iterator[tuple[int, str]]:
    """(text id, plain text) of every text a document ever had; with `words` only of those that may hold them all.

    Letters beyond ASCII count as any letter here, because databases do not agree on their sizes: who asks looks closer.
    """
    statement = (
        select(SectionText.id, SectionText.plain)
        .join(Section, Section.id == SectionText.section_id)
        .where(
            Section.document_id == document_id,
            *(SectionText.plain.ilike(f"%{_loosely(word)}%", escape="\\") for word in words),
        )
        .order_by(SectionText.id)
    )
    for row in db.session.execute(statement.execution_options(yield_per=BATCH)):
        yield row[0], row[1]


def _loosely(word: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\%_" else sign if sign.isascii() else "_" for sign in word)


@dataclass(frozen=True, slots=True)
class StandRow:
    """A text standing somewhere from one change until before another."""

    text_id: int
    section_id: str
    rank: str
    from_no: int
    until_no: int | None


def list_stands(document_id: int, text_ids: Collection[int]) -> list[StandRow]:
    """When these texts stood in a document, in order of change and place."""
    found: list[StandRow] = []
    for ids in _batches(text_ids):
        rows = db.session.execute(
            select(
                Occupancy.text_id,
                Occupancy.section_id,
                Occupancy.rank,
                Occupancy.from_no,
                Occupancy.until_no,
            ).where(Occupancy.document_id == document_id, Occupancy.text_id.in_(ids))
        )
        found += [StandRow(*row) for row in rows]
    return sorted(found, key=lambda row: (row.from_no, row.rank.encode()))


@dataclass(frozen=True, slots=True)
class WordsRow:
    """A text with its words, where it stood."""

    section_id: str
    text_id: int
    heading: str
    plain: str
    label: str


def list_words_around(
    document_id: int, changes: Collection[int], section_ids: Collection[str]
) -> dict[tuple[int, str], tuple[WordsRow | None, WordsRow | None]]:
    """Texts of sections before and after changes, by (change, section); None where the section did not stand."""
    found: dict[tuple[int, str], list[WordsRow | None]] = defaultdict(lambda: [None, None])
    for numbers in _batches(changes):
        for ids in _batches(section_ids):
            rows = db.session.execute(
                select(
                    Occupancy.from_no,
                    Occupancy.until_no,
                    Occupancy.section_id,
                    SectionText.id,
                    SectionText.heading,
                    SectionText.plain,
                )
                .join(SectionText, SectionText.id == Occupancy.text_id)
                .where(
                    touched_by(document_id, numbers),
                    Occupancy.section_id.in_(ids),
                )
            )
            for from_no, until_no, section_id, text_id, heading, plain in rows:
                words = WordsRow(section_id, text_id, heading, plain, "")
                if until_no in numbers:
                    found[until_no, section_id][0] = words
                if from_no in numbers:
                    found[from_no, section_id][1] = words
    return {key: (before, after) for key, (before, after) in found.items()}


def list_words_of_versions(
    version_ids: Collection[int], section_ids: Collection[str]
) -> dict[tuple[int, str], WordsRow]:
    """Texts of sections in versions, by (version, section)."""
    found: dict[tuple[int, str], WordsRow] = {}
    for versions in _batches(version_ids):
        for ids in _batches(section_ids):
            rows = db.session.execute(
                select(
                    VersionSection.version_id,
                    VersionSection.section_id,
                    SectionText.id,
                    SectionText.heading,
                    SectionText.plain,
                    VersionSection.label,
                )
                .join(SectionText, SectionText.id == VersionSection.text_id)
                .where(VersionSection.version_id.in_(versions), VersionSection.section_id.in_(ids))
            )
            found |= {(row[0], row[1]): WordsRow(*row[1:]) for row in rows}
    return found


def list_versions_of_texts(text_ids: Collection[int]) -> dict[int, list[tuple[int, int, str]]]:
    """Versions texts stand in by text: (ordinal there, number of the version, printed label), in order of number."""
    found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for ids in _batches(text_ids):
        rows = db.session.execute(
            select(VersionSection.text_id, VersionSection.ordinal, Version.number, VersionSection.label)
            .join(Version, Version.id == VersionSection.version_id)
            .where(VersionSection.text_id.in_(ids))
            .order_by(Version.number)
        )
        for row in rows:
            found[row[0]].append((row[1], row[2], row[3]))
    return found


def list_headings(text_ids: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for ids in _batches(text_ids):
        rows = db.session.execute(select(SectionText.id, SectionText.heading).where(SectionText.id.in_(ids)))
        found |= {row[0]: row[1] for row in rows}
    return found


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A change by which words came or went; `author` and `note` are None once erased."""

    number: int
    kind: str
    at: datetime
    author: str | None
    note: str | None
    cause_kind: str
    cause_ref: int | None


def list_turns(document_id: int, numbers: Collection[int]) -> dict[int, TurnRow]:
    """Changes by number."""
    author, note = aliased(Seal), aliased(Seal)
    found: dict[int, TurnRow] = {}
    for batch in _batches(numbers):
        rows = db.session.execute(
            select(
                Change.number,
                Change.kind,
                Change.at,
                author.value,
                note.value,
                Change.cause_kind,
                Change.cause_ref,
            )
            .join(author, author.id == Change.actor_seal_id)
            .join(note, note.id == Change.note_seal_id)
            .where(Change.document_id == document_id, Change.number.in_(batch))
        )
        found |= {row[0]: TurnRow(*row) for row in rows}
    return found


@dataclass(frozen=True, slots=True)
class EndRow:
    """How a text ended: by which change, whether another text of its section followed, and what caused it.

    `cause_number` and `cause_register` name the comment, where one did and the viewer may know of it.
    """

    text_id: int
    change_no: int
    is_followed: bool
    cause_kind: str
    cause_number: int | None
    cause_register: int | None


def list_ends(text_ids: Collection[int], viewer: Viewer) -> dict[int, EndRow]:
    """How texts ended, by text, as far as the viewer may know; one query for a page of search results.

    Those outside the office learn of an end once a version without the text is published.
    """
    later = aliased(Occupancy)
    found: dict[int, EndRow] = {}
    for ids in _batches(text_ids):
        rows = db.session.execute(
            select(
                Occupancy.text_id,
                Occupancy.until_no,
                later.text_id,
                Change.cause_kind,
                Comment.number,
                Comment.register_id,
                Register.consultation_id,
                Document.host_id,
                Document.id,
                Version.change_no,
            )
            .join(Document, Document.id == Occupancy.document_id)
            .outerjoin(
                Change,
                and_(Change.document_id == Occupancy.document_id, Change.number == Occupancy.until_no),
            )
            .outerjoin(
                later,
                and_(later.section_id == Occupancy.section_id, later.from_no == Occupancy.until_no),
            )
            .outerjoin(Comment, and_(Change.cause_kind == "comment", Comment.id == Change.cause_ref))
            .outerjoin(Register, Register.id == Comment.register_id)
            .outerjoin(
                Version,
                and_(Version.document_id == Document.id, Version.number == Document.last_version_no),
            )
            .where(Occupancy.text_id.in_(ids))
            .order_by(Occupancy.text_id, Occupancy.from_no)
        )
        for row in rows:
            text_id, until_no, later_text, kind, number, register_id, consultation_id = row[:7]
            found.pop(text_id, None)  # a text that moved, or came back, ended where it stood last
            works_here = viewer.works_for(row[7])
            sees_draft = works_here or row[8] in viewer.document_ids
            if until_no is None or not (sees_draft or until_no <= (row[9] or 0)):
                continue
            tells_comment = number is not None and (works_here or consultation_id is not None)
            found[text_id] = EndRow(
                text_id=text_id,
                change_no=until_no,
                is_followed=later_text is not None,
                cause_kind=kind if kind != "comment" or tells_comment else "",
                cause_number=number if tells_comment else None,
                cause_register=register_id if tells_comment else None,
            )
    return found


def _batches(keys: Iterable[Key]) -> Iterator[list[Key]]:
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
