"""Pages of collections."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.collections.views import edit, list_all, new, show
from consult.web.shared.routes import PUBLIC, blueprint, route

BOTH = ("GET", "POST")

pages = blueprint(
    "collections",
    [
        route("/collections", list_all, PUBLIC),
        route("/collections/new", new, Permission.MANAGE_COLLECTIONS, methods=BOTH),
        route("/collections/<slug>", show, PUBLIC),
        route("/collections/<slug>/edit", edit, Permission.MANAGE_COLLECTIONS, methods=BOTH),
    ],
)
