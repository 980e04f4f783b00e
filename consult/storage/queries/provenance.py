"""Selects about where words come from: the origins stored with texts, and what they can be worked out from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, exists, select

from consult.storage.database import db
from consult.storage.models.comments import Comment
from consult.storage.models.consultations import Register
from consult.storage.models.dispositions import Disposition
from consult.storage.models.documents import Version, VersionSection
from consult.storage.models.drafting import Change, Lineage, Occupancy, Section, SectionText
from consult.storage.models.provenance import Provenance
from consult.storage.prepared import Prepared

AT_ONCE = 500
"""Ids in one select."""


@dataclass(frozen=True, slots=True)
class TracedRow:
    """A text with its origins as they are stored; `runs` is None where none are."""

    text_id: int
    source: str
    runs: str | None


_TRACED = Prepared(
    select(SectionText.id, SectionText.source, Provenance.runs)
    .outerjoin(Provenance, Provenance.text_id == SectionText.id)
    .where(SectionText.id.in_(bindparam("text_ids", expanding=True)))
)


def list_traced(text_ids: Collection[int]) -> dict[int, TracedRow]:
    """Texts with their origins, by id."""
    found: dict[int, TracedRow] = {}
    for some in _by_turns(text_ids):
        found |= {row[0]: TracedRow(*row) for row in _TRACED(text_ids=some)}
    return found


def list_runs(text_ids: Collection[int]) -> dict[int, str]:
    """The stored origins of texts, by id, without the words."""
    found: dict[int, str] = {}
    for some in _by_turns(text_ids):
        rows = db.session.execute(
            select(Provenance.text_id, Provenance.runs).where(Provenance.text_id.in_(some))
        )
        found |= {row[0]: row[1] for row in rows}
    return found


@dataclass(frozen=True, slots=True)
class LeftText:
    """A text a change left in a section, with its stored origins and the earlier text whose words it brought back."""

    number: int
    section_id: str
    text_id: int
    source: str
    brought_text_id: int | None
    runs: str | None


@dataclass(frozen=True, slots=True)
class WentRow:
    """Words one change carried from a section to another, as `WordsWent` says it."""

    from_section: str
    from_start: int
    from_end: int
    to_section: str
    to_start: int


def read_texts(document_id: int, *, until: int) -> Iterator[list[LeftText]]:
    """The texts that changes up to `until` left, in order, a list for each change; read some at a time."""
    for first in range(1, until + 1, AT_ONCE):
        rows = db.session.execute(
            select(
                Change.number,
                SectionText.section_id,
                SectionText.id,
                SectionText.source,
                Provenance.brought_text_id,
                Provenance.runs,
            )
            .join(Change, Change.id == SectionText.change_id)
            .outerjoin(Provenance, Provenance.text_id == SectionText.id)
            .where(
                Change.document_id == document_id,
                Change.number >= first,
                Change.number < min(first + AT_ONCE, until + 1),
            )
            .order_by(Change.number, SectionText.id)
        )
        left: dict[int, list[LeftText]] = defaultdict(list)
        for row in rows:
            left[row[0]].append(LeftText(*row))
        yield from left.values()


def list_removals(document_id: int) -> dict[int, list[str]]:
    """Sections each change took out, by its number."""
    opened = Occupancy.__table__.alias("opened")
    rows = db.session.execute(
        select(Occupancy.until_no, Occupancy.section_id).where(
            Occupancy.document_id == document_id,
            Occupancy.until_no.is_not(None),
            ~exists().where(
                opened.c.section_id == Occupancy.section_id, opened.c.from_no == Occupancy.until_no
            ),
        )
    )
    found: dict[int, list[str]] = defaultdict(list)
    for number, section_id in rows:
        found[number or 0].append(section_id)
    return dict(found)


def list_lineage(document_id: int) -> dict[int, list[WentRow]]:
    """Where words of sections went, by the number of the change."""
    rows = db.session.execute(
        select(
            Change.number,
            Lineage.from_section,
            Lineage.from_start,
            Lineage.from_end,
            Lineage.to_section,
            Lineage.to_start,
        )
        .join(Change, Change.id == Lineage.change_id)
        .where(Change.document_id == document_id)
        .order_by(Lineage.id)
    )
    found: dict[int, list[WentRow]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(WentRow(row[1], row[2], row[3], row[4], row[5]))
    return dict(found)


def list_untraced_documents() -> list[int]:
    """Documents with a text whose origins are not stored."""
    return list(
        db.session.scalars(
            select(Section.document_id)
            .join(SectionText, SectionText.section_id == Section.id)
            .outerjoin(Provenance, Provenance.text_id == SectionText.id)
            .where(Provenance.text_id.is_(None))
            .distinct()
            .order_by(Section.document_id)
        )
    )


def forget_runs(text_ids: Collection[int]) -> None:
    """Drop stored origins that are about to be written anew."""
    for some in _by_turns(text_ids):
        db.session.execute(delete(Provenance).where(Provenance.text_id.in_(some)))


# What the changes were


def list_answered_with(change_ids: Collection[int], *, with_drafts: bool) -> dict[int, list[int]]:
    """Ids of comments whose answer names these changes, by change id; answers not published only `with_drafts`."""
    found: dict[int, list[int]] = defaultdict(list)
    for some in _by_turns(change_ids):
        statement = select(Disposition.change_id, Disposition.comment_id).where(
            Disposition.change_id.in_(some)
        )
        if not with_drafts:
            statement = statement.where(Disposition.state == "published")
        for change_id, comment_id in db.session.execute(statement.order_by(Disposition.comment_id)):
            found[change_id or 0].append(comment_id)
    return dict(found)


def list_comment_numbers(comment_ids: Collection[int], *, consulted_only: bool) -> dict[int, int]:
    """Numbers of comments by id; with `consulted_only` of those made in a consultation, which everybody may read."""
    found: dict[int, int] = {}
    for some in _by_turns(comment_ids):
        statement = select(Comment.id, Comment.number).where(Comment.id.in_(some))
        if consulted_only:
            statement = statement.join(Register, Register.id == Comment.register_id).where(
                Register.consultation_id.is_not(None)
            )
        found |= {row[0]: row[1] for row in db.session.execute(statement)}
    return found


@dataclass(frozen=True, slots=True)
class EarlierText:
    """The words of a section before a change and after it, plain; `before_id` is None where the section was new."""

    number: int
    section_id: str
    before_id: int | None
    before: str
    after: str


def list_earlier_texts(section_ids: Collection[str], numbers: Collection[int]) -> list[EarlierText]:
    """What these changes did to these sections, in order of change."""
    found: list[EarlierText] = []
    before = SectionText.__table__.alias("before")
    was = Occupancy.__table__.alias("was")
    for some in _by_turns(numbers):
        rows = db.session.execute(
            select(Occupancy.from_no, Occupancy.section_id, before.c.id, before.c.plain, SectionText.plain)
            .join(SectionText, SectionText.id == Occupancy.text_id)
            .outerjoin(
                was,
                (was.c.section_id == Occupancy.section_id) & (was.c.until_no == Occupancy.from_no),
            )
            .outerjoin(before, before.c.id == was.c.text_id)
            .where(Occupancy.section_id.in_(sorted(section_ids)), Occupancy.from_no.in_(some))
            .order_by(Occupancy.from_no, Occupancy.section_id)
        )
        found += [EarlierText(row[0], row[1], row[2], row[3] or "", row[4]) for row in rows]
    return found


def list_earlier_published(
    document_id: int, section_id: str, number: int, *, after: str
) -> list[EarlierText]:
    """What the last version before a change said in a section, beside the words `after` it; empty where it was not there."""
    row = db.session.execute(
        select(SectionText.id, SectionText.plain)
        .join(VersionSection, VersionSection.text_id == SectionText.id)
        .join(Version, Version.id == VersionSection.version_id)
        .where(
            Version.document_id == document_id,
            Version.change_no < number,
            VersionSection.section_id == section_id,
        )
        .order_by(Version.number.desc())
        .limit(1)
    ).one_or_none()
    return [EarlierText(number, section_id, row[0], row[1], after)] if row else []


def _by_turns(ids: Collection[int]) -> Iterator[Sequence[int]]:
    ordered = list(dict.fromkeys(ids))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
