"""Who may do what: the policy table as people read it."""

from __future__ import annotations

from dataclasses import replace

from flask import render_template
from flask_babel import gettext

from consult.domain.policy.actors import (
    ADMINISTRATOR,
    ANONYMOUS,
    CHAIR,
    EDITOR,
    GROUP_EDITOR,
    GROUP_MEMBER,
    MEMBER,
    OBSERVER,
    OFFICIAL,
    REPRESENTATIVE,
    Actor,
)
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import ALLOWED_WHEN, is_allowed
from consult.web.admin.presenters.roles import Cell, PermissionRow, RoleColumn, RolesPage
from consult.web.shared.errors.wordings.permissions import (
    CIRCUMSTANCES,
    PERMISSIONS,
    REASONS,
    ROLES,
    SYSTEM_ONLY,
)

_HERE = 1
"""An office, for the sake of argument: whoever belongs to one belongs to this one."""

EXAMPLES = {
    "guest": ANONYMOUS,
    "resident": Actor(id=1, name=""),
    MEMBER: Actor(id=1, name="", memberships=frozenset({(_HERE, MEMBER)})),
    REPRESENTATIVE: Actor(id=1, name="", memberships=frozenset({(_HERE, REPRESENTATIVE)})),
    EDITOR: Actor(id=1, name="", memberships=frozenset({(_HERE, EDITOR)})),
    OFFICIAL: Actor(id=1, name="", memberships=frozenset({(_HERE, OFFICIAL)})),
    ADMINISTRATOR: Actor(id=1, name="", roles=frozenset({ADMINISTRATOR})),
}
"""Somebody of every part there is, of whom the table is asked."""

SEATS = {
    "has_seat_in_group": OBSERVER,
    "is_member_of_group": GROUP_MEMBER,
    "is_editor_of_group": GROUP_EDITOR,
    "is_chair_of_group": CHAIR,
}
"""The least seat in a working group that meets a condition."""

PLAIN = Target(host_id=_HERE, document_id=_HERE)
CASES = {
    "is_published": Target(host_id=_HERE, is_published=True),
    "is_open_for_comments": Target(host_id=_HERE, is_open=True),
}
"""How a thing may stand, by the condition that asks for it."""


def roles() -> str:
    page = RolesPage(
        columns=tuple(
            RoleColumn(code, str(name), str(description)) for code, (name, description) in ROLES.items()
        ),
        rows=tuple(_row(permission) for permission in Permission),
    )
    return render_template("admin/roles.html", page=page)


def _row(permission: Permission) -> PermissionRow:
    conditions = (holds.__name__ for holds in ALLOWED_WHEN.get(permission, ()))
    return PermissionRow(
        anchor=permission.name.lower(),
        sentence=str(PERMISSIONS[permission]),
        who=tuple(str(REASONS[code]) for code in conditions if code != SYSTEM_ONLY),
        cells=tuple(_cell(actor, permission) for actor in EXAMPLES.values()),
    )


def _cell(actor: Actor, permission: Permission) -> Cell:
    """What the table answers: always, never, or how the thing must stand."""
    if is_allowed(actor, permission, PLAIN):
        return Cell("yes", gettext("Yes"))
    when = [
        str(CIRCUMSTANCES[code]) for code, target in CASES.items() if is_allowed(actor, permission, target)
    ]
    if not when and actor.is_signed_in:
        when = [
            str(CIRCUMSTANCES[code])
            for code, role in SEATS.items()
            if is_allowed(replace(actor, seats=frozenset({(_HERE, role)})), permission, PLAIN)
        ][:1]
    return Cell("when", ", ".join(when)) if when else Cell("no", gettext("No"))
