"""Who may do what: one table, denying whatever it does not allow."""

from __future__ import annotations

from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import (
    Predicate,
    Target,
    belongs_to_organisation,
    has_seat_in_group,
    is_administrator,
    is_chair_of_group,
    is_editor_of_group,
    is_editor_of_host,
    is_member_of_group,
    is_member_of_host,
    is_official_of_host,
    is_open_for_comments,
    is_published,
    is_representative_of_organisation,
    is_signed_in,
    is_the_system,
    speaks_for_organisation,
)

ALLOWED_WHEN: dict[Permission, tuple[Predicate, ...]] = {
    Permission.READ_DOCUMENT: (
        is_published,
        is_member_of_host,
        has_seat_in_group,
        is_administrator,
        is_the_system,
    ),
    Permission.SEE_UNPUBLISHED: (is_member_of_host, has_seat_in_group, is_administrator, is_the_system),
    Permission.CREATE_DOCUMENT: (is_editor_of_host, is_the_system),
    Permission.EDIT_DRAFT: (is_editor_of_host, is_editor_of_group, is_the_system),
    Permission.PROPOSE_CHANGE: (is_member_of_group, is_member_of_host, is_the_system),
    Permission.WRITE_NOTES: (is_member_of_group, is_editor_of_host, is_the_system),
    Permission.READ_NOTES: (has_seat_in_group, is_editor_of_host, is_the_system),
    Permission.DISSENT: (is_member_of_group, is_the_system),
    Permission.SET_STATUS: (is_editor_of_group, is_editor_of_host, is_the_system),
    Permission.SETTLE_SECTION: (is_chair_of_group, is_official_of_host, is_the_system),
    Permission.ADVANCE_STAGE: (is_chair_of_group, is_official_of_host, is_the_system),
    Permission.PUBLISH_VERSION: (is_official_of_host, is_the_system),
    Permission.OPEN_CONSULTATION: (is_official_of_host, is_the_system),
    Permission.COMMENT: (is_open_for_comments, is_editor_of_host, is_the_system),
    Permission.SUPPORT: (is_open_for_comments, is_the_system),
    Permission.MODERATE: (is_official_of_host, is_the_system),
    Permission.ANSWER_COMMENTS: (is_official_of_host, is_the_system),
    Permission.EXPORT_COMMENT_TABLE: (is_official_of_host, is_the_system),
    Permission.SEE_PERSON_DATA: (is_official_of_host, is_the_system),
    Permission.RUN_CONSULTATION: (is_official_of_host, is_the_system),
    Permission.MANAGE_MEETINGS: (is_official_of_host, is_the_system),
    Permission.MANAGE_COLLECTIONS: (is_official_of_host, is_the_system),
    Permission.MANAGE_GROUPS: (is_official_of_host, is_administrator, is_the_system),
    Permission.MANAGE_HOST: (is_official_of_host, is_administrator, is_the_system),
    Permission.MANAGE_ORGANISATION: (
        is_representative_of_organisation,
        is_official_of_host,
        is_administrator,
        is_the_system,
    ),
    Permission.SEE_JOINT_ANSWER: (belongs_to_organisation, is_the_system),
    Permission.LEAD_JOINT_ANSWER: (speaks_for_organisation, is_the_system),
    Permission.REGISTER_ORGANISATION: (is_signed_in, is_the_system),
    Permission.MANAGE_OWN_ACCOUNT: (is_signed_in, is_the_system),
    Permission.FOLLOW: (is_signed_in, is_the_system),
    Permission.SEE_OPERATIONS: (is_administrator, is_the_system),
    Permission.ADMINISTER: (is_administrator, is_the_system),
}
"""A permission is given when any of its conditions holds."""


def is_allowed(actor: Actor, permission: Permission, target: Target) -> bool:
    """Whether the table allows it; a permission without a row is never given."""
    return any(holds(actor, target) for holds in ALLOWED_WHEN.get(permission, ()))


def explain(actor: Actor, permission: Permission, target: Target) -> str:
    """Codes of the conditions of which one would have to hold, by comma; empty when one does.

    The system's own condition is left out: nobody can come to meet it.
    """
    conditions = ALLOWED_WHEN.get(permission, ())
    if any(holds(actor, target) for holds in conditions):
        return ""
    return ",".join(holds.__name__ for holds in conditions if holds is not is_the_system)
