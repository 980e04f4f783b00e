"""Selects about second factors and recovery codes."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from consult.storage.database import db
from consult.storage.models.second_factors import RecoveryCode, SecondFactor


def has_second_factor(person_id: int) -> bool:
    """Whether the person is asked for a code when signing in."""
    return (
        db.session.scalar(
            select(SecondFactor.person_id).where(
                SecondFactor.person_id == person_id, SecondFactor.confirmed_at.is_not(None)
            )
        )
        is not None
    )


def find_second_factor(person_id: int) -> SecondFactor | None:
    return db.session.execute(
        select(SecondFactor).where(SecondFactor.person_id == person_id)
    ).scalar_one_or_none()


def find_second_factor_to_change(person_id: int) -> SecondFactor | None:
    """The same, read anew and locked: two codes given at once are looked at one after the other."""
    return db.session.execute(
        select(SecondFactor)
        .where(SecondFactor.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()


def find_recovery_code_to_change(person_id: int, code_hash: str) -> RecoveryCode | None:
    """The code of this hash, unless it was used."""
    return db.session.execute(
        select(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.code_hash == code_hash,
            RecoveryCode.used_at.is_(None),
        )
        .with_for_update()
    ).scalar_one_or_none()


def count_recovery_codes(person_id: int) -> int:
    """How many recovery codes are left."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(RecoveryCode)
            .where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
        )
        or 0
    )


def drop_recovery_codes(person_id: int) -> None:
    db.session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.person_id == person_id)
        .execution_options(synchronize_session=False)
    )


def drop_second_factor(person_id: int) -> None:
    drop_recovery_codes(person_id)
    db.session.execute(
        delete(SecondFactor)
        .where(SecondFactor.person_id == person_id)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
