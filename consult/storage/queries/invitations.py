"""Selects and updates about invitations to working groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.orm import aliased

from consult.storage.database import db
from consult.storage.models.groups import GroupInvitation, WorkingGroup
from consult.storage.models.organisations import Organisation

State = Literal["open", "used", "declined", "expired", "withdrawn"]

KEPT_AFTER_THE_END = timedelta(days=30)
"""How long the address of an invitation that came to nothing stays, so that it can be sent once more."""


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """A link that leads to a seat; `email` is empty for one handed over by hand and for one that has served."""

    id: int
    group_id: int
    group_slug: str
    group_name: str
    block: str
    summary: str
    host_id: int
    host_name: str
    role: str
    organisation_id: int | None
    organisation_name: str
    email: str
    made_by: int | None
    made_at: datetime
    asked_at: datetime
    expires_at: datetime
    most_uses: int
    uses: int
    withdrawn_at: datetime | None
    declined_at: datetime | None

    def state(self, now: datetime) -> State:
        """The first that applies: taken back, refused, used up, past its day, open."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.declined_at is not None:
            return "declined"
        if self.uses >= self.most_uses:
            return "used"
        return "open" if now < self.expires_at else "expired"


def _invitations() -> Select[*tuple[Any, ...]]:
    host, seated = aliased(Organisation), aliased(Organisation)
    return (
        select(
            GroupInvitation.id,
            GroupInvitation.group_id,
            WorkingGroup.slug,
            WorkingGroup.name,
            WorkingGroup.block,
            WorkingGroup.summary,
            WorkingGroup.host_id,
            host.name,
            GroupInvitation.role,
            GroupInvitation.organisation_id,
            func.coalesce(seated.name, ""),
            GroupInvitation.email,
            GroupInvitation.made_by,
            GroupInvitation.made_at,
            GroupInvitation.asked_at,
            GroupInvitation.expires_at,
            GroupInvitation.most_uses,
            GroupInvitation.uses,
            GroupInvitation.withdrawn_at,
            GroupInvitation.declined_at,
        )
        .join(WorkingGroup, WorkingGroup.id == GroupInvitation.group_id)
        .join(host, host.id == WorkingGroup.host_id)
        .outerjoin(seated, seated.id == GroupInvitation.organisation_id)
    )


def list_invitations(group_id: int) -> list[InvitationRow]:
    """Invitations to a group that still wait, and those to an address that came to nothing lately; the newest first."""
    rows = db.session.execute(
        _invitations()
        .where(
            GroupInvitation.group_id == group_id,
            GroupInvitation.withdrawn_at.is_(None),
            GroupInvitation.uses < GroupInvitation.most_uses,
        )
        .order_by(GroupInvitation.id.desc())
    )
    return [InvitationRow(*row) for row in rows]


def find_invitation(invitation_id: int) -> InvitationRow | None:
    row = db.session.execute(_invitations().where(GroupInvitation.id == invitation_id)).one_or_none()
    return InvitationRow(*row) if row else None


def find_invitation_by_token(token_hash: str) -> InvitationRow | None:
    row = db.session.execute(_invitations().where(GroupInvitation.token_hash == token_hash)).one_or_none()
    return InvitationRow(*row) if row else None


def take_invitation(invitation_id: int, now: datetime) -> bool:
    """Use a link once; False when it lets nobody in any more. The address it went to is forgotten with the last use."""
    return _changed(
        invitation_id,
        GroupInvitation.withdrawn_at.is_(None),
        GroupInvitation.declined_at.is_(None),
        GroupInvitation.uses < GroupInvitation.most_uses,
        GroupInvitation.expires_at > now,
        uses=GroupInvitation.uses + 1,
        email="",
    )


def decline_invitation(invitation_id: int, at: datetime) -> bool:
    """Note that whoever was invited said no; False when the link had served already."""
    return _changed(
        invitation_id,
        GroupInvitation.withdrawn_at.is_(None),
        GroupInvitation.declined_at.is_(None),
        GroupInvitation.uses < GroupInvitation.most_uses,
        declined_at=at,
    )


def withdraw_invitation(invitation_id: int, at: datetime) -> None:
    _changed(invitation_id, withdrawn_at=at, email="", token_hash=None)


def renew_invitation(invitation_id: int, *, asked_at: datetime, expires_at: datetime) -> None:
    """Let an invitation wait once more; the link of its earlier letter no longer leads anywhere."""
    _changed(invitation_id, asked_at=asked_at, expires_at=expires_at, token_hash=None)


def set_invitation_token(invitation_id: int, token_hash: str) -> None:
    _changed(invitation_id, token_hash=token_hash)


def forget_invited_addresses(now: datetime) -> int:
    """Empty the addresses of invitations nobody will answer any more and drop those from lists; returns how many."""
    long_ago = now - KEPT_AFTER_THE_END
    is_over = or_(GroupInvitation.expires_at <= long_ago, GroupInvitation.declined_at <= long_ago)
    emptied = db.session.execute(
        update(GroupInvitation)
        .where(
            GroupInvitation.withdrawn_at.is_(None), GroupInvitation.uses < GroupInvitation.most_uses, is_over
        )
        .values(email="", withdrawn_at=now, token_hash=None)
        .execution_options(synchronize_session=False)
    )
    return int(emptied.rowcount)  # type: ignore[attr-defined]


def forget_invited_address(email: str, at: datetime) -> None:
    """Take back whatever invites this address: the person it belongs to is erased."""
    db.session.execute(
        update(GroupInvitation)
        .where(and_(GroupInvitation.email != "", GroupInvitation.email == email))
        .values(email="", withdrawn_at=at, token_hash=None)
        .execution_options(synchronize_session=False)
    )


def _changed(invitation_id: int, *conditions: Any, **values: Any) -> bool:
    changed = db.session.execute(
        update(GroupInvitation)
        .where(GroupInvitation.id == invitation_id, *conditions)
        .values(**values)
        .returning(GroupInvitation.id)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(changed)
