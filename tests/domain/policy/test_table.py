"""Who may do what, read from one table that denies whatever it does not allow."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from consult.domain.policy import predicates
from consult.domain.policy.actors import (
    ADMINISTRATOR,
    ANONYMOUS,
    EDITOR,
    MEMBER,
    OFFICIAL,
    REPRESENTATIVE,
    SYSTEM,
    Actor,
)
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import ALLOWED_WHEN, explain, is_allowed

HOST, OTHER_HOST = 1, 2

GUEST = ANONYMOUS
RESIDENT = Actor(5, "mieszkanka")
ADMIN = Actor(6, "administrator", frozenset({ADMINISTRATOR}))


def of_host(role: str, host: int = HOST) -> Actor:
    return Actor(7, f"{role} w {host}", memberships=frozenset({(host, role)}))


HIDDEN = Target(host_id=HOST)
SHOWN = Target(host_id=HOST, is_published=True)
OPEN = Target(host_id=HOST, is_published=True, is_open=True)
TARGETS = [HIDDEN, SHOWN, OPEN]

EVERYBODY = [
    GUEST,
    RESIDENT,
    ADMIN,
    *(
        of_host(role, host)
        for role, host in product((MEMBER, REPRESENTATIVE, EDITOR, OFFICIAL), (HOST, OTHER_HOST))
    ),
]


def allowed(permission: Permission, target: Target) -> set[str]:
    return {actor.name or "gość" for actor in EVERYBODY if is_allowed(actor, permission, target)}


PERSONAL = {Permission.MANAGE_OWN_ACCOUNT, Permission.REGISTER_ORGANISATION, Permission.FOLLOW}
"""What everybody with an account may, wherever they belong."""

WORKING = {"member w 1", "representative w 1", "editor w 1", "official w 1"}
DRAFTING = {"editor w 1", "official w 1"}
DECIDING = {"official w 1"}
ALL = {actor.name or "gość" for actor in EVERYBODY}


def test_every_permission_has_a_row_and_a_sentence() -> None:
    assert set(ALLOWED_WHEN) == set(Permission)
    assert all(ALLOWED_WHEN.values())
    assert all(permission.value.endswith(".") and " " in permission.value for permission in Permission)


def test_every_condition_in_the_table_is_a_named_predicate() -> None:
    for conditions in ALLOWED_WHEN.values():
        assert all(getattr(predicates, holds.__name__) is holds for holds in conditions)


def test_a_published_document_is_everybodys_to_read_and_an_unpublished_one_its_makers() -> None:
    assert allowed(Permission.READ_DOCUMENT, SHOWN) == ALL
    assert allowed(Permission.READ_DOCUMENT, HIDDEN) == {*WORKING, "administrator"}


def test_working_drafts_are_seen_by_the_host_and_changed_by_its_editors() -> None:
    for target in TARGETS:
        assert allowed(Permission.SEE_UNPUBLISHED, target) == {*WORKING, "administrator"}
        assert allowed(Permission.EDIT_DRAFT, target) == DRAFTING
        assert allowed(Permission.CREATE_DOCUMENT, target) == DRAFTING


@pytest.mark.parametrize(
    "permission",
    [
        Permission.PUBLISH_VERSION,
        Permission.OPEN_CONSULTATION,
        Permission.ANSWER_COMMENTS,
        Permission.EXPORT_COMMENT_TABLE,
        Permission.SEE_PERSON_DATA,
        Permission.RUN_CONSULTATION,
        Permission.MANAGE_MEETINGS,
    ],
)
def test_only_officials_of_the_host_publish_consult_answer_export_and_see_who_wrote(
    permission: Permission,
) -> None:
    for target in TARGETS:
        assert allowed(permission, target) == DECIDING


def test_anybody_may_comment_on_an_open_consultation_even_without_an_account() -> None:
    assert allowed(Permission.COMMENT, OPEN) == ALL
    assert allowed(Permission.COMMENT, SHOWN) == DRAFTING


def test_an_administrator_looks_after_the_installation_not_after_other_peoples_answers() -> None:
    assert allowed(Permission.ADMINISTER, SHOWN) == {"administrator"}
    assert not is_allowed(ADMIN, Permission.ANSWER_COMMENTS, SHOWN)
    assert not is_allowed(ADMIN, Permission.SEE_PERSON_DATA, SHOWN)


def test_what_is_ones_own_needs_an_account_and_nothing_else() -> None:
    for permission in PERSONAL:
        assert allowed(permission, Target()) == ALL - {"gość"}


def test_a_host_is_looked_after_by_its_officials_and_by_administrators() -> None:
    assert allowed(Permission.MANAGE_HOST, SHOWN) == {"official w 1", "administrator"}
    assert allowed(Permission.MANAGE_GROUPS, SHOWN) == {"official w 1", "administrator"}
    assert allowed(Permission.MANAGE_ORGANISATION, SHOWN) == {
        "official w 1",
        "representative w 1",
        "administrator",
    }


def test_how_the_installation_runs_is_the_administrators_to_see() -> None:
    assert allowed(Permission.SEE_OPERATIONS, SHOWN) == {"administrator"}


def test_nobody_has_a_right_at_a_host_that_is_not_named() -> None:
    nowhere = Target(host_id=None)
    for actor, permission in product(EVERYBODY, Permission):
        if permission not in PERSONAL and actor is not ADMIN:
            assert not is_allowed(actor, permission, nowhere)


def test_the_system_acts_everywhere_and_a_guest_is_not_the_system() -> None:
    for permission, target in product(Permission, TARGETS):
        assert is_allowed(SYSTEM, permission, target)
    assert not any(is_allowed(GUEST, permission, HIDDEN) for permission in Permission)


def refusals() -> Iterator[tuple[Actor, Permission, Target]]:
    for actor, permission, target in product(EVERYBODY, Permission, TARGETS):
        if not is_allowed(actor, permission, target):
            yield actor, permission, target


def test_every_refusal_names_what_would_have_had_to_hold() -> None:
    for actor, permission, target in refusals():
        named = explain(actor, permission, target).split(",")
        assert named
        assert "is_the_system" not in named
        assert all(not getattr(predicates, name)(actor, target) for name in named)


def test_what_is_allowed_needs_no_explaining() -> None:
    assert explain(RESIDENT, Permission.COMMENT, OPEN) == ""
    assert explain(RESIDENT, Permission.COMMENT, SHOWN) == "is_open_for_comments,is_editor_of_host"
    assert explain(GUEST, Permission.PUBLISH_VERSION, SHOWN) == "is_official_of_host"


def test_a_permission_without_a_row_is_never_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(ALLOWED_WHEN, Permission.COMMENT)

    assert not is_allowed(SYSTEM, Permission.COMMENT, OPEN)
