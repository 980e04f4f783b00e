"""The gate every service passes first: may this actor do this to this thing?"""

from __future__ import annotations

from consult.domain.errors import NotPermitted
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import explain, is_allowed
from consult.storage.queries.documents import DocumentRow


def require(actor: Actor, permission: Permission, target: Target) -> None:
    """Raises NotPermitted, with the condition that failed, unless the table allows it."""
    if not is_allowed(actor, permission, target):
        raise NotPermitted(
            permission.name.lower(), because=explain(actor, permission, target), host_id=target.host_id
        )


def of_document(document: DocumentRow) -> Target:
    """A document as the table is asked about it: whose it is, whether it is published, who is at work on it."""
    return Target(
        host_id=document.host_id, is_published=document.last_version_no > 0, document_id=document.id
    )
