"""Selects and updates about searches people keep."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.drafting import SectionText
from consult.storage.models.saved_searches import SavedSearch, SavedSearchFind, SavedSearchLink

BATCH = 500


@dataclass(frozen=True, slots=True)
class SavedSearchRow:
    """A search somebody keeps; see the model."""

    id: int
    person_id: int
    name: str
    address: str
    query: str
    pace: str
    made_at: datetime
    looked_at: datetime | None
    looked_event: int


_COLUMNS = (
    SavedSearch.id,
    SavedSearch.person_id,
    SavedSearch.name,
    SavedSearch.address,
    SavedSearch.query,
    SavedSearch.pace,
    SavedSearch.made_at,
    SavedSearch.looked_at,
    SavedSearch.looked_event,
)


def list_saved_searches(person_id: int) -> list[SavedSearchRow]:
    """What a person keeps, the newest first."""
    rows = db.session.execute(
        select(*_COLUMNS).where(SavedSearch.person_id == person_id).order_by(SavedSearch.id.desc())
    )
    return [SavedSearchRow(*row) for row in rows]


def find_saved_search(search_id: int, person_id: int | None = None) -> SavedSearchRow | None:
    """The search of this id; with `person_id` only when it is theirs."""
    statement = select(*_COLUMNS).where(SavedSearch.id == search_id)
    if person_id is not None:
        statement = statement.where(SavedSearch.person_id == person_id)
    row = db.session.execute(statement).one_or_none()
    return SavedSearchRow(*row) if row else None


def count_saved_searches(person_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count()).select_from(SavedSearch).where(SavedSearch.person_id == person_id)
        )
        or 0
    )


def change_saved_search(search_id: int, **values: object) -> None:
    db.session.execute(update(SavedSearch).where(SavedSearch.id == search_id).values(**values))


def delete_saved_search(search_id: int) -> None:
    for table in (SavedSearchFind, SavedSearchLink):
        db.session.execute(delete(table).where(table.search_id == search_id))
    db.session.execute(delete(SavedSearch).where(SavedSearch.id == search_id))


# Being told


def list_followed_ids(before_event: int) -> list[int]:
    """Searches somebody with an account follows by mail, that were looked at before the last thing happened."""
    rows = db.session.scalars(
        select(SavedSearch.id)
        .join(Person, Person.id == SavedSearch.person_id)
        .where(
            SavedSearch.pace != "none",
            SavedSearch.looked_event < before_event,
            Person.disabled_at.is_(None),
        )
        .order_by(SavedSearch.id)
    )
    return list(rows)


def list_known(search_id: int, refs: Collection[str]) -> frozenset[str]:
    """Which of these the person knows the search to find."""
    found: set[str] = set()
    ordered = sorted(refs)
    for start in range(0, len(ordered), BATCH):
        found |= set(
            db.session.scalars(
                select(SavedSearchFind.ref).where(
                    SavedSearchFind.search_id == search_id,
                    SavedSearchFind.ref.in_(ordered[start : start + BATCH]),
                )
            )
        )
    return frozenset(found)


def add_known(search_id: int, refs: Collection[str]) -> None:
    """Note that the person knows of these; those they knew already are left out by the caller."""
    if refs:
        db.session.execute(
            insert(SavedSearchFind), [{"search_id": search_id, "ref": ref} for ref in sorted(refs)]
        )


def forget_known(search_id: int) -> None:
    db.session.execute(delete(SavedSearchFind).where(SavedSearchFind.search_id == search_id))


def list_sections_of_texts(text_ids: Collection[int]) -> dict[int, str]:
    """Sections by text."""
    found: dict[int, str] = {}
    ordered = sorted(text_ids)
    for start in range(0, len(ordered), BATCH):
        rows = db.session.execute(
            select(SectionText.id, SectionText.section_id).where(
                SectionText.id.in_(ordered[start : start + BATCH])
            )
        )
        found |= {row[0]: row[1] for row in rows}
    return found


def find_linked(token_hash: str) -> SavedSearchRow | None:
    """The search whose letters a link stops."""
    row = db.session.execute(
        select(*_COLUMNS)
        .join(SavedSearchLink, SavedSearchLink.search_id == SavedSearch.id)
        .where(SavedSearchLink.token_hash == token_hash)
    ).one_or_none()
    return SavedSearchRow(*row) if row else None


def forget_links(made_before: datetime) -> int:
    """Drop links of letters older than this; returns how many."""
    rows = db.session.execute(
        delete(SavedSearchLink)
        .where(SavedSearchLink.made_at < made_before)
        .returning(SavedSearchLink.token_hash)
    )
    return len(rows.all())
