"""The gate every service passes first: may this actor do this to this thing?"""

from __future__ import annotations

from consult.domain.errors import NotPermitted
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import explain, is_allowed


def require(actor: Actor, permission: Permission, target: Target) -> None:
    """Raises NotPermitted, with the condition that failed, unless the table allows it."""
    if not is_allowed(actor, permission, target):
        raise NotPermitted(
            permission.name.lower(), because=explain(actor, permission, target), host_id=target.host_id
        )
