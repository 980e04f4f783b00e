""" "Why can't I?": of anything a reader may not do, who may, when it will be possible, and whom to ask.

The words come from the policy table through `explain()`, so that what is said here cannot differ from what is
enforced. Nothing here guards anything: services do.
"""

from __future__ import annotations

from flask import g, request, url_for
from flask_babel import gettext

from consult.domain.errors import ConsultError, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import explain
from consult.services.authority import of_document
from consult.storage.queries.documents import get_document
from consult.storage.queries.organisations import get_host
from consult.web.shared.addresses import this_address
from consult.web.shared.errors.wordings import PERMISSIONS, REASONS
from consult.web.shared.presenters import Link, Why
from consult.web.shared.viewers import current_actor, current_viewer

READING = ("GET", "HEAD")


def why(permission: Permission, target: Target, *, when: tuple[str, ...] = ()) -> Why | None:
    """Why the reader may not; None when they may. `when` are sentences only the asking page knows (a date)."""
    because = explain(current_actor(), permission, target)
    return _answer(permission, because, target.host_id, when) if because else None


def why_refused(error: ConsultError, *, when: tuple[str, ...] = ()) -> Why | None:
    """The same of a refusal that was met; None where the error is about something else than who and when."""
    if isinstance(error, NotPermitted):
        permission = Permission.__members__.get(error.code.partition(".")[2].upper())
        host_id = error.facts.get("host_id")
        return _answer(
            permission,
            str(error.facts.get("because") or ""),
            host_id if isinstance(host_id, int) else None,
            when,
            instead=_instead(permission),
        )
    if isinstance(error, RuleBroken) and when:
        return Why(what="", when=when)
    return None


def _instead(permission: Permission | None) -> Link | None:
    """To those who do not edit the text of the page at hand but work on it: a proposal."""
    slug = (request.view_args or {}).get("slug")
    if permission is not Permission.EDIT_DRAFT or not slug:
        return None
    try:
        document = get_document(str(slug), current_viewer())
    except NotFound:
        return None
    target = of_document(document)
    if any(
        explain(current_actor(), each, target)
        for each in (Permission.SEE_UNPUBLISHED, Permission.PROPOSE_CHANGE)
    ):
        return None
    section_id = (request.view_args or {}).get("section_id")
    return Link(gettext("Propose a change"), url_for("proposals.new", slug=slug, section=section_id))


def _answer(
    permission: Permission | None,
    because: str,
    host_id: int | None,
    when: tuple[str, ...],
    *,
    instead: Link | None = None,
) -> Why:
    return Why(
        what=str(PERMISSIONS[permission]) if permission else "",
        who=tuple(str(REASONS[code]) for code in because.split(",") if code in REASONS),
        when=when,
        instead=instead,
        contact=_contact(host_id),
        sign_in_href="" if current_actor().is_signed_in else sign_in_href(),
        roles_href=url_for("admin.roles", _anchor=permission.name.lower() if permission else None),
    )


def _contact(host_id: int | None) -> Link | None:
    """The page of the host, which says how to reach it."""
    if host_id is None:
        return None
    asked: dict[int, Link | None] = g.setdefault("contacts", {})
    if host_id not in asked:
        try:
            host = get_host(host_id)
        except NotFound:  # an organisation that runs no consultations has no such page
            asked[host_id] = None
        else:
            asked[host_id] = Link(host.name, url_for("organisations.host", slug=host.slug))
    return asked[host_id]


def sign_in_href() -> str:
    """The sign-in page, which leads back here."""
    back = this_address() if request.method in READING else None
    return url_for("accounts.sign_in", next=back)
