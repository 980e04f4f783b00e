"""Routes as tables: a blueprint reads like a page of contents, and no row goes without a permission."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Flask, redirect, request, url_for

from consult.domain.policy.permissions import Permission
from consult.web.shared.addresses import Number, this_address
from consult.web.shared.signed_out import held_form, keep_form
from consult.web.shared.viewers import current_actor, owes_second_factor

View = Callable[..., Any]


class _Public:
    """The mark of a page that is for everybody."""

    def __repr__(self) -> str:
        return "PUBLIC"


PUBLIC: Final = _Public()

FOR_GUESTS_TOO = frozenset({Permission.READ_DOCUMENT, Permission.COMMENT, Permission.SUPPORT})
"""Permissions somebody without an account may have; the other pages lead guests to the sign-in page."""

BEFORE_THE_SECOND_FACTOR = frozenset(
    {
        "accounts.second_factor",
        "accounts.begin_second_factor",
        "accounts.set_up_second_factor",
        "accounts.recovery_codes",
        "accounts.sign_out",
        "health.health",
        "health.ready",
        "health.metrics",
    }
)
"""All that is open to whoever has to set up a second factor first."""

READING = ("GET", "HEAD")

PERMISSIONS_KEY = "consult.permissions"


@dataclass(frozen=True, slots=True)
class Route:
    """One row: address, view, who may, with which methods."""

    rule: str
    view: View
    permission: Permission | _Public
    methods: tuple[str, ...]


def route(
    rule: str, view: View, permission: Permission | _Public, *, methods: Sequence[str] = ("GET",)
) -> Route:
    """A row of a table of routes. The permission is what the service behind the view enforces."""
    if not isinstance(permission, Permission | _Public):
        raise TypeError(f"{rule} declares no permission")
    return Route(rule, view, permission, tuple(methods))


def blueprint(name: str, rows: Sequence[Route]) -> Blueprint:
    """A blueprint of a feature; endpoints are named after their views."""
    pages = Blueprint(name, __name__)

    def declare(state: Any) -> None:
        declared = state.app.extensions.setdefault(PERMISSIONS_KEY, {})
        for row in rows:
            declared[f"{name}.{row.view.__name__}"] = row.permission

    pages.record(declare)
    for row in rows:
        pages.add_url_rule(
            row.rule, endpoint=row.view.__name__, view_func=row.view, methods=list(row.methods)
        )
    return pages


def init_routes(app: Flask) -> None:
    """Deny what no row declares, and lead guests to the sign-in page where only people with an account may go."""
    app.url_map.converters["int"] = Number

    @app.before_request
    def admit() -> Any:
        endpoint = request.endpoint
        if endpoint is None or endpoint == "static":
            return None
        permission = app.extensions.get(PERMISSIONS_KEY, {}).get(endpoint)
        if permission is None:
            raise RuntimeError(f"{endpoint} declares no permission")
        if endpoint not in BEFORE_THE_SECOND_FACTOR and owes_second_factor():
            wanted = this_address() if request.method in READING else None
            return redirect(url_for("accounts.second_factor", next=wanted), code=303)
        if permission is PUBLIC or permission in FOR_GUESTS_TOO or current_actor().is_signed_in:
            return None
        if request.method in READING:
            return redirect(url_for("accounts.sign_in", next=this_address()), code=303)
        kept_at = keep_form()
        held = None if kept_at else held_form()
        return held or redirect(url_for("accounts.sign_in", next=kept_at or None), code=303)
