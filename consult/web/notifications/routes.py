"""Pages about following and what changed."""

from __future__ import annotations

from consult.domain.policy.permissions import Permission
from consult.web.notifications.views import changes, follow, following, seen
from consult.web.shared.routes import blueprint, route

pages = blueprint(
    "notifications",
    [
        route("/follow", follow, Permission.FOLLOW, methods=("POST",)),
        route("/account/following", following, Permission.FOLLOW, methods=("GET", "POST")),
        route("/changes", changes, Permission.MANAGE_OWN_ACCOUNT),
        route("/changes/seen", seen, Permission.MANAGE_OWN_ACCOUNT, methods=("POST",)),
    ],
)
