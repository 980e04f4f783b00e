"""Selects about accounts elsewhere that people sign in with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from consult.storage.database import db
from consult.storage.models.identities import PersonIdentity


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """An account at an issuer that signs a person in here."""

    id: int
    person_id: int
    issuer: str
    linked_at: datetime
    used_at: datetime


_COLUMNS = (
    PersonIdentity.id,
    PersonIdentity.person_id,
    PersonIdentity.issuer,
    PersonIdentity.linked_at,
    PersonIdentity.used_at,
)


def find_identity(issuer: str, subject: str) -> IdentityRow | None:
    row = db.session.execute(
        select(*_COLUMNS).where(PersonIdentity.issuer == issuer, PersonIdentity.subject == subject)
    ).one_or_none()
    return IdentityRow(*row) if row else None


def list_identities(person_id: int) -> list[IdentityRow]:
    """What a person signs in with besides the password, the oldest first."""
    rows = db.session.execute(
        select(*_COLUMNS).where(PersonIdentity.person_id == person_id).order_by(PersonIdentity.id)
    )
    return [IdentityRow(*row) for row in rows]


def find_identity_to_change(identity_id: int) -> PersonIdentity | None:
    return db.session.execute(
        select(PersonIdentity).where(PersonIdentity.id == identity_id).with_for_update()
    ).scalar_one_or_none()


def drop_identities(person_id: int, identity_id: int | None = None) -> None:
    """Drop one identity of a person, or all."""
    condition = [PersonIdentity.person_id == person_id]
    if identity_id is not None:
        condition.append(PersonIdentity.id == identity_id)
    db.session.execute(delete(PersonIdentity).where(*condition).execution_options(synchronize_session=False))
