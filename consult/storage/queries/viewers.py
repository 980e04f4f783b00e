"""Who is looking, as the selects need it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, SQLColumnExpression, false, or_, true

from consult.domain.policy.actors import Actor


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose unpublished things a reader may see: those of `host_ids`, or everybody's; and the drafts of `document_ids`,
    on which a group works that the reader sits in."""

    person_id: int | None = None
    host_ids: frozenset[int] = frozenset()
    sees_all: bool = False
    document_ids: frozenset[int] = frozenset()

    @classmethod
    def of(cls, actor: Actor) -> Viewer:
        return cls(
            person_id=actor.id,
            host_ids=frozenset(organisation for organisation, _ in actor.memberships),
            sees_all=actor.is_system or actor.is_administrator,
            document_ids=frozenset(document for document, _ in actor.seats),
        )

    def works_for(self, host_id: int) -> bool:
        return self.sees_all or host_id in self.host_ids

    def drafts(self, host_id: int, document_id: int) -> bool:
        """Whether this reader may see the working draft of a host's document, as `drafted_by_viewer` says it."""
        return self.works_for(host_id) or document_id in self.document_ids


EVERYTHING = Viewer(sees_all=True)


def hosted_by_viewer(column: SQLColumnExpression[int], viewer: Viewer) -> ColumnElement[bool]:
    """Condition: the row's host is one whose unpublished things the viewer may see."""
    if viewer.sees_all:
        return true()
    return column.in_(viewer.host_ids) if viewer.host_ids else false()


def drafted_by_viewer(
    host: SQLColumnExpression[int], document: SQLColumnExpression[int], viewer: Viewer
) -> ColumnElement[bool]:
    """Condition: the viewer may see the working draft, as one of the host's people or of a group at work on it."""
    by_host = hosted_by_viewer(host, viewer)
    return or_(by_host, document.in_(viewer.document_ids)) if viewer.document_ids else by_host
