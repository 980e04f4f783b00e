"""Selects about who belongs to an organisation, who asked to, and who was invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, or_, select, update

from consult.domain.errors import NotFound
from consult.domain.organisations.roles import KEEPERS, may_speak
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.memberships import Membership
from consult.storage.models.organisations import MembershipRequest, Organisation, OrganisationInvitation


@dataclass(frozen=True, slots=True)
class BelongingRow:
    """A person's role in an organisation."""

    person_id: int
    name: str
    email: str
    role: str
    is_named_speaker: bool
    since: datetime | None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """Somebody's wish to belong to an organisation."""

    id: int
    organisation_id: int
    person_id: int
    person_name: str
    person_email: str
    words: str
    asked_at: datetime
    decided_at: datetime | None
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """A link that lets people in."""

    id: int
    organisation_id: int
    organisation_slug: str
    organisation_name: str
    is_host: bool
    role: str
    may_speak: bool
    email: str
    made_by: int | None
    made_at: datetime
    expires_at: datetime
    most_uses: int
    uses: int
    withdrawn_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        return self.withdrawn_at is None and self.uses < self.most_uses and now < self.expires_at


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """What decides whether a person's words are an organisation's."""

    organisation_id: int
    organisation_name: str
    organisation_kind: str
    is_verified: bool
    roles: frozenset[str]
    is_named_speaker: bool

    @property
    def is_confirmed(self) -> bool:
        """Whether what this person says for the organisation is its voice, and not only claimed to be."""
        return self.is_verified and any(
            may_speak(role, is_named=self.is_named_speaker) for role in self.roles
        )


def list_people(organisation_id: int) -> list[BelongingRow]:
    """Everybody in an organisation whose account is in use, by name; somebody with two roles stands twice."""
    rows = db.session.execute(
        select(Person.id, Person.name, Person.email, Membership.role, Membership.may_speak, Membership.since)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id, Person.disabled_at.is_(None))
        .order_by(func.lower(Person.name), Person.id, Membership.role)
    )
    return [BelongingRow(*row) for row in rows]


def list_roles(organisation_id: int, person_id: int) -> list[BelongingRow]:
    """The roles of one person in one organisation; none for whoever does not belong to it."""
    return [row for row in list_people(organisation_id) if row.person_id == person_id]


def end_memberships(organisation_id: int, person_id: int) -> None:
    db.session.execute(
        delete(Membership)
        .where(Membership.organisation_id == organisation_id, Membership.person_id == person_id)
        .execution_options(synchronize_session="fetch")
    )


def list_keeper_ids(organisation_id: int) -> list[int]:
    """Accounts in use of those who let others in."""
    return list(
        db.session.scalars(
            select(Membership.person_id)
            .join(Person, Person.id == Membership.person_id)
            .where(
                Membership.organisation_id == organisation_id,
                Membership.role.in_(KEEPERS),
                Person.disabled_at.is_(None),
            )
            .distinct()
            .order_by(Membership.person_id)
        )
    )


def list_administrator_ids() -> list[int]:
    return list(
        db.session.scalars(
            select(Person.id).where(Person.is_administrator, Person.disabled_at.is_(None)).order_by(Person.id)
        )
    )


def list_speakers(person_id: int) -> list[SpeakerRow]:
    """What a person is in each of their organisations, by name."""
    own = db.session.scalars(
        select(Organisation.id)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id)
        .order_by(Organisation.plain_name)
    )
    found = (find_speaker(organisation_id, person_id) for organisation_id in dict.fromkeys(own))
    return [speaker for speaker in found if speaker is not None]


def find_speaker(organisation_id: int, person_id: int) -> SpeakerRow | None:
    """What a person is in an organisation; None for whoever does not belong to it."""
    rows = db.session.execute(
        select(
            Organisation.name,
            Organisation.kind,
            Organisation.verified_at,
            Membership.role,
            Membership.may_speak,
        )
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Organisation.id == organisation_id, Membership.person_id == person_id)
    ).all()
    if not rows:
        return None
    return SpeakerRow(
        organisation_id=organisation_id,
        organisation_name=rows[0][0],
        organisation_kind=rows[0][1],
        is_verified=rows[0][2] is not None,
        roles=frozenset(row[3] for row in rows),
        is_named_speaker=any(row[4] for row in rows),
    )


def _requests() -> Select[*tuple[Any, ...]]:
    return select(
        MembershipRequest.id,
        MembershipRequest.organisation_id,
        MembershipRequest.person_id,
        Person.name,
        Person.email,
        MembershipRequest.words,
        MembershipRequest.asked_at,
        MembershipRequest.decided_at,
        MembershipRequest.is_accepted,
    ).join(Person, Person.id == MembershipRequest.person_id)


def list_pending_requests(organisation_id: int) -> list[RequestRow]:
    """Wishes nobody decided on yet, the oldest first."""
    rows = db.session.execute(
        _requests()
        .where(
            MembershipRequest.organisation_id == organisation_id,
            MembershipRequest.decided_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .order_by(MembershipRequest.asked_at, MembershipRequest.id)
    )
    return [RequestRow(*row) for row in rows]


def find_request(request_id: int) -> RequestRow | None:
    row = db.session.execute(_requests().where(MembershipRequest.id == request_id)).one_or_none()
    return RequestRow(*row) if row else None


def find_pending_request(organisation_id: int, person_id: int) -> RequestRow | None:
    row = db.session.execute(
        _requests().where(
            MembershipRequest.organisation_id == organisation_id,
            MembershipRequest.person_id == person_id,
            MembershipRequest.decided_at.is_(None),
        )
    ).one_or_none()
    return RequestRow(*row) if row else None


def decide_request(request_id: int, *, is_accepted: bool, decided_by: int | None, at: datetime) -> bool:
    """Write down a decision; False when somebody else decided meanwhile."""
    done = db.session.execute(
        update(MembershipRequest)
        .where(MembershipRequest.id == request_id, MembershipRequest.decided_at.is_(None))
        .values(decided_at=at, decided_by=decided_by, is_accepted=is_accepted)
        .returning(MembershipRequest.id)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(done)


def _invitations() -> Select[*tuple[Any, ...]]:
    return select(
        OrganisationInvitation.id,
        OrganisationInvitation.organisation_id,
        Organisation.slug,
        Organisation.name,
        Organisation.is_host,
        OrganisationInvitation.role,
        OrganisationInvitation.may_speak,
        OrganisationInvitation.email,
        OrganisationInvitation.made_by,
        OrganisationInvitation.made_at,
        OrganisationInvitation.expires_at,
        OrganisationInvitation.most_uses,
        OrganisationInvitation.uses,
        OrganisationInvitation.withdrawn_at,
    ).join(Organisation, Organisation.id == OrganisationInvitation.organisation_id)


def list_invitations(organisation_id: int, now: datetime) -> list[InvitationRow]:
    """Links that still let people in, the newest first."""
    rows = db.session.execute(
        _invitations()
        .where(
            OrganisationInvitation.organisation_id == organisation_id,
            OrganisationInvitation.withdrawn_at.is_(None),
            OrganisationInvitation.uses < OrganisationInvitation.most_uses,
            OrganisationInvitation.expires_at > now,
        )
        .order_by(OrganisationInvitation.id.desc())
    )
    return [InvitationRow(*row) for row in rows]


def find_invitation(invitation_id: int) -> InvitationRow | None:
    row = db.session.execute(_invitations().where(OrganisationInvitation.id == invitation_id)).one_or_none()
    return InvitationRow(*row) if row else None


def find_invitation_by_token(token_hash: str) -> InvitationRow | None:
    row = db.session.execute(
        _invitations().where(OrganisationInvitation.token_hash == token_hash)
    ).one_or_none()
    return InvitationRow(*row) if row else None


def take_invitation(invitation_id: int, now: datetime) -> bool:
    """Use a link once; False when there is no use left. The address it was sent to is forgotten with the last one."""
    taken = db.session.execute(
        update(OrganisationInvitation)
        .where(
            OrganisationInvitation.id == invitation_id,
            OrganisationInvitation.withdrawn_at.is_(None),
            OrganisationInvitation.uses < OrganisationInvitation.most_uses,
            OrganisationInvitation.expires_at > now,
        )
        .values(uses=OrganisationInvitation.uses + 1, email="")
        .returning(OrganisationInvitation.id)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(taken)


def set_invitation_token(invitation_id: int, token_hash: str) -> None:
    db.session.execute(
        update(OrganisationInvitation)
        .where(OrganisationInvitation.id == invitation_id)
        .values(token_hash=token_hash)
        .execution_options(synchronize_session=False)
    )


def forget_invited_addresses(now: datetime) -> int:
    """Empty the addresses of invitations that let nobody in any more; returns how many."""
    is_over = or_(
        OrganisationInvitation.expires_at <= now,
        OrganisationInvitation.withdrawn_at.is_not(None),
        OrganisationInvitation.uses >= OrganisationInvitation.most_uses,
    )
    emptied = db.session.execute(
        update(OrganisationInvitation)
        .where(OrganisationInvitation.email != "", is_over)
        .values(email="")
        .execution_options(synchronize_session=False)
    )
    return int(emptied.rowcount)  # type: ignore[attr-defined]


def withdraw_invitation(invitation_id: int, at: datetime) -> None:
    db.session.execute(
        update(OrganisationInvitation)
        .where(OrganisationInvitation.id == invitation_id)
        .values(withdrawn_at=at, email="")
        .execution_options(synchronize_session=False)
    )


def get_person_name(person_id: int) -> str:
    """Raises NotFound."""
    name = db.session.scalar(select(Person.name).where(Person.id == person_id))
    if name is None:
        raise NotFound("person")
    return name
